/**
 * The chunks of a PNG file (PNG specification, 5.3).
 */
import { ascii, MAX_PARTS, viewOf } from './octets';

/** A chunk as it stands in the file, length and checksum included. */
export interface PngChunk {
  readonly type: string;
  readonly whole: Uint8Array;
}

/** All chunks up to and with `IEND`; undefined when the file is damaged, ends before it should, or has more than `MAX_PARTS`. */
export function pngChunks(bytes: Uint8Array): readonly PngChunk[] | undefined {
  const view = viewOf(bytes);
  const chunks: PngChunk[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length || chunks.length === MAX_PARTS) return undefined;
    const type = ascii(bytes, at + 4, at + 8);
    chunks.push({ type, whole: bytes.subarray(at, end) });
    if (type === 'IEND') return chunks;
    at = end;
  }
  return undefined;
}
