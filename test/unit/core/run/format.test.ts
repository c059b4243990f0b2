import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount, formatRate, formatSeconds, formatUsd } from '../../../../src/core/run/format';

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

  const anyNumber = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MIN_VALUE, -1e-9));

  it('never show NaN, infinity or a minus sign', () => {
    for (const format of [formatSeconds, formatRate, formatCount, formatUsd]) {
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
