/**
 * Where an `ai` table, or what it lacks, goes in TOML. wrangler's own patcher refuses files with comments.
 */
import type { AiEdit, Refusal } from './ai-edit';
import { indentOf, lineEnd, lineEndingAt, placeAt, type Insertion } from './insertion';
import { isWithin, tomlOutline, type TomlEntry, type TomlOutline } from './toml-outline';
import { newTable, pairText, tomlKey, type TomlFields, type TomlPair } from './toml-text';

/** What is to be put into a text without a byte order mark; the places of all edits differ. */
export function tomlInsertions(text: string, edits: readonly AiEdit[]): readonly Insertion[] | Refusal {
  const outline = tomlOutline(text);
  if ('ok' in outline) return outline;
  const lines: Insertion[] = [];
  const tables: Insertion[] = [];
  for (const { at, add } of edits) {
    const path = [...at, 'ai'];
    const isThere = [...outline.entries, ...outline.tables].some((one) => isWithin(one.path, path));
    const refused = notTable(text, outline, path) ?? (isThere ? undefined : missing(outline, at));
    if (refused !== undefined) return refused;
    const inside = outline.entries.filter((one) => isWithin(one.path, path));
    const names = new Set(inside.map((one) => one.path[path.length]));
    const lacking = Object.entries(add).filter(([name]) => !names.has(name));
    if (lacking.length === 0) continue;
    const line = isThere ? completed(text, outline, path, lacking) : besideKeys(text, outline, at, lacking);
    if (line === undefined) tables.push(newTable(text, outline, path, lacking));
    else lines.push(line);
  }
  // At the end of a file without a last line ending both may stand at one offset: keys belong to the table above.
  return [...lines, ...tables];
}

/** Refuses a path on which something stands that is no table. */
function notTable(text: string, { entries, tables }: TomlOutline, path: readonly string[]): Refusal | undefined {
  const value = entries.find(({ path: own, node }) => isWithin(path, own) && node.value.type !== 'TOMLInlineTable');
  const array = tables.find(({ path: own, node }) => node.kind === 'array' && isWithin(path, own));
  const node = value?.node ?? array?.node;
  if (node === undefined) return undefined;
  const name = tomlKey(value?.path ?? array?.path ?? path);
  const place = placeAt(text, node.range[0]);
  return { ok: false, reason: `${name} must be a table: [${name}], or ${name} = { … }.`, place };
}

/** Refuses a table that does not exist. */
function missing({ entries, tables }: TomlOutline, at: readonly string[]): Refusal | undefined {
  if (at.length === 0 || [...entries, ...tables].some(({ path }) => isWithin(path, at))) return undefined;
  return { ok: false, reason: `There is no [${tomlKey(at)}] in this configuration.` };
}

/** The missing fields of an `ai`, in the way it is spelled; undefined when it is made of sub-tables only. */
function completed(
  text: string,
  outline: TomlOutline,
  path: readonly string[],
  fields: TomlFields,
): Insertion | undefined {
  const table = outline.tables.find(({ path: own }) => own.length === path.length && isWithin(own, path));
  if (table !== undefined) {
    const last = table.node.body.at(-1);
    return linesBelow(
      text,
      last ?? table.node.key,
      fields.map(([name, value]) => pairText(text, last, name, value)),
    );
  }
  return besideInline(text, outline, path, fields) ?? belowDotted(text, outline, path, fields);
}

/** A new `ai` in a table that is written as keys only, inline or dotted; undefined when it has a header of its own. */
function besideKeys(
  text: string,
  outline: TomlOutline,
  at: readonly string[],
  fields: TomlFields,
): Insertion | undefined {
  if (at.length === 0 || outline.tables.some(({ path }) => isWithin(path, at))) return undefined;
  const ai: readonly TomlPair[] = [['ai', fields]];
  return besideInline(text, outline, at, ai) ?? belowDotted(text, outline, at, ai);
}

/** Keys for a table that is an inline one. */
function besideInline(
  text: string,
  { entries }: TomlOutline,
  path: readonly string[],
  fields: readonly TomlPair[],
): Insertion | undefined {
  const table = entries.find((one) => one.path.length === path.length && isWithin(one.path, path))?.node.value;
  if (table?.type !== 'TOMLInlineTable') return undefined;
  const last = table.body.at(-1);
  const pairs = fields.map(([name, value]) => pairText(text, last, name, value)).join(', ');
  if (last !== undefined) return { at: last.range[1], text: `, ${pairs}` };
  const at = table.range[0] + 1;
  return { at, text: ` ${pairs}${text[at] === '}' ? ' ' : ''}` };
}

/** Keys for a table that is made by dotted keys: more of these, spelled alike. */
function belowDotted(
  text: string,
  { entries }: TomlOutline,
  path: readonly string[],
  fields: readonly TomlPair[],
): Insertion | undefined {
  // The keys of a sub-table lie in the table as well, but are not spelled with its name.
  const last = entries.findLast(
    (one) => isWithin(one.path, path) && one.node.key.keys.length > one.path.length - path.length,
  );
  if (last === undefined) return undefined;
  const prefix = prefixOf(text, last, path);
  const pairs = fields.map(([name, value]) => `${prefix}${pairText(text, last.node, name, value)}`);
  if (last.inline === undefined) return linesBelow(text, last.node, pairs);
  return { at: last.node.range[1], text: `, ${pairs.join(', ')}` };
}

/** As much of a dotted key as belongs to a path, with the dot. */
function prefixOf(text: string, { node, path }: TomlEntry, outer: readonly string[]): string {
  const { keys } = node.key;
  const last = keys[keys.length - (path.length - outer.length) - 1];
  return last === undefined ? '' : `${text.slice(node.key.range[0], last.range[1])}.`;
}

/** Lines below the line of a node, indented alike. */
function linesBelow(
  text: string,
  { range }: { readonly range: [number, number] },
  lines: readonly string[],
): Insertion {
  const line = lineEndingAt(text, range[0]) + indentOf(text, range[0]);
  return { at: lineEnd(text, range[1]), text: lines.map((one) => line + one).join('') };
}
