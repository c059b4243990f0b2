/**
 * How an object of JSONC is laid out: what stands between its values, and how far its properties are indented.
 */
import { createScanner, type Node } from 'jsonc-parser';
import { indentOf, startsLine } from './insertion';
import { endOf } from './json-tree';

/** `SyntaxKind` of `jsonc-parser`, a const enum that exists for its own compiler only. */
const COMMA = 5;
const LINE_COMMENT = 12;
const LINE_BREAK = 14;
const SPACES = 15;
const END = 17;

/** What follows the last value of an object. */
export interface Trivia {
  /** Where the comments end that belong to the value: those on its line, and on that of its comma. */
  readonly end: number;
  /** Where its comma ends; undefined: there is none. */
  readonly comma: number | undefined;
  /** Whether the last of the comments goes on to the end of its line. */
  readonly isLineComment: boolean;
}

/** What follows a value up to the closing brace of its object. */
export function triviaAfter(text: string, from: number, close: number): Trivia {
  const scanner = createScanner(text.slice(from, close), false);
  let end = from;
  let comma: number | undefined;
  let isLineComment = false;
  let isSameLine = true;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    const tokenEnd = from + scanner.getPosition();
    if (token === COMMA) {
      comma = tokenEnd;
      isSameLine = true;
    }
    if (token === LINE_BREAK) isSameLine = false;
    if (!isSameLine || token === SPACES) continue;
    end = tokenEnd;
    isLineComment = token === LINE_COMMENT;
  }
  return { end, comma, isLineComment };
}

/** One level of indent, as an object has it, else as the file has it. */
export function unitOf(text: string, object: Node, root: Node): string {
  return levelOf(text, object) ?? levelOf(text, root) ?? '  ';
}

/** How much further the properties of an object are indented than the line that it begins on. */
function levelOf(text: string, object: Node): string | undefined {
  const base = indentOf(text, object.offset);
  for (const { offset } of object.children ?? []) {
    const indent = startsLine(text, offset) ? indentOf(text, offset) : '';
    if (indent.length > base.length && indent.startsWith(base)) return indent.slice(base.length);
  }
  return undefined;
}

/** The colon with the space around it; one that lines values up is not for other keys. */
export function colonOf(text: string, key: Node, value: Node): string {
  const between = text.slice(endOf(key), value.offset);
  return /^ ?: ?$/.test(between) ? between : ': ';
}

/** The space between the braces of an object and what is in them. */
export function padOf(text: string, object: Node): string {
  return /^\s/.test(text.slice(object.offset + 1, object.offset + 2)) ? ' ' : '';
}

/** Whether an object is written on more than one line. */
export function spansLines(text: string, object: Node): boolean {
  return text.slice(object.offset, endOf(object)).includes('\n');
}

/** Whether the property of an object begins its line. */
export function ownsLine(text: string, { parent }: Node): boolean {
  return parent !== undefined && startsLine(text, parent.offset);
}
