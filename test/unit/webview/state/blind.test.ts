import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidesName, isHidden, runsBlind, shuffled, votesOf } from '../../../../webview/state/blind';

const vote = { verdict: 'won', comment: '' } as const;

describe('a name', () => {
  it('is hidden from a blind run until its vote', () => {
    expect(isHidden(undefined)).toBe(false);
    expect(isHidden({})).toBe(false);
    expect(isHidden({ blind: true })).toBe(true);
    expect(isHidden({ blind: true, vote })).toBe(false);
  });

  it('is hidden before the host has answered, whatever ran before', () => {
    expect(hidesName({ run: undefined, startsBlind: true })).toBe(true);
    expect(hidesName({ run: { blind: true, vote }, startsBlind: true })).toBe(true);
    expect(hidesName({ run: undefined, startsBlind: false })).toBe(false);
  });

  it('stays hidden, or shown, in what is run again', () => {
    expect(runsBlind(true, undefined)).toBe(true);
    expect(runsBlind(false, undefined)).toBe(false);
    // The choice is for the next comparison.
    expect(runsBlind(false, [{ hidden: true }])).toBe(true);
    expect(runsBlind(true, [{ hidden: false }])).toBe(false);
  });
});

describe('a new order', () => {
  it('holds the same items', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer()),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (items, dice) => {
          const order = shuffled(items, () => dice.next().value as number);
          expect([...order].sort()).toEqual([...items].sort());
        },
      ),
    );
  });

  it('can be any order, each as often', () => {
    const counts = new Map<string, number>();
    let seed = 7;
    // A linear congruential generator (Numerical Recipes).
    const random = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
    for (let turn = 0; turn < 6000; turn++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('votes', () => {
  const runs = [
    { columnId: 'one', runId: 'r1' },
    { columnId: 'two', runId: 'r2' },
  ];

  it('tell of every run whether it won', () => {
    expect(votesOf(runs, { columnId: 'two' }, '  brighter ')).toEqual([
      { runId: 'r1', verdict: 'lost', comment: 'brighter' },
      { runId: 'r2', verdict: 'won', comment: 'brighter' },
    ]);
  });

  it.each(['tie', 'bad'] as const)('tell of every run that it was a %s', (winner) => {
    expect(votesOf(runs, winner, '').map(({ verdict }) => verdict)).toEqual([winner, winner]);
  });
});
