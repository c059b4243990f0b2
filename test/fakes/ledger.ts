import type { Ledger, LedgerEntry } from '../../src/app/ports';
import type { Measured } from '../../src/protocol/api';

/** A ledger in memory. Its "median" is the newest figure: enough to see whether figures arrive. */
export interface MemoryLedger extends Ledger {
  /** In the order in which they came. */
  readonly entries: readonly LedgerEntry[];
}

/** Makes an empty one. */
export function memoryLedger(): MemoryLedger {
  const entries: LedgerEntry[] = [];
  let favourites: string[] = [];
  return {
    entries,
    add(entry) {
      const known = entries.findIndex(({ runId }) => runId === entry.runId);
      if (known === -1) entries.push(entry);
      else entries[known] = entry;
    },
    spent(owner, since) {
      const sum = { byWallet: { neurons: 0, credits: 0 }, unknownRuns: 0, accrued: { neurons: 0, credits: 0 } };
      for (const entry of entries) {
        if (entry.owner !== owner || entry.at < since) continue;
        if (entry.usd === undefined) {
          sum.unknownRuns++;
          sum.accrued[entry.wallet] += entry.accruedUsd ?? 0;
        } else sum.byWallet[entry.wallet] += entry.usd;
      }
      return sum;
    },
    measured(owner, modelId) {
      const found: Record<string, Measured> = {};
      for (const entry of entries) {
        if (entry.owner !== owner || !entry.measured || (modelId ?? entry.modelId) !== entry.modelId) continue;
        found[entry.modelId] = { ...entry.measured, runs: (found[entry.modelId]?.runs ?? 0) + 1 };
      }
      return found;
    },
    recentModels: (count) => [...new Set(entries.map(({ modelId }) => modelId).reverse())].slice(0, count),
    favourites: () => [...favourites],
    setFavourite(modelId, favourite) {
      if (!favourite) favourites = favourites.filter((id) => id !== modelId);
      else if (!favourites.includes(modelId)) favourites = [modelId, ...favourites];
    },
    dispose() {},
  };
}
