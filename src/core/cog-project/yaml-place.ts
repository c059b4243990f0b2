/**
 * Where in a configuration somebody types or points: the keys that lead there, and what is there already.
 */
import { beginsBlock, outlineOf, type Opening, type OutlineLine } from './yaml-outline';

/** A key; `undefined` stands for an item of a list. */
export type YamlPath = readonly (string | undefined)[];

/** A place that can be completed. */
export interface TypingPlace {
  /** What the typed text belongs to: the mapping, list or value that begins here. */
  readonly path: YamlPath;
  /** The text is a key of `path`, or may become one. */
  readonly canBeKey: boolean;
  /** The text is the value of `path`, or may become it. */
  readonly canBeValue: boolean;
  /** Columns from 0 of the text that a choice replaces. */
  readonly start: number;
  readonly end: number;
  /** The colon is there already. */
  readonly hasColon: boolean;
  /** It is in the line of a dash, so that the next line's indentation is not this one's. */
  readonly isInItemLine: boolean;
  /** Keys of the same mapping, without the typed one. */
  readonly siblings: readonly string[];
}

/** A key that somebody points at. */
export interface PointedKey {
  /** With the key itself. */
  readonly path: YamlPath;
  readonly start: number;
  readonly end: number;
}

/** What is open above a line, outermost first. */
interface Open extends Pick<Opening, 'key' | 'column'> {
  /** Tells mappings of the same path apart. */
  readonly id: number;
}

const ROOT = 0;

/** Follows a text line by line. */
class Follower {
  readonly open: Open[] = [];
  /** Keys by the `id` of what they are in. */
  readonly keys = new Map<number, string[]>();
  #next = ROOT + 1;
  /** Lines indented more than this are text. */
  #block: number | undefined;

  /** Whether a line is part of a block of text. Its outline means nothing then. */
  isText(text: string): boolean {
    if (this.#block === undefined || text.trim() === '') return this.#block !== undefined;
    return indentOf(text) > this.#block;
  }

  pass(text: string): void {
    if (this.isText(text)) return;
    this.#block = undefined;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) this.open.length = 0;
    const line = outlineOf(text);
    for (const opening of line.openings) this.enter(opening);
    const last = line.openings.at(-1);
    if (last !== undefined && beginsBlock(text, line)) this.#block = last.column;
  }

  /** Closes what ends where something begins in this column. */
  close(column: number, isItem: boolean): void {
    for (let top = this.open.at(-1); top !== undefined; top = this.open.at(-1)) {
      // A list may stand right below its key.
      const ends = top.column > column || (top.column === column && !(isItem && top.key !== undefined));
      if (!ends) return;
      this.open.pop();
    }
  }

  enter({ key, column }: Opening): void {
    this.close(column, key === undefined);
    if (key !== undefined) this.keys.set(this.inside, [...(this.keys.get(this.inside) ?? []), key]);
    this.open.push({ key, column, id: this.#next++ });
  }

  /** What the next key would be in. */
  get inside(): number {
    return this.open.at(-1)?.id ?? ROOT;
  }

  get path(): YamlPath {
    return this.open.map(({ key }) => key);
  }
}

const indentOf = (text: string): number => text.length - text.trimStart().length;

/** The follower before a line; undefined within a block of text. */
function followTo(lines: readonly string[], line: number): Follower | undefined {
  const follower = new Follower();
  for (const text of lines.slice(0, line)) follower.pass(text);
  const text = lines[line] ?? '';
  // A line without text may still be the end of the block: it is, where it is not indented.
  return follower.isText(text.trim() === '' ? `${text}x` : text) ? undefined : follower;
}

/** What can be typed at a place, lines and columns counted from 0; undefined in comments and blocks of text. */
export function placeOf(lines: readonly string[], line: number, column: number): TypingPlace | undefined {
  const text = lines[line] ?? '';
  const outline = outlineOf(text);
  const follower = followTo(lines, line);
  if (follower === undefined || (outline.comment !== undefined && column > outline.comment)) return undefined;
  const key = outline.openings.find((opening) => opening.key !== undefined);
  const dashes = outline.openings.filter((opening) => opening.key === undefined);
  if (dashes.some(({ column: dash, end }) => column > dash && column < end) || column < (dashes[0]?.column ?? 0)) {
    return undefined;
  }
  for (const dash of dashes) follower.enter(dash);
  const common = { hasColon: key !== undefined, isInItemLine: dashes.length > 0 };
  if (key !== undefined && column > key.end) return valueOf(follower, key, outline, text, column);
  const start = key?.column ?? (outline.content >= outline.contentEnd ? column : outline.content);
  if (column < start || (key === undefined && column > outline.contentEnd && outline.contentEnd > start)) {
    return undefined;
  }
  follower.close(start, false);
  const { path, inside } = follower;
  return {
    ...common,
    path,
    canBeKey: true,
    canBeValue: key === undefined,
    start,
    end: key?.end ?? Math.max(outline.contentEnd, start),
    siblings: siblingsOf(follower, inside, lines.slice(line + 1), start),
  };
}

/** The keys of a mapping, those that come later included. */
function siblingsOf(follower: Follower, inside: number, later: readonly string[], column: number): readonly string[] {
  const before = [...(follower.keys.get(inside) ?? [])];
  follower.open.push({ key: '', column, id: -1 });
  for (const text of later) follower.pass(text);
  return [...before, ...(follower.keys.get(inside) ?? []).slice(before.length)];
}

function valueOf(
  follower: Follower,
  key: Opening,
  { content, contentEnd }: OutlineLine,
  text: string,
  column: number,
): TypingPlace | undefined {
  follower.enter(key);
  const common = { canBeKey: false, canBeValue: true, hasColon: true, isInItemLine: false, siblings: [] };
  const value = text.slice(content, contentEnd);
  if (value.startsWith('{') || column < key.end + 2) return undefined;
  if (value.startsWith('[')) {
    if (column <= content || (value.endsWith(']') && column >= contentEnd)) return undefined;
    const start = content + Math.max(...[...'[,'].map((char) => text.slice(content, column).lastIndexOf(char))) + 1;
    const from = start + indentOf(text.slice(start));
    const length = text.slice(from, contentEnd).search(/\s*[,\]]/);
    const end = length < 0 ? contentEnd : from + length;
    return {
      ...common,
      path: [...follower.path, undefined],
      start: Math.min(from, column),
      end: Math.max(end, column),
    };
  }
  if (value === '') return { ...common, path: follower.path, start: column, end: column };
  if (column > contentEnd) return undefined;
  return { ...common, path: follower.path, start: Math.min(content, column), end: contentEnd };
}

/** The key that a place is on; undefined elsewhere. */
export function keyAt(lines: readonly string[], line: number, column: number): PointedKey | undefined {
  const follower = followTo(lines, line);
  if (follower === undefined) return undefined;
  for (const opening of outlineOf(lines[line] ?? '').openings) {
    follower.enter(opening);
    const { key, column: start, end } = opening;
    if (key !== undefined && column >= start && column <= end) return { path: follower.path, start, end };
  }
  return undefined;
}
