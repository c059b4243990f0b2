import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxesOf, firstThreshold } from '../../../../webview/state/result-boxes';
import { heatMapOf, numberStep, SHADES } from '../../../../webview/state/result-heat';
import { numbersOf, planeLabels, planeOf, type MarkSize } from '../../../../webview/state/result-plane';

describe('the heat map', () => {
  it('draws one path for each shade, from the least alike to the most', () => {
    const map = heatMapOf([1, 0.2, 0.2, 1], 2);
    expect(map).toEqual({
      low: 0.2,
      high: 1,
      shades: [
        { share: 0, path: 'M1 0h1v1h-1zM0 1h1v1h-1z' },
        { share: 1, path: 'M0 0h1v1h-1zM1 1h1v1h-1z' },
      ],
    });
  });

  it('is dark all over when all are the same', () => {
    expect(heatMapOf([1, 1, 1, 1], 2).shades.map(({ share }) => share)).toEqual([1]);
  });

  it('has every cell once, however many there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (n, s) => {
          const map = heatMapOf([...s.take(n * n)], n);
          const cells = map.shades.flatMap(({ path }) => path.match(/M\d+ \d+/g) ?? []);
          expect(new Set(cells).size).toBe(n * n);
          expect(cells).toHaveLength(n * n);
          expect(map.shades.length).toBeLessThanOrEqual(SHADES + 1);
        },
      ),
    );
  });

  it('numbers as many rows as have room', () => {
    expect([40, 11, 6, 3, 1, 0.1].map(numberStep)).toEqual([1, 1, 2, 5, 20, 100]);
  });
});

describe('the plane', () => {
  const size: MarkSize = { radius: 5, halfWidth: (members) => 5 + members.length };

  it('keeps both axes in scale and y upwards', () => {
    const marks = planeOf(
      [
        [0, 0],
        [10, 5],
      ],
      200,
      200,
      size,
    );
    expect(marks).toEqual([
      { x: 0, y: 150, members: [0] },
      { x: 200, y: 50, members: [1] },
    ]);
  });

  it('puts what falls together into one mark in the middle', () => {
    expect(planeOf([[0, 0]], 100, 50, size)).toEqual([{ x: 50, y: 25, members: [0] }]);
    expect(
      planeOf(
        [
          [2, 2],
          [2, 2],
        ],
        100,
        50,
        size,
      ),
    ).toEqual([{ x: 50, y: 25, members: [0, 1] }]);
    expect([[3], [0, 3], [1, 2, 8]].map(numbersOf)).toEqual(['4', '1, 4', '2 +2']);
  });

  it('takes in a mark that another one covers only since it grew', () => {
    const row = [0, 9.5, 0, 260].map((x): [number, number] => [x, 0]);
    expect(planeOf(row, 260, 180, size).map(({ members }) => members)).toEqual([[0, 1, 2], [3]]);
  });

  const points = fc.array(
    fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 40,
    },
  );

  it('shows every vector once, inside, and no mark upon another', () => {
    fc.assert(
      fc.property(points, (all) => {
        const marks = planeOf(all, 260, 180, size);
        expect(marks.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
        marks.forEach((mark, i) => {
          expect(mark.x).toBeGreaterThanOrEqual(-0.001);
          expect(mark.x).toBeLessThanOrEqual(260.001);
          expect(mark.y).toBeGreaterThanOrEqual(-0.001);
          expect(mark.y).toBeLessThanOrEqual(180.001);
          for (const other of marks.slice(0, i)) {
            const wide = size.halfWidth(mark.members) + size.halfWidth(other.members) - 3;
            expect(Math.abs(mark.x - other.x) >= wide || Math.abs(mark.y - other.y) >= 7).toBe(true);
          }
        });
      }),
    );
  });

  it('labels marks where there is room, inside the box', () => {
    fc.assert(
      fc.property(points, (all) => {
        const marks = planeOf(all, 260, 180, size);
        for (const { text, x, anchor } of planeLabels(
          marks,
          all.map((_, i) => `text number ${i} of many`),
          260,
          size,
        )) {
          const long = text.length * 5.6;
          expect(anchor === 'start' ? x : x - long).toBeGreaterThanOrEqual(0);
          expect(anchor === 'start' ? x + long : x).toBeLessThanOrEqual(260);
          expect(text.length).toBeLessThanOrEqual(22);
        }
      }),
    );
    const near = planeOf([[0, 0]], 260, 180, size);
    expect(planeLabels(near, ['one'], 260, size)).toMatchObject([{ text: 'one', x: 139, anchor: 'start' }]);
    expect(planeLabels(near, ['one'], 150, size)).toMatchObject([{ text: 'one', x: 121, anchor: 'end' }]);
  });
});

describe('boxes', () => {
  const box = (label: string, score: number, xmin = 0, ymin = 0, xmax = 10, ymax = 5) => ({
    label,
    score,
    box: { xmin, ymin, xmax, ymax },
  });

  it('are numbered by score; the same label has the same colour', () => {
    expect(boxesOf([box('cat', 0.2), box('dog', 0.9), box('cat', 0.5)])).toMatchObject([
      { number: 1, label: 'dog', colour: 'blue' },
      { number: 2, label: 'cat', colour: 'orange' },
      { number: 3, label: 'cat', colour: 'orange' },
    ]);
  });

  it('whose corners changed places are put right', () => {
    expect(boxesOf([box('cat', 1, 30, 20, 10, 5)])[0]).toMatchObject({ x: 10, y: 5, width: 20, height: 15 });
  });

  it('are all shown when they are few, else the surer ones when there are any', () => {
    const boxes = (count: number, score: number) => Array.from({ length: count }, () => box('x', score));
    expect(firstThreshold(boxes(12, 0.9))).toBe(0);
    expect(firstThreshold([...boxes(12, 0.1), ...boxes(1, 0.9)])).toBe(0.5);
    expect(firstThreshold(boxes(40, 0.1))).toBe(0);
  });
});
