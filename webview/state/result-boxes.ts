/**
 * Boxes on a picture.
 */
import type { BoxesResult } from '../../src/core/run/result';

/** A box to draw. Pixels of the picture. */
export interface DrawnBox {
  /** Its number on the picture and in the list, from 1: the surest is the first. */
  readonly number: number;
  readonly label: string;
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Name of one of VS Code's chart colours; the same label has the same. */
  readonly colour: string;
}

const COLOURS = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;
/** More boxes than this hide the picture; then only the surer half of the scale is shown at first. */
const MANY = 12;

/** Boxes by score. Corners that changed places are put right. */
export function boxesOf(items: BoxesResult['items']): readonly DrawnBox[] {
  const colours = new Map<string, string>();
  return items
    .toSorted((one, other) => other.score - one.score)
    .map(({ label, score, box }, i) => {
      const colour = colours.get(label) ?? COLOURS[colours.size % COLOURS.length] ?? COLOURS[0];
      colours.set(label, colour);
      return {
        number: i + 1,
        label,
        score,
        x: Math.min(box.xmin, box.xmax),
        y: Math.min(box.ymin, box.ymax),
        width: Math.abs(box.xmax - box.xmin),
        height: Math.abs(box.ymax - box.ymin),
        colour,
      };
    });
}

/** The score from which boxes are shown at first. */
export function firstThreshold(items: BoxesResult['items']): number {
  return items.length > MANY && items.some(({ score }) => score >= 0.5) ? 0.5 : 0;
}
