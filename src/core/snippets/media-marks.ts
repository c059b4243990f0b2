/**
 * Media in a request that is shown as text: each is found again in the text by its mark.
 */
import { isPlaceholder, type MediaPlaceholder } from '../inference/placeholder';

/** One medium of a request. */
export type Medium = MediaPlaceholder['$media'];

/** A value whose media are marks, which are words that occur nowhere else in its JSON. */
export interface Marked {
  readonly value: unknown;
  /** By mark, in the order in which they stand in the value. */
  readonly media: ReadonlyMap<string, Medium>;
}

/** Puts marks in place of the media. */
export function markMedia(value: unknown): Marked {
  const text = JSON.stringify(value) ?? '';
  let word = 'MEDIUM_';
  while (text.includes(word)) word += '_';
  const media = new Map<string, Medium>();
  const mark = (inner: unknown): unknown => {
    const medium = mediumOf(inner);
    if (medium !== undefined) {
      const name = `${word}${media.size}_`;
      media.set(name, medium);
      return name;
    }
    if (Array.isArray(inner)) return inner.map(mark);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, mark(one)]));
  };
  return { value: mark(value), media };
}

/** The medium that a value stands for. What a user typed may look like one in part. */
export function mediumOf(value: unknown): Medium | undefined {
  if (!isPlaceholder(value)) return undefined;
  const medium: unknown = value.$media;
  const isMedium =
    typeof medium === 'object' && medium !== null && 'encoding' in medium && 'mediaType' in medium && 'name' in medium;
  return isMedium ? (medium as Medium) : undefined;
}
