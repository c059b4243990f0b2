/**
 * WAV files: 16-bit PCM. A comment in the file keeps what was said, so that the simulator's own speech recognition can
 * read it back.
 */
import type { Sound } from './sound';

/** What the header of a WAV file tells. */
export interface WavInfo {
  /** Samples a second. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
  /** The comment of the file (`ICMT`), if there is one. */
  readonly text?: string;
}

const pcm = 1;
const headerBytes = 44;

/** `sound` as a WAV file; `text` goes into a comment behind the samples. */
export function encodeWav({ sampleRate, samples }: Sound, text?: string): Uint8Array<ArrayBuffer> {
  const comment = text === undefined ? new Uint8Array() : commentChunk(text);
  const bytes = new Uint8Array(headerBytes + 2 * samples.length + comment.length);
  const view = new DataView(bytes.buffer);
  write(bytes, 0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  write(bytes, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(bytes, 36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (let index = 0; index < samples.length; index++)
    view.setInt16(headerBytes + 2 * index, samples[index] ?? 0, true);
  bytes.set(comment, headerBytes + 2 * samples.length);
  return bytes;
}

/** A LIST chunk of type INFO with one comment, which ends with a zero and is filled up to an even length. */
function commentChunk(text: string): Uint8Array {
  const encoded = new TextEncoder().encode(text);
  const size = encoded.length + 1;
  const bytes = new Uint8Array(20 + size + (size % 2));
  const view = new DataView(bytes.buffer);
  write(bytes, 0, 'LIST');
  view.setUint32(4, bytes.length - 8, true);
  write(bytes, 8, 'INFOICMT');
  view.setUint32(16, size, true);
  bytes.set(encoded, 20);
  return bytes;
}

function write(bytes: Uint8Array, offset: number, name: string): void {
  for (let index = 0; index < name.length; index++) bytes[offset + index] = name.charCodeAt(index);
}

/**
 * Reads a WAV file of any kind of samples; undefined for what is none. A file that was cut short, or streamed with a
 * length that nobody knew, is as long as the samples that are there.
 */
export function readWav(bytes: Uint8Array): WavInfo | undefined {
  if (nameAt(bytes, 0) !== 'RIFF' || nameAt(bytes, 8) !== 'WAVE') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: { channels: number; sampleRate: number; byteRate: number } | undefined;
  let dataBytes = 0;
  let text: string | undefined;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const name = nameAt(bytes, offset);
    const start = offset + 8;
    const end = Math.min(bytes.length, start + view.getUint32(offset + 4, true));
    if (name === 'fmt ' && end - start >= 16) {
      const channels = view.getUint16(start + 2, true);
      const sampleRate = view.getUint32(start + 4, true);
      format = { channels, sampleRate, byteRate: view.getUint32(start + 8, true) };
    } else if (name === 'data') dataBytes += end - start;
    else if (name === 'LIST' && nameAt(bytes, start) === 'INFO') text ??= readComment(bytes.subarray(start + 4, end));
    offset = end + (end % 2);
  }
  if (format === undefined || format.byteRate === 0 || format.channels === 0 || format.sampleRate === 0)
    return undefined;
  const { channels, sampleRate, byteRate } = format;
  return { channels, sampleRate, seconds: dataBytes / byteRate, ...(text !== undefined && { text }) };
}

/** The comment among the entries of an INFO list. */
function readComment(entries: Uint8Array): string | undefined {
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  for (let offset = 0; offset + 8 <= entries.length;) {
    const start = offset + 8;
    const end = Math.min(entries.length, start + view.getUint32(offset + 4, true));
    if (nameAt(entries, offset) === 'ICMT') {
      const value = entries.subarray(start, end);
      const zero = value.indexOf(0);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(zero < 0 ? value : value.subarray(0, zero));
    }
    offset = end + ((end - start) % 2);
  }
  return undefined;
}

function nameAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
