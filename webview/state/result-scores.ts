/**
 * Scores as bars and words.
 */

/** How scores of one answer are shown. */
export interface ScoreScale {
  /** Scores are shares: shown in percent, and bars begin at nothing. */
  readonly shares: boolean;
  /** Length of the bar, from 0 to 1. */
  widthOf(score: number): number;
  wordsOf(score: number): string;
}

/** Scores within 0 and 1 are shares. Others are logits or the like: bars run from the lowest to the highest. */
export function scaleOf(scores: readonly number[]): ScoreScale {
  const shares = scores.every((score) => score >= 0 && score <= 1);
  if (shares) return { shares, widthOf: (score) => score, wordsOf: percent };
  const least = Math.min(0, ...scores);
  const most = Math.max(0, ...scores);
  return { shares, widthOf: (score) => (score - least) / (most - least), wordsOf: (score) => score.toPrecision(3) };
}

/** A share from 0 to 1 in words. What is not quite all or nothing never looks like it. */
export function percent(share: number): string {
  const shown = (share * 100).toFixed(1);
  if (shown === '0.0' && share > 0) return '<0.1 %';
  if (shown === '100.0' && share < 1) return '>99.9 %';
  return `${shown} %`;
}
