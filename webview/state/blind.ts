/**
 * Comparing without knowing who answers: names are hidden from Run until a vote.
 */
import type { RunVote, RunView, Vote } from '../../src/protocol/api';

/** Who answered best: a column, several alike, or nobody. */
export type Winner = { readonly columnId: string } | 'tie' | 'bad';

/** Whether the name of a run's model is still hidden. */
export function isHidden(run: Pick<RunView, 'blind' | 'vote'> | undefined): boolean {
  return run?.blind === true && run.vote === undefined;
}

/** A column as far as its name may be hidden. */
export interface Candidate {
  readonly run: Pick<RunView, 'blind' | 'vote'> | undefined;
  /** Its next run begins, and is blind. */
  readonly startsBlind: boolean;
}

/**
 * Whether the name of a column's model is hidden: from Run on, before the host has answered. In their new order the
 * columns would show who is where.
 */
export function hidesName({ run, startsBlind }: Candidate): boolean {
  return startsBlind || isHidden(run);
}

/** Whether a run is blind: a comparison as it was chosen; what is run again as it was before. */
export function runsBlind(chosen: boolean, again: readonly { readonly hidden: boolean }[] | undefined): boolean {
  return again === undefined ? chosen : again.some(({ hidden }) => hidden);
}

/** A new order. `random` is uniform in [0, 1). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** One vote for each run of the comparison. */
export function votesOf(
  runs: readonly { readonly columnId: string; readonly runId: string }[],
  winner: Winner,
  comment: string,
): readonly RunVote[] {
  const verdictOf = (columnId: string): Vote['verdict'] => {
    if (typeof winner === 'string') return winner;
    return winner.columnId === columnId ? 'won' : 'lost';
  };
  return runs.map(({ columnId, runId }) => ({ runId, verdict: verdictOf(columnId), comment: comment.trim() }));
}
