/**
 * Changes a wrangler configuration in place. A result is only handed out when, read again, it differs from the original
 * by what was asked for and nothing else.
 */
import { TomlDate } from 'smol-toml';
import type { AiEdit, ConfigFormat, Edited } from './ai-edit';
import { editJsonc } from './jsonc-edit';
import { parseConfig } from './parse-config';
import { editToml, tomlKey } from './toml-edit';

type Json = Readonly<Record<string, unknown>>;

/**
 * Adds what the edits name. Nothing of the text is ever removed or replaced, and what stands there already is never
 * added: the same edits twice are the same edits once.
 */
export function editConfig(text: string, format: ConfigFormat, edits: readonly AiEdit[]): Edited {
  const before = parseConfig(text, format);
  if (!before.ok) return before;
  let result = text;
  let expected: Json = before.data;
  for (const edit of edits) {
    const owner = valueAt(expected, edit.at);
    const lacking = isObject(owner) ? lackingOf(owner, edit) : edit;
    if (lacking === undefined) continue;
    const edited = format === 'toml' ? editToml(result, lacking) : editJsonc(result, lacking);
    if (!edited.ok) return edited;
    result = edited.text;
    expected = withAi(expected, lacking.at, lacking.add);
  }
  const after = parseConfig(result, format);
  if (!after.ok || !same(after.data, expected)) {
    return { ok: false, reason: 'This file is written in a way that cannot be changed safely.' };
  }
  return { ok: true, text: result };
}

/** What to paste by hand. */
export function aiSnippet(format: ConfigFormat, at: readonly string[], add: AiEdit['add']): string {
  if (format === 'toml') {
    const lines = Object.entries(add).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    return [`[${tomlKey([...at, 'ai'])}]`, ...lines].join('\n');
  }
  const nested = at.reduceRight<unknown>((inner, key) => ({ [key]: inner }), { ai: add });
  // Without the braces of the file itself.
  return JSON.stringify(nested, null, 2).slice(2, -2).replaceAll(/^ {2}/gm, '');
}

/** The part of an edit that is not there yet. What is no object is left to the editors, which say where it stands. */
function lackingOf(owner: Json, { at, add }: AiEdit): AiEdit | undefined {
  if (!Object.hasOwn(owner, 'ai')) return { at, add };
  const { ai } = owner;
  if (!isObject(ai)) return { at, add };
  const missing = Object.entries(add).filter(([name]) => !Object.hasOwn(ai, name));
  return missing.length === 0 ? undefined : { at, add: Object.fromEntries(missing) };
}

function withAi(data: Json, at: readonly string[], add: AiEdit['add']): Json {
  const [key, ...rest] = at;
  if (key === undefined) return { ...data, ai: { ...(isObject(data['ai']) ? data['ai'] : {}), ...add } };
  const inner = data[key];
  return { ...data, [key]: withAi(isObject(inner) ? inner : {}, rest, add) };
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    data,
  );
}

/** Equal data, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof TomlDate && b instanceof TomlDate) return a.toISOString() === b.toISOString();
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
}
