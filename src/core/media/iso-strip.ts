/**
 * Blanks metadata of ISO base media files where they stand: nothing moves, because files point into themselves by
 * offset. MP4 and MOV keep them in boxes beside the tracks (ISO/IEC 14496-12, 8.10), AVIF and HEIC as items beside the
 * picture (ISO/IEC 14496-12, 8.11).
 */
import { childBoxes } from './iso-boxes';
import { ascii, viewOf } from './octets';

/** A copy without metadata of people and places; the same array when it holds none. */
export function withoutIsoMetadata(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  // Not short-circuited: each of them blanks.
  const changed = [freeBoxes(copy), blankItems(copy)];
  return changed.includes(true) ? copy : bytes;
}

/** Makes free space of `udta` and `meta` in the index and in its tracks: place, author, device, comments. */
function freeBoxes(bytes: Uint8Array): boolean {
  const indexes = childBoxes(bytes, 'moov');
  const holders = [...indexes, ...indexes.flatMap((moov) => childBoxes(moov, 'trak'))];
  const found = holders.flatMap((holder) => [...childBoxes(holder, 'udta'), ...childBoxes(holder, 'meta')]);
  for (const content of found) {
    content.fill(0);
    // The type stands right in front of the content, and of the length of a long box.
    const at = content.byteOffset - bytes.byteOffset;
    const type = /^(?:udta|meta)$/.test(ascii(bytes, at - 4, at)) ? at - 4 : at - 12;
    bytes.set([0x66, 0x72, 0x65, 0x65], type); // free
  }
  return found.length > 0;
}

/** Fills the EXIF and XMP items of a picture with zeros. */
function blankItems(bytes: Uint8Array): boolean {
  let changed = false;
  for (const meta of childBoxes(bytes, 'meta')) {
    const content = meta.subarray(4);
    const ids = metadataItems(content);
    for (const { from, to } of childBoxes(content, 'iloc').flatMap((iloc) => extents(iloc, ids))) {
      bytes.subarray(from, to).fill(0);
      changed = true;
    }
  }
  return changed;
}

/** Ids of the items of type `Exif`, and of those of type `mime`, which are XMP. */
function metadataItems(meta: Uint8Array): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const iinf of childBoxes(meta, 'iinf')) {
    // Version 0 counts its entries in two bytes, later ones in four.
    for (const infe of childBoxes(iinf.subarray(iinf[0] === 0 ? 6 : 8), 'infe')) {
      const wide = infe[0] === 3;
      if (infe.length < (wide ? 14 : 12) || (infe[0] !== 2 && !wide)) continue;
      const type = ascii(infe, wide ? 10 : 8, wide ? 14 : 12);
      if (type === 'Exif' || type === 'mime') ids.add(wide ? viewOf(infe).getUint32(4) : viewOf(infe).getUint16(4));
    }
  }
  return ids;
}

/** Stretches of metadata that are blanked, at most: a picture has a few. */
const MOST_EXTENTS = 1000;

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Where in the file the items with these ids are kept. Those kept elsewhere than by file offset are left out. */
function extents(iloc: Uint8Array, ids: ReadonlySet<number>): readonly Extent[] {
  const version = iloc[0] ?? 0;
  let at = 4;
  const read = (width: number): number => {
    let value = 0;
    for (let index = 0; index < width; index++) value = value * 256 + (iloc[at++] ?? 0);
    return value;
  };
  const [first, second] = [read(1), read(1)];
  const [offsetWidth, lengthWidth, baseWidth] = [first >> 4, first & 15, second >> 4];
  const indexWidth = version > 0 ? second & 15 : 0;
  const found: Extent[] = [];
  // Nothing stands where an entry without offset or length says; counting such entries costs no bytes of the file.
  if (offsetWidth + lengthWidth === 0) return found;
  const count = read(version < 2 ? 2 : 4);
  for (let item = 0; item < count && at < iloc.length && found.length < MOST_EXTENTS; item++) {
    const id = read(version < 2 ? 2 : 4);
    const construction = version > 0 ? read(2) & 15 : 0;
    read(2); // data reference
    const base = read(baseWidth);
    const extentCount = read(2);
    for (let extent = 0; extent < extentCount && at < iloc.length && found.length < MOST_EXTENTS; extent++) {
      read(indexWidth);
      const from = base + read(offsetWidth);
      const length = read(lengthWidth);
      if (construction === 0 && ids.has(id)) found.push({ from, to: from + length });
    }
  }
  return found;
}
