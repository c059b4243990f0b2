import { describe, expect, it } from 'vitest';
import { cut, entriesOf, startsOpen } from '../../../../webview/state/result-json';

describe('JSON on the page', () => {
  it('has rows for what holds others, and none for plain values', () => {
    expect(entriesOf({ a: 1, __proto__: 'x' } as never)).toEqual([{ name: 'a', value: 1 }]);
    expect(entriesOf(JSON.parse('{"__proto__":"own"}'))).toEqual([{ name: '__proto__', value: 'own' }]);
    expect(entriesOf(['x', null])).toEqual([
      { name: '0', value: 'x' },
      { name: '1', value: null },
    ]);
    for (const plain of [null, 'text', 0, false]) expect(entriesOf(plain)).toBeUndefined();
    expect(entriesOf([])).toEqual([]);
  });

  it('cuts text, but no character', () => {
    expect(cut('short', 10)).toBe('short');
    expect(cut('abcdef', 3)).toBe('abc');
    expect(cut('ab👩cd', 3)).toBe('ab');
    expect(cut('ab👩cd', 4)).toBe('ab👩');
  });

  it('starts open at the top and where little is inside', () => {
    expect(startsOpen(0, 5000)).toBe(true);
    expect(startsOpen(1, 5)).toBe(true);
    expect(startsOpen(1, 50)).toBe(false);
    expect(startsOpen(3, 1)).toBe(false);
  });
});
