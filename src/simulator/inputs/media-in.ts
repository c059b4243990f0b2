/**
 * One reader for every way in which a request carries a picture, a recording or a file.
 */
import { fromBase64 } from '../base64';
import { isObject } from '../fields';
import { hash } from '../random';
import { sniff, type Sniffed } from './sniff';

/** How the request carried it. */
export type Carriage = 'numbers' | 'base64' | 'data-uri' | 'url' | 'bytes';

/** A medium as it came in. */
export interface MediaIn extends Sniffed {
  readonly carriage: Carriage;
  /** Empty for a URL: the simulator opens no connection. */
  readonly bytes: Uint8Array;
  readonly url?: string;
}

/** What stands in a request instead of a medium. */
export interface MediaProblem {
  /** What is wrong, to be put behind the name of the field. */
  readonly problem: string;
  /** The value is a text that is no base64 (code 5004, cloudflare-api.md 1.6). */
  readonly notBase64?: boolean;
}

/**
 * Reads `value`: a list of bytes, base64, a data URI, a URL, bytes of a form or of the body, or one of these in an object
 * (`{url}`, `{body, contentType}`, `{data}`, `{file_data}`, `{image_url}`). Never throws.
 */
export function readMedia(value: unknown): MediaIn | MediaProblem {
  if (value instanceof Uint8Array) return known('bytes', value);
  if (Array.isArray(value)) return fromNumbers(value);
  if (typeof value === 'string') return fromText(value);
  if (!isObject(value)) return { problem: 'must be a file' };
  const inner = objectKeys.map((key) => value[key]).find((item) => item !== undefined);
  return inner === undefined ? { problem: 'holds no file' } : readMedia(inner);
}

/** Whether `read` is a medium. */
export function isMedia(read: MediaIn | MediaProblem): read is MediaIn {
  return 'carriage' in read;
}

/** Says in a few characters what a medium is: the same file always gives the same. */
export function fingerprint({ bytes, url }: MediaIn): string {
  if (url !== undefined) return url;
  // A sample tells two files apart as well as the whole, and is quick for large ones.
  const step = Math.max(1, Math.floor(bytes.length / 4096));
  let sample = `${bytes.length}`;
  for (let index = 0; index < bytes.length; index += step) sample += String.fromCharCode(bytes[index] ?? 0);
  return hash(sample).toString(36);
}

const objectKeys = ['url', 'body', 'data', 'file_data', 'image_url', 'file', 'uri', 'file_uri', 'fileUri', 'file_url'];

function fromNumbers(list: readonly unknown[]): MediaIn | MediaProblem {
  const bytes = new Uint8Array(list.length);
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (typeof item !== 'number' || item < 0 || item > 255) return { problem: 'must hold numbers from 0 to 255' };
    bytes[index] = item;
  }
  return known('numbers', bytes);
}

function fromText(text: string): MediaIn | MediaProblem {
  if (/^https?:\/\//i.test(text)) return fromUrl(text);
  const uri = /^data:([^,;]*)(?:;[^,;]*)*?(;base64)?,/i.exec(text);
  if (uri === null) {
    const bytes = text.startsWith('data:') ? undefined : fromBase64(text);
    return bytes === undefined ? { problem: 'is not valid base64', notBase64: true } : known('base64', bytes);
  }
  const payload = text.slice(uri[0].length);
  const bytes = uri[2] === undefined ? new TextEncoder().encode(payload) : fromBase64(payload);
  return bytes === undefined ? { problem: 'is a data URI without valid base64' } : known('data-uri', bytes);
}

/** The simulator's own addresses tell size and length; of others only the ending of the path hints at the kind. */
function fromUrl(text: string): MediaIn | MediaProblem {
  if (!URL.canParse(text)) return { problem: 'is not a valid URL' };
  const url = new URL(text);
  const number = (name: string): number | undefined => Number(url.searchParams.get(name)) || undefined;
  const [width, height, seconds] = [number('width'), number('height'), number('seconds')];
  const type = typeByEnding.find(([ending]) => ending.test(url.pathname))?.[1] ?? 'image/*';
  const kind = type === 'application/pdf' ? 'document' : (type.split('/')[0] as 'image' | 'audio' | 'video');
  return {
    carriage: 'url',
    bytes: new Uint8Array(),
    url: text,
    kind,
    type,
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(seconds !== undefined && { seconds }),
  };
}

const typeByEnding: readonly (readonly [RegExp, string])[] = [
  [/\.pdf$/i, 'application/pdf'],
  [/\.(?:mp4|mov|m4v)$/i, 'video/mp4'],
  [/\.mp3$/i, 'audio/mpeg'],
  [/\.wav$/i, 'audio/wav'],
  [/\.(?:m4a|ogg|flac|aac|opus|webm)$/i, 'audio/*'],
];

function known(carriage: Carriage, bytes: Uint8Array): MediaIn {
  return { carriage, bytes, ...sniff(bytes) };
}
