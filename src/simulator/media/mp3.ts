/**
 * MP3 files: a small encoder of our own (one channel, constant bit rate, no bit reservoir, no psychoacoustics), and what
 * the simulator's speech recognition wants to know of a file.
 */
import { BitWriter } from './bits';
import { type Granule, pairTable, quantize, writeValues } from './mp3/entropy';
import { formatFor, type FrameFormat, granuleSamples, headerBytes, readHeader } from './mp3/header';
import { encodeTag, readComment, tagLength } from './mp3/id3';
import { spectra } from './mp3/spectrum';
import { resampled, type Sound } from './sound';

/** Twelve bits count the bits of a granule. */
const mostBits = 4095;
const mono = 0xc0;

/** `sound` as an MP3 file; `text` goes into a comment in front. */
export function encodeMp3(sound: Sound, text?: string): Uint8Array<ArrayBuffer> {
  const parts = encodeFrames(sound);
  if (text !== undefined) parts.unshift(encodeTag(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * The frames of `sound`, each of 1,152 samples from 32,000 samples a second on and of 576 below. A sample rate that MP3
 * does not have becomes the next higher one.
 */
export function encodeFrames(sound: Sound): Uint8Array<ArrayBuffer>[] {
  const format = formatFor(sound.sampleRate);
  const { sampleRate, samples } = resampled(sound, format.sampleRate);
  const frameSamples = format.granules * granuleSamples;
  const count = Math.ceil(samples.length / frameSamples);
  const spectrum = spectra(samples, count * format.granules);
  const frames: Uint8Array<ArrayBuffer>[] = [];
  const exact = (frameSamples * format.bitrate) / 8 / sampleRate;
  for (let index = 0; index < count; index++) {
    // Where the bit rate asks for a part of a byte, some frames are one byte longer.
    const bytes = Math.floor((index + 1) * exact + 1e-6) - Math.floor(index * exact + 1e-6);
    frames.push(encodeFrame(format, bytes, bytes > Math.floor(exact + 1e-6), spectrum));
  }
  return frames;
}

function encodeFrame(
  { granules, bytes: [sync, layer, rates] }: FrameFormat,
  bytes: number,
  padded: boolean,
  spectrum: Iterator<Float64Array>,
): Uint8Array<ArrayBuffer> {
  const sideBytes = granules === 2 ? 17 : 9;
  const limit = Math.min(mostBits, Math.floor((8 * (bytes - headerBytes - sideBytes)) / granules));
  const parts: Granule[] = [];
  for (let granule = 0; granule < granules; granule++) {
    const { value } = spectrum.next() as { value: Float64Array };
    parts.push(quantize(value, limit));
  }
  const out = new BitWriter();
  for (const byte of [sync, layer, rates | (padded ? 2 : 0), mono]) out.write(byte, 8);
  // Side information (2.4.1.7): where the data begins, private bits, and in MPEG-1 which scale factors are shared.
  if (granules === 2) out.write(0, 9 + 5 + 4);
  else out.write(0, 8 + 1);
  for (const granule of parts) writeSide(granule, granules === 2, out);
  for (const granule of parts) writeValues(granule, out);
  const frame = new Uint8Array(bytes);
  frame.set(out.bytes());
  return frame;
}

function writeSide({ bits, pairs, gain }: Granule, full: boolean, out: BitWriter): void {
  out.write(bits, 12);
  out.write(pairs, 9);
  out.write(gain, 8);
  // No scale factors: their lengths are 0. MPEG-2 has more ways to say so.
  out.write(0, full ? 4 : 9);
  // Long blocks: one table for each of three regions, and where the regions end, which is all the same here.
  out.write(0, 1);
  for (let region = 0; region < 3; region++) out.write(pairTable, 5);
  out.write(0, 4 + 3);
  // No amplification of high lines (a bit that only MPEG-1 has), the usual scale, table B.
  if (full) out.write(0, 1);
  out.write(0b01, 2);
}

/** The comment of an MP3 file, for example the text that `encodeMp3` was given. */
export function readMp3Text(bytes: Uint8Array): string | undefined {
  return readComment(bytes);
}

/** Length of an MP3 file in seconds, counted frame by frame; undefined when there is none. */
export function mp3Seconds(bytes: Uint8Array): number | undefined {
  let seconds = 0;
  for (let offset = tagLength(bytes); offset + headerBytes <= bytes.length;) {
    const frame = readHeader(bytes, offset);
    if (frame !== undefined) seconds += frame.samples / frame.sampleRate;
    offset += frame?.bytes ?? 1;
  }
  return seconds === 0 ? undefined : seconds;
}
