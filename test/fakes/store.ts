import type { PlaygroundStore } from '../../src/app/ports';
import type { PlaygroundIntent, RunView } from '../../src/protocol/api';

/** A store in memory that keeps what the real one keeps: JSON. */
export interface MemoryStore extends PlaygroundStore {
  /** How often a run was written. */
  writes: number;
  /** Everything it holds, as text. */
  dump(): string;
}

/** Makes an empty one. */
export function memoryStore(): MemoryStore {
  let intent: string | undefined;
  const runs = new Map<string, { value: string; columnId: string; cleared: boolean }>();
  return {
    writes: 0,
    loadIntent: () => (intent === undefined ? undefined : (JSON.parse(intent) as PlaygroundIntent)),
    saveIntent(next) {
      intent = JSON.stringify(next);
    },
    saveRun(run) {
      this.writes++;
      const value = JSON.stringify(run);
      const known = runs.get(run.runId);
      if (known) known.value = value;
      else runs.set(run.runId, { value, columnId: run.columnId, cleared: false });
    },
    saveVotes(votes) {
      for (const { runId, ...vote } of votes) {
        const run = runs.get(runId);
        if (run) run.value = JSON.stringify({ ...(JSON.parse(run.value) as RunView), vote });
      }
    },
    lastRuns(columnIds) {
      return columnIds.flatMap((columnId) => {
        const run = [...runs.values()].findLast((one) => one.columnId === columnId && !one.cleared);
        return run ? [JSON.parse(run.value) as RunView] : [];
      });
    },
    clearColumns() {
      for (const run of runs.values()) run.cleared = true;
    },
    dispose() {},
    dump: () => JSON.stringify([intent, [...runs.values()]]),
  };
}
