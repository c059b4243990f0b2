/**
 * What a budget allows. Amounts are list prices: what a free allowance takes of them is not known here.
 */
import { formatUsd } from '../core/run/format';
import { knownUsd, type ExpectedCost } from './expected-cost';
import type { Budget } from './ports';
import type { StopReason } from './runs';

/** Whether an amount is above a cap. Sums of many small amounts differ in the last digits; that is no reason to refuse. */
export const exceeds = (usd: number, cap: number): boolean => usd > cap * (1 + 1e-9);

/** Whether a budget limits anything. */
export function isLimited({ perRunUsd, perDayUsd }: Budget): boolean {
  return perRunUsd !== undefined || perDayUsd !== undefined;
}

const HOW_ON = 'Raise the limit, or run fewer, cheaper or shorter columns.';

/**
 * Why this Run is refused; undefined: it is not. A column counts with what it typically costs, at least with what it
 * surely costs. One whose cost is unknown does not count, unless nothing may be spent any more: then only what is free runs.
 */
export function refusal(costs: readonly ExpectedCost[], budget: Budget, spentToday: number): string | undefined {
  const { perRunUsd, perDayUsd, problem } = budget;
  if (problem !== undefined) return problem;
  const isGuess = costs.some(({ typical }) => typical !== undefined);
  const usd = costs.reduce(
    (sum, { sureUsd, typical }) => sum + Math.max(sureUsd, typical === undefined ? 0 : knownUsd(typical)),
    0,
  );
  const isFree = costs.every(({ atLimit }) => atLimit.provenance !== 'unknown' && atLimit.usd === 0);
  const about = `This Run would cost ${isGuess ? 'about' : 'at least'} ${formatUsd(usd)}`;
  if (perRunUsd !== undefined && exceeds(usd, perRunUsd)) {
    return `${about}, above budget.perRunUsd of ${formatUsd(perRunUsd)}. ${HOW_ON}`;
  }
  if (perRunUsd === 0 && !isFree) {
    return `This Run may cost something, and budget.perRunUsd is ${formatUsd(0)}. ${HOW_ON}`;
  }
  if (perDayUsd === undefined) return undefined;
  const spent = `About ${formatUsd(spentToday)} was spent since 00:00 UTC`;
  if (spentToday >= perDayUsd && !isFree) {
    return `${spent}: budget.perDayUsd of ${formatUsd(perDayUsd)} is used up. Raise the limit, or run again tomorrow.`;
  }
  if (!exceeds(spentToday + usd, perDayUsd)) return undefined;
  return `${about}. ${spent}, and both together are above budget.perDayUsd of ${formatUsd(perDayUsd)}. ${HOW_ON}`;
}

/** Why this Run may be stopped on its way, if it is as long as its limits allow; undefined: it will not be. */
export function caution(costs: readonly ExpectedCost[], budget: Budget, spentToday: number): string | undefined {
  const usd = costs.reduce((sum, { atLimit }) => sum + knownUsd(atLimit), 0);
  const longest = `At its longest this Run would cost ${formatUsd(usd)}`;
  const { perRunUsd, perDayUsd } = budget;
  if (perRunUsd !== undefined && exceeds(usd, perRunUsd)) {
    return `${longest}; it is stopped when it reaches budget.perRunUsd of ${formatUsd(perRunUsd)}.`;
  }
  if (perDayUsd === undefined || !exceeds(spentToday + usd, perDayUsd)) return undefined;
  const left = formatUsd(Math.max(0, perDayUsd - spentToday));
  return `${longest}; it is stopped when the ${left} that are left of budget.perDayUsd are spent.`;
}

/** Why runs are stopped whose cost has reached `usd`, in words. */
export function overrun(what: string, usd: number, setting: 'perRunUsd' | 'perDayUsd', cap: number): StopReason {
  return {
    message: `Stopped by the budget: ${what} about ${formatUsd(usd)}, and budget.${setting} is ${formatUsd(cap)}. What was received is kept.`,
    nextStep: `Raise budget.${setting} in the settings, or ask for shorter answers.`,
  };
}
