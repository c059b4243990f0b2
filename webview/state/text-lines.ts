/**
 * Many texts pasted at once.
 */

/** Lines that hold something. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}

/** What became of a text that was split. */
export interface Split {
  readonly texts: readonly string[];
  /** Place of the last line. */
  readonly last: number;
  /** Lines that had no room; the last text with room does not hold them. */
  readonly leftOut: number;
}

/** With one text for each line of the one at this place, up to so many texts in all. */
export function withLines(texts: readonly string[], at: number, most: number): Split {
  const lines = linesOf(texts[at] ?? '');
  if (lines.length === 0) return { texts, last: at, leftOut: 0 };
  const kept = lines.slice(0, Math.max(1, most - texts.length + 1));
  return { texts: texts.toSpliced(at, 1, ...kept), last: at + kept.length - 1, leftOut: lines.length - kept.length };
}
