/**
 * Adds `ai` blocks to a wrangler configuration in place. A result is handed out only when, read again, it differs from
 * the original by what was asked for and nothing else.
 */
import type { AiEdit, ConfigFormat, Edited, Refusal } from './ai-edit';
import { insertAll, splitMark } from './insertion';
import { jsonInsertions } from './jsonc-edit';
import { parseConfig } from './parse-config';
import { isObject, isSame, type Data } from './same-data';
import { tomlInsertions } from './toml-edit';
import { tomlKey } from './toml-text';

const UNSAFE: Refusal = {
  ok: false,
  reason: 'This file is written in a way that cannot be changed safely.',
};

/**
 * Adds what the edits name and what is not there yet. Nothing of the text is removed or replaced, so that every comment,
 * indent and line ending stays, and the same edits twice are the same edits once. Refused are texts that cannot be
 * parsed, places that are missing or no objects, and whatever cannot be changed safely. Never throws.
 */
export function editConfig(text: string, format: ConfigFormat, edits: readonly AiEdit[]): Edited {
  const before = parseConfig(text, format);
  if (!before.ok) return before;
  const wanted = edits.filter(({ add }) => Object.keys(add).length > 0);
  const merged = [...new Map(wanted.map(({ at }) => [JSON.stringify(at), mergedAt(wanted, at)])).values()];
  if (merged.every((edit) => isThere(before.data, edit))) return { ok: true, text };
  const { mark, body } = splitMark(text);
  const insertions = format === 'toml' ? tomlInsertions(body, merged) : jsonInsertions(body, merged);
  if ('ok' in insertions) return insertions;
  const result = mark + insertAll(body, insertions);
  const after = parseConfig(result, format);
  const expected = merged.reduce((data, { at, add }) => withAi(data, at, add), before.data);
  return after.ok && isSame(after.data, expected) ? { ok: true, text: result } : UNSAFE;
}

/** What to paste by hand: the members of the configuration's object, or a table. */
export function aiSnippet(format: ConfigFormat, at: readonly string[], add: AiEdit['add']): string {
  if (format === 'toml') {
    const lines = Object.entries(add).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    return [`[${tomlKey([...at, 'ai'])}]`, ...lines].join('\n');
  }
  const nested = at.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), { ai: add });
  return JSON.stringify(nested, null, 2).replaceAll(/^ {2}/gm, '').slice(2, -2);
}

/** All that is asked for at one place; of a field that is asked for twice the first counts. */
function mergedAt(edits: readonly AiEdit[], at: readonly string[]): AiEdit {
  const here = edits.filter((edit) => JSON.stringify(edit.at) === JSON.stringify(at));
  return here.reduce((all, { add }) => ({ at, add: { ...add, ...all.add } }), {
    at,
    add: {},
  });
}

function isThere(data: Data, { at, add }: AiEdit): boolean {
  let owner: unknown = data;
  for (const key of [...at, 'ai']) owner = isObject(owner) && Object.hasOwn(owner, key) ? owner[key] : undefined;
  return isObject(owner) && Object.keys(add).every((name) => Object.hasOwn(owner, name));
}

function withAi(data: Data, at: readonly string[], add: AiEdit['add']): Data {
  const [key = 'ai', ...rest] = at;
  const inner = Object.hasOwn(data, key) && isObject(data[key]) ? data[key] : {};
  const changed = at.length === 0 ? { ...add, ...inner } : withAi(inner, rest, add);
  return Object.fromEntries([...Object.entries(data).filter(([name]) => name !== key), [key, changed]]);
}
