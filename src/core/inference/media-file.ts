/**
 * From bytes of an answer to media, told by the bytes themselves.
 */
import { MAX_OUTPUT, MAX_PIXELS } from '../media/limits';
import type { MediaBytes, MediaKind } from '../media/media';
import { sniffMedia } from '../media/sniff';
import { rawSoundOf, wavAround, type RawSound } from './raw-sound';

/** What is known of bytes beside themselves. */
export interface FileFacts {
  /** What they are meant to be. */
  readonly kind: MediaKind;
  readonly contentType?: string;
  /** The request asks for samples without a file around them. */
  readonly sound?: RawSound | undefined;
}

/** Why bytes are not kept: sentences for people. */
export interface FileProblem {
  readonly problem: string;
  readonly nextStep?: string;
}

/** What a file of a kind is called in sentences. */
export const wordOf: Readonly<Record<MediaKind, string>> = {
  image: 'picture',
  audio: 'sound',
  video: 'video',
  file: 'file',
};

/** The media, or why there are none. What comes is accepted as what it is, whatever was meant to come. */
export function mediaFile(bytes: Uint8Array, facts: FileFacts): MediaBytes | FileProblem {
  const word = wordOf[facts.kind];
  if (bytes.byteLength === 0) return { problem: `The ${word} is an empty file.` };
  const sniffed = sniffMedia(bytes);
  const raw =
    facts.kind === 'audio' && !isRiff(bytes) ? (facts.sound ?? rawSoundOf(facts.contentType ?? '')) : undefined;
  // Samples may begin as a file does; a server that says so, too, has sent a file for all that was asked.
  if (raw !== undefined && !isType(facts.contentType, sniffed?.mediaType)) return wrapped(bytes, raw, facts);
  if (sniffed === undefined) {
    if (isPage(bytes)) return { problem: `A web page came instead of the ${word}.` };
    const words = wordsIn(bytes);
    return {
      problem:
        words === undefined
          ? `The answer holds a ${word} in a format that is not known.`
          : `Words came instead of the ${word}: ${words}`,
    };
  }
  const { kind, width = 0, height = 0 } = sniffed;
  if (bytes.byteLength > MAX_OUTPUT[kind]) return tooLarge(kind);
  if (kind === 'image' && width * height > MAX_PIXELS) {
    const most = MAX_PIXELS / 1e6;
    return { problem: `The picture claims ${width} x ${height} pixels; more than ${most} megapixels are not kept.` };
  }
  return { bytes, ...sniffed };
}

/** It did not end in the time that it is given (`receive.ts`). */
export function tooSlow(kind: MediaKind): FileProblem {
  return { problem: `The ${wordOf[kind]} was still not complete after half an hour.` };
}

/** It is larger than what is kept of its kind. */
export function tooLarge(kind: MediaKind): FileProblem {
  return { problem: `The answer holds a ${wordOf[kind]} of more than ${MAX_OUTPUT[kind] / 1024 / 1024} MiB.` };
}

/** Characters of a text that are quoted. */
const MOST_QUOTED = 200;

/** The beginning of a text in one line; undefined when the bytes are none. */
function wordsIn(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * MOST_QUOTED)).replace(/\ufffd+$/, '');
  // eslint-disable-next-line no-control-regex -- what no text has
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) return undefined;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_QUOTED ? `${line.slice(0, MOST_QUOTED)}…` : line;
}

/** The beginning of a page, or of an error in XML. A drawing (SVG) was recognised before. */
export function isPage(bytes: Uint8Array): boolean {
  return /^<[!?a-z]/i.test(new TextDecoder().decode(bytes.subarray(0, 512)).trimStart());
}

function isType(contentType = '', mediaType = ''): boolean {
  const said = contentType.replace(/;.*/s, '').trim().toLowerCase();
  return said !== '' && said.replace(/^audio\/(?:x-)?mp3$/, 'audio/mpeg').replace('/x-', '/') === mediaType;
}

function isRiff(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === 'RIFF';
}

function wrapped(bytes: Uint8Array, { coding, rate }: RawSound, { contentType }: FileFacts): MediaBytes | FileProblem {
  const known = rate ?? rawSoundOf(contentType ?? '')?.rate;
  if (known === undefined) {
    return {
      problem: 'The sound came as bare samples, and neither request nor answer says how many there are in a second.',
      nextStep: 'Set the sample rate, or ask for a container such as wav or another encoding such as mp3.',
    };
  }
  return { kind: 'audio', mediaType: 'audio/wav', bytes: wavAround(bytes, coding, known) };
}
