/**
 * Whether a file ends before its time. Browsers show the part of a picture that came, and say nothing.
 */
import { isoBoxes } from './iso-boxes';
import { pngChunks } from './png-chunks';
import { riffChunks } from './riff-chunks';

/** Bytes at the end of a JPEG in which its end mark is looked for: some writers add a few behind it. */
const TAIL = 4096;

/**
 * True where the end of the file is certainly missing. Formats without an end mark, such as MP3, are never known to be
 * cut off, nor are streamed ones that do not say how long they are.
 */
export function isCutOff(bytes: Uint8Array, mediaType: string): boolean {
  switch (mediaType) {
    case 'image/png':
      return pngChunks(bytes)?.at(-1)?.type !== 'IEND';
    case 'image/jpeg':
      return !hasEndOfImage(bytes.subarray(-TAIL));
    case 'image/webp':
    case 'audio/wav':
      // A stream is given all ones for a length, for nobody knows it yet.
      return riffChunks(bytes).some(({ data, length }) => data.length < length && length < 0x7fff_0000);
    case 'audio/mp4':
    case 'video/mp4':
    case 'video/quicktime':
      return isoBoxes(bytes).some(({ isWhole }) => !isWhole);
    default:
      return false;
  }
}

/** EOI, FF D9 (ITU-T T.81, B.1.1.3). */
function hasEndOfImage(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= 0; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}
