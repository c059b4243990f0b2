/**
 * What media a request carries: files in its place holders, and links and data under names that tell of media.
 */
import { kindByName } from '../catalog/media-place';
import type { Modality } from '../catalog/price';
import { asList, asObject, asText } from '../inference/json';
import { isPlaceholder, type MediaPlaceholder } from '../inference/placeholder';
import type { ModelInput } from './asked';

/** A file as it was sent: kind, pixels, seconds, bytes. */
export type SentFile = MediaPlaceholder['$media'];

/** Bodies are no deeper than this. */
const MOST_LEVELS = 8;

/** The files of a body, wherever they stand in it. */
export function sentFiles(value: unknown, levels = MOST_LEVELS): readonly SentFile[] {
  if (isPlaceholder(value)) return [value.$media];
  if (levels === 0 || typeof value !== 'object' || value === null) return [];
  // Numbers are the bytes of a file, of which there may be millions.
  if (Array.isArray(value) && typeof value[0] === 'number') return [];
  return Object.values(value).flatMap((inner) => sentFiles(inner, levels - 1));
}

/** The pictures sent, and whether each has a size that is known. */
export interface SentPictures {
  readonly count: number;
  /** Those whose size is known. */
  readonly measured: readonly { readonly width: number; readonly height: number }[];
}

/**
 * The pictures that a request carries. Their field has many names: `image`, `images`, `image_input`, `input_image_0`,
 * `person_image` …; a list of numbers is the bytes of one.
 */
export function sentPictures(input: ModelInput): SentPictures {
  const files = sentFiles(input).filter(({ kind }) => kind === 'image');
  const measured = files.flatMap(({ width, height }) => (width && height ? [{ width, height }] : []));
  return {
    count: files.length + linked(input, 'image'),
    measured,
  };
}

/** What the request carries beside text. */
export function sentModalities(input: ModelInput): readonly Modality[] {
  const sendsAudio = linked(input, 'audio') > 0 || hasFile(input, 'audio');
  return [
    'text',
    ...(sentPictures(input).count > 0 ? (['image'] as const) : []),
    ...(sendsAudio ? (['audio'] as const) : []),
    ...(sendsVideo(input) ? (['video'] as const) : []),
  ];
}

/** Whether the request carries a video. */
export function sendsVideo(input: ModelInput): boolean {
  return linked(input, 'video') > 0 || hasFile(input, 'video');
}

function hasFile(input: ModelInput, kind: SentFile['kind']): boolean {
  return sentFiles(input).some((file) => file.kind === kind);
}

/** How many media there are that are no files of ours: values under such names, and content parts of such a type. */
function linked(input: ModelInput, kind: 'image' | 'audio' | 'video'): number {
  const parts = partsOf(input).filter((part) => asText(part['type'])?.includes(kind) && isForeign(part));
  let count = parts.length;
  for (const [key, value] of Object.entries(input)) {
    if (kindByName(key) !== kind) continue;
    if (Array.isArray(value)) count += typeof value[0] === 'number' ? 1 : value.filter(isForeign).length;
    else if ((asObject(value) && isForeign(value)) || (typeof value === 'string' && value !== '')) count += 1;
  }
  return count;
}

/** No file of ours stands in it. */
function isForeign(value: unknown): boolean {
  return sentFiles(value).length === 0;
}

/** All content parts, of messages, or of the input itself with some video models. */
function partsOf({ messages, content }: ModelInput): readonly ModelInput[] {
  const parts = asList(messages).flatMap((message) => asList(asObject(message)?.['content']));
  return [...parts, ...asList(content)].map((part) => asObject(part) ?? {});
}
