/**
 * Values as literals of source code, as one would write them by hand: of TypeScript and JavaScript unless another
 * notation is given.
 */

/** Code that stands in a literal where a value would. */
export class Expression {
  constructor(readonly code: string) {}
}

/** How a language writes what differs between languages. */
export interface Notation {
  /** A string, or a value that is neither list nor object. */
  atom(value: unknown): string;
  key(name: string): string;
  /** `{ a: 1 }` has blanks inside of its braces. */
  readonly roomy: boolean;
  /** An entry whose value is a variable of the key's name needs no key. */
  readonly shorthand: boolean;
  /** Spaces by which what is inside is indented. */
  readonly step: number;
}

/** Columns of a line that is not broken. */
const WIDTH = 100;

/** Characters that end lines or turn the direction of text, none of which an editor should meet in a file. */
const UNSEEN = /[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A string literal. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

const typescript: Notation = {
  atom: (value) => (typeof value === 'string' ? stringLiteral(value) : JSON.stringify(value)),
  key: keyLiteral,
  roomy: true,
  shorthand: true,
  step: 2,
};

/**
 * A JSON value with expressions in it. `indent` is that of the line it begins on, in spaces; `before` what stands on that
 * line already.
 */
export function sourceLiteral(value: unknown, indent: number, before = 0, notation = typescript): string {
  const inline = oneLine(value, notation);
  if (indent + before + inline.length <= WIDTH || !hasInside(value)) return inline;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const space = ' '.repeat(indent + notation.step);
  const lines = parts(value, notation).map(({ key, value: inner }) => {
    return `${space}${key}${sourceLiteral(inner, indent + notation.step, key.length + 1, notation)},\n`;
  });
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

function oneLine(value: unknown, notation: Notation): string {
  if (value instanceof Expression) return value.code;
  if (typeof value !== 'object' || value === null) return notation.atom(value);
  const inside = parts(value, notation).map(({ key, value: inner }) => key + oneLine(inner, notation));
  if (Array.isArray(value)) return `[${inside.join(', ')}]`;
  const space = notation.roomy && inside.length > 0 ? ' ' : '';
  return `{${space}${inside.join(', ')}${space}}`;
}

function hasInside(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Expression) && Object.keys(value).length > 0;
}

interface Part {
  /** With colon and space; empty in lists, and where the value is a variable of that name. */
  readonly key: string;
  readonly value: unknown;
}

function parts(value: object, { key, shorthand }: Notation): readonly Part[] {
  if (Array.isArray(value)) return value.map((inner: unknown) => ({ key: '', value: inner }));
  return Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const isShorthand = shorthand && inner instanceof Expression && inner.code === name;
    return { key: isShorthand ? '' : `${key(name)}: `, value: inner };
  });
}

/** A literal key that is `__proto__` would set the prototype. */
function keyLiteral(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_]\w*$/.test(name) ? name : stringLiteral(name);
}
