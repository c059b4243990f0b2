import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isSmaller,
  longSides,
  renamed,
  withLongSide,
  withSide,
  writtenType,
} from '../../../../webview/state/downscale';

const side = fc.integer({ min: 1, max: 20_000 });

it('offers only long sides that make the picture smaller', () => {
  expect(longSides({ width: 1000, height: 600 })).toEqual([768, 512, 256]);
  expect(longSides({ width: 256, height: 100 })).toEqual([]);
  fc.assert(
    fc.property(side, side, (width, height) => {
      for (const long of longSides({ width, height }))
        expect(isSmaller(withLongSide({ width, height }, long), { width, height })).toBe(true);
    }),
  );
});

it('keeps the ratio to the pixel and never loses a side', () => {
  expect(withLongSide({ width: 1600, height: 1200 }, 1024)).toEqual({ width: 1024, height: 768 });
  expect(withLongSide({ width: 20_000, height: 3 }, 256)).toEqual({ width: 256, height: 1 });
  expect(withSide({ width: 1600, height: 1200 }, 'height', 300)).toEqual({ width: 400, height: 300 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 4000 }), (width, height, pixels) => {
      const made = withSide({ width, height }, 'width', pixels);
      expect(made.width).toBe(pixels);
      expect(Math.abs(made.height - Math.max(1, (pixels * height) / width))).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

it('takes no size that is not smaller', () => {
  const size = { width: 100, height: 50 };
  for (const wrong of [
    size,
    { width: 101, height: 10 },
    { width: 0, height: 10 },
    { width: NaN, height: 10 },
    { width: 9.5, height: 10 },
  ])
    expect(isSmaller(wrong, size)).toBe(false);
  expect(isSmaller({ width: 99, height: 50 }, size)).toBe(true);
});

it('keeps what may be see-through, and names the file by its type', () => {
  expect(['image/jpeg', 'image/webp', 'image/png', 'image/gif'].map(writtenType)).toEqual([
    'image/jpeg',
    'image/webp',
    'image/png',
    'image/png',
  ]);
  expect(renamed('cat.GIF', 'image/png')).toBe('cat.png');
  expect(renamed('cat.jpeg', 'image/jpeg')).toBe('cat.jpeg');
  expect(renamed('cat', 'image/jpeg')).toBe('cat.jpg');
});
