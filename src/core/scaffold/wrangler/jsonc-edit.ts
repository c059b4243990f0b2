/**
 * Where an `ai` block, or what it lacks, goes in JSONC. `jsonc-parser`'s own `modify` moves a comment of the same line
 * onto the new value (scaffolding.md 1.6), so only its tree is used.
 */
import type { Node } from 'jsonc-parser';
import type { AiEdit, Refusal } from './ai-edit';
import { placeAt, type Insertion } from './insertion';
import { addProperties } from './json-insert';
import { jsonTree, propertiesOf } from './json-tree';

/** What is to be put into a text without a byte order mark; the places of all edits differ. */
export function jsonInsertions(text: string, edits: readonly AiEdit[]): readonly Insertion[] | Refusal {
  const tree = jsonTree(text);
  if (!tree.ok) return tree;
  const insertions: Insertion[] = [];
  for (const { at, add } of edits) {
    const found = lookUp(text, tree.root, at);
    if ('ok' in found) return found;
    const { owner, value } = found;
    const fields = Object.entries(add);
    if (value === undefined) {
      insertions.push(...addProperties(text, owner, [['ai', fields]], tree.root));
      continue;
    }
    if (value.type !== 'object') {
      return refusal(text, value, `${nameOf([...at, 'ai'])} must be an object: { "binding": "AI", "remote": true }.`);
    }
    const names = new Set(propertiesOf(value).map(({ name }) => name));
    const missing = fields.filter(([name]) => !names.has(name));
    if (missing.length > 0) insertions.push(...addProperties(text, value, missing, tree.root));
  }
  return insertions;
}

/** The object that a place is, and its `ai` if it has one. */
function lookUp(
  text: string,
  root: Node,
  at: readonly string[],
): { readonly owner: Node; readonly value: Node | undefined } | Refusal {
  let owner = root;
  for (const depth of at.keys()) {
    const path = at.slice(0, depth + 1);
    const found = valueAt(text, owner, path);
    if ('ok' in found) return found;
    if (found.value === undefined) return refusal(text, owner, `There is no ${nameOf(path)} in this configuration.`);
    if (found.value.type !== 'object') return refusal(text, found.value, `${nameOf(path)} must be an object: { … }.`);
    owner = found.value;
  }
  const ai = valueAt(text, owner, [...at, 'ai']);
  return 'ok' in ai ? ai : { owner, value: ai.value };
}

/** The value of the last key of a path. A key that stands twice is refused: which one counts is for the user to say. */
function valueAt(text: string, owner: Node, path: readonly string[]): { readonly value: Node | undefined } | Refusal {
  const [first, second] = propertiesOf(owner).filter(({ name }) => name === path.at(-1));
  if (second === undefined) return { value: first?.value };
  return refusal(text, second.key, `${nameOf(path)} stands here a second time. Leave only one of the two.`);
}

function nameOf(path: readonly string[]): string {
  return JSON.stringify(path.join('.'));
}

function refusal(text: string, { offset }: Node, reason: string): Refusal {
  return { ok: false, reason, place: placeAt(text, offset) };
}
