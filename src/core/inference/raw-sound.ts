/**
 * Sound without a file around it: samples, as some voices send them when they are asked to (cloudflare-api.md 4.4 A,
 * `encoding` and `container`).
 */
import { asText } from './json';
import type { ModelInput } from '../run/asked';

/** How samples are written. */
export interface RawSound {
  readonly coding: 'linear16' | 'mulaw' | 'alaw';
  /** Samples per second; absent: nobody says. */
  readonly rate?: number;
}

/** What a request asks for in its own words; undefined: a file. */
export function rawSoundAsked(input: ModelInput): RawSound | undefined {
  const words = [input['encoding'], input['output_format'], input['response_format'], input['format']].flatMap(
    (word) => asText(word)?.toLowerCase() ?? [],
  );
  const coding = words.map(codingOf).find((one) => one !== undefined);
  if (coding === undefined || input['container'] === 'wav' || input['container'] === 'ogg') return undefined;
  // `pcm_24000`, `ulaw_8000`.
  const named = words.map((word) => Number(/_(\d{4,6})(?:_|$)/.exec(word)?.[1])).find((rate) => rate > 0);
  const rate = Number(input['sample_rate'] ?? named);
  return { coding, ...(isRate(rate) && { rate }) };
}

/** What a content type says: `audio/L16;rate=24000`. Undefined: it names a file. */
export function rawSoundOf(contentType: string): RawSound | undefined {
  const coding = codingOf(/^audio\/(?:x-)?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? '');
  if (coding === undefined) return undefined;
  const rate = Number(/;\s*rate="?(\d+)/i.exec(contentType)?.[1]);
  return { coding, ...(isRate(rate) && { rate }) };
}

function codingOf(word: string): RawSound['coding'] | undefined {
  if (/^(?:linear16|l16|pcm(?:_s16le|16|_\d+)?)$/.test(word)) return 'linear16';
  if (/^(?:mulaw|ulaw|mu-law|basic|pcmu)(?:_\d+)?$/.test(word)) return 'mulaw';
  return /^(?:alaw|a-law|pcma)(?:_\d+)?$/.test(word) ? 'alaw' : undefined;
}

function isRate(rate: number): boolean {
  return Number.isInteger(rate) && rate >= 1000 && rate <= 384_000;
}

const HEADER = 44;
/** Numbers of the codings in a WAV file (RFC 2361). */
const formats = { linear16: 1, alaw: 6, mulaw: 7 } as const;

/** A WAV file of one channel around the samples. */
export function wavAround(samples: Uint8Array, coding: RawSound['coding'], rate: number): Uint8Array {
  const bytesPerSample = coding === 'linear16' ? 2 : 1;
  const wav = new Uint8Array(HEADER + samples.byteLength);
  const view = new DataView(wav.buffer);
  const word = (at: number, text: string): void =>
    [...text].forEach((c, index) => view.setUint8(at + index, c.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + samples.byteLength, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, formats[coding], true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  word(36, 'data');
  view.setUint32(40, samples.byteLength, true);
  wav.set(samples, HEADER);
  return wav;
}
