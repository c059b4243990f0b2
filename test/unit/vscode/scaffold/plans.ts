/**
 * Small plans for tests.
 */
import type { ScaffoldPlan } from '../../../../src/core/scaffold/plan';
import { createJournal } from '../../../../src/vscode/scaffold/journal';
import { FakeUri } from './fake-workspace';

/** A plan that does nothing but what is given. */
export function planOf(parts: Partial<ScaffoldPlan>): ScaffoldPlan {
  return { creates: [], edits: [], skips: [], conflicts: [], commands: [], notes: [], ...parts };
}

let time = 1_800_000_000_000;

/** A journal whose clock ticks. */
export const journalAt = (path: string) => createJournal(FakeUri.file(path) as never, () => ++time);

/** A place to apply to. */
export const targetAt = (path: string, confirm = false) => ({
  root: FakeUri.file(path) as never,
  label: 'Add AI binding',
  confirm,
});
