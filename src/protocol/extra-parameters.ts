/**
 * Checks the parameters that only a model's own schema knows: any JSON, within limits.
 */
import * as v from 'valibot';
import type { JsonValue } from '../core/catalog/schema';

/** Parameters of one column. */
const MOST = 100;
/** Characters of a name. */
const LONGEST_NAME = 100;
/** Objects and lists within each other. */
const DEEPEST = 10;
/** Characters of all of it as JSON. */
const LARGEST = 64 * 1024;

/** `RunParameters.extra`. A parameter without a value is absent. */
export const extraParameters: v.GenericSchema<unknown, Readonly<Record<string, JsonValue>>> = v.pipe(
  v.custom<Record<string, unknown>>(isPlainObject, 'There must be an object of parameters.'),
  v.transform((value) => Object.fromEntries(Object.entries(value).filter((entry) => entry[1] !== undefined))),
  v.check((value) => Object.keys(value).length <= MOST, `There can be at most ${MOST} parameters.`),
  v.check(
    (value) => Object.keys(value).every((name) => name !== '' && name.length <= LONGEST_NAME),
    `There can be at most ${LONGEST_NAME} characters in a name, and at least one.`,
  ),
  v.custom<Record<string, JsonValue>>(
    (value) => isJson(value, DEEPEST),
    `There must be JSON, at most ${DEEPEST} levels deep.`,
  ),
  v.check((value) => JSON.stringify(value).length <= LARGEST, `There can be at most ${LARGEST / 1024} KiB of JSON.`),
);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether JSON can say this value as it is. A key that could set a prototype somewhere is refused. */
function isJson(value: unknown, depth: number): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((entry) => isJson(entry, depth - 1));
  if (!isPlainObject(value)) return false;
  return Object.entries(value).every(([key, entry]) => key !== '__proto__' && isJson(entry, depth - 1));
}
