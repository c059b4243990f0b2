/**
 * Puts code into a call that was built around marks.
 */
import { mediumOf, type Medium } from '../../snippets/media-marks';
import { Expression, stringLiteral } from './source-literal';

/** A parameter of the function. */
export interface HelperParameter {
  readonly name: string;
  /** Of TypeScript. */
  readonly type: 'string' | 'readonly string[]' | 'ArrayBuffer';
  /** Media type that a file is sent as. */
  readonly mediaType?: string;
}

/** What stands for prompt and texts while the request is built: words that are nowhere else in it. */
export interface Marks {
  readonly prompt: string;
  readonly texts: string;
}

/** Names of the parameters that texts come in. */
export interface Words {
  readonly prompt: string;
  readonly texts: string;
}

/** Puts code in place of marks, and notes which parameters it is about. */
export class CallWriter {
  /** A file goes through as a stream. */
  isStreamed = false;
  needsBase64 = false;
  private readonly texts = new Map<string, HelperParameter>();
  private readonly files = new Map<number, HelperParameter>();

  constructor(
    private readonly marks: Marks,
    private readonly words: Words,
    private readonly names: readonly string[],
    private readonly isForm: boolean,
  ) {}

  /** Texts first, then files in the order in which they stand in the call. */
  get parameters(): readonly HelperParameter[] {
    const { prompt, texts } = this.words;
    return [...[prompt, texts].flatMap((name) => this.texts.get(name) ?? []), ...this.files.values()];
  }

  written(value: unknown): unknown {
    const medium = mediumOf(value);
    if (medium !== undefined) return this.file(medium);
    if (value === this.marks.prompt) return this.text(this.words.prompt, 'string');
    if (Array.isArray(value)) return this.list(value);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.written(inner)]));
  }

  private list(value: readonly unknown[]): unknown {
    const [first] = value;
    const name = this.words.texts;
    if (first === this.marks.texts) return this.text(name, 'readonly string[]');
    if (typeof first === 'object' && first !== null && 'text' in first && first.text === this.marks.texts) {
      this.text(name, 'readonly string[]');
      return new Expression(`${name}.map((text) => ({ text }))`);
    }
    return value.map((one) => this.written(one));
  }

  private text(name: string, type: HelperParameter['type']): Expression {
    this.texts.set(name, { name, type });
    return new Expression(name);
  }

  private file({ index, encoding, mediaType }: Medium): Expression {
    const name = this.names[index] ?? 'file';
    this.files.set(index, { name, type: 'ArrayBuffer', mediaType });
    switch (encoding) {
      case 'numbers':
        return new Expression(`[...new Uint8Array(${name})]`);
      case 'base64':
        this.needsBase64 = true;
        return new Expression(`base64(${name})`);
      case 'data-uri':
        this.needsBase64 = true;
        return new Expression(`${stringLiteral(`data:${mediaType};base64,`)} + base64(${name})`);
      case 'bytes':
        if (this.isForm) return new Expression(`new Blob([${name}], { type: ${stringLiteral(mediaType)} })`);
        this.isStreamed = true;
        return new Expression(`new Blob([${name}]).stream()`);
    }
  }
}
