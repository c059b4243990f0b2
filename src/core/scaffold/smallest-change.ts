/**
 * What differs between two texts, as one replacement.
 */

/** `text` takes the place of what stood from `from` to `to`; offsets in UTF-16 units. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The smallest single replacement that makes one text of another. Line ends of two units and surrogate pairs are replaced
 * whole, because editors have no place within them.
 */
export function smallestChange(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  while (isWithin(before, start) || isWithin(after, start)) start -= 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  while (isWithin(before, before.length - end) || isWithin(after, after.length - end)) end -= 1;
  return { from: start, to: before.length - end, text: after.slice(start, after.length - end) };
}

/** Whether the place lies between two units that belong together. */
function isWithin(text: string, at: number): boolean {
  return /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
