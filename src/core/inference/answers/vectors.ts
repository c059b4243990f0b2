/**
 * Reads embeddings in each wire's shape (cloudflare-api.md 4.4 A).
 */
import { asList, asObject, asText } from '../json';

/**
 * Workers AI's `{shape, data: number[][]}`, OpenAI's `{data: [{embedding}]}`, and bare lists. All of one length and
 * finite; undefined otherwise.
 */
export function readVectors(body: unknown): readonly (readonly number[])[] | undefined {
  const answer = asObject(body);
  const listed = Array.isArray(body)
    ? body
    : (answer?.['data'] ?? answer?.['embeddings'] ?? answer?.['embedding'] ?? answer?.['response']);
  const list = asList(listed);
  const rows = typeof list[0] === 'number' ? [list] : list;
  const vectors = rows.map((row) => vectorOf(asObject(row)?.['embedding'] ?? row));
  const dimensions = vectors[0]?.length ?? 0;
  const areAlike = dimensions > 0 && vectors.every((vector) => vector?.length === dimensions);
  return areAlike ? (vectors as readonly (readonly number[])[]) : undefined;
}

function vectorOf(value: unknown): readonly number[] | undefined {
  const packed = asText(value);
  if (packed !== undefined) return unpacked(packed);
  const numbers = asList(value);
  return numbers.every((one) => Number.isFinite(one)) ? (numbers as readonly number[]) : undefined;
}

/** OpenAI's `encoding_format: base64`: 32-bit floats, little-endian. */
function unpacked(base64: string): readonly number[] | undefined {
  try {
    const binary = atob(base64);
    if (binary.length % 4 !== 0) return undefined;
    const view = new DataView(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
    const numbers = Array.from({ length: binary.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
    return numbers.every(Number.isFinite) ? numbers : undefined;
  } catch {
    return undefined;
  }
}
