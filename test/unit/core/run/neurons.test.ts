import { describe, expect, it } from 'vitest';
import { costOf } from '../../../../src/core/run/cost';
import { FREE_NEURONS_A_DAY, neuronsOf } from '../../../../src/core/run/neurons';
import { glm } from './priced-models';
import { finished, runOf, started, text, usage } from './runs';

describe('neuronsOf', () => {
  it('counts a thousand for $0.011', () => {
    expect(neuronsOf(0.011)).toBeCloseTo(1000, 9);
    expect(neuronsOf(0)).toBe(0);
  });

  it('says that the free neurons of a day are worth eleven cents', () => {
    expect(neuronsOf(0.11)).toBeCloseTo(FREE_NEURONS_A_DAY, 9);
  });

  it('turns the cost of a hosted run into neurons', () => {
    // 1,000,000 × 0.4/M = $0.40, and 0.4 / 0.011 × 1000
    const state = runOf(started(0), text(1), usage(2, { inputTokens: 0, outputTokens: 1_000_000 }), finished(3));
    const cost = costOf(state, glm);
    expect(cost).toMatchObject({ usd: expect.closeTo(0.4, 12) });
    expect(neuronsOf(cost.provenance === 'unknown' ? 0 : cost.usd)).toBeCloseTo(36_363.636, 3);
  });
});
