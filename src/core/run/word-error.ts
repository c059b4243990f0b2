/**
 * Word error rate: how far a transcript is from what was said.
 */
import { spokenWords } from './transcript-words';

/** Words of the reference and of the transcript, at most: the work grows with their product. */
export const MAX_WORDS = 5000;

/** Errors of a transcript against a reference. */
export interface WordErrors {
  /** Words of the reference that were heard as others. */
  readonly substitutions: number;
  /** Words of the reference that are missing. */
  readonly deletions: number;
  /** Words that the reference does not have. */
  readonly insertions: number;
  /** Words of the reference. */
  readonly words: number;
  /** All errors over the words of the reference. From 0; above 1 when more is wrong than was said. */
  readonly rate: number;
}

/** Why there is no rate: the reference has no words, or one of the texts has more than `MAX_WORDS`. */
export type NoWordErrors = 'no-reference' | 'too-long';

/**
 * Counts the fewest substitutions, deletions and insertions that turn the reference into the transcript; of several ways
 * with as few, the one that keeps the most words. Case, punctuation and white space do not count.
 */
export function wordErrors(reference: string, transcript: string): WordErrors | NoWordErrors {
  const said = spokenWords(reference);
  const heard = spokenWords(transcript);
  if (said.length === 0) return 'no-reference';
  if (said.length > MAX_WORDS || heard.length > MAX_WORDS) return 'too-long';

  const { errors, substitutions } = fewestErrors(said, heard);
  // Every word of either text is kept, substituted, or else deleted (said) or inserted (heard).
  const deletions = (errors - substitutions + said.length - heard.length) / 2;
  return {
    substitutions,
    deletions,
    insertions: errors - substitutions - deletions,
    words: said.length,
    rate: errors / said.length,
  };
}

/** One row of the table at a time. A cell is errors × `UNIT` + substitutions, so that the smaller number is the better. */
const UNIT = 8192;

function fewestErrors(said: readonly string[], heard: readonly string[]): { errors: number; substitutions: number } {
  const numbers = new Map<string, number>();
  const [one, other] = [said, heard].map((words) =>
    Int32Array.from(words, (word) => {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      return number;
    }),
  ) as [Int32Array, Int32Array];

  const row = Int32Array.from({ length: other.length + 1 }, (_, j) => j * UNIT);
  for (let i = 1; i <= one.length; i++) {
    let diagonal = row[0] as number;
    let left = i * UNIT;
    row[0] = left;
    const word = one[i - 1];
    for (let j = 1; j <= other.length; j++) {
      const above = row[j] as number;
      const matched = word === other[j - 1] ? diagonal : diagonal + UNIT + 1;
      const gap = (left < above ? left : above) + UNIT;
      left = matched < gap ? matched : gap;
      row[j] = left;
      diagonal = above;
    }
  }
  const best = row[other.length] as number;
  return { errors: Math.floor(best / UNIT), substitutions: best % UNIT };
}
