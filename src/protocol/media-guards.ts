/**
 * Shapes of media and files, for `guards.ts`.
 */
import * as v from 'valibot';
import type { Attachment, MediaKind } from '../core/media/media';

const kinds = ['image', 'audio', 'video', 'file'] as const satisfies readonly MediaKind[];
const count = (max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(max));

/** Name of a stored file: the hash of what it holds, and an extension. */
export const mediaFile = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.[a-z0-9]{2,5}$/, 'There must be a stored file.'));

/** A name without a path, as every system accepts it. */
export const fileName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(150),
  // eslint-disable-next-line no-control-regex -- they are what is refused
  v.regex(/^(?!\.)[^\\/:*?"<>|\x00-\x1f]+$/, 'There must be a name without a path.'),
);

/** Name of an upload, made by the view. */
export const uploadId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** Kinds of files, each once. */
export const mediaKinds: v.GenericSchema<unknown, readonly MediaKind[]> = v.pipe(
  v.array(v.picklist(kinds)),
  v.minLength(1, 'There must be a kind of file.'),
  v.maxLength(kinds.length, 'There must be each kind of file once.'),
);

const attachment: v.GenericSchema<unknown, Attachment> = v.object({
  media: v.object({
    kind: v.picklist(kinds),
    mediaType: v.pipe(v.string(), v.regex(/^[a-z]+\/[a-z0-9.+-]{1,80}$/i, 'There must be a media type.')),
    file: mediaFile,
    byteLength: count(Number.MAX_SAFE_INTEGER),
    width: v.exactOptional(count(1_000_000)),
    height: v.exactOptional(count(1_000_000)),
    seconds: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
  name: v.pipe(v.string(), v.maxLength(500)),
  role: v.picklist(['input', 'mask', 'end-frame'] as const),
});

/** What is attached to a prompt. More than any model takes; what one takes is told by its plan. */
export const attachmentList: v.GenericSchema<unknown, readonly Attachment[]> = v.pipe(
  v.array(attachment),
  v.maxLength(50, 'There can be at most 50 attachments.'),
);
