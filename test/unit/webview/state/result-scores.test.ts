import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percent, scaleOf } from '../../../../webview/state/result-scores';

describe('scores', () => {
  it('within 0 and 1 are shares', () => {
    const scale = scaleOf([0.9, 0.25, 0]);
    expect(scale.shares).toBe(true);
    expect(scale.widthOf(0.25)).toBe(0.25);
    expect(scale.wordsOf(0.25)).toBe('25.0 %');
  });

  it('beyond are drawn from the lowest to the highest and shown as they are', () => {
    const scale = scaleOf([7.5, -2.5, 0]);
    expect(scale.shares).toBe(false);
    expect([7.5, 0, -2.5].map((score) => scale.widthOf(score))).toEqual([1, 0.25, 0]);
    expect(scale.wordsOf(-2.5)).toBe('-2.50');
  });

  it('never look like all or nothing when they are not', () => {
    expect([0, 0.0004, 0.001, 0.9996, 1].map(percent)).toEqual(['0.0 %', '<0.1 %', '0.1 %', '>99.9 %', '100.0 %']);
  });

  it('have bars that fit, the longer the higher', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (scores) => {
        const scale = scaleOf(scores);
        const widths = scores.toSorted((a, b) => a - b).map((score) => scale.widthOf(score));
        widths.forEach((width, i) => {
          expect(width).toBeGreaterThanOrEqual(0);
          expect(width).toBeLessThanOrEqual(1);
          if (i > 0) expect(width).toBeGreaterThanOrEqual(widths[i - 1] ?? 9);
        });
      }),
    );
  });
});
