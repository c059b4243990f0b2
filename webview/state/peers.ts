/**
 * The other columns of a comparison, as far as an answer is compared with theirs.
 */
import type { MediaRef } from '../../src/core/media/media';
import type { RunResult } from '../../src/core/run/result';
import type { Column } from './column.svelte';

/** A column with an answer. */
export interface Peer {
  readonly columnId: string;
  /** Its letter. */
  readonly label: string;
  /** Of its model, or what stands in its place while names are hidden. */
  readonly name: string;
  readonly result: RunResult | undefined;
  readonly text: string;
  readonly media: readonly MediaRef[];
}

/** All columns with an answer, in order. */
export function peersOf(
  columns: readonly Column[],
  labelOf: (column: Column) => string,
  nameOf: (column: Column) => string,
): readonly Peer[] {
  return columns.flatMap((column) => {
    const { shown, id } = column;
    if (!shown || column.active) return [];
    const { result, text, media } = shown;
    if (result === undefined && media.length === 0) return [];
    return [{ columnId: id, label: labelOf(column), name: nameOf(column), result, text, media }];
  });
}
