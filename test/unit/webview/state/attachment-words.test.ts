import fc from 'fast-check';
import { expect, it } from 'vitest';
import { detailOf, lengthWords, sizeWords } from '../../../../webview/state/attachment-words';

it('says sizes in 1024s, as limits are', () => {
  expect([0, 1, 1023, 1024, 1536, 14_336, 20 * 2 ** 20, 5_000_000_000].map(sizeWords)).toEqual([
    '0 bytes',
    '1 byte',
    '1023 bytes',
    '1.0 KB',
    '1.5 KB',
    '14 KB',
    '20 MB',
    '4.7 GB',
  ]);
});

it('never rounds to 1024 of a unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1024, max: 2 ** 45 }), (bytes) => void expect(sizeWords(bytes)).not.toMatch(/^1024/)),
  );
  expect(sizeWords(2 ** 20 - 1)).toBe('1.0 MB');
});

it('says lengths like clocks', () => {
  expect([0, 7.4, 59.6, 760, 3723].map(lengthWords)).toEqual(['0:00', '0:07', '1:00', '12:40', '1:02:03']);
});

it('leaves out what is not known', () => {
  const media = { kind: 'video', mediaType: 'video/mp4', file: 'x.mp4', byteLength: 2048 } as const;
  expect(detailOf(media)).toBe('2.0 KB');
  expect(detailOf({ ...media, seconds: 4, width: 640, height: 360 })).toBe('0:04 · 640 × 360 · 2.0 KB');
});
