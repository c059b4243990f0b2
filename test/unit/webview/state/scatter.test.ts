import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scatterOf } from '../../../../webview/state/scatter';

const point = (label: string, seconds: number, usd: number) => ({ label, name: label, seconds, usd });

describe('the cost chart', () => {
  it('needs two answers', () => {
    expect(scatterOf([])).toBeUndefined();
    expect(scatterOf([point('A', 1, 0.1)])).toBeUndefined();
  });

  it('puts the cheaper lower and the faster to the left', () => {
    const chart = scatterOf([point('A', 0.5, 0.001), point('B', 1, 0.002)]);
    expect(chart).toMatchObject({ log: false, xEnd: 1, yStart: 0, yEnd: 0.002 });
    expect(chart?.points.map(({ x, y }) => [x, y])).toEqual([
      [0.5, 0.5],
      [1, 1],
    ]);
  });

  it('turns logarithmic when costs are worlds apart, so that cheap ones can be told apart', () => {
    const chart = scatterOf([point('A', 1, 0.00001), point('B', 1, 0.00004), point('C', 1, 0.01)]);
    expect(chart?.log).toBe(true);
    const [a, b] = chart?.points ?? [];
    expect((b?.y ?? 0) - (a?.y ?? 0)).toBeGreaterThan(0.1);
  });

  it('keeps every point inside, free answers included', () => {
    const input = fc.record({
      label: fc.constant('A'),
      name: fc.constant('A'),
      seconds: fc.double({ min: 0, max: 600, noNaN: true }),
      usd: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 50, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(input, { minLength: 2, maxLength: 12 }), (inputs) => {
        for (const { x, y } of scatterOf(inputs)?.points ?? []) {
          for (const place of [x, y]) {
            expect(place).toBeGreaterThanOrEqual(-1e-6);
            expect(place).toBeLessThanOrEqual(1 + 1e-6);
          }
        }
      }),
    );
  });
});
