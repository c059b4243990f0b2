/**
 * Finds the media of a request by the names that model families give their fields, and refuses what is none.
 */
import { Refusal } from '../envelope';
import type { Fields } from '../fields';
import { isMedia, type MediaIn, type MediaProblem, readMedia } from './media-in';
import type { InputKind } from './sniff';

const nouns: Readonly<Record<InputKind, string>> = {
  image: 'a picture',
  audio: 'a recording',
  video: 'a video',
  document: 'a document',
  unknown: 'a file',
};

/**
 * The media of `kind` in the fields of those names, a list counting as several. Throws a `Refusal` (400) for a value that
 * is empty, no file, or a file of another kind.
 */
export function collect(fields: Fields, names: readonly string[], kind: InputKind): MediaIn[] {
  return names.flatMap((name) => {
    const value = fields.raw(name);
    if (value === undefined || value === null) return [];
    const isSeveral = Array.isArray(value) && typeof value[0] !== 'number' && value.length > 0;
    return (isSeveral ? (value as unknown[]) : [value]).map((item) => accept(fields, name, readMedia(item), kind));
  });
}

/** The first medium of `kind` among those fields. Throws as `collect`; when there is none, `names[0]` is called missing. */
export function requireMedium(fields: Fields, names: readonly [string, ...string[]], kind: InputKind): MediaIn {
  const [first] = collect(fields, names, kind);
  if (first === undefined) throw fields.refuse(`required property '${names[0]}' is missing`);
  return first;
}

function accept(fields: Fields, name: string, read: MediaIn | MediaProblem, kind: InputKind): MediaIn {
  if (!isMedia(read)) throw refusal(fields, name, read);
  if (read.url === undefined && read.bytes.length === 0) throw fields.refuse(`'${name}' is empty`);
  // The ending of a foreign address is a hint only.
  const fits = read.kind === kind || read.url !== undefined || (kind === 'audio' && read.kind === 'video');
  if (!fits || read.type === 'image/heic') {
    throw fields.refuse(`'${name}' is not ${nouns[kind]} that the model can read (${read.type})`);
  }
  return read;
}

function refusal(fields: Fields, name: string, { problem, notBase64 = false }: MediaProblem): Refusal {
  if (!notBase64 || !fields.isHosted) return fields.refuse(`'${name}' ${problem}`);
  return new Refusal(400, 5004, `AiError: Bad input: '${name}' ${problem}: invalid data type for base64 input`);
}
