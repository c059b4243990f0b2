import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnRows, topOf, type Section } from '../../../../webview/state/rows';

const heights = { row: 44, title: 24 };

function listOf(...sizes: number[]): Section<string>[] {
  return sizes.map((size, at) => ({
    id: String(at),
    title: at === 0 ? undefined : `Section ${at}`,
    items: Array.from({ length: size }, (_, row) => `${at}.${row}`),
  }));
}

const shownIn = (sections: Section<string>[], view: { top: number; height: number; kept: number }) =>
  drawnRows(sections, heights, view).flatMap(({ rows }) => rows.map(({ position }) => position));

describe('rows of a long list', () => {
  it('are drawn where one looks, with a few around, and the chosen one in any case', () => {
    const shown = shownIn(listOf(300), { top: 4400, height: 440, kept: 0 });
    expect(shown[0]).toBe(0);
    expect(shown.slice(1)).toEqual(Array.from({ length: 18 }, (_, row) => 96 + row));
  });

  it('cover what is in sight in every list, each once, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }),
        fc.nat(8000),
        fc.integer({ min: 1, max: 900 }),
        fc.nat(240),
        (sizes, top, height, kept) => {
          const sections = listOf(...sizes);
          const shown = shownIn(sections, { top, height, kept });
          expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
          const all = sizes.reduce((sum, size) => sum + size, 0);
          if (kept < all) expect(shown).toContain(kept);
          for (let position = 0; position < all; position += 1) {
            const at = topOf(sections, heights, position);
            if (at < top + height && at + heights.row > top) expect(shown).toContain(position);
          }
          expect(shown.length).toBeLessThan(height / heights.row + 8 * sizes.length + 3);
        },
      ),
    );
  });

  it('stand below the titles of all sections before them', () => {
    const sections = listOf(2, 3);
    expect(topOf(sections, heights, 1)).toBe(44);
    expect(topOf(sections, heights, 2)).toBe(2 * 44 + 24);
    const [, second] = drawnRows(sections, heights, { top: 0, height: 500, kept: 0 });
    expect(second).toMatchObject({ height: 24 + 3 * 44 });
    expect(second?.rows[0]).toMatchObject({ position: 2, top: 24, item: '1.0' });
  });
});
