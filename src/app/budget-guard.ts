/**
 * Keeps what is spent within the budget: a Run that would exceed it is not started, and what runs is stopped when the
 * cost so far is above it. A picture or a long input that was once sent is paid for: it is stopped for a budget only when
 * other columns of its Run have gone on to spend more.
 */
import type { InferenceRequest } from '../core/inference/request';
import type { Personal, RunPlan, RunView } from '../protocol/api';
import { RpcError } from '../protocol/rpc';
import { createAccruals } from './accruals';
import { caution, exceeds, isLimited, overrun, refusal } from './budget';
import { expectedCosts, type BudgetVerdict, type ColumnToRun, type ExpectedCost } from './expected-cost';
import type { AppPorts, Budget, Disposable } from './ports';
import type { Runs } from './runs';
import type { Spend } from './spend';
import type { TextCounts } from './text-counts';

/** Seconds between two looks at what runs. */
const INTERVAL = 0.1;

/** Watches over the budget. Without one it has no timer and counts nothing while runs are under way. */
export interface BudgetGuard extends Disposable {
  /** Counts what a check needs. Settles at once when there is no budget. */
  prepare(plan: RunPlan): Promise<void>;
  /** Throws `RpcError` `over-budget` when this Run may not start now. */
  check(plan: RunPlan, columns: readonly ColumnToRun[], owner: string, measured: Personal['measured']): void;
  /** What the budget has to say of a Run at this cost, if it were started now. */
  verdict(costs: readonly ExpectedCost[], owner: string): BudgetVerdict;
  /** One press of Run has started these. */
  begin(owner: string, requests: readonly InferenceRequest[]): void;
  /** For whom a run that has ended was started, and what it cost by our own count, USD. */
  end(run: RunView): { readonly owner: string; readonly usd: number } | undefined;
  /** The budget changed: it holds at once, also for what runs. */
  changed(): void;
}

type GuardPorts = Pick<AppPorts, 'clock' | 'settings' | 'log' | 'countTokens'>;

/** Makes the guard of these runs. */
export function createBudgetGuard(
  { clock, settings, log, countTokens }: GuardPorts,
  counts: TextCounts,
  spend: Pick<Spend, 'spentToday'>,
  runs: Pick<Runs, 'running' | 'stop'>,
): BudgetGuard {
  const accruals = createAccruals(counts, countTokens, log, runs.running);
  let cancel: (() => void) | undefined;
  let counting = false;

  const usedToday = (owner: string): number => spend.spentToday(owner) + accruals.ofOwner(owner).usd;

  function verdict(costs: readonly ExpectedCost[], owner: string): BudgetVerdict {
    const { budget } = settings.get();
    const spent = budget.perDayUsd === undefined ? 0 : usedToday(owner);
    const overBudget = refusal(costs, budget, spent);
    if (overBudget !== undefined) return { overBudget };
    const mayExceed = caution(costs, budget, spent);
    return mayExceed === undefined ? {} : { mayExceed };
  }

  function stopWhatIsOver({ perRunUsd, perDayUsd }: Budget): void {
    if (perRunUsd !== undefined) {
      for (const { runIds, usd } of accruals.byRun()) {
        if (exceeds(usd, perRunUsd)) runs.stop(runIds, overrun('This Run has cost', usd, 'perRunUsd', perRunUsd));
      }
    }
    if (perDayUsd === undefined) return;
    for (const owner of accruals.owners()) {
      const usd = usedToday(owner);
      if (!exceeds(usd, perDayUsd)) continue;
      const why = overrun('Runs since 00:00 UTC have cost', usd, 'perDayUsd', perDayUsd);
      runs.stop(accruals.ofOwner(owner).runIds, why);
    }
  }

  function look(): void {
    const { budget } = settings.get();
    if (isLimited(budget)) stopWhatIsOver(budget);
  }

  function watch(): void {
    cancel?.();
    cancel = undefined;
    if (!isLimited(settings.get().budget) || accruals.owners().size === 0) return;
    cancel = clock.after(INTERVAL, watch);
    // A tokenizer that takes its time must not hold up the limit: a rough figure does.
    if (counting) return look();
    counting = true;
    void accruals.count().finally(() => {
      counting = false;
      look();
    });
  }

  return {
    async prepare({ prompt, system }) {
      if (isLimited(settings.get().budget)) await Promise.all([counts.count(prompt), counts.count(system)]);
    },
    check(plan, columns, owner, measured) {
      const { budget } = settings.get();
      if (!isLimited(budget) && budget.problem === undefined) return;
      const asked = {
        prompt: plan.prompt,
        promptTokens: counts.known(plan.prompt),
        systemTokens: plan.system.trim() === '' ? 0 : counts.known(plan.system),
        textsTokens: counts.known((plan.texts ?? []).join('\n').trim()),
        attachments: plan.attachments ?? [],
      };
      const { overBudget } = verdict(expectedCosts(columns, asked, measured), owner);
      if (overBudget !== undefined) throw new RpcError('over-budget', overBudget);
    },
    verdict,
    begin(owner, requests) {
      accruals.begin(owner, requests);
      watch();
    },
    end: accruals.end,
    changed: watch,
    dispose: () => cancel?.(),
  };
}
