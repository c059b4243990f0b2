/**
 * What this session has cost: known costs since the host process started, over all views. Simulated and real money
 * are kept apart, and so are the two wallets (metrics.md 6.5). An unknown cost is counted, never added as zero.
 */
import { costOf, wallet } from '../core/run/cost';
import type { ConnectionFacts } from './connection';
import type { RunView, SessionCost } from '../protocol/api';

interface Sum {
  known: number;
  unknown: number;
  neurons: number;
  credits: number;
}

/** The running total. */
export interface Spend {
  /** Adds a run that has just ended. Restored runs are not of this session: do not add them. */
  add(run: RunView): void;
  /** The total of the wallet that this connection draws on. */
  total(connection: Pick<ConnectionFacts, 'simulated'>): SessionCost;
}

const empty = (): Sum => ({ known: 0, unknown: 0, neurons: 0, credits: 0 });

/** Starts at nothing known. */
export function createSpend(): Spend {
  const real = empty();
  const simulated = empty();
  return {
    add(run) {
      const sum = run.simulated ? simulated : real;
      const cost = costOf(run.state, run.model);
      if (cost.provenance === 'unknown') {
        sum.unknown++;
        return;
      }
      sum.known++;
      sum[wallet(run.model)] += cost.usd;
    },
    total(connection) {
      const sum = connection.simulated ? simulated : real;
      return {
        ...(sum.known === 0 ? {} : { usd: sum.neurons + sum.credits }),
        simulated: connection.simulated,
        unknownRuns: sum.unknown,
        byWallet: { neurons: sum.neurons, credits: sum.credits },
      };
    },
  };
}
