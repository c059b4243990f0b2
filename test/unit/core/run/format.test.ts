import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatFactor,
  formatMegapixels,
  formatMinutes,
  formatQuantity,
  formatRate,
  formatSeconds,
  formatUsd,
  formatVectorRate,
} from '../../../../src/core/run/format';

describe('formats', () => {
  it.each([
    [0, '0.00 s'],
    [0.414, '0.41 s'],
    [9.994, '9.99 s'],
    [9.996, '10.0 s'],
    [12.34, '12.3 s'],
    [123.45, '123.5 s'],
    [undefined, '–'],
  ])('seconds: %s is %s', (value, shown) => expect(formatSeconds(value)).toBe(shown));

  it.each([
    [62.4, '62 tok/s'],
    [0.5, '1 tok/s'],
    [0.3, '<1 tok/s'],
    [0, '0 tok/s'],
    [1234.6, '1\u202f235 tok/s'],
    [undefined, '–'],
  ])('rate: %s is %s', (value, shown) => expect(formatRate(value)).toBe(shown));

  it.each([
    [0, '0'],
    [240, '240'],
    [1000, '1\u202f000'],
    [1_048_576, '1\u202f048\u202f576'],
    [undefined, '–'],
  ])('count: %s is %s', (value, shown) => expect(formatCount(value)).toBe(shown));

  it.each([
    [0, '$0.0000'],
    [0.0031, '$0.0031'],
    [0.000042, '$0.000042'],
    [0.00099996, '$0.0010'],
    [0.0000999, '$0.00010'],
    [0.0000001234, '$0.00000012'],
    [0.012345, '$0.0123'],
    [1.2345, '$1.2345'],
    [1.23456, '$1.2346'],
    [120, '$120.0000'],
    [1e-15, '<$0.000000000001'],
    [undefined, '–'],
  ])('USD: %s is %s', (value, shown) => expect(formatUsd(value)).toBe(shown));

  it.each([
    [0, '0.0 vec/s'],
    [0.04, '<0.1 vec/s'],
    [3.44, '3.4 vec/s'],
    [9.96, '10 vec/s'],
    [4321, '4\u202f321 vec/s'],
    [undefined, '–'],
  ])('vectors: %s is %s', (value, shown) => expect(formatVectorRate(value)).toBe(shown));

  it.each([
    [0, '0.00 MP'],
    [0.001, '<0.01 MP'],
    [1.048576, '1.05 MP'],
    [undefined, '–'],
  ])('megapixels: %s is %s', (value, shown) => expect(formatMegapixels(value)).toBe(shown));

  it.each([
    [0.516, '0.52 min'],
    [9.996, '10.0 min'],
    [undefined, '–'],
  ])('minutes: %s is %s', (value, shown) => expect(formatMinutes(value)).toBe(shown));

  it.each([
    [0, '0.000'],
    [0.0001, '<0.001'],
    [0.0821, '0.082'],
    [0.0996, '0.10'],
    [0.314, '0.31'],
    [12.34, '12.3'],
    [undefined, '–'],
  ])('factor: %s is %s', (value, shown) => expect(formatFactor(value)).toBe(shown));

  it.each([
    [0, '0'],
    [1.5, '1.5'],
    [0.0211, '0.021'],
    [0.0001, '<0.001'],
    [1234, '1\u202f234'],
    [1234.5678, '1\u202f234.568'],
    [0.9999, '1'],
    [undefined, '–'],
  ])('quantity: %s is %s', (value, shown) => expect(formatQuantity(value)).toBe(shown));

  const anyNumber = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MIN_VALUE, -1e-9));

  it('never show NaN, infinity or a minus sign', () => {
    for (const format of [
      formatSeconds,
      formatRate,
      formatCount,
      formatUsd,
      formatVectorRate,
      formatMegapixels,
      formatMinutes,
      formatFactor,
      formatQuantity,
    ]) {
      fc.assert(
        fc.property(anyNumber, (value) => {
          expect(format(value)).not.toMatch(/NaN|Infinity|-\d|-\$/);
        }),
      );
      expect(format(NaN)).toBe('–');
      expect(format(-1)).toBe('–');
    }
  });

  it('never make a positive amount look like nothing, and keep two significant digits and four decimals', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, minExcluded: true, noNaN: true }), (usd) => {
        const shown = formatUsd(usd);
        const amount = Number(shown.replace(/[<$]/g, ''));
        expect(amount).toBeGreaterThan(0);
        expect(shown.split('.')[1]?.length).toBeGreaterThanOrEqual(4);
        if (!shown.startsWith('<')) expect(Math.abs(amount - usd)).toBeLessThanOrEqual(usd * 0.0501);
      }),
    );
  });
});
