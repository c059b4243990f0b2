import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/core/cog-project/check';
import { readPython } from '../../../../src/core/cog-project/read-python';
import { BROKEN_PROJECTS, GOOD, GOOD_PROJECTS, type Project } from './corpus';
import { filesOf, fixed } from './project-files';

const check = (project: Project, cogVersion?: string) =>
  checkProject(filesOf(project), readPython, cogVersion === undefined ? {} : { cogVersion });

describe('good projects have no problem', () => {
  it.each(Object.entries(GOOD_PROJECTS))('%s', async (_, project) => {
    expect(await check(project)).toEqual([]);
  });
});

describe('each mistake is found where it is', () => {
  it.each(Object.entries(BROKEN_PROJECTS))('%s', async (code, { at, project, fixes = [] }) => {
    const problems = await check(project);
    const found = problems.find((problem) => problem.code === code);
    expect(found, problems.map((one) => `${one.code} ${one.file}:${one.line}`).join(', ')).toBeDefined();
    expect(`${found?.file}:${found?.line}`).toBe(at);
    expect(found?.fixes.map(({ title }) => title)).toEqual(fixes);
    expect(found?.message).toMatch(/^[A-Z@a-z.].*[.?]$/s);
    // Nothing else is made up beside it.
    const others = problems.filter((problem) => problem.code !== code && problem.severity === 'error');
    expect(others.map((problem) => problem.code)).toEqual(ALSO[code] ?? []);
  });

  it.each(Object.entries(BROKEN_PROJECTS))('%s is gone with each of its fixes', async (code, { project }) => {
    const found = (await check(project)).find((problem) => problem.code === code);
    for (const fix of found?.fixes ?? []) {
      const after = await check(fixed(project, fix.edits));
      expect(
        after.map((problem) => problem.code),
        fix.title,
      ).not.toContain(code);
      const errors = after.filter(
        ({ severity, code: other }) => severity === 'error' && !(ALSO[code] ?? []).includes(other),
      );
      expect(
        errors.map((problem) => problem.message),
        fix.title,
      ).toEqual([]);
    }
  });

  it('and the corpus knows every code there is', () => {
    const folder = path.resolve(import.meta.dirname, '../../../../src/core/cog-project');
    const source = readdirSync(folder)
      .filter((name) => /(?:rules|check)\.ts$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
    const codes = [
      ...source.matchAll(
        /(?:report|make|\))\(\s*'([a-z]+(?:-[a-z]+)+)'|code: '([a-z-]+)'|'([a-z]+-unquoted)'|'(reference-format|wrong-format)'|reporter\([^)]*\)\('([a-z-]+)'/g,
      ),
    ].map((match) => match.slice(1).find((one) => one !== undefined) ?? '');
    const unknown = [...new Set(codes)].filter(
      (code) => !Object.hasOwn(BROKEN_PROJECTS, code) && code !== 'python-syntax',
    );
    expect(unknown).toEqual([]);
  });
});

/** What is wrong as well, by nature. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'empty-config': [],
  'reference-format': [],
  'torch-unknown': [],
};

describe('the first fix writes', () => {
  const project = (signature: string, body: string, imports: string) => ({
    ...GOOD,
    'run.py': `${imports}\n\n\nclass Runner(BaseRunner):\n    ${signature}\n        ${body}\n`,
  });
  const run = 'from cog import BaseRunner, Input';

  it.each([
    [
      'choices for a Literal',
      project('def run(self, a: Literal["x", "y"]) -> str:', 'return a', run),
      'unsupported-type',
      ['def run(self, a: str = Input(choices=["x", "y"])) -> str:'],
    ],
    [
      'choices beside the default of a Literal, with their import',
      project('def run(self, a: Literal[1, 2] = 2) -> str:', 'return a', 'from cog import BaseRunner'),
      'unsupported-type',
      ['from cog import BaseRunner, Input', 'def run(self, a: int = Input(default=2, choices=[1, 2])) -> str:'],
    ],
    [
      'choices into an Input',
      project('def run(self, a: Literal["x"] = Input(description="A")) -> str:', 'return a', run),
      'unsupported-type',
      ['def run(self, a: str = Input(choices=["x"], description="A")) -> str:'],
    ],
    [
      'an iterator for a generator, with its import',
      project('def run(self, a: str) -> Generator[str, None, None]:', 'yield a', run),
      'unsupported-type',
      ['from cog import BaseRunner, Input, ConcatenateIterator', 'def run(self, a: str) -> ConcatenateIterator[str]:'],
    ],
    [
      'the result of a generator, with its import',
      project('async def run(self, a: str):', 'yield a', `from __future__ import annotations\nimport cog`),
      'missing-return',
      [
        'from __future__ import annotations\nfrom cog import AsyncConcatenateIterator\nimport cog',
        'async def run(self, a: str) -> AsyncConcatenateIterator[str]:',
      ],
    ],
    [
      'Input without its module',
      project(
        'def run(self, a: str = cog.Input(default="x")) -> str:',
        'return a',
        'import cog\nfrom cog import BaseRunner',
      ),
      'input-qualified',
      ['from cog import BaseRunner, Input', 'a: str = Input(default="x")'],
    ],
  ])('%s', async (_, broken, code, wanted) => {
    const found = (await check(broken)).find((problem) => problem.code === code);
    const source = fixed(broken, found?.fixes[0]?.edits ?? [])['run.py'];
    for (const part of wanted) expect(source).toContain(part);
  });

  it('nothing where a parameter behind it could then not stand', async () => {
    const broken = project('def run(self, a: Literal["x"], b: str) -> str:', 'return a', run);
    expect((await check(broken)).map(({ code, fixes }) => [code, fixes])).toEqual([['unsupported-type', []]]);
  });
});

describe('an older Cog', () => {
  it('is not told of what it does not know', async () => {
    const classic = { ...GOOD, 'cog.yaml': 'build:\n  python_version: "3.12"\npredict: "run.py:Runner"\n' };
    expect((await check(classic, '0.19.2')).map(({ code }) => code)).toEqual([]);
    expect((await check(classic, '0.22.0')).map(({ code }) => code)).toEqual(['predict-deprecated']);
    const unmarked = BROKEN_PROJECTS['stream-not-marked']?.project ?? {};
    expect((await check(unmarked, '0.20.3')).map(({ code }) => code)).toEqual([]);
  });

  it('knows an earlier torch', async () => {
    const project = {
      ...GOOD,
      'cog.yaml': GOOD['cog.yaml']?.replace('build:\n', 'build:\n  gpu: true\n') ?? '',
      'requirements.txt': 'torch==2.11.0\n',
    };
    expect(await check(project)).toEqual([]);
    expect((await check(project, '0.19.0')).map(({ code }) => code)).toEqual(['torch-unknown']);
  });
});

describe('whatever is in the files', () => {
  const source = fc.string({
    unit: fc.constantFrom(...'ab:- \n\t#"\'{}[]&*!|>%,?cog.yaml run predict build'.split('')),
    maxLength: 200,
  });

  it('never throws, and names places that are there', async () => {
    await fc.assert(
      fc.asyncProperty(source, source, async (config, python) => {
        for (const problem of await check({
          ...GOOD,
          'cog.yaml': `${config}\nrun: "run.py:Runner"\n`,
          'run.py': python,
        })) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.column).toBeGreaterThan(0);
          expect(problem.endLine).toBeGreaterThanOrEqual(problem.line);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes large and knotted files in its stride', async () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map(
          (name, at) =>
            `${name}: &${name} [*${'abcdefgh'[at]}, *${'abcdefgh'[at]}, *${'abcdefgh'[at]}, *${'abcdefgh'[at]}, *${'abcdefgh'[at]}, *${'abcdefgh'[at]}]`,
        ),
    ].join('\n');
    expect((await check({ ...GOOD, 'cog.yaml': `${bomb}\n` })).length).toBeGreaterThan(0);
    const long = `${GOOD['cog.yaml']}environment:\n${'  - NAME=value\n'.repeat(40_000)}`;
    expect(await check({ ...GOOD, 'cog.yaml': long })).toEqual([]);
  });
});
