/**
 * An answer in a shape that is not known: kept as it is.
 */
import type { JsonValue } from '../../catalog/schema';
import type { MediaBytes } from '../../media/media';
import type { JsonResult } from '../../run/result';

/** Bytes of JSON that are shown and stored with the run. */
const MOST = 256 * 1024;

/** Levels that are shown: whatever reads or copies it further on goes down all of them. */
const DEEPEST = 100;

/** The value itself, or, when it is too large to show, a note and the value as a file. */
export function jsonAnswer(value: unknown): { readonly result: JsonResult; readonly file?: MediaBytes } {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const isDeep = isDeeper(value, DEEPEST);
  if (bytes.byteLength <= MOST && !isDeep) return { result: { kind: 'json', value: value as JsonValue } };
  const size = isDeep ? `more than ${DEEPEST} levels` : `${Math.round(bytes.byteLength / 1024)} KiB`;
  const note = `The answer is ${size} of JSON and was kept as a file.`;
  return { result: { kind: 'json', value: { note } }, file: jsonFile(bytes) };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** Bytes of JSON as a file. */
export function jsonFile(bytes: Uint8Array): MediaBytes {
  return { kind: 'file', mediaType: 'application/json', bytes };
}
