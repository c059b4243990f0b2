import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRows } from '../../../../src/core/run/compare';
import { initialRun } from '../../../../src/core/run/reducer';
import { metricsOf, type Metrics } from '../../../../src/core/run/metrics';
import type { Task } from '../../../../src/core/catalog/model';
import { scatterInputs, scatterOf } from '../../../../webview/state/scatter';

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

describe('what the chart shows', () => {
  const column = (columnId: string, task: Task, metrics: Partial<Metrics>, usd?: number) => ({
    columnId,
    name: columnId,
    simulated: false,
    task,
    metrics: { ...metricsOf(initialRun('r')), ...metrics },
    money: usd === undefined ? { provenance: 'unknown' as const, why: '' } : { provenance: 'reported' as const, usd },
  });
  const labels = new Map([
    ['a', 'A'],
    ['b', 'B'],
  ]);

  it('is the time that the task is about, of answers with a known cost', () => {
    const rows = compareRows([
      column('a', 'text-to-image', { ttfa: 1, e2e: 2 }, 0.1),
      column('b', 'text-to-image', { ttfa: 1, e2e: 3 }),
    ]);
    expect(scatterInputs(rows, labels)).toEqual({
      inputs: [{ label: 'A', name: 'a', seconds: 2, usd: 0.1 }],
      time: 'Time to image',
    });
  });

  it('is the end-to-end time where tasks differ', () => {
    const rows = compareRows([
      column('a', 'text-generation', { ttfa: 1, e2e: 2 }, 0.1),
      column('b', 'image-to-text', { ttfa: 1, e2e: 3 }, 0.2),
    ]);
    const { inputs, time } = scatterInputs(rows, labels);
    expect([time, ...inputs.map(({ seconds }) => seconds)]).toEqual(['E2E', 2, 3]);
  });
});
