/**
 * Configurations are only ever added to: what a user wrote stays, byte by byte.
 */
import type { Place } from '../plan';

/** A text to be put in at an offset of the text as it was. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Puts all in; of several at one offset the first given comes first. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { at, text: added } of insertions.toSorted((a, b) => a.at - b.at)) {
    parts.push(text.slice(done, at), added);
    done = at;
  }
  return parts.join('') + text.slice(done);
}

/** The line ending of the line that an offset is in, else that of the line before; `\n` in a text of one line. */
export function lineEndingAt(text: string, offset: number): string {
  const after = text.indexOf('\n', offset);
  const end = after === -1 ? text.lastIndexOf('\n', offset - 1) : after;
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends: before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The white space at the beginning of the line of an offset. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
}

/** Whether nothing but white space stands before an offset on its line. */
export function startsLine(text: string, offset: number): boolean {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at -= 1;
  return at === 0 || text[at - 1] === '\n';
}

/** Where an offset lies, as editors count. */
export function placeAt(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** A text without its byte order mark, and the mark. Editors do not count it. */
export function splitMark(text: string): {
  readonly mark: string;
  readonly body: string;
} {
  return text.startsWith('\uFEFF') ? { mark: '\uFEFF', body: text.slice(1) } : { mark: '', body: text };
}
