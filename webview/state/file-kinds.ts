/**
 * What a file may be, by what the browser says of it. Only a guess, for hints before it is sent: the host looks at the bytes.
 */
import { MAX_INPUT } from '../../src/core/media/limits';
import type { MediaKind } from '../../src/core/media/media';

/** What of a `File` the guess needs. */
export type NamedFile = Pick<File, 'name' | 'type' | 'size'>;

/** Containers that hold either sound or moving pictures, whatever their name says. */
const eitherContainer = /(?:\/|\.)(?:webm|mp4|ogg|3gpp?|quicktime|mov|x-matroska|mkv)$/i;

const accepted: Readonly<Record<MediaKind, string>> = {
  image: 'image/*',
  audio: 'audio/*',
  video: 'video/*',
  file: 'application/pdf',
};

const extensions: readonly (readonly [RegExp, MediaKind])[] = [
  [/\.(?:png|jpe?g|gif|webp|avif|bmp)$/i, 'image'],
  [/\.(?:wav|mp3|m4a|aac|flac|opus|oga)$/i, 'audio'],
  [/\.pdf$/i, 'file'],
];

/** What the file may be. Empty: the browser does not know. */
export function possibleKinds({ name, type }: NamedFile): readonly MediaKind[] {
  if (eitherContainer.test(type) || (type === '' && eitherContainer.test(name))) return ['video', 'audio'];
  const [, general] = /^(image|audio|video)\//.exec(type) ?? [];
  if (general !== undefined) return [general as MediaKind];
  if (type !== '') return ['file'];
  return extensions.flatMap(([pattern, kind]) => (pattern.test(name) ? [kind] : []));
}

/** Most bytes that the file may have, as far as it can be one of these kinds. */
export function mostBytes(kinds: readonly MediaKind[]): number {
  return Math.max(...(kinds.length === 0 ? Object.values(MAX_INPUT) : kinds.map((kind) => MAX_INPUT[kind])));
}

/** The `accept` of a file input. Recordings are often kept in containers of videos. */
export function acceptOf(kinds: readonly MediaKind[]): string {
  const wanted = kinds.map((kind) => accepted[kind]);
  if (kinds.includes('audio') && !kinds.includes('video')) wanted.push('video/webm', 'video/mp4');
  return wanted.join(',');
}
