/**
 * What commands answer with.
 */
import * as vscode from 'vscode';
import type { FileCreate, FileEdit, PlanResult, ScaffoldPlan } from '../../core/scaffold/plan';

/** What of a plan was done. */
export interface Written {
  readonly created: readonly FileCreate[];
  readonly edited: readonly FileEdit[];
}

/** What a plan would do, as the result of a command that only plans. */
export function plannedResult(plan: ScaffoldPlan): PlanResult {
  return resultOf(plan, { created: plan.creates, edited: plan.edits }, false);
}

/** The result of a plan of which nothing was written. */
export function unwrittenResult(plan: ScaffoldPlan): PlanResult {
  return resultOf(plan, { created: [], edited: [] }, false);
}

function resultOf({ skips, conflicts }: ScaffoldPlan, { created, edited }: Written, applied: boolean): PlanResult {
  return {
    created: created.map(({ path }) => path),
    edited: edited.map(({ path }) => path),
    skipped: skips,
    conflicts: conflicts.map(({ path, reason }) => ({ path, reason })),
    applied,
  };
}

/** The result of a plan that was applied. The files that were not ticked are among the skipped ones. */
export function appliedResult(plan: ScaffoldPlan, written: Written): PlanResult {
  const done = new Set(pathsOf(written));
  const unticked = pathsOf({ created: plan.creates, edited: plan.edits }).filter((path) => !done.has(path));
  const reason = vscode.l10n.t('It was not ticked in the preview.');
  const result = resultOf(plan, written, done.size > 0);
  return { ...result, skipped: [...result.skipped, ...unticked.map((path) => ({ path, reason }))] };
}

/** The paths of files. */
export const pathsOf = ({ created, edited }: Written): string[] => [...created, ...edited].map(({ path }) => path);
