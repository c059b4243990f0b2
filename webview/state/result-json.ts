/**
 * JSON as rows that fold.
 */
import type { JsonValue } from '../../src/core/catalog/schema';

/** One field or item. */
export interface JsonEntry {
  readonly name: string;
  readonly value: JsonValue;
}

/** Rows shown at first, and added by each `Show more`. */
export const MORE_ENTRIES = 100;
/** Characters of a text shown at first. */
export const FIRST_CHARACTERS = 400;
/** Characters added by each `Show more`. */
export const MORE_CHARACTERS = 20_000;

/** Fields of an object, items of a list; undefined for a plain value. */
export function entriesOf(value: JsonValue): readonly JsonEntry[] | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue, i) => ({ name: String(i), value: item }));
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(([name, field]) => ({ name, value: field as JsonValue }));
}

/** Text cut so that no character is torn apart. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}

/** Whether a value starts unfolded: the outermost levels, as long as they are short. */
export function startsOpen(depth: number, entries: number): boolean {
  return depth === 0 || (depth < 3 && entries <= 12);
}
