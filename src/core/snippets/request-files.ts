/**
 * The files that a request needs, read by the code of a snippet.
 */
import { Expression } from '../scaffold/worker/source-literal';
import { mediumOf, type Medium } from './media-marks';

/** How a language reads a file and writes its bytes. */
export interface FileWords {
  /** A statement. */
  read(variable: string, file: Medium): string;
  /** Expressions over the variable that holds the bytes. */
  base64(variable: string): string;
  numbers(variable: string): string;
  text(text: string): string;
}

/** A file, and the variable that holds its bytes. */
export interface RequestFile {
  readonly variable: string;
  readonly medium: Medium;
}

/** Gives each file of a request a variable, and puts expressions in place of the media. */
export class RequestFiles {
  private readonly used = new Map<number, RequestFile>();

  constructor(private readonly words: FileWords) {}

  /** Statements that read the files that were asked for so far, a line each; empty where there are none. */
  get reading(): string {
    return this.all.map(({ variable, medium }) => `${this.words.read(variable, medium)}\n`).join('');
  }

  /** Those that were asked for so far. */
  get all(): readonly RequestFile[] {
    return [...this.used.values()];
  }

  get isEmpty(): boolean {
    return this.used.size === 0;
  }

  /** The variable with the bytes of a file. A file that stands in several places is read once. */
  variable(medium: Medium): string {
    const known = this.used.get(medium.index)?.variable;
    if (known !== undefined) return known;
    const variable = `file${this.used.size === 0 ? '' : this.used.size + 1}`;
    this.used.set(medium.index, { variable, medium });
    return variable;
  }

  /** The value with expressions for its media; expressions in it stay. */
  written(value: unknown): unknown {
    const medium = mediumOf(value);
    if (medium !== undefined) return new Expression(this.expression(medium));
    if (Array.isArray(value)) return value.map((one) => this.written(one));
    if (typeof value !== 'object' || value === null || value instanceof Expression) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.written(inner)]));
  }

  private expression(medium: Medium): string {
    const variable = this.variable(medium);
    switch (medium.encoding) {
      case 'bytes':
        return variable;
      case 'numbers':
        return this.words.numbers(variable);
      case 'base64':
        return this.words.base64(variable);
      case 'data-uri':
        return `${this.words.text(`data:${medium.mediaType};base64,`)} + ${this.words.base64(variable)}`;
    }
  }
}

/** Fields of a form in the order in which they are sent: a list repeats its name. */
export function formFields(body: Readonly<Record<string, unknown>>): readonly (readonly [string, string | Medium])[] {
  return Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => [name, mediumOf(one) ?? String(one)] as const),
  );
}
