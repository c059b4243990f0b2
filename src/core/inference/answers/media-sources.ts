/**
 * Finds media in an answer: hosted models give base64, third-party ones mostly a URL, some a data URI, a list or an
 * object around it (cloudflare-api.md 4.4).
 */
import type { Task } from '../../catalog/model';
import { mediaMadeBy } from '../../catalog/task-media';
import type { MediaKind } from '../../media/media';
import { asObject, asText, type Json } from '../json';

/** Media as an answer names them: data URI, base64 or URL. They still have to be fetched or decoded. */
export interface MediaSource {
  readonly source: string;
  /** What it is meant to be, for messages and limits. */
  readonly kind: MediaKind;
}

/** More than any model makes in one call. */
const MOST = 20;
const DEEPEST = 4;

const kindOfKey: ReadonlyMap<string, MediaKind> = new Map([
  ...['image', 'images', 'image_url', 'image_urls', 'generated_images'].map((key) => [key, 'image'] as const),
  ...['video', 'videos', 'video_url', 'video_urls', 'generated_videos'].map((key) => [key, 'video'] as const),
  ...['audio', 'audios', 'audio_url', 'audio_urls', 'audio_file', 'audio_content'].map(
    (key) => [key, 'audio'] as const,
  ),
]);
/** They say nothing of what is in them. */
const wrappers = [
  ...['output', 'outputs', 'data', 'result', 'results', 'urls', 'media', 'file', 'files', 'artifacts', 'samples'],
  ...['predictions', 'generations'],
];
/** Where an object that is one file has its address or its data; an address and its data are the same file. */
const addresses = ['url', 'uri', 'b64_json', 'base64', 'b64'];

/** The media of an answer, in its order; each once. Where a model makes media, those of another kind only alone. */
export function mediaSources(body: unknown, task: Task): readonly MediaSource[] {
  const made = mediaMadeBy(task);
  const found = new Map<string, MediaSource>();
  const visit = (value: unknown, kind: MediaKind | undefined, depth: number): void => {
    if (depth > DEEPEST || found.size >= MOST) return;
    if (typeof value === 'string') {
      const meant = kind ?? kindOfUri(value) ?? made;
      if (meant !== undefined && isSource(value, kind, made)) found.set(value, { source: value, kind: meant });
    } else if (Array.isArray(value)) {
      for (const one of value.slice(0, MOST) as unknown[]) visit(one, kind, depth + 1);
    } else {
      const object = asObject(value);
      if (object !== undefined) visitObject(object, kind, depth);
    }
  };
  const visitObject = (object: Json, kind: MediaKind | undefined, depth: number): void => {
    const own = [...addresses, ...(kind === undefined ? [] : ['data'])].find(
      (key) => asText(object[key]) !== undefined,
    );
    if (own !== undefined) {
      visit(object[own], kind ?? (own === 'url' || own === 'uri' ? undefined : (made ?? 'image')), depth + 1);
      return;
    }
    for (const [key, inner] of kindOfKey) visit(object[key], inner, depth + 1);
    for (const key of wrappers) visit(object[key], kind, depth + 1);
  };
  visit(body, undefined, 0);
  const all = [...found.values()];
  const asMade = all.filter(({ kind }) => kind === made);
  return asMade.length > 0 ? asMade : all;
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/|data:)/i.test(text);
}

/** Where it is known that a model makes media, whatever stands in a field of that name is meant to be one. */
function isSource(text: string, kind: MediaKind | undefined, made: MediaKind | undefined): boolean {
  if (text === '') return false;
  if (kind !== undefined && made !== undefined) return true;
  const mayBeData = kind !== undefined || made !== undefined;
  return isAddress(text) || (mayBeData && /^[\w+/=\s-]{200,}$/.test(text.slice(0, 1000)));
}

function kindOfUri(text: string): MediaKind | undefined {
  const [, kind] = /^data:(image|audio|video)\//i.exec(text) ?? [];
  return kind?.toLowerCase() as MediaKind | undefined;
}
