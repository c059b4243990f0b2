/**
 * How two bundles differ, for a maintainer to read before the new one is committed.
 */
import type { Model } from './model';

/** One fact of one model. An absent value means unknown. */
export interface FactChange {
  readonly id: string;
  readonly fact: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Ids in the order of the bundle that has them. */
export interface BundleDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly FactChange[];
}

/** Compares model by model and fact by fact. */
export function diffBundles(before: readonly Model[], after: readonly Model[]): BundleDiff {
  const old = new Map(before.map((model) => [model.id, model]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    removed: before.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
    changed: after.flatMap((model) => changesOf(old.get(model.id) ?? model, model)),
  };
}

function changesOf(before: Model, after: Model): FactChange[] {
  const facts = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Model>;
  return [...facts]
    .filter((fact) => JSON.stringify(before[fact]) !== JSON.stringify(after[fact]))
    .map((fact) => ({
      id: after.id,
      fact,
      ...(before[fact] !== undefined && { before: before[fact] }),
      ...(after[fact] !== undefined && { after: after[fact] }),
    }));
}

/** The difference as text, one line a model added or removed and one a changed fact. Empty when nothing changed. */
export function diffText({ added, removed, changed }: BundleDiff): string {
  return [
    ...section('Added', added),
    ...section('Removed', removed),
    ...section(
      'Changed',
      changed.map(({ id, fact, before, after }) => `${id}: ${fact}: ${valueText(before)} → ${valueText(after)}`),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length})`, ...lines.map((line) => `  ${line}`)];
}

function valueText(value: unknown): string {
  return value === undefined ? 'unknown' : JSON.stringify(value);
}
