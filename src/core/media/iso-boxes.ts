/**
 * Boxes of ISO base media files: MP4, MOV, M4A, AVIF, HEIC (ISO/IEC 14496-12, 4.2).
 */
import { ascii, MAX_PARTS, standsAt, viewOf } from './octets';

/** A box. */
export interface IsoBox {
  readonly type: string;
  /** What is in it, as much as there is. */
  readonly content: Uint8Array;
  /** False when the file ends within it. */
  readonly isWhole: boolean;
}

/** The boxes side by side in these bytes, not those within them. None when there are more than `MAX_PARTS`. */
export function isoBoxes(bytes: Uint8Array): readonly IsoBox[] {
  const boxes: IsoBox[] = [];
  const view = viewOf(bytes);
  let at = 0;
  while (at + 8 <= bytes.length) {
    let length = view.getUint32(at);
    let header = 8;
    if (length === 1) {
      // A long box: its length follows in eight bytes.
      if (at + 16 > bytes.length) break;
      length = view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12);
      header = 16;
    } else if (length === 0) {
      length = bytes.length - at;
    }
    if (length < header) break;
    if (boxes.length === MAX_PARTS) return [];
    const end = at + length;
    const content = bytes.subarray(at + header, end);
    boxes.push({ type: ascii(bytes, at + 4, at + 8), content, isWhole: end <= bytes.length });
    at = end;
  }
  return boxes;
}

/** Contents of the boxes of this type, not of those within others. */
export function childBoxes(bytes: Uint8Array, type: string): readonly Uint8Array[] {
  return isoBoxes(bytes).flatMap((box) => (box.type === type ? [box.content] : []));
}

/** Major brand and compatible ones, at most 20, of a file that begins with `ftyp`; undefined for any other. */
export function brandsOf(bytes: Uint8Array): readonly string[] | undefined {
  if (!standsAt(bytes, 4, 'ftyp') || bytes.length < 12) return undefined;
  const end = Math.min(bytes.length, viewOf(bytes).getUint32(0), 96);
  const brands = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, at + 4));
  return brands;
}

/** What the tracks of a file are: `vide`, `soun` and others. Empty when its index is not among these bytes. */
export function trackKinds(bytes: Uint8Array): readonly string[] {
  return childBoxes(bytes, 'moov')
    .flatMap((moov) => childBoxes(moov, 'trak'))
    .flatMap((trak) => childBoxes(trak, 'mdia'))
    .flatMap((mdia) => childBoxes(mdia, 'hdlr'))
    .map((hdlr) => ascii(hdlr, 8, 12));
}
