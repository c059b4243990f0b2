/**
 * Values as literals of Python.
 */
import { Expression, sourceLiteral, stringLiteral, type Notation } from '../scaffold/worker/source-literal';

/** A string literal: every escape of JSON means the same in Python, that of half a character included. */
export const pythonString = stringLiteral;

const python: Notation = {
  atom: (value) => {
    if (value === true) return 'True';
    if (value === false) return 'False';
    if (value === null) return 'None';
    return typeof value === 'string' ? pythonString(value) : JSON.stringify(value);
  },
  key: pythonString,
  roomy: false,
  shorthand: false,
  step: 4,
};

/** Half a character, as a careless cut of a text leaves it. */
const HALF = /\p{Surrogate}/gu;

/**
 * The value with a replacement character for each half of a character: libraries that write JSON as UTF-8 fail on those,
 * and no server can do anything with them.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(HALF, '\ufffd');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Expression) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(HALF, '\ufffd'), wellFormed(inner)]),
  );
}

/** A JSON value with expressions in it, as `sourceLiteral` has it. */
export function pythonLiteral(value: unknown, indent: number, before = 0): string {
  return sourceLiteral(value, indent, before, python);
}
