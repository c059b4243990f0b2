import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDrawable, peaksOf } from '../../../../webview/state/waveform';

const MB = 1024 * 1024;

describe('a sound is drawn', () => {
  it.each([
    ['short and small', 40_000, 5, true],
    ['just small enough', 30 * MB, 600, true],
    ['too large', 30 * MB + 1, 60, false],
    ['too long, however small', 100_000, 601, false],
    ['small, of unknown length', 100_000, undefined, true],
    ['small, a stream without an end', 100_000, Infinity, true],
    ['large, of unknown length: it may be hours', 5 * MB, undefined, false],
    ['large, a stream without an end', 5 * MB, Infinity, false],
  ])('%s', (_, bytes, seconds, drawn) => {
    expect(isDrawable(bytes, seconds)).toBe(drawn);
  });
});

describe('peaks', () => {
  it('are the loudest samples of each part, over all channels', () => {
    const left = Float32Array.of(0, 0.25, -0.5, 0, 0, 0);
    const right = Float32Array.of(0, 0, 0, -0.125, 0, 1);
    expect(peaksOf([left, right], 3)).toEqual([0.25, 0.5, 1]);
  });

  it('are no more than there are samples, and none for silence without samples', () => {
    expect(peaksOf([Float32Array.of(0.5, -1)], 800)).toEqual([0.5, 1]);
    expect(peaksOf([new Float32Array()], 800)).toEqual([]);
    expect(peaksOf([], 800)).toEqual([]);
  });

  it('leave no sample out, and stay between 0 and 1', () => {
    const sample = fc.float({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (all, count) => {
        const peaks = peaksOf([Float32Array.from(all)], count);
        expect(peaks.length).toBe(Math.min(count, all.length));
        expect(Math.max(...peaks)).toBe(Math.min(1, Math.max(...all.map(Math.abs))));
        expect(Math.min(...peaks)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
