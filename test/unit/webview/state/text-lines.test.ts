import { expect, it } from 'vitest';
import { linesOf, withLines } from '../../../../webview/state/text-lines';

it('finds lines that hold something, whatever ends them', () => {
  expect(linesOf('a\r\n\r\n b \n\n\rc')).toEqual(['a', ' b ', 'c']);
});

it('puts lines in the place of their text', () => {
  expect(withLines(['x', 'a\nb\nc', 'y'], 1, 99)).toEqual({ texts: ['x', 'a', 'b', 'c', 'y'], last: 3, leftOut: 0 });
  expect(withLines(['x', ''], 1, 99)).toEqual({ texts: ['x', ''], last: 1, leftOut: 0 });
});

it('never makes more texts than a request may hold, and says what is left out', () => {
  const { texts, leftOut } = withLines(['x', 'a\nb\nc\nd', 'y'], 1, 4);
  expect(texts).toEqual(['x', 'a', 'b', 'y']);
  expect(leftOut).toBe(2);
  expect(withLines(['a\nb', 'y'], 0, 2)).toEqual({ texts: ['a', 'y'], last: 0, leftOut: 1 });
});
