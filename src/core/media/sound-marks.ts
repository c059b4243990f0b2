/**
 * Recognising sound that has no container, or one of its own: MP3 (ISO/IEC 11172-3, 2.4.2.3), AAC in ADTS frames
 * (ISO/IEC 13818-7, 6.2), FLAC, Ogg (RFC 3533).
 */
import { indexOf, standsAt, viewOf } from './octets';

/** Media type of raw sound; undefined for anything else. */
export function rawSoundType(bytes: Uint8Array): string | undefined {
  const start = tagEnd(bytes);
  if (standsAt(bytes, start, 'fLaC')) return 'audio/flac';
  if (isAdts(bytes, start)) return 'audio/aac';
  // Players look for frames behind a tag: nothing but MP3 is tagged so.
  return start > 0 || isMp3(bytes, start) ? 'audio/mpeg' : undefined;
}

/** Bytes in which all streams of an Ogg file have begun. */
const OGG_HEAD = 4096;

/** `video/ogg` with a Theora stream, else `audio/ogg`; undefined for other containers. */
export function oggType(bytes: Uint8Array): string | undefined {
  if (!standsAt(bytes, 0, 'OggS')) return undefined;
  return indexOf(bytes, '\x80theora', 0, OGG_HEAD) < 0 ? 'audio/ogg' : 'video/ogg';
}

/** Where the ID3v2 tag ends, 0 without one: its length stands in four groups of seven bits. */
export function tagEnd(bytes: Uint8Array): number {
  if (!standsAt(bytes, 0, 'ID3')) return 0;
  const group = (at: number) => (bytes[at] ?? 0) & 0x7f;
  return 10 + ((group(6) << 21) | (group(7) << 14) | (group(8) << 7) | group(9));
}

/** Twelve bits of ones, then a layer of 0, which MP3 never has. */
function isAdts(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0) return false;
  const rate = ((bytes[at + 2] ?? 0) >> 2) & 15;
  return at + 7 <= bytes.length && rate < 13;
}

/** Kilobits a second by index: MPEG 1, and MPEG 2 and 2.5. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

/** A frame, with another one behind it unless the file ends: eleven bits of ones alone prove nothing. */
function isMp3(bytes: Uint8Array, at: number): boolean {
  const length = mp3FrameLength(bytes, at);
  if (length === undefined) return false;
  return at + length + 4 > bytes.length || mp3FrameLength(bytes, at + length) !== undefined;
}

/** Bytes of the layer III frame whose header stands here; undefined when there is none. */
function mp3FrameLength(bytes: Uint8Array, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined;
  const header = viewOf(bytes).getUint32(at);
  const version = (header >>> 19) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
  const isLayer3 = ((header >>> 17) & 3) === 1;
  if (header >>> 21 !== 0x7ff || version === 1 || !isLayer3) return undefined;
  const bitrate = BITRATES[version === 3 ? 0 : 1][(header >>> 12) & 15];
  const sampleRate = SAMPLE_RATES[(header >>> 10) & 3];
  if (!bitrate || sampleRate === undefined) return undefined;
  const divided = version === 3 ? 1 : version === 2 ? 2 : 4;
  const padding = (header >>> 9) & 1;
  return Math.floor(((version === 3 ? 144 : 72) * bitrate * 1000) / (sampleRate / divided)) + padding;
}
