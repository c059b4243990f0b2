import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankMovement } from '../../../../src/core/run/rank-movement';

const ranking = (...indices: number[]) => indices.map((index, place) => ({ index, score: 1 / (place + 1) }));

describe('rank movement', () => {
  it('counts the places that a document rose or fell', () => {
    expect(rankMovement(ranking(2, 0, 1, 3), ranking(0, 1, 2, 3))).toEqual([2, -1, -1, 0]);
  });

  it('knows nothing of documents that the other ranking left out', () => {
    expect(rankMovement(ranking(4, 0), ranking(0))).toEqual([undefined, -1]);
    expect(rankMovement([], ranking(0))).toEqual([]);
  });

  it('takes the better place of a document that is there twice', () => {
    expect(rankMovement(ranking(1, 0), ranking(0, 1, 0))).toEqual([1, -1]);
  });

  it('adds up to nothing over the same documents', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    fc.assert(
      fc.property(order, order, (one, other) => {
        const moves = rankMovement(ranking(...one), ranking(...other));
        expect(moves.reduce<number>((sum, move) => sum + (move ?? NaN), 0)).toBe(0);
      }),
    );
  });
});
