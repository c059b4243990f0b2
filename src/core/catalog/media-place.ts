/**
 * Places for media in a request, as schemas and tables describe them, and what their names say.
 */
import type { MediaEncoding } from '../inference/placeholder';
import { MAX_ATTACHMENTS } from '../media/limits';
import type { AttachmentRole, MediaKind } from '../media/media';

/** A place for media. Fields as in `MediaSlot` (`inputs.ts`). */
export interface MediaPlace {
  readonly field: string;
  readonly kind: MediaKind;
  readonly role: AttachmentRole;
  readonly least: number;
  readonly most: number;
  readonly encoding: MediaEncoding;
  readonly isList: boolean;
  readonly inObject?: string;
}

/** A place for one data URI that may stay empty, unless `more` says otherwise. */
export function place(field: string, kind: MediaKind, more: Partial<MediaPlace> = {}): MediaPlace {
  const most = more.isList === true ? MAX_ATTACHMENTS : 1;
  return { field, kind, role: roleOf(field), least: 0, most, encoding: 'data-uri', isList: false, ...more };
}

const kindOfWord: ReadonlyMap<string, MediaKind> = new Map([
  ...['image', 'images', 'mask', 'frame', 'garment', 'garments', 'picture', 'photo'].map(
    (word) => [word, 'image'] as const,
  ),
  ...['audio', 'audios', 'recording'].map((word) => [word, 'audio'] as const),
  ...['video', 'videos'].map((word) => [word, 'video'] as const),
  ...['file', 'files', 'pdf'].map((word) => [word, 'file'] as const),
]);
/** What may follow the word that says it: `image_url`, `image_input`, `image_tail`. */
const endings = new Set(['url', 'urls', 'uri', 'b64', 'base64', 'data', 'bytes', 'input', 'tail', 'start', 'end']);
/** With one of these it is a setting or an address of something else: `output_image`, `image_file_type`. */
const settings = new Set([
  'output',
  'format',
  'type',
  'size',
  'name',
  'id',
  'ids',
  'count',
  'num',
  'max',
  'min',
  'upload',
]);

/** The kind of media that a field of this name takes; `undefined`: the name speaks of none. */
export function kindByName(field: string): MediaKind | undefined {
  const words = wordsOf(field);
  if (words.some((word) => settings.has(word))) return undefined;
  const last = words.findLast((word) => !endings.has(word) && !/^\d+$/.test(word));
  // Of `image_file` the first says more, of `video_mask` the last; `mask_image` and `frame_image` are images anyway.
  const kind = last === undefined ? undefined : kindOfWord.get(last);
  if (kind !== 'file') return kind;
  return words.map((word) => kindOfWord.get(word)).find((one) => one !== undefined) ?? kind;
}

/** What the media in a field of this name are for. */
export function roleOf(field: string): AttachmentRole {
  const words = wordsOf(field);
  if (words.includes('mask')) return 'mask';
  return words.some((word) => word === 'end' || word === 'last' || word === 'tail') ? 'end-frame' : 'input';
}

/** The field without what tells only how it is written: `image` of `image_b64`. */
export function stemOf(field: string): string {
  return field.replace(/_(?:b64|base64|urls?|uri|data)$/i, '');
}

/** Words of a name, in lower case: `startImage` has two. */
export function wordsOf(field: string): readonly string[] {
  return field
    .slice(0, 100)
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toLowerCase()
    .split(/[_\-.]+/)
    .filter((word) => word !== '');
}
