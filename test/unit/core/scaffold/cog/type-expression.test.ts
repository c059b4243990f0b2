import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseType } from '../../../../../src/core/scaffold/cog/type-expression';

const name = (text: string, ...args: unknown[]) => ({ kind: 'name', name: text, args });
const none = { kind: 'none' };
const union = (...of: unknown[]) => ({ kind: 'union', of });

describe('annotations', () => {
  it.each([
    ['str', name('str')],
    ['PIL.Image.Image', name('PIL.Image.Image')],
    ['list[str]', name('list', name('str'))],
    ['Dict[str, List[int]]', name('Dict', name('str'), name('List', name('int')))],
    ['int | None', union(name('int'), none)],
    ['Optional[int]', union(name('int'), none)],
    ['Union[int, Union[str, None]]', union(name('int'), name('str'), none)],
    ['Union[int]', name('int')],
    ['list["Path"]', name('list', name('Path'))],
    ["'Image.Image | None'", union(name('Image.Image'), none)],
    ['dict[\n    str,\n    float,\n]', name('dict', name('str'), name('float'))],
    ['Literal["a", \'b\']', { kind: 'literals', values: ['a', 'b'] }],
    ['typing.Literal[1, -2]', { kind: 'literals', values: [1, -2] }],
    ['Größe', name('Größe')],
  ])('reads %s', (source, expected) => {
    expect(parseType(source)).toEqual(expected);
  });

  it.each(['', '[', 'list[', 'list[str', 'list[]', 'a b', 'tuple[int, ...]', 'f()', '1', 'a |', '| a', 'Literal[x]'])(
    'has nothing to say about %j',
    (source) => {
      expect(parseType(source)).toBeUndefined();
    },
  );

  it('never throws, and comes to an end', () => {
    const word = fc.constantFrom(
      'list',
      'Literal',
      'Optional',
      '[',
      ']',
      ',',
      '|',
      '"',
      "'",
      '.',
      ' ',
      'None',
      '1',
      '\n',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => void parseType(text)),
      { numRuns: 2000 },
    );
    expect(parseType('list['.repeat(10_000))).toBeUndefined();
  });
});
