/**
 * Vectors of unit length whose likeness follows the words that texts share.
 */
import { createRandom, hash } from './random';

const dimensionsByName: readonly (readonly [RegExp, number])[] = [
  [/small/, 384],
  [/base|embeddinggemma/, 768],
  [/plamo/, 2048],
];

/** Length of the vectors of a model. */
export function dimensionsOf(modelId: string): number {
  return dimensionsByName.find(([pattern]) => pattern.test(modelId))?.[1] ?? 1024;
}

/** The vector of `text`: the sum of one fixed random direction for each word, scaled to length 1. */
export function embed(text: string, dimensions: number): number[] {
  const vector = new Float64Array(dimensions);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words.length === 0 ? ['(nothing)'] : words) {
    const random = createRandom(hash(`word ${word}`));
    for (let index = 0; index < dimensions; index++) vector[index] = (vector[index] ?? 0) + random.next() - 0.5;
  }
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => value / length);
}
