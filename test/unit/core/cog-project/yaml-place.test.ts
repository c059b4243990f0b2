import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { keyAt, placeOf, type YamlPath } from '../../../../src/core/cog-project/yaml-place';

/** The place at the `|` of a text. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const before = marked.slice(0, offset).split('\n');
  const lines = (marked.slice(0, offset) + marked.slice(offset + 1)).split('\n');
  const place = placeOf(lines, before.length - 1, before.at(-1)?.length ?? 0);
  return place && { ...place, text: lines[before.length - 1]?.slice(place.start, place.end) };
}

describe('what is typed', () => {
  it.each<[string, YamlPath, string]>([
    ['|', [], ''],
    ['bu|', [], 'bu'],
    ['build:\n  py|', ['build'], 'py'],
    ['build:\n  |', ['build'], ''],
    ['build:\n\n  |\nrun: a', ['build'], ''],
    ['build:\n  gpu: true\n|', [], ''],
    ['build:\n  gpu: true\n  |', ['build'], ''],
    ['build:\n  gpu: true\n  cu|da: "12.8"', ['build'], 'cuda'],
    ['build:\n  run:\n    - mounts:\n        - ty|', ['build', 'run', undefined, 'mounts', undefined], 'ty'],
    ['build:\n  run:\n    - command: x\n      mo|', ['build', 'run', undefined], 'mo'],
    ['build:\n  run:\n  - command: x\n    mo|', ['build', 'run', undefined], 'mo'],
    ['build:\n  run:\n  - command: x\n  cu|', ['build'], 'cu'],
    ['weights:\n- na|', ['weights', undefined], 'na'],
    ['"build":\n  py|', ['build'], 'py'],
    ['build:   # tools\n  py|', ['build'], 'py'],
    ['build:\n  system_packages:\n    - f|', ['build', 'system_packages', undefined], 'f'],
    ['build:\n  run:\n    - |\n      echo: 1\n', ['build', 'run', undefined], ''],
    ['---\nbu|', [], 'bu'],
    ['build:\r\n  py|'.replace('\r', ''), ['build'], 'py'],
  ])('can become a key: %j', (text, path, typed) => {
    expect(at(text)).toMatchObject({ path, canBeKey: true, text: typed });
  });

  it.each<[string, YamlPath, string]>([
    ['build:\n  gpu: |', ['build', 'gpu'], ''],
    ['build:\n  gpu: tr|', ['build', 'gpu'], 'tr'],
    ['build:\n  gpu: t|rue # yes', ['build', 'gpu'], 'true'],
    ['build:\n  python_version: "3.|"', ['build', 'python_version'], '"3."'],
    ['build:\n  python_version:    |', ['build', 'python_version'], ''],
    ['build:\n  python_packages: [|]', ['build', 'python_packages', undefined], ''],
    ['build:\n  python_packages: ["a", b|]', ['build', 'python_packages', undefined], 'b'],
    ['build:\n  python_packages: ["a", |', ['build', 'python_packages', undefined], ''],
  ])('is a value: %j', (text, path, typed) => {
    expect(at(text)).toMatchObject({ path, canBeKey: false, canBeValue: true, text: typed });
  });

  it.each([
    '# bu|',
    'build: # py|',
    'build:\n  run:\n    - >\n      py|',
    'build:\n  run:\n    - >-\n      a\n\n      py|',
    'build: {gpu: |}',
    '|- a',
  ])('is nothing that could be completed: %j', (text) => {
    expect(at(text)).toBeUndefined();
  });

  it('knows the other keys of its mapping, those below too, and no others', () => {
    const text = 'build:\n  gpu: true\n  |\n  cuda: "12.8"\nrun: a\nbuild2:\n  other: 1';
    expect(at(text)?.siblings).toEqual(['gpu', 'cuda']);
    expect(at('a: 1\n|\nb:\n  c: 1\nd: 2')?.siblings).toEqual(['a', 'b', 'd']);
    expect(at('w:\n- name: x\n  |\n- target: y')?.siblings).toEqual(['name']);
    expect(at('build:\n  gp|u: true\n  cuda: x')).toMatchObject({ siblings: ['cuda'], hasColon: true });
  });

  it('ends a block of text where the indentation does', () => {
    const block = 'build:\n  run:\n    - |2-\n      x: 1\n\n  gpu: true\n';
    expect(placeOf([...block.split('\n').slice(0, -1), '  '], 6, 2)?.siblings).toEqual(['run', 'gpu']);
  });
});

describe('the key under the mouse', () => {
  it('comes with its path', () => {
    const lines = ['build:', '  run:', '    - command: "a: b" # c: d', '      mounts: []', '# run: x'];
    expect(keyAt(lines, 0, 2)).toEqual({ path: ['build'], start: 0, end: 5 });
    expect(keyAt(lines, 2, 8)).toEqual({ path: ['build', 'run', undefined, 'command'], start: 6, end: 13 });
    expect(keyAt(lines, 3, 12)).toEqual({ path: ['build', 'run', undefined, 'mounts'], start: 6, end: 12 });
    expect(keyAt(lines, 2, 18)).toBeUndefined();
    expect(keyAt(lines, 4, 3)).toBeUndefined();
  });

  const keys = fc.stringMatching(/^[a-z_]{1,8}$/).filter((key) => !['null', 'true', 'false', 'y', 'n'].includes(key));
  const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'a: b', '# no', 'line\nk: v\n', true, 3.1),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      tie('tree'),
    ),
    tree: fc.dictionary(keys, tie('node'), { minKeys: 1, maxKeys: 4 }) as fc.Arbitrary<Record<string, unknown>>,
  }));

  it('has the path that a YAML parser finds', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(1, 2, 4), fc.boolean(), (value, indent, indentSeq) => {
        const text = stringify(value, { indent: Math.max(indent, 2), indentSeq, lineWidth: 0 });
        const lines = text.split('\n');
        /** Every key of the tree, by the parser's own positions. */
        const expected: [number, number, YamlPath][] = [];
        const visit = (node: any, path: YamlPath): void => {
          for (const item of node?.items ?? []) {
            if (item.key === undefined) {
              visit(item, [...path, undefined]);
              continue;
            }
            const before = text.slice(0, item.key.range[0]).split('\n');
            expected.push([before.length - 1, before.at(-1)?.length ?? 0, [...path, String(item.key.value)]]);
            visit(item.value, [...path, String(item.key.value)]);
          }
        };
        visit(parseDocument(text).contents, []);
        for (const [line, column, path] of expected) expect(keyAt(lines, line, column)?.path).toEqual(path);
      }),
    );
  });

  it('never throws, whatever the text', () => {
    const pieces = fc.constantFrom(
      '- ',
      ':',
      ': ',
      '  ',
      '\t',
      '"',
      "'",
      '#',
      ' #',
      '[',
      ']',
      '{',
      '|',
      '>',
      'a',
      '\n',
      '---',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.nat(10), fc.nat(20), (parts, line, column) => {
        const lines = parts.join('').split('\n');
        keyAt(lines, line, column);
        const place = placeOf(lines, line, column);
        if (place !== undefined) {
          expect(place.start).toBeLessThanOrEqual(place.end);
          expect(place.start).toBeLessThanOrEqual(column);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
