import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordErrors } from '../../../../src/core/run/word-error';

const counts = (reference: string, transcript: string) => {
  const errors = wordErrors(reference, transcript);
  if (typeof errors === 'string') throw new Error(errors);
  return errors;
};

describe('the word error rate', () => {
  it('counts what was put for another word, left out and put in', () => {
    expect(counts('the quick brown fox jumps', 'the quick crown fox')).toEqual({
      substitutions: 1,
      deletions: 1,
      insertions: 0,
      words: 5,
      rate: 0.4,
    });
    expect(counts('we meet at noon', 'so we all meet at noon')).toMatchObject({
      substitutions: 0,
      insertions: 2,
      rate: 0.5,
    });
  });

  it('may be above one', () => {
    expect(counts('yes', 'oh my dear')).toEqual({ substitutions: 1, deletions: 0, insertions: 2, words: 1, rate: 3 });
    expect(counts('one two three', '')).toMatchObject({ deletions: 3, rate: 1 });
  });

  it('keeps as many words as it can among ways of the same length', () => {
    // Two substitutions would do as well, but `b` was heard.
    expect(counts('a b', 'b c')).toMatchObject({ substitutions: 0, deletions: 1, insertions: 1 });
  });

  it('hears, and does not read', () => {
    expect(counts("Don't   panic!\n(Said the “guide”.)", 'dont panic said the guide').substitutions).toBe(1);
    expect(counts("DON’T panic – it's WELL-known…", "don't panic it's well known").rate).toBe(0);
    expect(counts('Él comió ñandú. Über Straße', 'él comio\u0301 ñandu\u0301 über straße').rate).toBe(0);
    expect(counts('ΟΔΥΣΣΕΥΣ Привет', 'οδυσσευς привет').rate).toBe(0);
  });

  it('leaves numbers alone', () => {
    expect(counts('It cost 3.5 at 12:30, in 1,000 shops.', 'it cost 3.5 at 12:30 in 1,000 shops').rate).toBe(0);
    expect(counts('it cost 3.5', 'it cost 3 5')).toMatchObject({ words: 3, substitutions: 1, insertions: 1 });
    expect(counts('two cats', '2 cats')).toMatchObject({ substitutions: 1 });
  });

  it('takes characters for words where no spaces are written', () => {
    expect(counts('今天天气很好。', '今天天汽很好')).toMatchObject({ words: 6, substitutions: 1 });
    expect(counts('สวัสดี OK', 'สวัสดี ok').rate).toBe(0);
  });

  it('tells why it cannot tell', () => {
    expect(wordErrors(' … !', 'hello')).toBe('no-reference');
    expect(wordErrors('', '')).toBe('no-reference');
    expect(wordErrors('a '.repeat(5001), 'a')).toBe('too-long');
    expect(wordErrors('a', 'a '.repeat(5001))).toBe('too-long');
    expect(counts('a '.repeat(5000), 'b '.repeat(5000))).toMatchObject({ substitutions: 5000, rate: 1 });
  });

  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((words) => words.join(' '));

  it('agrees with the plain definition of edit distance', () => {
    fc.assert(
      fc.property(text, text, (reference, transcript) => {
        fc.pre(reference !== '');
        const { substitutions, deletions, insertions, words, rate } = counts(reference, transcript);
        const [one, other] = [reference, transcript].map((words) => words.split(' ').filter(Boolean)) as [
          string[],
          string[],
        ];
        expect(substitutions + deletions + insertions).toBe(distance(one, other));
        expect(rate).toBe(distance(one, other) / one.length);
        expect(words).toBe(one.length);
        expect(words - deletions + insertions).toBe(other.length);
        expect(Math.min(substitutions, deletions, insertions)).toBeGreaterThanOrEqual(0);
        expect(substitutions + deletions).toBeLessThanOrEqual(words);
      }),
    );
  });

  it('is nothing for the same text, and the mirror image when the texts change places', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        fc.pre(one !== '' && other !== '');
        expect(counts(one, one).rate).toBe(0);
        const there = counts(one, other);
        const back = counts(other, one);
        expect([back.substitutions, back.deletions, back.insertions]).toEqual([
          there.substitutions,
          there.insertions,
          there.deletions,
        ]);
      }),
    );
  });
});

/** As in textbooks. */
function distance(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return one.length + other.length;
  const table = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= one.length; i++)
    for (let j = 1; j <= other.length; j++)
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
      );
  return table[one.length]![other.length]!;
}
