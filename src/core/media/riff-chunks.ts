/**
 * The chunks of a RIFF file: WAV and WebP.
 */
import { ascii, MAX_PARTS, viewOf } from './octets';

/** A chunk. */
export interface RiffChunk {
  readonly id: string;
  /** Its data, as many as there are. */
  readonly data: Uint8Array;
  /** Bytes that it says it has. */
  readonly length: number;
}

/** All chunks behind the form type. The last one may be cut. None when there are more than `MAX_PARTS`. */
export function riffChunks(bytes: Uint8Array): readonly RiffChunk[] {
  const view = viewOf(bytes);
  const little = bytes[3] !== 0x58; // RIFX is big-endian
  const chunks: RiffChunk[] = [];
  let at = 12;
  while (at + 8 <= bytes.length) {
    if (chunks.length === MAX_PARTS) return [];
    const length = view.getUint32(at + 4, little);
    chunks.push({ id: ascii(bytes, at, at + 4), data: bytes.subarray(at + 8, at + 8 + length), length });
    at += 8 + length + (length % 2);
  }
  return chunks;
}
