import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPython } from '../../../../src/core/cog-project/read-python';

/** The first method of the first class. */
const method = (source: string) => readPython(source).classes[0]?.methods[0];

const inClass = (text: string): string => `class Runner:\n${text.replace(/^(?=.)/gm, '    ')}\n`;

describe('a signature', () => {
  it('is read over several lines, with comments and strings that look like brackets', () => {
    const found = method(
      inClass(
        'def run(\n    self,  # the (model\n    prompt: str = Input(description="a ) or ]", default=\'b\' "c"),\n    size: "list[int]" = Input(choices=[1, -2]),\n    *,\n    flag: bool = True,\n) -> ConcatenateIterator[str]:  # yes:\n    yield ""',
      ),
    );
    expect(found?.parameters.map(({ name, annotation }) => [name, annotation?.source])).toEqual([
      ['prompt', 'str'],
      ['size', 'list[int]'],
      ['flag', 'bool'],
    ]);
    expect(found?.parameters[0]?.default?.value).toEqual({
      kind: 'input',
      fields: {
        description: { kind: 'literal', value: 'a ) or ]' },
        default: { kind: 'literal', value: 'bc' },
      },
    });
    expect([found?.returns?.source, found?.isGenerator, found?.parametersEnd]).toEqual([
      'ConcatenateIterator[str]',
      true,
      { line: 8, column: 6 },
    ]);
  });

  it('counts columns as editors do', () => {
    const found = method('class Runner:\n\tdef run(self, 名前: str = "🙂", b: int = 1): ...\n');
    expect(found?.parameters[1]).toMatchObject({ name: 'b', span: { line: 2, column: 32 } });
  });

  it('knows decorators by their last name, and what they are given', () => {
    const found = method(
      inClass('@cog.streaming\n@concurrent(max=4)\nasync def run(self) -> AsyncIterator[str]: yield ""'),
    );
    expect(found?.decorators.map(({ name, fields }) => [name, fields])).toEqual([
      ['streaming', {}],
      ['concurrent', { max: { kind: 'literal', value: 4 } }],
    ]);
    expect([found?.isAsync, found?.isGenerator]).toEqual([true, true]);
  });

  it('with a yield of another function is no generator', () => {
    expect(
      method(inClass('def run(self):\n    def inner():\n        yield 1\n    return list(inner())'))?.isGenerator,
    ).toBe(false);
  });

  it('is found below half-typed code', () => {
    const source = 'import os\nx = (1, 2\n\nclass Runner:\n    def run(self, prompt: str) -> str:\n        return "\n';
    expect(() => readPython(source)).not.toThrow();
    expect(method('class Broken(\n')).toBeUndefined();
    expect(method(inClass('def run(self, prompt: str = \n\ndef other(self): pass'))).toBeUndefined();
  });
});

describe('whatever is typed', () => {
  const letters = fc.constantFrom(
    ...'class def async (self): -> @ = "\'\\ \n\t#[]{},:;.*lambda yield import from cog f"{x}" 1.5e3 é🙂'.split(
      /(?<=.)/u,
    ),
  );

  it('never throws, and names places that are there', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 200 }), (parts) => {
        const source = parts.join('');
        const lines = source.split(/\r\n|\r|\n/).length;
        const { classes, functions, imports } = readPython(source);
        for (const { span } of [...classes, ...functions, ...imports]) {
          expect(span.line).toBeGreaterThan(0);
          expect(span.endLine).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes a large file in its stride', () => {
    const source = `${inClass('def run(self, prompt: str) -> str:\n    return ""')}x = [${'("a", 1), '.repeat(40_000)}]\n`;
    const before = performance.now();
    expect(readPython(source).classes).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
