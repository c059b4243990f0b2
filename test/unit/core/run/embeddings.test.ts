import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeEmbeddings, MAX_VECTORS } from '../../../../src/core/run/embeddings';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `text ${i + 1}`);
const describeAll = (vectors: number[][]) => describeEmbeddings(vectors, names(vectors.length));

/** Components that do not vanish beside one another: what is tiny beside its neighbours is lost to rounding. */
const component = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 100);
const someVectors = fc
  .integer({ min: 1, max: 6 })
  .chain((length) =>
    fc.array(fc.array(component, { minLength: length, maxLength: length }), { minLength: 1, maxLength: 12 }),
  );

describe('embeddings', () => {
  it('finds what one computes by hand', () => {
    // Unit vectors (1, 0), (0, 1) and (0.6, 0.8). Their mean is (8/15, 9/15).
    const result = describeAll([
      [2, 0],
      [0, 5],
      [3, 4],
    ]);
    expect(result).toMatchObject({ kind: 'embeddings', dimensions: 2, count: 3, labels: names(3) });
    expect(result.similarities).toEqual([1, 0, 0.6, 0, 1, 0.8, 0.6, 0.8, 1]);
    // Two dimensions fit the plane: all distances are kept.
    expect(result.shown).toBe(1);
    const [a, b, c] = result.points;
    const distance = (p = [0, 0] as readonly number[], q = [0, 0] as readonly number[]) =>
      Math.hypot((p[0] ?? 0) - (q[0] ?? 0), (p[1] ?? 0) - (q[1] ?? 0));
    expect(distance(a, b)).toBeCloseTo(Math.SQRT2, 3);
    expect(distance(a, c)).toBeCloseTo(Math.sqrt(0.8), 3);
    expect(distance(b, c)).toBeCloseTo(Math.sqrt(0.4), 3);
    // Around the mean: Σx² = 0.506667, Σy² = 0.56, Σxy = -0.48. The greater axis is at ½ atan2(2Σxy, Σx² - Σy²).
    const angle = 0.5 * Math.atan2(2 * -0.48, 0.506667 - 0.56);
    const along = ([x, y]: [number, number]) => (x - 8 / 15) * Math.cos(angle) + (y - 0.6) * Math.sin(angle);
    const wanted = [along([1, 0]), along([0, 1]), along([0.6, 0.8])];
    const sign = Math.sign(wanted[0] ?? 0) * Math.sign(a?.[0] ?? 0);
    expect(result.points.map(([x]) => x * sign)).toEqual(wanted.map((x) => expect.closeTo(x, 3)));
  });

  it('holds a share of the spread when there are more than two directions', () => {
    // Three unit vectors at right angles of length 1 and their opposites: each axis has a third of the spread.
    const { shown } = describeAll([
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ]);
    expect(shown).toBe(0.6667);
  });

  it('puts one vector, and equal ones, in the middle', () => {
    expect(describeAll([[3, 4]])).toMatchObject({ count: 1, similarities: [1], points: [[0, 0]], shown: 1 });
    expect(
      describeAll([
        [0.1, 0.2],
        [0.2, 0.4],
        [0.1, 0.2],
      ]),
    ).toMatchObject({
      similarities: [1, 1, 1, 1, 1, 1, 1, 1, 1],
      points: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      shown: 1,
    });
    expect(describeEmbeddings([], [])).toMatchObject({ dimensions: 0, count: 0, similarities: [], points: [] });
  });

  it('puts two vectors on a line', () => {
    const { points, shown } = describeAll([
      [1, 0],
      [0, 1],
    ]);
    expect(points).toEqual([
      [0.7071, 0],
      [-0.7071, 0],
    ]);
    expect(shown).toBe(1);
  });

  it('finds a vector of zeros like no other', () => {
    expect(
      describeAll([
        [0, 0],
        [1, 1],
        [0, 0],
      ]).similarities,
    ).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('survives numbers at the ends of what there is', () => {
    const { similarities } = describeAll([
      [1e308, 1e308],
      [1e-308, 1e-308],
      [NaN, Infinity],
    ]);
    expect(similarities).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 1]);
  });

  it('cuts labels to a line and keeps to its limit', () => {
    const many = Array.from({ length: MAX_VECTORS + 20 }, (_, i) => [i, 1]);
    const result = describeEmbeddings(many, ['one\n\ttwo  three ', 'x'.repeat(500), '👩'.repeat(100)]);
    expect(result.count).toBe(MAX_VECTORS);
    expect(result.labels).toHaveLength(MAX_VECTORS);
    expect(result.similarities).toHaveLength(MAX_VECTORS ** 2);
    expect(result.labels[0]).toBe('one two three');
    expect(result.labels[1]).toBe(`${'x'.repeat(79)}…`);
    expect(result.labels[2]).toBe(`${'👩'.repeat(79)}…`);
  });

  it('is symmetric, 1 with itself, and within bounds', () => {
    fc.assert(
      fc.property(someVectors, (vectors) => {
        const { similarities: s, count, shown } = describeAll(vectors);
        expect(s).toHaveLength(count * count);
        for (let i = 0; i < count; i++) {
          expect(s[i * count + i]).toBe(1);
          for (let j = 0; j < count; j++) {
            expect(s[i * count + j]).toBe(s[j * count + i]);
            expect(Math.abs(s[i * count + j] ?? 9)).toBeLessThanOrEqual(1);
          }
        }
        expect(shown).toBeGreaterThanOrEqual(0);
        expect(shown).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not care for the lengths of vectors', () => {
    fc.assert(
      fc.property(someVectors, fc.integer({ min: 1, max: 1e6 }), (vectors, scale) => {
        const one = describeAll(vectors);
        const other = describeAll(vectors.map((vector) => vector.map((x) => x * scale)));
        one.similarities.forEach((s, i) => expect(other.similarities[i]).toBeCloseTo(s, 3));
        expect(other.shown).toBeCloseTo(one.shown, 3);
      }),
    );
  });

  it('keeps distances when there are but two dimensions, and never stretches them', () => {
    fc.assert(
      fc.property(someVectors, (vectors) => {
        const { similarities: s, points, count } = describeAll(vectors);
        const isZero = vectors.map((vector) => vector.every((x) => x === 0));
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < i; j++) {
            const [p, q] = [points[i] ?? [0, 0], points[j] ?? [0, 0]];
            const seen = Math.hypot(p[0] - q[0], p[1] - q[1]);
            const squares = Number(!isZero[i]) + Number(!isZero[j]) - 2 * (s[i * count + j] ?? 0);
            const real = Math.sqrt(Math.max(0, squares));
            expect(seen).toBeLessThanOrEqual(real + 0.02);
            if ((vectors[0]?.length ?? 0) <= 2) expect(seen).toBeGreaterThanOrEqual(real - 0.02);
          }
        }
      }),
    );
  });

  it('answers the same for the same', () => {
    fc.assert(
      fc.property(someVectors, (vectors) => {
        expect(describeAll(vectors)).toEqual(describeAll(vectors));
      }),
    );
  });
});
