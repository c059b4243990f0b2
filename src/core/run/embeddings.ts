/**
 * What there is to see of vectors: how alike they are, and where they lie in a plane.
 */
import { eigenpairs } from './eigen';
import type { EmbeddingsResult } from './result';

/** Vectors looked at, at most: the work grows with the cube of their number. */
export const MAX_VECTORS = 100;

/** Characters of a label. */
const MAX_LABEL = 80;

/** Spread below which all vectors count as equal: what is left is rounding. Squared distance of unit vectors. */
const NO_SPREAD = 1e-12;

/**
 * Describes the first `MAX_VECTORS` vectors. Their lengths play no part: similarities are cosines, and the projection is
 * that of the directions. A vector of zeros has no direction: its similarity to every other is 0. A shorter vector counts
 * as filled up with zeros.
 */
export function describeEmbeddings(
  vectors: readonly (readonly number[])[],
  labels: readonly string[],
): EmbeddingsResult {
  const units = vectors.slice(0, MAX_VECTORS).map(unitVector);
  const count = units.length;
  const cosines = gramMatrix(units);
  return {
    kind: 'embeddings',
    dimensions: units.reduce((most, { length }) => Math.max(most, length), 0),
    count,
    labels: units.map((_, i) => oneLine(labels[i] ?? '')),
    similarities: cosines.map((cosine, at) => (at % (count + 1) === 0 ? 1 : rounded(limited(cosine, -1, 1)))),
    ...projectionOf(cosines, count),
  };
}

/**
 * The same direction with length 1; zeros stay. Scaled before it is squared, so that nothing overflows.
 * Loops rather than callbacks, here and below: models give thousands of numbers a vector, and while the host computes, no
 * column's answer is read.
 */
function unitVector(vector: readonly number[]): Float64Array {
  const unit = new Float64Array(vector.length);
  let most = 0;
  for (let i = 0; i < unit.length; i++) {
    const x = vector[i] as number;
    if (!Number.isFinite(x)) continue;
    unit[i] = x;
    most = Math.max(most, Math.abs(x));
  }
  if (most === 0) return unit;
  divide(unit, most);
  divide(unit, Math.sqrt(dot(unit, unit)));
  return unit;
}

function divide(vector: Float64Array, by: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / by;
}

/** The dot products of all pairs, row by row. */
function gramMatrix(rows: readonly Float64Array[]): number[] {
  const count = rows.length;
  const products = new Array<number>(count * count).fill(0);
  for (const [i, row] of rows.entries()) {
    for (let j = i; j < count; j++) {
      products[i * count + j] = products[j * count + i] = dot(row, rows[j] as Float64Array);
    }
  }
  return products;
}

/** In two sums, which a processor adds side by side. */
function dot(one: Float64Array, other: Float64Array): number {
  const length = Math.min(one.length, other.length);
  const even = length - (length % 2);
  let sum = 0;
  let next = 0;
  for (let i = 0; i < even; i += 2) {
    sum += (one[i] as number) * (other[i] as number);
    next += (one[i + 1] as number) * (other[i + 1] as number);
  }
  return even < length ? sum + next + (one[even] as number) * (other[even] as number) : sum + next;
}

/**
 * The first two principal components, read off the dot products of `count` vectors: the centred matrix of those has the
 * same eigenvalues as the covariance, and is small where vectors are long.
 */
function projectionOf(dots: readonly number[], count: number): Pick<EmbeddingsResult, 'points' | 'shown'> {
  const mean = Array.from({ length: count }, (_, i) => sumOf(dots.slice(i * count, (i + 1) * count)) / count);
  const all = sumOf(mean) / (count || 1);
  const centred = dots.map((d, at) => d - (mean[Math.floor(at / count)] ?? 0) - (mean[at % count] ?? 0) + all);
  const spread = sumOf(mean.map((_, i) => centred[i * count + i] ?? 0));
  if (spread <= NO_SPREAD) return { points: mean.map(() => [0, 0]), shown: 1 };

  const [first, second] = eigenpairs(centred, count);
  const [x, y] = [first, second].map((pair) => {
    const length = Math.sqrt(Math.max(0, pair?.value ?? 0));
    const sign = signOf(pair?.vector ?? []);
    return mean.map((_, i) => rounded(sign * length * (pair?.vector[i] ?? 0)));
  });
  return {
    points: mean.map((_, i) => [x?.[i] ?? 0, y?.[i] ?? 0]),
    shown: limited(rounded(((first?.value ?? 0) + Math.max(0, second?.value ?? 0)) / spread), 0, 1),
  };
}

/** An axis may point either way: the first of its farthest vectors lies on the positive side. */
function signOf(vector: readonly number[]): number {
  const most = vector.reduce((so, x) => Math.max(so, Math.abs(x)), 0);
  return (vector.find((x) => Math.abs(x) > most * (1 - 1e-6)) ?? 0) < 0 ? -1 : 1;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0);
}

function limited(x: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, x));
}

/** To four decimals; never the negative zero, which JSON does not keep. */
function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4 || 0;
}

function oneLine(text: string): string {
  const characters = [
    ...text
      .slice(0, MAX_LABEL * 8)
      .trim()
      .replaceAll(/\s+/gu, ' '),
  ];
  return characters.length > MAX_LABEL
    ? `${characters
        .slice(0, MAX_LABEL - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
