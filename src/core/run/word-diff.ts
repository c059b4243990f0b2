/**
 * What two transcripts say differently, word by word.
 */
import { diffArrays } from 'diff';
import { joinWords, keyedWords } from './transcript-words';

/** Neighbouring words that both texts have, or one of them alone. */
export interface WordChange {
  readonly kind: 'equal' | 'added' | 'removed';
  /** As written; where both have it, as the second text writes it. */
  readonly text: string;
  /** Words in it. */
  readonly words: number;
}

/** Words to remove and to add, at most; beyond, texts are as good as unrelated, and looking for more takes long. */
const MAX_EDITS = 2000;

/**
 * The way from one text to another. Case and punctuation make no difference, as in `wordErrors`. Texts that have next to
 * nothing in common are told as one removed and the other added.
 */
export function wordDiff(from: string, to: string): readonly WordChange[] {
  const before = [...keyedWords(from)];
  const after = [...keyedWords(to)];
  const changes = diffArrays(before, after, {
    comparator: (one, other) => one.key === other.key,
    maxEditLength: MAX_EDITS,
  }) ?? [
    { removed: true, added: false, value: before },
    { removed: false, added: true, value: after },
  ];
  return changes
    .filter(({ value }) => value.length > 0)
    .map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'equal',
      text: joinWords(value.map(({ written }) => written)),
      words: value.length,
    }));
}
