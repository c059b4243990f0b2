/**
 * Media of a request in words and in tokens.
 */
import type { Sniffed } from './sniff';

/** What is remembered of a medium in a conversation. */
export interface Seen extends Sniffed {
  /** Same for the same file. */
  readonly fingerprint: string;
}

/** Tokens a medium counts for when its size is not known. */
const usualTokens = 256;
/** A picture of 750 pixels is one token (Anthropic's rule of thumb). */
const pixelsPerToken = 750;
const soundTokensPerSecond = 25;
const videoTokensPerSecond = 258;
const tokensPerPage = 600;

/** Tokens of the input that a medium counts for. */
export function tokensOfMedia({ kind, width, height, seconds, pages }: Sniffed): number {
  if (kind === 'image' && width !== undefined && height !== undefined)
    return Math.max(1, Math.round((width * height) / pixelsPerToken));
  if (kind === 'document') return (pages ?? 1) * tokensPerPage;
  if (seconds === undefined) return usualTokens;
  return Math.max(1, Math.round(seconds * (kind === 'video' ? videoTokensPerSecond : soundTokensPerSecond)));
}

/** One medium: `PNG of 640x480 pixels`, `PDF of 3 pages`, `WAV of 2.5 seconds`. */
export function describeMedium(medium: Sniffed): string {
  const name = (medium.type.split('/')[1] ?? '').replace('*', medium.kind).replace('mpeg', 'mp3').toUpperCase();
  if (medium.width !== undefined) return `${name} of ${medium.width}x${medium.height} pixels`;
  if (medium.pages !== undefined) return `${name} of ${medium.pages} ${medium.pages === 1 ? 'page' : 'pages'}`;
  if (medium.seconds !== undefined) return `${name} of ${Number(medium.seconds.toFixed(1))} seconds`;
  return `${name} of unknown size`;
}

/** All media by kind: `2 pictures (PNG of 8x8 pixels, JPEG of 9x9 pixels) and 1 document (PDF of 3 pages)`. */
export function describeMedia(media: readonly Sniffed[]): string {
  const kinds = [...new Set(media.map(({ kind }) => kind))];
  const groups = kinds.map((kind) => {
    const all = media.filter((medium) => medium.kind === kind);
    const [one, several] = names[kind];
    return `${all.length} ${all.length === 1 ? one : several} (${all.map(describeMedium).join(', ')})`;
  });
  return groups.length < 2 ? groups.join('') : `${groups.slice(0, -1).join(', ')} and ${groups.at(-1)}`;
}

const names: Readonly<Record<Sniffed['kind'], readonly [string, string]>> = {
  image: ['picture', 'pictures'],
  audio: ['recording', 'recordings'],
  video: ['video', 'videos'],
  document: ['document', 'documents'],
  unknown: ['file', 'files'],
};
