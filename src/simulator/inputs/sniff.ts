/**
 * What a file is, told by its bytes, as a server must: names and declared types are the client's word.
 */
import { mp3Seconds } from '../media/mp3';
import { readWav } from '../media/wav';
import { imageSize } from './image-size';

/** What kind of input a file can be. */
export type InputKind = 'image' | 'audio' | 'video' | 'document' | 'unknown';

/** What the bytes tell. */
export interface Sniffed {
  readonly kind: InputKind;
  /** Media type; `application/octet-stream` where the bytes are nothing known. */
  readonly type: string;
  /** Pixels of a picture. */
  readonly width?: number;
  readonly height?: number;
  /** Length of sound or video: exact for WAV and MP3, a guess by size for the others. */
  readonly seconds?: number;
  /** Pages of a PDF. */
  readonly pages?: number;
  /** A PDF that needs a password. */
  readonly locked?: boolean;
}

/** Bytes of one second of sound in formats that are not read further: about 64 kbit/s, as recorders use for speech. */
const soundBytesPerSecond = 8000;
/** Bytes of one second of video, about 2 Mbit/s. */
const videoBytesPerSecond = 250_000;

const marks: readonly (readonly [type: string, kind: InputKind, at: number, mark: string])[] = [
  ['image/png', 'image', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 'image', 0, '\xff\xd8\xff'],
  ['image/gif', 'image', 0, 'GIF8'],
  ['image/webp', 'image', 8, 'WEBP'],
  ['audio/wav', 'audio', 8, 'WAVE'],
  ['application/pdf', 'document', 0, '%PDF-'],
  ['audio/ogg', 'audio', 0, 'OggS'],
  ['audio/flac', 'audio', 0, 'fLaC'],
  ['audio/webm', 'audio', 0, '\x1aE\xdf\xa3'],
  ['audio/mpeg', 'audio', 0, 'ID3'],
  ['video/mp4', 'video', 4, 'ftyp'],
];

/** Tells what `bytes` are. Never throws. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  const mark = marks.find(([, , at, text]) => head.startsWith(text, at));
  if (mark !== undefined) return details(mark[0], mark[1], head, bytes);
  // MPEG sound without a tag begins with the sync word of a frame of layer III.
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return details('audio/mpeg', 'audio', head, bytes);
  return { kind: 'unknown', type: 'application/octet-stream' };
}

function details(type: string, kind: InputKind, head: string, bytes: Uint8Array): Sniffed {
  if (kind === 'image') return { kind, type, ...imageSize(type, bytes) };
  switch (type) {
    case 'application/pdf':
      return { kind, type, ...pdf(bytes) };
    case 'audio/wav':
      return { kind, type, seconds: readWav(bytes)?.seconds ?? 0 };
    case 'audio/mpeg':
      return { kind, type, seconds: mp3Seconds(bytes) ?? 0 };
    case 'audio/webm':
      // Matroska holds either; tracks of pictures name a codec `V_…` near the beginning.
      return /V_[A-Z]/.test(String.fromCharCode(...bytes.subarray(0, 4096)))
        ? { kind: 'video', type: 'video/webm', seconds: bytes.length / videoBytesPerSecond }
        : { kind, type, seconds: bytes.length / soundBytesPerSecond };
    case 'video/mp4':
      if (/^(?:heic|heix|mif1|avif)/.test(head.slice(8))) return { kind: 'image', type: 'image/heic' };
      return head.startsWith('M4A', 8)
        ? { kind: 'audio', type: 'audio/mp4', seconds: bytes.length / soundBytesPerSecond }
        : { kind, type, seconds: bytes.length / videoBytesPerSecond };
    default:
      return { kind, type, seconds: bytes.length / soundBytesPerSecond };
  }
}

function pdf(bytes: Uint8Array): { pages: number; locked: boolean } {
  const text = new TextDecoder('latin1').decode(bytes);
  const pages = text.match(/\/Type\s*\/Page(?![a-z])/gi)?.length ?? 0;
  // Newer files pack their page objects; the count in the page tree may still stand in the open.
  const counted = Number(/\/Count\s+(\d+)/.exec(text)?.[1] ?? 0);
  return { pages: Math.max(1, pages, counted), locked: /\/Encrypt\s/.test(text) };
}
