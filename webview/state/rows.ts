/**
 * Which rows of a long list stand in the document: those in sight, a few around them, and the chosen one.
 */

/** A run of rows under a title. */
export interface Section<T> {
  readonly id: string;
  readonly title: string | undefined;
  readonly items: readonly T[];
}

/** Heights of everything in the list, pixels. */
export interface RowHeights {
  readonly row: number;
  readonly title: number;
}

/** A section with the part of it that is drawn. */
export interface DrawnSection<T> extends Section<T> {
  /** Pixels of the whole section. */
  readonly height: number;
  readonly rows: readonly {
    readonly item: T;
    /** Place in the whole list, from 0. */
    readonly position: number;
    /** Pixels from the top of the section. */
    readonly top: number;
  }[];
}

/** Rows drawn beyond either edge. */
const MARGIN = 4;

/** What to draw of the list when it is scrolled to `top` in a box of `height` pixels; row `kept` is drawn in any case. */
export function drawnRows<T>(
  sections: readonly Section<T>[],
  heights: RowHeights,
  { top, height, kept }: { readonly top: number; readonly height: number; readonly kept: number },
): readonly DrawnSection<T>[] {
  const drawn: DrawnSection<T>[] = [];
  let above = 0;
  let position = 0;
  for (const section of sections) {
    const head = section.title === undefined ? 0 : heights.title;
    const start = above + head;
    const from = Math.max(0, Math.floor((top - start) / heights.row) - MARGIN);
    const to = Math.min(section.items.length, Math.ceil((top + height - start) / heights.row) + MARGIN);
    const indices = new Set<number>();
    for (let index = from; index < to; index += 1) indices.add(index);
    const keptHere = kept - position;
    if (keptHere >= 0 && keptHere < section.items.length) indices.add(keptHere);
    const first = position;
    const rows = [...indices]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const item = section.items[index];
        return item === undefined ? [] : [{ item, position: first + index, top: head + index * heights.row }];
      });
    const full = head + section.items.length * heights.row;
    drawn.push({ ...section, height: full, rows });
    above += full;
    position += section.items.length;
  }
  return drawn;
}

/** Pixels from the top of the list to a row; 0 when there is none at this place. */
export function topOf<T>(sections: readonly Section<T>[], heights: RowHeights, position: number): number {
  let above = 0;
  let before = 0;
  for (const { title, items } of sections) {
    const head = title === undefined ? 0 : heights.title;
    if (position < before + items.length) return above + head + (position - before) * heights.row;
    above += head + items.length * heights.row;
    before += items.length;
  }
  return 0;
}
