/**
 * How alike vectors are, drawn with few shapes: a path for each shade rather than a shape for each pair.
 */

/** Shades between the least and the most alike. */
export const SHADES = 24;

/** A heat map. Cells are 1 × 1, row by row from the upper left. */
export interface HeatMap {
  /** Ends of the scale: the least similarity of a pair, and 1. */
  readonly low: number;
  readonly high: number;
  /** One path for each shade in use; `share` from 0 (the least alike) to 1. */
  readonly shades: readonly { readonly share: number; readonly path: string }[];
}

/** Draws `count` × `count` similarities. */
export function heatMapOf(similarities: readonly number[], count: number): HeatMap {
  const low = similarities.reduce((least, s) => Math.min(least, s), 1);
  const span = 1 - low;
  const paths = new Map<number, string>();
  similarities.forEach((s, at) => {
    const shade = span === 0 ? SHADES : Math.round(((s - low) / span) * SHADES);
    const cell = `M${at % count} ${Math.floor(at / count)}h1v1h-1z`;
    paths.set(shade, (paths.get(shade) ?? '') + cell);
  });
  const shades = [...paths].sort(([one], [other]) => one - other);
  return { low, high: 1, shades: shades.map(([shade, path]) => ({ share: shade / SHADES, path })) };
}

/** Every how many rows a number fits beside a map whose cells are `size` pixels high. */
export function numberStep(size: number): number {
  const fitting = 11 / size;
  return [1, 2, 5, 10, 20, 50].find((step) => step >= fitting) ?? 100;
}
