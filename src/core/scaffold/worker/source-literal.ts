/**
 * Values as literals of TypeScript and JavaScript, as one would write them by hand.
 */

/** Code that stands in a literal where a value would. */
export class Expression {
  constructor(readonly code: string) {}
}

/** Columns of a line that is not broken. */
const WIDTH = 100;

/** Characters that end lines or turn the direction of text, none of which an editor should meet in a file. */
const UNSEEN = /[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A string literal. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/**
 * A JSON value with expressions in it. `indent` is that of the line it begins on, in spaces; `before` what stands on that
 * line already.
 */
export function sourceLiteral(value: unknown, indent: number, before = 0): string {
  const inline = oneLine(value);
  if (indent + before + inline.length <= WIDTH || !hasInside(value)) return inline;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const space = ' '.repeat(indent + 2);
  const lines = parts(value).map(({ key, value: inner }) => {
    return `${space}${key}${sourceLiteral(inner, indent + 2, key.length + 1)},\n`;
  });
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

function oneLine(value: unknown): string {
  if (value instanceof Expression) return value.code;
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inside = parts(value).map(({ key, value: inner }) => key + oneLine(inner));
  if (Array.isArray(value)) return `[${inside.join(', ')}]`;
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`;
}

function hasInside(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Expression) && parts(value).length > 0;
}

interface Part {
  /** With colon and space; empty in lists, and where the value is a variable of that name. */
  readonly key: string;
  readonly value: unknown;
}

function parts(value: object): readonly Part[] {
  if (Array.isArray(value)) return value.map((inner: unknown) => ({ key: '', value: inner }));
  return Object.entries(value).map(([name, inner]: [string, unknown]) => {
    const isShorthand = inner instanceof Expression && inner.code === name;
    return { key: isShorthand ? '' : `${keyLiteral(name)}: `, value: inner };
  });
}

/** A literal key that is `__proto__` would set the prototype. */
function keyLiteral(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_]\w*$/.test(name) ? name : stringLiteral(name);
}
