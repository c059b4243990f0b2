/**
 * The one fact of an EXIF block that changes how a picture looks: which way is up. EXIF is a TIFF file behind six bytes
 * (CIPA DC-008, 4.5 and 4.7).
 */
import { standsAt, viewOf } from './octets';

/** What an EXIF segment of a JPEG file begins with. */
export const EXIF_MARK = 'Exif\0\0';

const ORIENTATION = 0x0112;
const SHORT = 3;

/** Orientation 1 to 8 out of a TIFF block (what follows `EXIF_MARK`); 1, upright, where it says none. */
export function orientationOf(tiff: Uint8Array): number {
  const little = standsAt(tiff, 0, 'II*\0');
  if ((!little && !standsAt(tiff, 0, 'MM\0*')) || tiff.length < 8) return 1;
  const view = viewOf(tiff);
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + 12 * index;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return view.getUint16(at + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Whether pictures of this orientation lie on their side: width and height are then shown exchanged. */
export const isOnItsSide = (orientation: number): boolean => orientation >= 5;

/** An EXIF block, mark included, that says the orientation and nothing else. */
export function orientationBlock(orientation: number): Uint8Array {
  const block = new Uint8Array(EXIF_MARK.length + 26);
  for (let index = 0; index < EXIF_MARK.length; index++) block[index] = EXIF_MARK.charCodeAt(index);
  const view = viewOf(block.subarray(EXIF_MARK.length));
  view.setUint32(0, 0x4d4d_002a); // MM, 42: big-endian TIFF
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return block;
}
