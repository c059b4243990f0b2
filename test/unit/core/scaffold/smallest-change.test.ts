import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestChange } from '../../../../src/core/scaffold/smallest-change';

const apply = (before: string, { from, to, text }: ReturnType<typeof smallestChange>): string =>
  before.slice(0, from) + text + before.slice(to);

describe('the smallest change', () => {
  it('is what was put in', () => {
    expect(smallestChange('{ "a": 1 }', '{ "a": 1, "b": 2 }')).toEqual({ from: 8, to: 8, text: ', "b": 2' });
  });

  it('is empty for equal texts', () => {
    expect(smallestChange('same\n', 'same\n')).toEqual({ from: 5, to: 5, text: '' });
  });

  it('leaves what belongs together whole', () => {
    expect(smallestChange('a\r\n', 'a\r\nb\r\n')).toEqual({ from: 3, to: 3, text: 'b\r\n' });
    expect(smallestChange('a\n', 'a\r\n')).toEqual({ from: 1, to: 2, text: '\r\n' });
    expect(smallestChange('a\r', 'a\r\n')).toEqual({ from: 1, to: 2, text: '\r\n' });
    expect(smallestChange('👍', '👎')).toEqual({ from: 0, to: 2, text: '👎' });
  });

  it('makes one text of the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\r', '\n', '\r\n', '👍', '👎'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [before, after] = [one.join(''), other.join('')];
        const change = smallestChange(before, after);
        expect(apply(before, change)).toBe(after);
        expect(change.from).toBeLessThanOrEqual(change.to);
        const split = /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/;
        for (const at of [change.from, change.to]) expect(before.slice(Math.max(0, at - 1), at + 1)).not.toMatch(split);
      }),
      { numRuns: 500 },
    );
  });
});
