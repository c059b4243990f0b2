import type { ScaffoldPlan } from './plan';

/** Several plans for one folder as one. When any has conflicts, none of them creates or edits anything. */
export function combinePlans(plans: readonly ScaffoldPlan[]): ScaffoldPlan {
  const conflicts = plans.flatMap((plan) => plan.conflicts);
  const isRefused = conflicts.length > 0;
  return {
    creates: isRefused ? [] : plans.flatMap(({ creates }) => creates),
    edits: isRefused ? [] : plans.flatMap(({ edits }) => edits),
    skips: plans.flatMap(({ skips }) => skips),
    conflicts,
    commands: isRefused ? [] : plans.flatMap(({ commands }) => commands),
    notes: plans.flatMap(({ notes }) => notes),
  };
}
