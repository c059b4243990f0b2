/**
 * Values in Python source: what `ast.literal_eval` would make of them, as far as JSON can say it.
 */
import type { JsonValue } from '../catalog/schema';
import type { PythonValue } from './python-facts';
import type { Token } from './python-tokens';

/** Deeper literals are nobody's defaults. */
const DEEPEST = 50;

/** The value of an expression. `source` is the whole file. */
export function valueOf(all: readonly Token[], source: string): PythonValue {
  const tokens = unwrapped(all);
  const [first, second] = tokens;
  if (tokens.length === 1 && first?.text === 'None') return { kind: 'none' };
  const call = first !== undefined ? callOf(tokens) : undefined;
  if (call !== undefined && second !== undefined && call.name === 'Input') {
    return { kind: 'input', fields: argumentsOf(call.inside, source, 'all') };
  }
  const reader = new LiteralReader(tokens);
  const value = reader.read(0);
  if (value !== undefined && reader.isAtEnd) return { kind: 'literal', value: value.value };
  return { kind: 'other', source: textOf(tokens, source) };
}

/** Arguments by name; those without one under their number, where these are `wanted`. */
export function argumentsOf(
  tokens: readonly Token[],
  source: string,
  wanted: 'all' | 'named',
): Readonly<Record<string, PythonValue>> {
  const fields: [string, PythonValue][] = [];
  let unnamed = 0;
  for (const argument of splitAt(tokens, ',')) {
    const [name, equals, ...value] = argument;
    if (name?.kind === 'name' && equals?.text === '=') fields.push([name.text, valueOf(value, source)]);
    else if (wanted === 'all' && name !== undefined && name.text !== '**') {
      fields.push([String(unnamed), valueOf(argument, source)]);
      unnamed += 1;
    }
  }
  return Object.fromEntries(fields);
}

/** A call, and nothing around it: the last part of its name, and the tokens within its brackets. */
export function callOf(
  tokens: readonly Token[],
): { readonly name: string; readonly inside: readonly Token[] } | undefined {
  const open = tokens.findIndex(({ text }) => text === '(');
  if (open < 1 || !isDotted(tokens.slice(0, open))) return undefined;
  const close = closingOf(tokens, open);
  if (close !== tokens.length - 1) return undefined;
  return { name: tokens[open - 1]?.text ?? '', inside: tokens.slice(open + 1, close) };
}

/** `a.b.c` */
export function isDotted(tokens: readonly Token[]): boolean {
  return (
    tokens.length % 2 === 1 && tokens.every(({ kind, text }, at) => (at % 2 === 0 ? kind === 'name' : text === '.'))
  );
}

/** The place of the bracket that closes the one at `open`; where there is none, of the last token and one. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] as Token;
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) depth += 1;
    else if (')]}'.includes(text)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return tokens.length;
}

/** Parts between signs that stand outside of brackets and of what a lambda takes; a last empty part is none. */
export function splitAt(tokens: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let isLambda = false;
  for (const token of tokens) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
    if (depth === 0 && token.kind === 'name' && token.text === 'lambda') isLambda = true;
    if (depth === 0 && token.kind === 'sign' && token.text === ':') isLambda = false;
    if (depth === 0 && !isLambda && token.kind === 'sign' && token.text === sign) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}

/** Without brackets around all of it, which Python's parser forgets; those of a tuple stay. */
export function unwrapped(tokens: readonly Token[]): readonly Token[] {
  const [first] = tokens;
  if (first?.text !== '(' || closingOf(tokens, 0) !== tokens.length - 1) return tokens;
  const inside = tokens.slice(1, -1);
  const isTuple = inside.length === 0 || inside.at(-1)?.text === ',' || splitAt(inside, ',').length > 1;
  return isTuple ? tokens : unwrapped(inside);
}

/** The source that tokens stand for. */
export function textOf(tokens: readonly Token[], source: string): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? '' : source.slice(first.start, last.end);
}

/** The text of a string without prefix or with `u` or `r`; undefined: bytes, a format, or no string. */
export function stringOf({ kind, text }: Token): string | undefined {
  if (kind !== 'string') return undefined;
  const [, prefix = '', quote = '', body] = /^([a-zA-Z]*)('''|"""|'|")([\s\S]*)$/.exec(text) ?? [];
  if (body === undefined || !body.endsWith(quote) || /[bftBFT]/.test(prefix)) return undefined;
  const inner = body.slice(0, -quote.length).replace(/\r\n?/g, '\n');
  return /r/i.test(prefix) ? inner : unescaped(inner);
}

const escapes: Readonly<Record<string, string>> = {
  ...{ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', a: '\x07', '\\': '\\', "'": "'", '"': '"', '\n': '' },
};

function unescaped(text: string): string | undefined {
  let isKnown = true;
  const plain = text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{[^}]*\}|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, one?: string) => {
      const hex = x ?? u ?? long;
      const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      if (hex !== undefined || octal !== undefined) {
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        isKnown = false;
        return '';
      }
      // Names of characters are in no table here.
      if (one === undefined) isKnown = false;
      return one === undefined ? '' : (escapes[one] ?? whole);
    },
  );
  return isKnown ? plain : undefined;
}

class LiteralReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  read(depth: number): { readonly value: JsonValue } | undefined {
    const token = this.tokens[this.at++];
    if (token === undefined || depth > DEEPEST) return undefined;
    switch (token.kind) {
      case 'string':
        return this.text(token);
      case 'number':
        return numberOf(token.text);
      case 'name':
        return token.text === 'None'
          ? { value: null }
          : token.text === 'True' || token.text === 'False'
            ? { value: token.text === 'True' }
            : undefined;
      default:
        return this.composed(token.text, depth);
    }
  }

  /** Strings that follow each other are one. */
  private text(first: Token): { readonly value: string } | undefined {
    let text = stringOf(first);
    while (this.tokens[this.at]?.kind === 'string') {
      const next = stringOf(this.tokens[this.at++] as Token);
      text = text === undefined || next === undefined ? undefined : text + next;
    }
    return text === undefined ? undefined : { value: text };
  }

  private composed(sign: string, depth: number): { readonly value: JsonValue } | undefined {
    if (sign === '-' || sign === '+') {
      const inner = this.read(depth + 1);
      if (typeof inner?.value !== 'number') return undefined;
      return { value: sign === '-' ? -inner.value : inner.value };
    }
    if (sign === '(') {
      const inner = this.read(depth + 1);
      // With a comma it is a tuple, which JSON has not.
      return inner !== undefined && this.take(')') ? inner : undefined;
    }
    if (sign === '[') return this.list(depth);
    return sign === '{' ? this.dict(depth) : undefined;
  }

  private list(depth: number): { readonly value: JsonValue } | undefined {
    const values: JsonValue[] = [];
    while (!this.take(']')) {
      const one = this.read(depth + 1);
      if (one === undefined) return undefined;
      values.push(one.value);
      if (!this.take(',') && this.tokens[this.at]?.text !== ']') return undefined;
    }
    return { value: values };
  }

  private dict(depth: number): { readonly value: JsonValue } | undefined {
    const entries: [string, JsonValue][] = [];
    while (!this.take('}')) {
      const key = this.read(depth + 1);
      if (key === undefined || !this.take(':')) return undefined;
      const value = this.read(depth + 1);
      if (value === undefined) return undefined;
      const { value: name } = key;
      if (typeof name === 'object' && name !== null) return undefined;
      // As Python's `json` writes keys.
      entries.push([typeof name === 'string' ? name : JSON.stringify(name), value.value]);
      if (!this.take(',') && this.tokens[this.at]?.text !== '}') return undefined;
    }
    return { value: Object.fromEntries(entries) };
  }

  private take(sign: string): boolean {
    const token = this.tokens[this.at];
    const isThere = token?.kind === 'sign' && token.text === sign;
    if (isThere) this.at += 1;
    return isThere;
  }
}

function numberOf(text: string): { readonly value: number } | undefined {
  const plain = text.replaceAll('_', '');
  if (/[jJ]$/.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? { value } : undefined;
}
