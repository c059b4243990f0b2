import fc from 'fast-check';
import { expect, it } from 'vitest';
import { peakOf, wavOf } from '../../../../webview/state/wav';

const word = (bytes: Uint8Array, at: number) => Buffer.from(bytes.subarray(at, at + 4)).toString('latin1');

it('writes a header that tells the truth', () => {
  const bytes = wavOf(new Float32Array(160), 16_000);
  const view = new DataView(bytes.buffer);
  expect([0, 8, 12, 36].map((at) => word(bytes, at))).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  expect(view.getUint16(20, true)).toBe(1);
  expect(view.getUint16(22, true)).toBe(1);
  expect(view.getUint32(24, true)).toBe(16_000);
  expect(view.getUint32(28, true)).toBe(32_000);
  expect(view.getUint16(34, true)).toBe(16);
  expect(view.getUint32(40, true)).toBe(320);
  expect(bytes.length).toBe(44 + 320);
});

it('keeps every sample to half a step, and clips what is too loud', () => {
  const view = (...samples: number[]) => new DataView(wavOf(Float32Array.from(samples), 8_000).buffer);
  expect([2, -2, 0, NaN].map((sample) => view(sample).getInt16(44, true))).toEqual([32_767, -32_768, 0, 0]);
  fc.assert(
    fc.property(fc.float({ min: -1, max: 1, noNaN: true }), (sample) => {
      const written = view(sample).getInt16(44, true) / (sample < 0 ? 32_768 : 32_767);
      expect(Math.abs(written - sample)).toBeLessThanOrEqual(0.5 / 32_767 + 1e-9);
    }),
  );
});

it('finds the loudest sample', () => {
  expect(peakOf(Float32Array.of(0.25, -0.5, 0.125))).toBe(0.5);
  expect(peakOf(new Float32Array())).toBe(0);
});
