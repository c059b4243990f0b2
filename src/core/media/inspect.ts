/**
 * Looks at a file before it is attached: what cannot work is told at once, not after it was sent and paid for.
 */
import { isoBoxes } from './iso-boxes';
import { jpegSegments } from './jpeg-segments';
import { MAX_INPUT, MAX_PIXELS } from './limits';
import { looksLike } from './looks-like';
import type { MediaBytes, MediaKind } from './media';
import { hasPdfEnd, isEncryptedPdf } from './pdf';
import { pngChunks } from './png-chunks';
import { riffChunks } from './riff-chunks';
import { sniffMedia, type SniffedMedia } from './sniff';
import { tagEnd } from './sound-marks';

/** The file as media, or one sentence about what is wrong and one about what to do. */
export type Inspection =
  | { readonly media: MediaBytes; readonly problem?: undefined }
  | { readonly media?: undefined; readonly problem: string };

/** Longest side of a picture, pixels. */
const MAX_SIDE = 1_000_000;

const plurals: Readonly<Record<MediaKind, string>> = {
  image: 'pictures',
  audio: 'recordings',
  video: 'videos',
  file: 'documents',
};

/** Whether this file can be attached. `name` is for people. Never throws. */
export function inspectInput(bytes: Uint8Array, name: string): Inspection {
  if (bytes.length === 0) return { problem: `${name} is empty. Choose another file.` };
  const info = sniffMedia(bytes);
  const problem = info === undefined ? unknown(bytes, name) : problemOf(bytes, info, name);
  return info === undefined || problem !== undefined ? { problem: problem ?? '' } : { media: { ...info, bytes } };
}

/** What is wrong with a file of `byteLength` bytes of this kind; undefined when it is not too large. */
export function tooLarge(byteLength: number, kind: MediaKind, name: string): string | undefined {
  const most = MAX_INPUT[kind];
  if (byteLength <= most) return undefined;
  return `${name} has ${mib(byteLength)}; ${plurals[kind]} can have at most ${mib(most)}. Make it smaller first.`;
}

/** Rounded up to a tenth, so that what is too large never reads as the limit itself. */
const mib = (byteLength: number): string => `${Math.ceil((byteLength / 1024 / 1024) * 10) / 10} MiB`;

function unknown(bytes: Uint8Array, name: string): string {
  const seen = looksLike(bytes);
  const is = `${name} is no picture, sound, video or PDF that is known here`;
  return seen === undefined
    ? `${is}. Convert it to PNG, MP3, MP4 or PDF first.`
    : `${is}; it looks like ${seen.what}. ${seen.nextStep}`;
}

function problemOf(bytes: Uint8Array, info: SniffedMedia, name: string): string | undefined {
  const large = tooLarge(bytes.length, info.kind, name);
  if (large !== undefined) return large;
  const { width = 0, height = 0 } = info;
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
    return `${name} has ${width} × ${height} pixels; pictures can have at most ${MAX_PIXELS / 1e6} million. Scale it down first.`;
  }
  if (info.mediaType === 'application/pdf' && isEncryptedPdf(bytes)) {
    return `${name} is protected with a password, so no model can read it. Save a copy without protection and attach that.`;
  }
  if (isSilent(bytes, info.mediaType)) return `${name} holds no sound. Record it again, or choose another file.`;
  return isDamaged(bytes, info) ? `${name} is damaged or was cut off. Save or download it again.` : undefined;
}

function isSilent(bytes: Uint8Array, mediaType: string): boolean {
  if (mediaType === 'audio/wav') {
    const chunks = riffChunks(bytes);
    return chunks.length > 0 && !chunks.some(({ id, data }) => id === 'data' && data.length > 0);
  }
  return mediaType === 'audio/mpeg' && tagEnd(bytes) >= bytes.length;
}

/** Formats of which a header without a size can still be a good picture. */
const SIZELESS = ['image/svg+xml', 'image/avif', 'image/heic'];

function isDamaged(bytes: Uint8Array, { kind, mediaType, width }: SniffedMedia): boolean {
  if (kind === 'image' && width === undefined && !SIZELESS.includes(mediaType)) return true;
  switch (mediaType) {
    case 'image/png':
      return !(pngChunks(bytes) ?? []).some(({ type }) => type === 'IDAT');
    case 'image/jpeg':
      return !(jpegSegments(bytes) ?? []).some(({ marker }) => marker === 0xda);
    case 'image/webp': {
      const chunks = riffChunks(bytes);
      return chunks.length === 0 || chunks.some(({ data, length }) => data.length < length);
    }
    case 'image/avif':
    case 'image/heic':
      return !hasIndex(bytes, 'meta');
    case 'audio/wav':
      return riffChunks(bytes).length === 0;
    case 'audio/mp4':
    case 'video/mp4':
    case 'video/quicktime':
      return !hasIndex(bytes, 'moov');
    case 'application/pdf':
      return !hasPdfEnd(bytes);
    default:
      return false;
  }
}

/** Without its index a file cannot be decoded. It often stands at the end, and what is cut there is lost. */
function hasIndex(bytes: Uint8Array, type: string): boolean {
  const boxes = isoBoxes(bytes);
  return boxes.some((box) => box.type === type) && boxes.every(({ isWhole }) => isWhole);
}
