/**
 * Media among the parts of a conversation: OpenAI's `image_url`, `input_audio` and `file`, Anthropic's `image` and
 * `document`, the Responses API's `input_image` and `input_file` (cloudflare-api.md 1.5, 4.4).
 */
import { type Fields, isObject } from '../fields';
import { hash } from '../random';
import type { Seen } from './describe';
import { fingerprint, isMedia, type MediaIn, readMedia } from './media-in';

/** Parts that carry a file, and the field it stands in; the type names the field where none is given. */
const carriers: Readonly<Record<string, readonly string[]>> = {
  image_url: ['image_url'],
  input_audio: ['input_audio'],
  video_url: ['video_url'],
  file: ['file'],
  image: ['source', 'image'],
  document: ['source'],
  input_image: ['image_url'],
  input_file: ['file_data', 'file_url'],
};

/** What a part shows: nothing for parts without a file (tool calls, thinking). Throws a `Refusal` (400) for a broken file. */
export function seenIn(fields: Fields, part: Readonly<Record<string, unknown>>, where: string): Seen[] {
  const type = String(part['type']);
  const value = carriers[type]?.map((name) => part[name]).find((item) => item !== undefined);
  if (value === undefined) return [];
  // A document may be plain text, or a file that was uploaded before.
  if (isObject(value) && (value['type'] === 'text' || value['file_id'] !== undefined)) {
    return [{ kind: 'document', type: 'text/plain', fingerprint: hash(JSON.stringify(value)).toString(36) }];
  }
  const read = readMedia(value);
  if (!isMedia(read)) throw fields.refuse(`'${where}.${type}' ${read.problem}`);
  refuseUnreadable(fields, read, `${where}.${type}`);
  return [seen(read)];
}

/** The picture in a field beside the conversation, as classic vision models take it. Throws a `Refusal` (400). */
export function seenBeside(fields: Fields, name: string): Seen[] {
  if (!fields.has(name)) return [];
  const read = readMedia(fields.raw(name));
  if (!isMedia(read)) throw fields.refuse(`'${name}' ${read.problem}`);
  refuseUnreadable(fields, read, name);
  return [seen(read)];
}

function seen(read: MediaIn): Seen {
  const { kind, type, width, height, seconds, pages } = read;
  return {
    kind,
    type,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(seconds !== undefined && { seconds }),
    ...(pages !== undefined && { pages }),
    fingerprint: fingerprint(read),
  };
}

function refuseUnreadable(fields: Fields, { url, bytes, kind, type, locked }: MediaIn, where: string): void {
  if (url !== undefined) return;
  if (bytes.length === 0) throw fields.refuse(`'${where}' is empty`);
  if (locked === true) throw fields.refuse(`'${where}' is protected by a password`);
  const wantsPicture = /image/.test(where.split('.').at(-1) ?? '');
  if (kind === 'unknown' ? wantsPicture : wantsPicture && kind !== 'image') {
    throw fields.refuse(`'${where}' could not be processed as a picture (${type})`);
  }
}
