/**
 * Adds an `ai` table, or what it lacks, to TOML with comments, which wrangler's own patcher refuses.
 */
import { parseTOML, type AST } from 'toml-eslint-parser';
import type { AiEdit, Edited } from './ai-edit';
import { indentBefore, insertAll, lineEnd, lineEndingAt, type Insertion } from './insertion';
import { placeOf } from './parse-config';

type Fields = readonly [string, string | boolean][];

/** A key with its value, and the whole way to it. */
interface Entry {
  readonly node: AST.TOMLKeyValue;
  readonly path: readonly string[];
  /** How many keys of the way are those of the table it stands in. */
  readonly depth: number;
}

/** The parts of a file. */
interface Outline {
  readonly text: string;
  readonly tables: readonly AST.TOMLTable[];
  readonly entries: readonly Entry[];
}

/** Adds what one edit names. The text must be valid. */
export function editToml(text: string, { at, add }: AiEdit): Edited {
  const fields: Fields = Object.entries(add);
  const outline = outlineOf(text);
  const result = complete(outline, [...at, 'ai'], fields) ?? create(outline, at, fields);
  if (typeof result !== 'string') return { ok: true, text: insertAll(text, result) };
  return { ok: false, reason: result };
}

/** The text of a key: bare where TOML allows it. */
export function tomlKey(path: readonly string[]): string {
  return path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

function outlineOf(text: string): Outline {
  const [top] = parseTOML(text.replace(/^\uFEFF/, ' ')).body;
  const tables = top.body.filter((node) => node.type === 'TOMLTable');
  const entries = top.body.flatMap((node) =>
    node.type === 'TOMLTable'
      ? node.body.map((entry) => entryOf(entry, node.resolvedKey.map(String)))
      : [entryOf(node, [])],
  );
  return { text, tables, entries };
}

function entryOf(node: AST.TOMLKeyValue, table: readonly string[]): Entry {
  return { node, path: [...table, ...keysOf(node)], depth: table.length };
}

function keysOf({ key }: AST.TOMLKeyValue): readonly string[] {
  return key.keys.map((one) => (one.type === 'TOMLBare' ? one.name : one.value));
}

/** Adds the fields that an existing `ai` lacks. Undefined: there is none. A text: why it cannot be. */
function complete(
  { text, tables, entries }: Outline,
  path: readonly string[],
  fields: Fields,
): Insertion[] | string | undefined {
  const array = tables.find(({ kind, resolvedKey }) => kind === 'array' && startsWith(resolvedKey.map(String), path));
  if (array !== undefined) {
    return `"[[${tomlKey(path)}]]" in line ${placeOf(text, array.range[0]).line} must be a table: [${tomlKey(path)}].`;
  }
  const table = tables.find(({ resolvedKey }) => equal(resolvedKey.map(String), path));
  if (table !== undefined) {
    const last = table.body.at(-1);
    const missing = lacking(
      fields,
      table.body.map((entry) => keysOf(entry)[0]),
    );
    return [
      afterLine(
        text,
        last ?? table.key,
        missing.map(([name, value]) => pairLike(text, last, name, value)),
        last,
      ),
    ];
  }
  const dotted = entries.filter((entry) => entry.path.length > path.length && startsWith(entry.path, path));
  const lastDotted = dotted.at(-1);
  if (lastDotted !== undefined) {
    const missing = lacking(
      fields,
      dotted.map((entry) => entry.path[path.length]),
    );
    return [afterLine(text, lastDotted.node, dottedLines(text, lastDotted, path, missing), lastDotted.node)];
  }
  const holder = entries.find((entry) => startsWith(path, entry.path));
  if (holder === undefined) return undefined;
  const found = valueAt(holder.node.value, path.slice(holder.path.length));
  if (found === undefined) return undefined;
  if (found.type !== 'TOMLInlineTable') {
    return `"${tomlKey(path)}" in line ${placeOf(text, found.range[0]).line} must be a table: [${tomlKey(path)}].`;
  }
  const names = found.body.map((entry) => keysOf(entry)[0]);
  return intoInline(
    text,
    found,
    lacking(fields, names).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
  );
}

/** Makes a new `ai`. A text: why it cannot be. */
function create(outline: Outline, at: readonly string[], fields: Fields): Insertion[] | string {
  const { text, tables, entries } = outline;
  if (at.length === 0) {
    const later = tables.find(({ resolvedKey: [first] }) => first === 'env' || first === 'previews');
    return [newTable(outline, ['ai'], fields, later)];
  }
  const arrays = tables.some(
    ({ kind, resolvedKey }) => kind === 'array' && startsWith(at, resolvedKey.slice(0, -1).map(String)),
  );
  if (arrays) return `"${tomlKey(at)}" is an array of tables here, so nothing can be added to it.`;
  const last = tables.findLastIndex(({ resolvedKey }) => startsWith(resolvedKey.map(String), at));
  if (last !== -1) return [newTable(outline, [...at, 'ai'], fields, tables[last + 1])];
  const holder = entries.find((entry) => startsWith(at, entry.path));
  const value = holder && valueAt(holder.node.value, at.slice(holder.path.length));
  if (value?.type === 'TOMLInlineTable') return intoInline(text, value, [`ai = ${inline(fields)}`]);
  const dotted = entries.findLast((entry) => startsWith(entry.path, at));
  if (dotted === undefined || value !== undefined)
    return `"${tomlKey(at)}" is not a table here, so nothing can be added to it.`;
  const prefix = keyPrefix(text, dotted, at);
  return [afterLine(text, dotted.node, [`${prefix}.ai${equals(text, dotted.node)}${inline(fields)}`], dotted.node)];
}

/** A table of its own before the next one, or at the end. */
function newTable(
  { text, tables }: Outline,
  path: readonly string[],
  fields: Fields,
  next: AST.TOMLTable | undefined,
): Insertion {
  const model = next ?? tables.at(-1);
  const outer = model === undefined ? '' : (indentBefore(text, model.range[0]) ?? '');
  const entry = tables.find(({ body }) => body.length > 0)?.body[0];
  const inner = entry === undefined ? outer : (indentBefore(text, entry.range[0]) ?? outer);
  const at = next === undefined ? text.length : beforeTable(text, next);
  const newline = lineEndingAt(text, Math.max(0, at - 1));
  const lines = [
    `${outer}[${tomlKey(path)}]`,
    ...fields.map(([name, value]) => `${inner}${pairLike(text, entry, name, value)}`),
  ].join(newline);
  const before = text.slice(0, at).replace(/^\uFEFF/, '');
  const isBlank = before.trim() === '' || /(?:^|\n)[ \t]*\r?\n$/.test(before);
  const gap = isBlank ? '' : before.endsWith('\n') ? newline : newline + newline;
  if (next !== undefined) return { at, text: `${gap}${lines}${newline}${newline}` };
  return { at, text: `${gap}${lines}${before === '' || before.endsWith('\n') ? newline : ''}` };
}

/** Where the line of a table begins, or of the comments right above it. */
function beforeTable(text: string, { range: [start] }: AST.TOMLTable): number {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}

/** Lines below a node's own, with its indentation. */
function afterLine(
  text: string,
  node: { readonly range: readonly [number, number] },
  lines: readonly string[],
  like: AST.TOMLKeyValue | undefined,
): Insertion {
  const at = lineEnd(text, node.range[1]);
  const newline = lineEndingAt(text, Math.max(0, node.range[0]));
  const indent = (like && indentBefore(text, like.range[0])) ?? '';
  return { at, text: lines.map((line) => `${newline}${indent}${line}`).join('') };
}

function dottedLines(text: string, entry: Entry, path: readonly string[], fields: Fields): readonly string[] {
  const prefix = keyPrefix(text, entry, path);
  return fields.map(([name, value]) => `${prefix}.${pairLike(text, entry.node, name, value)}`);
}

/** The keys of a path as they are written in an entry's dotted key. */
function keyPrefix(text: string, { node, depth }: Entry, path: readonly string[]): string {
  const last = node.key.keys[path.length - depth - 1];
  return last === undefined ? tomlKey(path) : text.slice(node.key.range[0], last.range[1]);
}

function intoInline(text: string, table: AST.TOMLInlineTable, pairs: readonly string[]): Insertion[] {
  const last = table.body.at(-1);
  if (last !== undefined) return [{ at: last.range[1], text: pairs.map((pair) => `, ${pair}`).join('') }];
  const [start, end] = table.range;
  return [{ at: start + 1, text: ` ${pairs.join(', ')}${text.slice(start + 1, end - 1) === '' ? ' ' : ''}` }];
}

function inline(fields: Fields): string {
  return `{ ${fields.map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join(', ')} }`;
}

function pairLike(text: string, like: AST.TOMLKeyValue | undefined, name: string, value: string | boolean): string {
  return `${name}${like === undefined ? ' = ' : equals(text, like)}${JSON.stringify(value)}`;
}

/** The equals sign with the space around it that a file uses; one that lines values up is not for other keys. */
function equals(text: string, { key, value }: AST.TOMLKeyValue): string {
  return text.slice(key.range[1], value.range[0]) === '=' ? '=' : ' = ';
}

/** What stands at a path within a value; undefined where there is nothing. */
function valueAt(value: AST.TOMLContentNode, path: readonly string[]): AST.TOMLContentNode | undefined {
  if (path.length === 0) return value;
  if (value.type !== 'TOMLInlineTable') return undefined;
  const inner = value.body.find((entry) => startsWith(path, keysOf(entry)));
  return inner && valueAt(inner.value, path.slice(keysOf(inner).length));
}

function lacking(fields: Fields, names: readonly (string | undefined)[]): Fields {
  return fields.filter(([name]) => !names.includes(name));
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, at) => path[at] === key);
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && startsWith(a, b);
}
