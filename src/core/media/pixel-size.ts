/**
 * Pixel sizes of pictures, read where the PNG, JPEG (JFIF/Exif), GIF, WebP, BMP, TIFF and HEIF specifications put them.
 */
import { EXIF_MARK, isOnItsSide, orientationOf } from './exif';
import { childBoxes } from './iso-boxes';
import { ascii, standsAt, viewOf } from './octets';

/** Width and height in pixels; empty when the header is cut or damaged. */
export type PixelSize =
  { readonly width: number; readonly height: number } | { readonly width?: undefined; readonly height?: undefined };

/** Of the header chunk, which comes first. */
export function pngSize(bytes: Uint8Array): PixelSize {
  const view = viewOf(bytes);
  return bytes.length < 24 ? {} : size(view.getUint32(16), view.getUint32(20));
}

/** Of the logical screen. */
export function gifSize(bytes: Uint8Array): PixelSize {
  const view = viewOf(bytes);
  return bytes.length < 10 ? {} : size(view.getUint16(6, true), view.getUint16(8, true));
}

/** As shown: a picture that its EXIF block lays on its side has its sides exchanged. */
export function jpegSize(bytes: Uint8Array): PixelSize {
  const view = viewOf(bytes);
  let orientation = 1;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    // SOF0 to SOF15 but for DHT, JPG and DAC.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return isOnItsSide(orientation) ? size(height, width) : size(width, height);
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && standsAt(bytes, at + 4, EXIF_MARK)) {
      orientation = orientationOf(bytes.subarray(at + 4 + EXIF_MARK.length, at + 2 + length));
    }
    at += 2 + length;
  }
  return {};
}

/** Lossy, lossless and extended files keep the size in different places. */
export function webpSize(bytes: Uint8Array): PixelSize {
  if (bytes.length < 30) return {};
  const view = viewOf(bytes);
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return size(uint24(view, 24) + 1, uint24(view, 27) + 1);
    default:
      return {};
  }
}

/** Length of the oldest of the headers that follow the 14 bytes of the file header. */
const BMP_CORE_HEADER = 12;

/** A negative height means that rows run downwards. */
export function bmpSize(bytes: Uint8Array): PixelSize {
  if (bytes.length < 26) return {};
  const view = viewOf(bytes);
  return view.getUint32(14, true) === BMP_CORE_HEADER
    ? size(view.getUint16(18, true), view.getUint16(20, true))
    : size(view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
}

/** Tags 256 and 257 of the first directory. */
export function tiffSize(bytes: Uint8Array): PixelSize {
  if (bytes.length < 8) return {};
  const view = viewOf(bytes);
  const little = bytes[0] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > bytes.length) return {};
  const count = view.getUint16(directory, little);
  const found = new Map<number, number>();
  for (let at = directory + 2; at < directory + 2 + 12 * count && at + 12 <= bytes.length; at += 12) {
    const isShort = view.getUint16(at + 2, little) === 3;
    found.set(view.getUint16(at, little), isShort ? view.getUint16(at + 8, little) : view.getUint32(at + 8, little));
  }
  return size(found.get(256) ?? 0, found.get(257) ?? 0);
}

/** The largest `ispe` property of AVIF and HEIC: others are of tiles and previews (ISO/IEC 23008-12, 6.5.3). */
export function heifSize(bytes: Uint8Array): PixelSize {
  let largest: PixelSize = {};
  for (const meta of childBoxes(bytes, 'meta')) {
    for (const iprp of childBoxes(meta.subarray(4), 'iprp')) {
      for (const ipco of childBoxes(iprp, 'ipco')) {
        for (const ispe of childBoxes(ipco, 'ispe')) {
          if (ispe.length < 12) continue;
          const view = viewOf(ispe);
          const [width, height] = [view.getUint32(4), view.getUint32(8)];
          if (width * height > (largest.width ?? 0) * (largest.height ?? 0)) largest = { width, height };
        }
      }
    }
  }
  return largest;
}

/** No picture is empty: such a header is damaged. */
function size(width: number, height: number): PixelSize {
  return width > 0 && height > 0 ? { width, height } : {};
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
