/**
 * Takes out of a file what tells about its owner: place, camera, author, comments. Nobody who attaches a picture means
 * to send where it was taken.
 */
import { EXIF_MARK, orientationBlock, orientationOf } from './exif';
import { withoutIsoMetadata } from './iso-strip';
import { jpegSegments, type JpegSegment } from './jpeg-segments';
import { concat, standsAt, viewOf } from './octets';
import { pngChunks } from './png-chunks';

/**
 * The file without EXIF, XMP, IPTC and comments. Pixels and sound are the same bytes; colour profiles and which way is
 * up stay. A damaged file, or one of another type than these, comes back as it was: JPEG, PNG, WebP, AVIF, HEIC, MP4,
 * MOV.
 */
export function withoutMetadata(bytes: Uint8Array, mediaType: string): Uint8Array {
  switch (mediaType) {
    case 'image/jpeg':
      return jpeg(bytes);
    case 'image/png':
      return png(bytes);
    case 'image/webp':
      return webp(bytes);
    case 'image/avif':
    case 'image/heic':
    case 'audio/mp4':
    case 'video/mp4':
    case 'video/quicktime':
      return withoutIsoMetadata(bytes);
    default:
      return bytes;
  }
}

/** What follows the end mark goes too: previews and clips with metadata of their own. */
function jpeg(bytes: Uint8Array): Uint8Array {
  const segments = jpegSegments(bytes);
  if (segments === undefined) return bytes;
  const parts = segments.flatMap((segment) => keptOfJpeg(segment));
  return concat([bytes.subarray(0, 2), ...parts, Uint8Array.of(0xff, 0xd9)]);
}

/** Of the application's segments only those that change how the pixels look are kept: JFIF, ICC profile, Adobe. */
function keptOfJpeg({ marker, whole, data }: JpegSegment): readonly Uint8Array[] {
  const isExif = marker === 0xe1 && standsAt(data, 0, EXIF_MARK);
  if (isExif) {
    const orientation = orientationOf(data.subarray(EXIF_MARK.length));
    if (orientation === 1) return [];
    const block = orientationBlock(orientation);
    return [Uint8Array.of(0xff, 0xe1, 0, block.length + 2), block];
  }
  const isComment = marker === 0xfe;
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  if (!isComment && !isApplication) return [whole];
  const isNeeded =
    (marker === 0xe0 && standsAt(data, 0, 'JFIF\0')) ||
    (marker === 0xe2 && standsAt(data, 0, 'ICC_PROFILE\0')) ||
    (marker === 0xee && standsAt(data, 0, 'Adobe'));
  return isNeeded ? [whole] : [];
}

/** `caBX` holds content credentials (C2PA), which name authors and tools. */
const PNG_METADATA = ['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME', 'caBX'];

function png(bytes: Uint8Array): Uint8Array {
  const chunks = pngChunks(bytes);
  if (chunks === undefined) return bytes;
  const kept = chunks.filter(({ type }) => !PNG_METADATA.includes(type));
  return concat([bytes.subarray(0, 8), ...kept.map(({ whole }) => whole)]);
}

/** Flags of the `VP8X` chunk that announce an EXIF and an XMP chunk. */
const WEBP_METADATA_FLAGS = 0x08 | 0x04;

function webp(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  if (bytes.length < 20 || view.getUint32(4, true) + 8 > bytes.length) return bytes;
  const end = view.getUint32(4, true) + 8;
  const parts: Uint8Array[] = [];
  let at = 12;
  while (at + 8 <= end) {
    const length = view.getUint32(at + 4, true);
    const next = at + 8 + length + (length % 2);
    if (at + 8 + length > end) return bytes;
    const chunk = bytes.slice(at, Math.min(next, end));
    if (standsAt(chunk, 0, 'VP8X') && chunk.length > 8) chunk[8] = (chunk[8] ?? 0) & ~WEBP_METADATA_FLAGS;
    if (!standsAt(chunk, 0, 'EXIF') && !standsAt(chunk, 0, 'XMP ')) parts.push(chunk);
    at = next;
  }
  const file = concat([bytes.subarray(0, 12), ...parts]);
  viewOf(file).setUint32(4, file.length - 8, true);
  return file;
}
