import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blackAndWhite, clippedBox, drawStep, type MaskContext, type MaskStep } from '../../../../webview/state/mask';

const size = { width: 200, height: 100 };

/** Notes what is drawn, and how. */
function pen() {
  const log: string[] = [];
  const context = { globalCompositeOperation: 'source-over', lineWidth: 1 } as unknown as MaskContext;
  for (const name of ['save', 'restore', 'scale', 'beginPath', 'moveTo', 'lineTo', 'fillRect', 'clearRect'] as const)
    Object.assign(context, { [name]: (...values: number[]) => void log.push(`${name} ${values.join(' ')}`.trim()) });
  context.stroke = () =>
    void log.push(`stroke ${context.globalCompositeOperation} ${context.lineWidth} ${String(context.strokeStyle)}`);
  context.fillRect = (...values) => void log.push(`fill ${context.globalCompositeOperation} ${values.join(' ')}`);
  return { log, draw: (step: MaskStep, scale = 1) => drawStep(context, step, size, scale, 'white') };
}

describe('steps', () => {
  it('paint lines, and dots where there is no line', () => {
    const { log, draw } = pen();
    draw({ kind: 'stroke', erase: false, width: 9, spots: [{ x: 5, y: 6 }] }, 0.5);
    expect(log).toEqual([
      'save',
      'scale 0.5 0.5',
      'beginPath',
      'moveTo 5 6',
      'lineTo 5 6',
      'stroke source-over 9 white',
      'restore',
    ]);
  });

  it('erase by taking away, invert by exclusion, clear all', () => {
    const { log, draw } = pen();
    draw({ kind: 'rectangle', erase: true, box: { x: 1, y: 2, width: 3, height: 4 } });
    draw({ kind: 'invert' });
    draw({ kind: 'clear' });
    expect(log.filter((line) => /fill|clear/.test(line))).toEqual([
      'fill destination-out 1 2 3 4',
      'fill xor 0 0 200 100',
      'clearRect 0 0 200 100',
    ]);
  });
});

it('clips rectangles to the picture', () => {
  expect(clippedBox({ x: -10, y: 90, width: 30, height: 50 }, size)).toEqual({ x: 0, y: 90, width: 20, height: 10 });
  expect(clippedBox({ x: 200, y: 0, width: 5, height: 5 }, size)).toBeUndefined();
  const number = fc.integer({ min: -500, max: 500 });
  fc.assert(
    fc.property(number, number, number, number, (x, y, width, height) => {
      const box = clippedBox({ x, y, width, height }, size);
      if (!box) return;
      expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0).toBe(true);
      expect(box.x + box.width <= size.width && box.y + box.height <= size.height).toBe(true);
    }),
  );
});

it('makes every pixel black or white', () => {
  const pixels = Uint8ClampedArray.of(255, 255, 255, 127, 9, 9, 9, 128, 0, 0, 0, 0);
  expect(blackAndWhite(pixels)).toBe(true);
  expect([...pixels]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
  expect(blackAndWhite(new Uint8ClampedArray(8))).toBe(false);
});
