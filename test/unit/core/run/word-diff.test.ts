import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from '../../../../src/core/run/word-diff';

const marked = (from: string, to: string): string =>
  wordDiff(from, to)
    .map(({ kind, text }) => (kind === 'equal' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
    .join(' ');

describe('the word diff', () => {
  it('tells words that one text has and the other does not', () => {
    expect(marked('the quick brown fox', 'the quick crown fox jumps')).toBe('the quick [-brown] [+crown] fox [+jumps]');
  });

  it('does not care how words are written, and shows them as the second text has them', () => {
    expect(wordDiff('hello world — don’t', "Hello, world! Don't")).toEqual([
      { kind: 'equal', text: "Hello, world! Don't", words: 3 },
    ]);
  });

  it('joins what has no spaces without any', () => {
    expect(marked('今天天气很好。', '今天天汽很好。')).toBe('今天天 [-气] [+汽] 很好。');
  });

  it('has nothing to tell of nothing', () => {
    expect(wordDiff('', ' ')).toEqual([]);
    expect(marked('', 'new words')).toBe('[+new words]');
    expect(marked('old', '')).toBe('[-old]');
  });

  it('gives up on long texts that have nothing in common', () => {
    const many = (word: string): string => Array.from({ length: 6000 }, (_, i) => word + i).join(' ');
    expect(wordDiff(many('a'), many('b')).map(({ kind, words }) => [kind, words])).toEqual([
      ['removed', 6000],
      ['added', 6000],
    ]);
  });

  it('holds both texts, word for word', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b.', 'C', '好', '-', '12:30'), { maxLength: 20 })
      .map((w) => w.join(' '));
    const bare = (words: string): string => words.replaceAll(/\s/g, '').toLowerCase().replaceAll(/[.-]/g, '');
    fc.assert(
      fc.property(text, text, (from, to) => {
        const changes = wordDiff(from, to);
        const side = (without: string): string =>
          bare(
            changes
              .filter(({ kind }) => kind !== without)
              .map((change) => change.text)
              .join(''),
          );
        expect(side('added')).toBe(bare(from));
        expect(side('removed')).toBe(bare(to));
        for (const { words } of changes) expect(words).toBeGreaterThan(0);
      }),
    );
  });
});
