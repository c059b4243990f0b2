/**
 * What a file is, told by its bytes. Names and content types are not asked: both are often wrong.
 */
import { brandsOf, trackKinds } from './iso-boxes';
import type { MediaKind } from './media';
import { ascii, indexOf, standsAt, viewOf } from './octets';
import { bmpSize, gifSize, heifSize, jpegSize, pngSize, tiffSize, webpSize, type PixelSize } from './pixel-size';
import { oggType, rawSoundType } from './sound-marks';
import { svgSize } from './svg-size';

/** A recognised file. */
export interface SniffedMedia {
  readonly kind: MediaKind;
  readonly mediaType: string;
  /** Pixels, of pictures; absent when the header is cut or damaged. */
  readonly width?: number;
  readonly height?: number;
}

/** Type of a file, and pixel size of a picture; undefined when the bytes are nothing known. Never throws. */
export function sniffMedia(bytes: Uint8Array): SniffedMedia | undefined {
  return sniffPicture(bytes) ?? sniffContainer(bytes) ?? sniffRest(bytes);
}

function sniffPicture(bytes: Uint8Array): SniffedMedia | undefined {
  if (standsAt(bytes, 0, '\x89PNG\r\n\x1a\n')) return picture('image/png', pngSize(bytes));
  if (standsAt(bytes, 0, '\xff\xd8\xff')) return picture('image/jpeg', jpegSize(bytes));
  if (standsAt(bytes, 0, 'GIF87a') || standsAt(bytes, 0, 'GIF89a')) return picture('image/gif', gifSize(bytes));
  if (standsAt(bytes, 0, 'RIFF') && standsAt(bytes, 8, 'WEBP')) return picture('image/webp', webpSize(bytes));
  if (standsAt(bytes, 0, 'II*\0') || standsAt(bytes, 0, 'MM\0*')) return picture('image/tiff', tiffSize(bytes));
  if (isBmp(bytes)) return picture('image/bmp', bmpSize(bytes));
  const svg = svgSize(bytes);
  return svg && picture('image/svg+xml', svg);
}

function sniffContainer(bytes: Uint8Array): SniffedMedia | undefined {
  if (/^R(?:IFF|IFX|F64)$/.test(ascii(bytes, 0, 4))) {
    if (standsAt(bytes, 8, 'WAVE')) return media('audio/wav');
    return standsAt(bytes, 8, 'AVI ') ? media('video/x-msvideo') : undefined;
  }
  const brands = brandsOf(bytes);
  if (brands) return isoMedia(bytes, brands);
  if (standsAt(bytes, 0, '\x1a\x45\xdf\xa3')) return matroska(bytes);
  const ogg = oggType(bytes);
  return ogg === undefined ? undefined : media(ogg);
}

function sniffRest(bytes: Uint8Array): SniffedMedia | undefined {
  if (/^(?:\xef\xbb\xbf)?\s*%PDF-/.test(ascii(bytes, 0, 64))) return { kind: 'file', mediaType: 'application/pdf' };
  const sound = rawSoundType(bytes);
  return sound === undefined ? undefined : media(sound);
}

function picture(mediaType: string, size: PixelSize): SniffedMedia {
  return size.width === undefined ? { kind: 'image', mediaType } : { kind: 'image', mediaType, ...size };
}

function media(mediaType: string): SniffedMedia {
  return { kind: mediaType.startsWith('video/') ? 'video' : 'audio', mediaType };
}

/** Lengths of the headers that can follow the file header: two letters alone begin many texts. */
const BMP_HEADERS = [12, 40, 52, 56, 64, 108, 124];

function isBmp(bytes: Uint8Array): boolean {
  return standsAt(bytes, 0, 'BM') && bytes.length >= 18 && BMP_HEADERS.includes(viewOf(bytes).getUint32(14, true));
}

const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const SOUND_ONLY = ['M4A ', 'M4B ', 'M4P ', 'F4A ', 'F4B '];

/** Brands of pictures are asked first: they name more than the major one does. */
function isoMedia(bytes: Uint8Array, brands: readonly string[]): SniffedMedia {
  const [major = ''] = brands;
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return picture('image/avif', heifSize(bytes));
  if (HEIC.includes(major)) return picture('image/heic', heifSize(bytes));
  if (SOUND_ONLY.includes(major)) return media('audio/mp4');
  const kinds = trackKinds(bytes);
  if (kinds.includes('soun') && !kinds.includes('vide')) return media('audio/mp4');
  return media(major === 'qt  ' ? 'video/quicktime' : 'video/mp4');
}

/** Bytes in which tracks are described, as a rule. */
const MATROSKA_HEAD = 64 * 1024;

/** `CodecID` elements (0x86) say what the tracks are: `V_` pictures, `A_` sound (RFC 9559, 5.1.4.1.21). */
function matroska(bytes: Uint8Array): SniffedMedia {
  const format = indexOf(bytes, 'webm', 0, 64) < 0 ? 'x-matroska' : 'webm';
  let hasSound = false;
  for (let at = bytes.indexOf(0x86); at >= 0 && at < MATROSKA_HEAD; at = bytes.indexOf(0x86, at + 1)) {
    if (standsAt(bytes, at + 2, 'V_')) return media(`video/${format}`);
    hasSound ||= standsAt(bytes, at + 2, 'A_');
  }
  return media(`${hasSound ? 'audio' : 'video'}/${format}`);
}
