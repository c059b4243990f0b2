/**
 * TOML as a list of keys and tables, each with its whole path, so that one need not care how a table is spelled: as
 * `[a.b]`, `a.b.c = 1`, `a = { b = { c = 1 } }`, or a mixture.
 */
import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import type { Refusal } from './ai-edit';

/** A `key = value`. */
export interface TomlEntry {
  readonly node: AST.TOMLKeyValue;
  /** Of the whole document. */
  readonly path: readonly string[];
  /** The inline table that it stands in; undefined on a line of its own. */
  readonly inline: AST.TOMLInlineTable | undefined;
}

/** A `[table]` or `[[array of tables]]`. */
export interface TomlTable {
  readonly node: AST.TOMLTable;
  /** Without the numbers of arrays of tables. */
  readonly path: readonly string[];
}

/** Everything in a document, in order. Arrays are not entered: no binding of AI stands in one. */
export interface TomlOutline {
  readonly entries: readonly TomlEntry[];
  readonly tables: readonly TomlTable[];
}

/** The outline of a text without a byte order mark. */
export function tomlOutline(text: string): TomlOutline | Refusal {
  let body: AST.TOMLTopLevelTable['body'];
  try {
    [{ body }] = parseTOML(text, { tomlVersion: '1.1' }).body;
  } catch (error) {
    if (!(error instanceof ParseError)) return { ok: false, reason: 'This TOML cannot be read.' };
    const place = { line: error.lineNumber, column: error.column + 1 };
    return {
      ok: false,
      reason: `This is not valid TOML: ${error.message}.`,
      place,
    };
  }
  const entries: TomlEntry[] = [];
  const tables: TomlTable[] = [];
  for (const node of body) {
    if (node.type === 'TOMLKeyValue') {
      addEntry(entries, node, [], undefined);
      continue;
    }
    const path = node.resolvedKey.filter((key) => typeof key === 'string');
    tables.push({ node, path });
    for (const inner of node.body) addEntry(entries, inner, path, undefined);
  }
  return { entries, tables };
}

function addEntry(
  entries: TomlEntry[],
  node: AST.TOMLKeyValue,
  above: readonly string[],
  inline: AST.TOMLInlineTable | undefined,
): void {
  const path = [...above, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
  entries.push({ node, path, inline });
  if (node.value.type !== 'TOMLInlineTable') return;
  for (const inner of node.value.body) addEntry(entries, inner, path, node.value);
}

/** Whether a path lies in another or is the same. */
export function isWithin(path: readonly string[], outer: readonly string[]): boolean {
  return outer.every((key, at) => path[at] === key);
}
