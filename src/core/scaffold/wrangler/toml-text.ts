/**
 * How keys and tables of TOML are written: with the spaces and indents that a file has.
 */
import type { AST } from 'toml-eslint-parser';
import { indentOf, lineEndingAt, lineStart, type Insertion } from './insertion';
import { isWithin, type TomlOutline, type TomlTable } from './toml-outline';

/** Keys with plain values. */
export type TomlFields = readonly (readonly [name: string, value: string | boolean])[];

/** A key with what is written behind it: a plain value, or an inline table of such. */
export type TomlPair = readonly [name: string, value: string | boolean | TomlFields];

/** A dotted key; what cannot stand bare is quoted. */
export function tomlKey(path: readonly string[]): string {
  return path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}

/** `key = value` with the equals sign of a neighbour. */
export function pairText(
  text: string,
  neighbour: AST.TOMLKeyValue | undefined,
  name: string,
  value: TomlPair[1],
): string {
  const between = neighbour && text.slice(neighbour.key.range[1], neighbour.value.range[0]);
  // More than one space lines values up, which is not for other keys.
  const equals = between !== undefined && /^ ?= ?$/.test(between) ? between : ' = ';
  return name + equals + (typeof value === 'object' ? inlineTable(value, equals) : JSON.stringify(value));
}

function inlineTable(fields: TomlFields, equals: string): string {
  return `{ ${fields.map(([name, value]) => name + equals + JSON.stringify(value)).join(', ')} }`;
}

/**
 * A table of its own. At the top level it comes before the first environment; in an environment behind the last table of
 * that environment; else at the end. Comments right above the next table stay with that.
 */
export function newTable(text: string, outline: TomlOutline, path: readonly string[], fields: TomlFields): Insertion {
  const { tables } = outline;
  const outer = path.slice(0, -1);
  const next =
    outer.length === 0 ? tables.find(isScope) : tables[tables.findLastIndex((one) => isWithin(one.path, outer)) + 1];
  const model = modelOf(tables, path);
  const [neighbour] = model?.node.body ?? outline.entries.map(({ node }) => node);
  const indent = model === undefined ? '' : indentOf(text, model.node.range[0]);
  const inner = model?.node.body[0] === undefined ? indent : indentOf(text, model.node.body[0].range[0]);
  const lines = [
    `${indent}[${tomlKey(path)}]`,
    ...fields.map(([name, value]) => inner + pairText(text, neighbour, name, value)),
  ];
  const at = next === undefined ? text.length : headOf(text, next.node.range[0]);
  const eol = lineEndingAt(text, at);
  const table = lines.join(eol);
  const gap = eol.repeat(missingLines(text, at));
  if (next !== undefined) return { at, text: `${gap}${table}${eol}${eol}` };
  return {
    at,
    text: `${gap}${table}${text === '' || text.endsWith('\n') ? eol : ''}`,
  };
}

/** Whether a table belongs to a place with bindings of its own. */
function isScope({ path: [first] }: TomlTable): boolean {
  return first === 'env' || first === 'previews';
}

/** The table whose indents a new one follows: a neighbour at the same depth, else the one that it lies in. */
function modelOf(tables: readonly TomlTable[], path: readonly string[]): TomlTable | undefined {
  const outer = path.slice(0, -1);
  const level = tables.filter((one) => one.path.length === path.length);
  return (
    level.find((one) => isWithin(one.path, outer)) ??
    level[0] ??
    tables.find((one) => one.path.length === outer.length && isWithin(one.path, outer))
  );
}

/** Where the line of a table begins, or that of the comments right above it. */
function headOf(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** How many line endings it takes for an empty line before an offset; none at the beginning of a file. */
function missingLines(text: string, at: number): number {
  const start = lineStart(text, at);
  // Only a file without a last line ending has something before the offset on its line.
  if (start < at) return text.slice(start, at).trim() === '' ? 1 : 2;
  return at === 0 || text.slice(lineStart(text, at - 1), at).trim() === '' ? 0 : 1;
}
