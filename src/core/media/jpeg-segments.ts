/**
 * The parts of a JPEG file (ISO/IEC 10918-1, B.1): segments, and the coded pixels behind each start of scan.
 */
import { MAX_PARTS } from './octets';

/** A part, as it stands in the file. */
export interface JpegSegment {
  /** Second byte of its mark, for example 0xe1 for APP1. */
  readonly marker: number;
  /** Mark, length and data; of a start of scan the coded pixels as well. */
  readonly whole: Uint8Array;
  /** Data without mark and length. */
  readonly data: Uint8Array;
}

const START_OF_SCAN = 0xda;
const END = 0xd9;

/** All parts between start and end of the picture; undefined when the file is damaged, ends before it should, or has more than `MAX_PARTS`. */
export function jpegSegments(bytes: Uint8Array): readonly JpegSegment[] | undefined {
  const segments: JpegSegment[] = [];
  let at = 2;
  for (;;) {
    // Any number of fill bytes may stand before a mark.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) return undefined;
    if (marker === END) return segments;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const dataEnd = at + 2 + length;
    if (length < 2 || dataEnd > bytes.length || segments.length === MAX_PARTS) return undefined;
    const end = marker === START_OF_SCAN ? scanEnd(bytes, dataEnd) : dataEnd;
    segments.push({ marker, whole: bytes.subarray(at, end), data: bytes.subarray(at + 4, dataEnd) });
    at = end;
  }
}

/** Where coded pixels end: at the next mark that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
