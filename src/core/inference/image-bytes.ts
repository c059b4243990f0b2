/**
 * What a picture is, told by its bytes: formats and the places of their sizes are those of the PNG, JPEG (JFIF/Exif),
 * GIF and WebP specifications.
 */

/** A recognised picture. */
export interface ImageInfo {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Pixels; absent when the header is cut or damaged. */
  readonly width?: number;
  readonly height?: number;
}

/** Format and pixel size; undefined when the bytes are no known picture. */
export function sniffImage(bytes: Uint8Array): ImageInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return { mediaType: 'image/png', ...pngSize(view) };
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    return { mediaType: 'image/jpeg', ...jpegSize(view) };
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return { mediaType: 'image/gif', ...gifSize(view) };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') {
    return { mediaType: 'image/webp', ...webpSize(bytes, view) };
  }
  return undefined;
}

interface Size {
  readonly width?: number;
  readonly height?: number;
}

function pngSize(view: DataView): Size {
  return view.byteLength < 24 ? {} : { width: view.getUint32(16), height: view.getUint32(20) };
}

function gifSize(view: DataView): Size {
  return view.byteLength < 10 ? {} : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Walks the segments up to the frame header (SOF0 to SOF15 but for DHT, JPG and DAC). */
function jpegSize(view: DataView): Size {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return {};
}

/** Lossy, lossless and extended files keep the size in different places. */
function webpSize(bytes: Uint8Array, view: DataView): Size {
  if (view.byteLength < 30) return {};
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return {};
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
