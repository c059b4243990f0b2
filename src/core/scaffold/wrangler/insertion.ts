/**
 * Texts are only ever added to: what a user wrote stays, byte by byte.
 */

/** A text to be put in at an offset. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Puts all in; of several at one offset the first given comes first. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  let result = text;
  const backwards = insertions.map((one, order) => ({ ...one, order }));
  backwards.sort((a, b) => b.at - a.at || b.order - a.order);
  for (const { at, text: added } of backwards) result = result.slice(0, at) + added + result.slice(at);
  return result;
}

/** The line ending that is used around an offset: of its own line, else of the one before; `\n` in a text of one line. */
export function lineEndingAt(text: string, offset: number): string {
  const after = text.indexOf('\n', offset);
  const end = after === -1 ? text.lastIndexOf('\n', Math.max(0, offset - 1)) : after;
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** The white space that the line of an offset begins with, if nothing else stands before the offset. */
export function indentBefore(text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset).replace(/^\uFEFF/, '');
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** Where the line of an offset ends, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' && newline > offset ? newline - 1 : newline;
}
