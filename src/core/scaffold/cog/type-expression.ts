/**
 * A Python annotation taken apart: names with their arguments, alternatives, literals.
 */
import type { JsonValue } from '../../catalog/schema';

/** A part of an annotation. */
export type TypeExpression =
  | {
      readonly kind: 'name';
      /** As it is written: `PIL.Image.Image`. */
      readonly name: string;
      readonly args: readonly TypeExpression[];
    }
  | { readonly kind: 'none' }
  /** `A | B`, `Union[A, B]`, `Optional[A]`. */
  | { readonly kind: 'union'; readonly of: readonly TypeExpression[] }
  /** `Literal["a", "b"]`. */
  | { readonly kind: 'literals'; readonly values: readonly JsonValue[] };

const TOKEN =
  /\s*(?:([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)|(-?\d+(?:\.\d+)?)|("[^"\\]*"|'[^'\\]*')|(.))/uy;

/** Deeper ones are nobody's annotations. */
const DEEPEST = 20;

/** Takes an annotation apart; undefined where it is nothing of the kind. */
export function parseType(source: string): TypeExpression | undefined {
  const parser = new Parser(tokensOf(source));
  const found = parser.union(0);
  return parser.isAtEnd ? found : undefined;
}

/** The last part of a dotted name: `Image` of `PIL.Image`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  readonly text: string;
}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = source.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const [, name, number, quoted, sign] = TOKEN.exec(text) ?? [];
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.slice(1, -1) });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else break;
  }
  return tokens;
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.#at === this.tokens.length;
  }

  union(depth: number): TypeExpression | undefined {
    const first = this.#single(depth);
    if (first === undefined || !this.#isSign('|')) return first;
    const of = [first];
    while (this.#take('|')) {
      const next = this.#single(depth);
      if (next === undefined) return undefined;
      of.push(next);
    }
    return unionOf(of);
  }

  #single(depth: number): TypeExpression | undefined {
    const token = this.tokens[this.#at++];
    if (token === undefined || depth > DEEPEST) return undefined;
    if (token.kind === 'text') return parseType(token.text);
    if (token.kind !== 'name') return undefined;
    if (token.text === 'None') return { kind: 'none' };
    const name = lastName(token.text);
    if (!this.#take('[')) return { kind: 'name', name: token.text, args: [] };
    if (name === 'Literal') return this.#literals();
    const args = this.#list(depth + 1);
    if (args === undefined) return undefined;
    const [first] = args;
    if (name === 'Optional') return first && unionOf([first, { kind: 'none' }]);
    if (name === 'Union') return unionOf(args);
    return name === 'Annotated' ? first : { kind: 'name', name: token.text, args };
  }

  /** Up to the closing bracket; what is no type, as the `...` of a tuple or what `Annotated` adds, ends the reading. */
  #list(depth: number): readonly TypeExpression[] | undefined {
    const found: TypeExpression[] = [];
    for (;;) {
      const one = this.union(depth);
      if (one === undefined) return undefined;
      found.push(one);
      if (this.#take(']')) return found;
      if (!this.#take(',')) return undefined;
      if (this.#take(']')) return found;
    }
  }

  #literals(): TypeExpression | undefined {
    const values: JsonValue[] = [];
    for (;;) {
      const token = this.tokens[this.#at++];
      if (token?.kind === 'text') values.push(token.text);
      else if (token?.kind === 'number') values.push(Number(token.text));
      else return undefined;
      if (this.#take(']')) return { kind: 'literals', values };
      if (!this.#take(',')) return undefined;
      if (this.#take(']')) return { kind: 'literals', values };
    }
  }

  #isSign(text: string): boolean {
    const token = this.tokens[this.#at];
    return token?.kind === 'sign' && token.text === text;
  }

  #take(text: string): boolean {
    const isThere = this.#isSign(text);
    if (isThere) this.#at++;
    return isThere;
  }
}

/** Unions of unions are flat. */
function unionOf(of: readonly TypeExpression[]): TypeExpression {
  const flat = of.flatMap((one) => (one.kind === 'union' ? one.of : [one]));
  const [first, ...others] = flat;
  return first !== undefined && others.length === 0 ? first : { kind: 'union', of: flat };
}
