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
  const cosines = units.flatMap((one) => units.map((other) => dot(one, other)));
  return {
    kind: 'embeddings',
    dimensions: units.reduce((most, { length }) => Math.max(most, length), 0),
    count,
    labels: units.map((_, i) => oneLine(labels[i] ?? '')),
    similarities: cosines.map((cosine, at) => (at % (count + 1) === 0 ? 1 : rounded(limited(cosine, -1, 1)))),
    ...projectionOf(cosines, count),
  };
}

/** The same direction with length 1; zeros stay. Scaled before it is squared, so that nothing overflows. */
function unitVector(vector: readonly number[]): Float64Array {
  const finite = Float64Array.from(vector, (x) => (Number.isFinite(x) ? x : 0));
  const most = finite.reduce((so, x) => Math.max(so, Math.abs(x)), 0);
  if (most === 0) return finite;
  const scaled = finite.map((x) => x / most);
  const length = Math.sqrt(dot(scaled, scaled));
  return scaled.map((x) => x / length);
}

function dot(one: Float64Array, other: Float64Array): number {
  const length = Math.min(one.length, other.length);
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
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
