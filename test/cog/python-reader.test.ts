/**
 * Python's own parser and ours say the same of what people write, so a check does not depend on whether there is Python.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../src/core/cog-project/check';
import { readPython } from '../../src/core/cog-project/read-python';
import { runProgram } from '../../src/node/cog/program';
import { BROKEN_PROJECTS, GOOD_PROJECTS } from '../unit/core/cog-project/corpus';
import { filesOf } from '../unit/core/cog-project/project-files';
import { withPython } from './environment';

const inClass = (line: string): string => `class Runner(BaseRunner):\n    ${line}\n        yield ""\n`;

describe('both readers agree on', () => {
  it.each([
    ['two statements of a line', 'import os; import sys; from cog import Path\n'],
    [
      'brackets over lines',
      inClass('def run(self, a: str = Input(\n  default="(", # )\n  choices=["a", "b"]),\n) -> str:'),
    ],
    ['signs of numbers', inClass('def run(self, a=-1, b=+2, c=0x1F, d=1_000, e=.5, f=1j, g=0o17, h=1e3) -> str:')],
    ['strings with braces', inClass('def run(self, a: str = f"{x!r:>{w}} {{", b: str = rb"x", c: int = 2) -> str:')],
    ['lambdas as defaults', inClass('def run(self, a: Callable[[int], str] = lambda x, y=1: x, b: int = 3) -> str:')],
    [
      'lists, tuples and dictionaries',
      inClass('def run(self, a=(1, 2), b=(1,), c={"x": [1, None, True]}, d={1: 2}) -> str:'),
    ],
    [
      'quoted and joined types',
      inClass('def run(self, a: "list[int]", b: Path | str, c: (str), d: "Optional[str]" = None) -> "str":'),
    ],
    [
      'columns behind letters of every kind',
      'class Ü:\n\tdef rün(self, é: str = "🙂", b: int = 1) -> "list[str]": ...\n',
    ],
    ['a mark of byte order', '\ufefffrom cog import Path\nclass R:\n  def run(self, a: str) -> str: ...\n'],
    [
      'lines that end as on Windows',
      inClass('@streaming\n    def run(self, a: str = """x\ny""") -> str:').replaceAll('\n', '\r\n'),
    ],
    ['decorators', inClass('@cog.streaming\n    @concurrent(max = 4)\n    async def run(self, a: str) -> str:')],
    ['methods that only hold a generator', 'class A:\n  def run(self):\n    def g():\n      yield 1\n    return g\n'],
    [
      'fields with names that are words elsewhere',
      'class A(BaseModel):\n  match: int = 1\n  case: str\n  type: "str" = Field(default=1)\n',
    ],
    [
      'names that stand for something',
      'A = 1\nB: int = -2\nC = D = "x"\nE = [1, {"a": None}]\nF = f()\nG = None\nH: int\nI, J = 1, 2\nK += 1\nL[0] = 1\nm.n = 1\nO = (1, 2)\nif A:\n  P = 1\nQ = lambda x=1: x\nR = 1; S = 2\nT == 1\nU: "x" = y\nV = W = X.y\n',
    ],
    ['other names', 'import a as b, c.d as e, f as f\nfrom g import h as i, j, k as k\nfrom . import (l as m,\n  n)\n'],
    [
      'arguments without a name',
      inClass(
        'def run(self, a: str = Input("x", "y", description="z"), b: int = Input(*c, 3, **d), e: int = Input(1,)) -> str:',
      ),
    ],
    ['bases', 'class A(BaseModel, metaclass=M, *x): pass\nclass B(Generic[T], a.b.C): pass\n'],
  ])('%s', async (_, source) => {
    expect(readPython(source)).toEqual(await withPython(source));
  });
});

describe("Python's own parser and ours", () => {
  const sources = [
    ...Object.values(GOOD_PROJECTS),
    ...Object.values(BROKEN_PROJECTS).map(({ project }) => project),
  ].flatMap((project) => Object.entries(project).flatMap(([file, text]) => (file.endsWith('.py') ? [text] : [])));

  it('make the same of every source of the corpus', async () => {
    for (const source of new Set(sources)) expect(readPython(source)).toEqual(await withPython(source));
  });

  it('make the same of the package and of the standard library', async () => {
    const { output } = await runProgram('python3', [
      '-c',
      'import json, os; print(os.path.dirname(json.__file__) + "/..")',
    ]);
    const { output: found } = await runProgram('sh', [
      '-c',
      `find "${output.trim()}" -maxdepth 2 -name '*.py' -size -60k | sort | awk 'NR % 12 == 0' | head -40`,
    ]);
    const files = found.trim().split('\n');
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      expect(readPython(source), file).toEqual(await withPython(source));
    }
  });

  it('find the same problems in every project', async () => {
    for (const [name, project] of Object.entries(GOOD_PROJECTS))
      expect(await checkProject(filesOf(project), withPython), name).toEqual([]);
    for (const [code, { project }] of Object.entries(BROKEN_PROJECTS)) {
      const ours = await checkProject(filesOf(project), readPython);
      expect(await checkProject(filesOf(project), withPython), code).toEqual(ours);
    }
  });

  it('syntax errors are told by the one that knows', async () => {
    const project = { ...GOOD_PROJECTS['a streaming runner'], 'run.py': 'class Runner(:\n    pass\n' };
    expect(await checkProject(filesOf(project), withPython)).toMatchObject([
      { code: 'python-syntax', file: 'run.py', line: 1 },
    ]);
  });
});

describe("Python's own parser", () => {
  it('reads a long model within its time', async () => {
    const method =
      '    def part_NUMBER(self, text: str = Input(description="What to say"), size: int = 5) -> str:\n        return ""\n';
    const source = `class Runner:\n${Array.from({ length: 1_500 }, (_, at) => method.replace('NUMBER', String(at))).join('')}`;
    expect(source.length).toBeGreaterThan(150_000);
    expect((await withPython(source)).classes[0]?.methods).toHaveLength(1_500);
  });

  it('tells where code is none, as editors count', async () => {
    expect((await withPython('x = "🙂🙂" )\n')).syntaxError).toMatchObject({ span: { line: 1, column: 12 } });
  });
});
