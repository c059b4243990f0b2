/**
 * What was spent: known costs since the host process started, over all views, and since 00:00 UTC, over all windows of
 * this machine. Simulated and real money are kept apart, and so are the two wallets (metrics.md 6.5). An unknown cost is
 * counted, never added as zero.
 */
import { costOf, wallet } from '../core/run/cost';
import { FREE_NEURONS_A_DAY, neuronsOf } from '../core/run/neurons';
import type { DaySpend, RunView, SessionCost } from '../protocol/api';
import type { ConnectionFacts } from './connection';
import { createEmitter } from './emitter';
import { OWN_OWNER } from './owner';
import { measuredOf } from './personal';
import type { AppPorts, Disposable, Event, LedgerEntry, LedgerSum } from './ports';

/** Milliseconds. */
const DAY = 86_400_000;
/** Most seconds until the clock on the wall is read again: timers stand still while a machine sleeps. */
const LONGEST_WAIT = 900;

interface Sum {
  known: number;
  unknown: number;
  neurons: number;
  credits: number;
}

/** The running totals. */
export interface Spend extends Disposable {
  /**
   * Books a run that has just ended, for the owner it was started for. `accruedUsd` is what it cost by our own count: it
   * stands in for an unknown cost where budgets are reckoned. Runs on the user's own servers are in no sum. Restored runs were booked before: do not add them.
   */
  add(run: RunView, owner: string, accruedUsd: number): void;
  /** The session's total of the wallet that this connection draws on, and today's of this owner. */
  total(connection: Pick<ConnectionFacts, 'simulated'>, owner: string): SessionCost;
  /** USD since 00:00 UTC, accrued amounts included. */
  spentToday(owner: string): number;
  /** 00:00 UTC passed. Watched for as long as somebody listens. */
  readonly onNewDay: Event<void>;
}

type SpendPorts = Pick<AppPorts, 'ledger' | 'epoch' | 'clock' | 'settings' | 'log'>;

const empty = (): Sum => ({ known: 0, unknown: 0, neurons: 0, credits: 0 });

const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY;

/** Starts at nothing known of the session; today's sums are the ledger's. */
export function createSpend({ ledger, epoch, clock, settings, log }: SpendPorts): Spend {
  const real = empty();
  const simulated = empty();
  const newDay = createEmitter<void>();
  /** What the ledger said last, by owner and day: better than nothing when it fails. */
  let last: { readonly key: string; readonly sum: LedgerSum } | undefined;
  let complained = false;
  let cancel: (() => void) | undefined;

  function ledgerSum(owner: string): LedgerSum {
    const since = startOfDay(epoch());
    const key = `${since} ${owner}`;
    try {
      last = { key, sum: ledger.spent(owner, since) };
    } catch (error) {
      // Budgets ask several times a second.
      if (!complained) log.error('What was spent today could not be read.', error);
      complained = true;
      if (last?.key !== key) {
        last = {
          key,
          sum: { byWallet: { neurons: 0, credits: 0 }, unknownRuns: 0, accrued: { neurons: 0, credits: 0 } },
        };
      }
    }
    return last.sum;
  }

  function today(owner: string): DaySpend {
    const { byWallet, unknownRuns, accrued } = ledgerSum(owner);
    const { perDayUsd } = settings.get().budget;
    return {
      byWallet,
      unknownRuns,
      freeNeuronsLeft: Math.max(0, FREE_NEURONS_A_DAY - neuronsOf(byWallet.neurons + accrued.neurons)),
      ...(perDayUsd !== undefined && { budgetUsd: perDayUsd }),
    };
  }

  function watchDay(): void {
    const day = startOfDay(epoch());
    cancel = clock.after(Math.min(LONGEST_WAIT, (day + DAY - epoch()) / 1000), () => {
      watchDay();
      if (startOfDay(epoch()) !== day) newDay.fire();
    });
  }

  function record(entry: LedgerEntry): void {
    try {
      ledger.add(entry);
    } catch (error) {
      log.error('What a run cost could not be recorded.', error);
    }
  }

  /** Nobody is paid for a run on the user's own machine; what was measured counts. No one asks for this owner's sums. */
  function addOwn(run: RunView): void {
    const measured = measuredOf(run);
    const { runId, model } = run;
    record({
      runId,
      modelId: model.id,
      at: epoch(),
      owner: OWN_OWNER,
      wallet: 'credits',
      ...(measured && { measured }),
    });
  }

  return {
    add(run, owner, accruedUsd) {
      const sum = run.simulated ? simulated : real;
      const cost = costOf(run.state, run.model);
      const payer = wallet(run.model);
      if (payer === undefined) return addOwn(run);
      if (cost.provenance === 'unknown') sum.unknown++;
      else {
        sum.known++;
        sum[payer] += cost.usd;
      }
      const measured = measuredOf(run);
      record({
        runId: run.runId,
        modelId: run.model.id,
        at: epoch(),
        owner,
        wallet: payer,
        ...(cost.provenance === 'unknown' ? { accruedUsd } : { usd: cost.usd }),
        ...(measured && { measured }),
      });
    },
    total(connection, owner) {
      const sum = connection.simulated ? simulated : real;
      return {
        ...(sum.known === 0 ? {} : { usd: sum.neurons + sum.credits }),
        simulated: connection.simulated,
        unknownRuns: sum.unknown,
        byWallet: { neurons: sum.neurons, credits: sum.credits },
        today: today(owner),
      };
    },
    spentToday(owner) {
      const { byWallet, accrued } = ledgerSum(owner);
      return byWallet.neurons + byWallet.credits + accrued.neurons + accrued.credits;
    },
    onNewDay(listener) {
      if (cancel === undefined) watchDay();
      return newDay.event(listener);
    },
    dispose: () => cancel?.(),
  };
}
