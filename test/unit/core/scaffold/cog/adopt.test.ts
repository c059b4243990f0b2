import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPython } from '../../../../../src/core/cog-project/read-python';
import { checkProject } from '../../../../../src/core/cog-project/check';
import { planAdoption, type AdoptAnswers } from '../../../../../src/core/scaffold/cog/adopt';
import { applied, fakeFiles } from '../fake-files';

const IGNORES: Readonly<Record<string, string>> = {
  'shared/dockerignore': '# Secrets\n.env\n.venv/\nvenv/\nenv/\n__pycache__/\n',
  'shared/gitignore': '.cog/\n',
};

const ports = { readPython, readTemplate: (path: string) => Promise.resolve(IGNORES[path] ?? '') };

const plan = (texts: Readonly<Record<string, string>>, answers: Partial<AdoptAnswers> = {}) =>
  planAdoption(fakeFiles(texts), ports, { file: 'model.py', spelling: 'runner', ...answers });

/** What is written for a folder, by path. */
async function written(texts: Readonly<Record<string, string>>, answers: Partial<AdoptAnswers> = {}) {
  const { creates } = await plan(texts, answers);
  return Object.fromEntries(creates.map(({ path, text }) => [path, text]));
}

const runnerOf = async (source: string, answers: Partial<AdoptAnswers> = {}) =>
  (await written({ 'model.py': source }, answers))[answers.spelling === 'predictor' ? 'predict.py' : 'run.py'] ?? '';

const errorsOf = async (texts: Readonly<Record<string, string>>, answers: Partial<AdoptAnswers> = {}) => {
  const after = applied(texts, await plan(texts, answers));
  const problems = await checkProject(fakeFiles(after), readPython);
  return problems.filter(({ severity }) => severity === 'error');
};

describe('adopting a folder', () => {
  it('adds a configuration, a runner around the function, and what keeps secrets out of the image', async () => {
    const files = await written({
      'model.py': 'def caption(text: str) -> str:\n    return text\n',
      'requirements.txt': '',
    });
    expect(Object.keys(files).sort()).toEqual(['.dockerignore', '.gitignore', 'cog.yaml', 'run.py']);
    expect(files['cog.yaml']).toContain('run: "run.py:Runner"');
    expect(files['cog.yaml']).toContain('python_version: "3.12"');
    expect(files['cog.yaml']).toContain('python_requirements: requirements.txt');
    expect(files['run.py']).toContain('from model import caption\n');
    expect(files['run.py']).toContain('text: str = Input(),\n    ) -> str:');
    expect(files['run.py']).toContain('return caption(text=text)\n');
  });

  it('takes the older spelling for an older Cog', async () => {
    const files = await written(
      { 'model.py': 'def talk() -> Iterator[str]:\n    yield ""\n' },
      { spelling: 'predictor' },
    );
    expect(files['cog.yaml']).toContain('predict: "predict.py:Predictor"');
    expect(files['predict.py']).toContain('class Predictor(BasePredictor):');
    expect(files['predict.py']).toContain('def predict(self) -> ConcatenateIterator[str]:');
    expect(files['predict.py']).not.toContain('streaming');
  });

  it('names a class that is for Cog already and writes none', async () => {
    const source =
      'from cog import BasePredictor\nclass Mine(BasePredictor):\n    def predict(self, a: str) -> str:\n        return a\n';
    const files = await written({ 'src/old.py': source }, { file: 'src/old.py' });
    expect(Object.keys(files).filter((path) => path.endsWith('.py'))).toEqual([]);
    expect(files['cog.yaml']).toContain('predict: "src/old.py:Mine"');
  });

  it('never overwrites, whatever is there', async () => {
    const names = ['cog.yaml', 'run.py', 'cog_run.py', 'requirements.txt', '.dockerignore', '.gitignore', 'run/x.py'];
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), fc.constantFrom('mine\n', ''), async (there, text) => {
        const before = {
          'model.py': 'def f(a: str) -> str: ...\n',
          ...Object.fromEntries(there.map((path) => [path, text])),
        };
        const { creates, edits, conflicts } = await plan(before);
        expect(edits).toEqual([]);
        expect(creates.map(({ path }) => path).filter((path) => Object.hasOwn(before, path))).toEqual([]);
        expect(conflicts.map(({ path }) => path)).toEqual(there.includes('cog.yaml') ? ['cog.yaml'] : []);
        if (conflicts.length > 0) expect(creates).toEqual([]);
      }),
    );
  });

  it('takes another name where run.py is taken, also by the file itself', async () => {
    const files = await written({ 'run.py': 'def run(a: str) -> str: ...\n' }, { file: 'run.py' });
    expect(files['cog.yaml']).toContain('run: "cog_run.py:Runner"');
    expect(files['cog_run.py']).toContain('from run import run as adopted_run\n');
    expect(files['cog_run.py']).toContain('return adopted_run(a=a)');
  });

  it('is planned again without anything to do', async () => {
    const before = { 'model.py': 'def f(a: str) -> str: ...\n', 'run.py': 'mine\n' };
    const { creates, conflicts, skips } = await plan(applied(before, await plan(before)));
    expect([creates, conflicts]).toEqual([[], []]);
    expect(skips.map(({ path }) => path).sort()).toEqual(['.dockerignore', '.gitignore', 'cog.yaml', 'cog_run.py']);
  });

  it('says which lines an existing .dockerignore lacks', async () => {
    const { notes } = await plan({
      'model.py': 'def f(): ...\n',
      '.dockerignore': '/.venv\n**/__pycache__/**\nvenv\n',
    });
    expect(notes.filter((note) => note.startsWith('.dockerignore'))).toEqual([
      '.dockerignore is there already. Lines that it lacks: .env  env/',
    ]);
  });

  it('leaves no folder out of the image that the model may be in, but environments', async () => {
    const files = {
      'env/model.py': 'def f(): ...\n',
      '.venv/pyvenv.cfg': '',
      'venv/pyvenv.cfg': '',
      '__pycache__/x.pyc': '',
    };
    const { '.dockerignore': text } = await written(files, { file: 'env/model.py' });
    expect(text).toBe('# Secrets\n.env\n.venv/\nvenv/\n__pycache__/\n');
  });

  it.each([
    ['no-file', { 'other.py': '' }, {}],
    ['no-file', { 'model.txt': '' }, { file: 'model.txt' }],
    ['unknown-entry', { 'model.py': 'x = 1\n' }, {}],
    ['unknown-entry', { 'model.py': 'def f(): ...\n' }, { entry: 'g' }],
    ['hides-cog', { 'model.py': 'def f(): ...\n', 'cog.py': '' }, {}],
    ['hides-cog', { 'model.py': 'def f(): ...\n', 'cog/__init__.py': '' }, {}],
  ])('refuses with %s', async (code, files, answers) => {
    await expect(plan(files as Record<string, string>, answers)).rejects.toMatchObject({ code });
  });

  it('refuses what Python cannot read, with the place', async () => {
    const span = { line: 3, column: 1, endLine: 3, endColumn: 2 };
    const syntaxError = { message: 'invalid syntax', span };
    const broken = () =>
      Promise.resolve({ syntaxError, imports: [], constants: {}, variables: [], classes: [], functions: [] });
    const planned = planAdoption(
      fakeFiles({ 'm.py': '' }),
      { ...ports, readPython: broken },
      { file: 'm.py', spelling: 'runner' },
    );
    await expect(planned).rejects.toMatchObject({ code: 'syntax-error', message: expect.stringContaining('line 3') });
  });
});

describe('the way into a file', () => {
  const SOURCE = `
class Base:
    @property
    def size(self): ...
    def __init__(self): ...
class Upscaler:
    def _load(self): ...
    def enhance(self, image: Path) -> Path: ...
def helper(a): ...
def predict(a): ...
def _private(a): ...
`;

  it('is the likeliest one unless another is asked for', async () => {
    expect(await runnerOf(SOURCE)).toContain('return _as_text(adopted_predict(a=a))');
    expect(await runnerOf(SOURCE, { entry: 'helper' })).toContain('return _as_text(helper(a=a))');
  });

  it('is a method of an object that is made once', async () => {
    const runner = await runnerOf(SOURCE, { entry: 'Upscaler.enhance' });
    expect(runner).toContain('from model import Upscaler\n');
    expect(runner).toContain('        self.model = Upscaler()\n');
    expect(runner).toContain('return Path(self.model.enhance(image=image))');
  });

  it.each(['_private', 'Base.size', 'Base.__init__', 'Upscaler._load', 'Upscaler'])('is not %s', async (entry) => {
    await expect(plan({ 'model.py': SOURCE }, { entry })).rejects.toMatchObject({ code: 'unknown-entry' });
  });

  it('says what an object cannot be made without', async () => {
    const { creates, notes } = await plan({
      'model.py':
        'class Big:\n    def __init__(self, weights: str, size=3): ...\n    def __call__(self, a: str) -> str: ...\n',
    });
    const runner = creates.find(({ path }) => path === 'run.py')?.text ?? '';
    expect(runner).toContain('TODO: Big is made with values that only you know: self.model = Big(weights=…).');
    expect(runner).toContain('raise NotImplementedError("setup() has to say how Big is made.")');
    expect(runner).toContain('return self.model(a=a)');
    expect(notes.join(' ')).toContain('weights');
  });
});

describe('classes', () => {
  const CALL = '    def __call__(self, a: str) -> str: ...\n';

  it.each([
    [
      'import dataclasses\n@dataclasses.dataclass\nclass M:\n    size: int\n    name: str = "x"\n    all: ClassVar[int]\n',
      'size',
    ],
    ['from pydantic import BaseModel\nclass M(BaseModel):\n    size: int\n', 'size'],
    ['class M:\n    size: int\n', undefined],
    ['from torch import nn\nclass M(nn.Module):\n    def __init__(self, size=3, **others): ...\n', undefined],
  ])('are made without guesses: %s', async (head, wanted) => {
    const runner = await runnerOf(`${head}${CALL}`);
    if (wanted === undefined) expect(runner).toContain('self.model = M()\n');
    else expect(runner).toContain(`TODO: M is made with values that only you know: self.model = M(${wanted}=…).`);
  });

  it.each(['ABC', 'Protocol', 'Enum', 'unittest.TestCase'])('are no way in with the base %s', async (base) => {
    const source = `class M(${base}):\n${CALL}`;
    await expect(plan({ 'model.py': source })).rejects.toMatchObject({ code: 'unknown-entry' });
  });
});

describe('inputs', () => {
  it.each([
    ['a: str', 'a: str = Input()', 'a=a'],
    ['a: str = "x\\n\\"ü"', 'a: str = Input(default="x\\n\\"ü")', 'a=a'],
    ['a: float = 2', 'a: float = Input(default=2.0)', 'a=a'],
    ['a: bool = False', 'a: bool = Input(default=False)', 'a=a'],
    ['a: int = None', 'a: Optional[int] = Input(default=None)', 'a=a'],
    ['a: int | None', 'a: Optional[int] = Input()', 'a=a'],
    ['a: List[str]', 'a: list[str] = Input()', 'a=a'],
    ['a: Dict[str, Any]', 'a: dict = Input()', 'a=a'],
    ['a: Union[int, float] = 1', 'a: float = Input(default=1.0)', 'a=a'],
    ['a: Literal["x", "y"] = "y"', 'a: str = Input(default="y", choices=["x", "y"])', 'a=a'],
    ['a: pathlib.Path', 'a: Path = Input()', 'a=a'],
    ['a: str | os.PathLike', 'a: Path = Input()', 'a=a'],
    ['image_path: str', 'image_path: Path = Input()', 'image_path=str(image_path)'],
    ['a: Image.Image', 'a: Path = Input()', 'a=Image.open(a)'],
    [
      'a: "PIL.Image.Image" = None',
      'a: Optional[Path] = Input(default=None)',
      'a=Image.open(a) if a is not None else None',
    ],
    ['a', 'a: str = Input()', 'a=a'],
    ['a=True', 'a: bool = Input(default=True)', 'a=a'],
    ['a=0.5', 'a: float = Input(default=0.5)', 'a=a'],
  ])('of %s', async (parameter, declared, passed) => {
    const runner = await runnerOf(`def f(${parameter}) -> str: ...\n`);
    expect(runner).toContain(`        ${declared},\n`);
    expect(runner).toContain(`f(${passed})`);
  });

  it.each([
    'a: torch.device = DEVICE',
    'a: str = os.getenv("A")',
    'a: int = 1.5',
    'a: int = 99999999999999999999',
    'a: Literal["x"] = "z"',
    'a: list[str] = ["x"]',
    'a: Callable[[int], str] = None',
    'output_path: str = "/tmp/out.png"',
    'a=None',
    'a=print',
  ])('are none of %s, which keeps its default', async (parameter) => {
    const runner = await runnerOf(`def f(b: str, ${parameter}) -> str: ...\n`);
    expect(runner).toContain('return f(b=b)');
    expect(runner).toMatch(/# (?:a|output_path) .*: it keeps its default\./);
  });

  it.each(['a: np.ndarray', 'a: tuple[int, ...]', 'a: Config', 'output_path: str', 'a: list[list[float]]'])(
    'are none of %s, which nothing is guessed for',
    async (parameter) => {
      const { creates, notes } = await plan({ 'model.py': `def f(b: str, ${parameter}) -> str: ...\n` });
      const runner = creates.find(({ path }) => path === 'run.py')?.text ?? '';
      expect(runner).toMatch(/# TODO: (?:a|output_path) /);
      expect(runner).toMatch(/raise NotImplementedError\("f\(\) wants (?:a|output_path), which nothing makes yet\."\)/);
      expect(notes.join(' ')).toMatch(/To do in run\.py: (?:a|output_path) /);
    },
  );

  it('cannot leave the comment that they are named in', async () => {
    const runner = await runnerOf('def f(a: Callable[\n    [int],\n    str,\n] = None) -> str: ...\n');
    expect(runner).toContain('# a is Callable[ [int], str, ], which is no type of an input: it keeps its default.');
  });

  it('shadow no name that the call needs', async () => {
    expect(await runnerOf('def caption(caption: str) -> str: ...\n')).toContain(
      'return adopted_caption(caption=caption)',
    );
  });

  it('may be required behind one that is not', async () => {
    const runner = await runnerOf('def f(a=1, *, b: str) -> str: ...\n');
    expect(runner).toMatch(/a: int = Input\(default=1\),\n\s+b: str = Input\(\),/);
  });
});

describe('outputs', () => {
  it.each([
    ['str', 'str', 'return f()'],
    ['float', 'float', 'return float(f())'],
    ['Path', 'Path', 'return Path(f())'],
    ['List[float]', 'list[float]', 'return [float(part) for part in f()]'],
    ['list[str]', 'list[str]', 'return list(f())'],
    ['dict[str, float]', 'dict', 'return f()'],
    ['Image.Image', 'Path', 'return _as_file(f())'],
    ['list[Image.Image]', 'list[Path]', 'return [_as_file(part) for part in f()]'],
    ['Optional[str]', 'str', 'return _as_text(f())'],
    ['np.ndarray', 'str', 'return _as_text(f())'],
    ['tuple[str, float]', 'str', 'return _as_text(f())'],
    ['None', 'str', 'return _as_text(f())'],
    ['Iterator[str]', 'ConcatenateIterator[str]', 'for part in f():\n            yield part'],
    ['Generator[Path, None, None]', 'Iterator[Path]', 'for part in f():\n            yield Path(part)'],
    ['Iterator[np.ndarray]', 'ConcatenateIterator[str]', 'for part in f():\n            yield _as_text(part)'],
  ])('of %s', async (returns, type, body) => {
    const runner = await runnerOf(`def f() -> ${returns}: ...\n`);
    expect(runner).toContain(`def run(self) -> ${type}:`);
    expect(runner).toContain(body);
    expect(runner.includes('@streaming')).toBe(type.includes('Iterator'));
  });

  it.each([
    ['async def f() -> str: ...', 'async def run(self) -> str:', 'return await f()'],
    ['async def f() -> float: ...', 'async def run(self) -> float:', 'return float(await f())'],
    ['async def f():\n    yield 1', 'async def run(self) -> AsyncConcatenateIterator[str]:', 'async for part in f():'],
    ['async def f() -> AsyncIterator[str]: ...', 'async def run(self)', 'async for part in await f():'],
    ['def f() -> AsyncIterator[int]: ...', 'async def run(self) -> AsyncIterator[int]:', 'async for part in f():'],
    ['def f():\n    yield "x"', 'def run(self) -> ConcatenateIterator[str]:', 'for part in f():'],
  ])('of %s', async (source, head, body) => {
    const runner = await runnerOf(`${source}\n`);
    expect(runner).toContain(head);
    expect(runner).toContain(body);
  });
});

describe('how the file is imported', () => {
  const F = 'def f() -> str: ...\n';

  it.each([
    ['src/model.py', {}, 'parent / "src"', 'from model import f'],
    ['src/model.py', { 'src/__init__.py': '' }, '', 'from src.model import f'],
    ['src/pkg/model.py', { 'src/pkg/__init__.py': '' }, 'parent / "src"', 'from pkg.model import f'],
    ['pkg/__init__.py', {}, '', 'from pkg import f'],
    ['my-model.py', {}, '', 'f = importlib.import_module("my-model").f'],
    ['class.py', {}, '', 'f = importlib.import_module("class").f'],
    ['my code/über.py', {}, 'parent / "my code"', 'from über import f'],
  ])('%s', async (file, others, folder, line) => {
    const runner = (await written({ [file]: F, ...others }, { file }))['run.py'] ?? '';
    expect(runner).toContain(line);
    expect(runner.includes('sys.path')).toBe(folder !== '');
    if (folder !== '') expect(runner).toContain(folder);
  });

  it('is part of a package when it imports from one', async () => {
    const files = { 'app/core/model.py': `from ..util import x\n${F}`, 'app/util.py': '' };
    expect((await written(files, { file: 'app/core/model.py' }))['run.py']).toContain('from app.core.model import f');
  });
});

describe('the version of Python', () => {
  const version = async (files: Record<string, string>) =>
    /python_version: "(.*)"/.exec((await written({ 'model.py': 'def f(): ...\n', ...files }))['cog.yaml'] ?? '')?.[1];

  it.each([
    [{}, '3.12'],
    [{ '.python-version': '3.11.4\n' }, '3.11'],
    [{ '.tool-versions': 'nodejs 22\npython 3.10.2\n' }, '3.10'],
    [{ 'runtime.txt': 'python-3.13.0' }, '3.13'],
    [{ 'pyproject.toml': '[project]\nrequires-python = ">=3.9"\n' }, '3.12'],
    [{ 'pyproject.toml': '[project]\nrequires-python = ">=3.10,<3.12"\n' }, '3.11'],
    [{ 'pyproject.toml': '[project]\nrequires-python = ">=3.13"\n' }, '3.13'],
    [{ 'pyproject.toml': '[project]\nrequires-python = "==3.10.*"\n' }, '3.10'],
    [{ 'pyproject.toml': '[project]\nrequires-python = "<4,>=3.8,!=3.12.*"\n' }, '3.11'],
    [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "~3.11"\n' }, '3.11'],
    [{ 'setup.py': 'setup(python_requires=">=3.8,<3.11")\n' }, '3.10'],
    [{ '.python-version': 'pypy3.9\n' }, '3.12'],
  ])('of %j is %s', async (files, expected) => {
    expect(await version(files as Record<string, string>)).toBe(expected);
  });

  it('is said when Cog does not have the one that the project wants', async () => {
    const { notes } = await plan({ 'model.py': 'def f(): ...\n', '.python-version': '3.8.1' });
    expect(notes).toContain('.python-version asks for Python 3.8, which Cog does not have: cog.yaml says 3.12.');
  });
});

describe('dependencies', () => {
  const F = { 'model.py': 'import torch\nfrom PIL import Image\nimport mine\ndef f() -> str: ...\n' };

  it('come from the only requirements file there is', async () => {
    const files = { ...F, 'requirements-gpu.txt': '', 'requirements-dev.txt': '' };
    expect((await written(files))['cog.yaml']).toContain('python_requirements: requirements-gpu.txt');
  });

  it('are copied from pyproject.toml, and it is said', async () => {
    const files = {
      ...F,
      'pyproject.toml': '[project]\ndependencies = ["torch==2.10.0", "pillow>=10; python_version > \'3.8\'"]\n',
    };
    const made = await written(files);
    expect(made['requirements.txt']).toMatch(/^#.*\ntorch==2\.10\.0\npillow>=10; python_version > '3\.8'\n$/);
    expect(made['cog.yaml']).toContain('python_requirements: requirements.txt');
    expect((await plan(files)).notes.join(' ')).toContain('pyproject.toml');
  });

  it.each([
    [{ 'poetry.lock': '' }, 'poetry export'],
    [{ 'uv.lock': '' }, 'uv export'],
    [{ Pipfile: '' }, 'pipenv requirements'],
    [{ 'environment.yml': '' }, 'environment.yml'],
    [{}, 'torch, pillow with versions'],
    [{ 'requirements-a.txt': '', 'requirements-b.txt': '' }, 'requirements-a.txt, requirements-b.txt'],
    [{ 'pyproject.toml': 'not = [toml' }, 'torch, pillow'],
  ])('of %j are left to people, who are told how', async (files, said) => {
    const all = { ...F, ...(files as Record<string, string>) };
    expect((await plan(all)).notes.join(' ')).toContain(said);
    expect((await written(all))['cog.yaml']).not.toContain('python_requirements');
  });
});

describe('what is written', () => {
  const annotation = fc.constantFrom(
    ...['str', 'int', 'float', 'bool', 'Path', 'list[str]', 'Optional[int]', 'Literal["a", "b"]', 'np.ndarray', 'dict'],
    ...['Image.Image', 'tuple[int, int]', 'Union[str, None]', 'list[list[int]]', 'Any', 'Callable[[], None]'],
  );
  const value = fc.constantFrom('1', '2.5', '"a"', 'None', 'True', '[]', 'X', '-3');
  const parameter = fc.record({ annotation: fc.option(annotation), value: fc.option(value) });
  const returns = fc.option(
    fc.constantFrom(
      'str',
      'Path',
      'Iterator[str]',
      'np.ndarray',
      'list[float]',
      'None',
      'Optional[str]',
      'AsyncIterator[int]',
    ),
  );

  it('has no error in the eyes of the check, whatever the function looks like', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(parameter, { maxLength: 5 }),
        returns,
        fc.constantFrom('def', 'async def'),
        fc.boolean(),
        fc.constantFrom('runner' as const, 'predictor' as const),
        async (parameters, result, def, yields, spelling) => {
          const list = parameters.map(
            (one, at) =>
              `p${at}${one.annotation === null ? '' : `: ${one.annotation}`}${one.value === null ? '' : ` = ${one.value}`}`,
          );
          const source = `${def} f(*, ${list.join(', ')})${result === null ? '' : ` -> ${result}`}:\n    ${yields ? 'yield 1' : 'pass'}\n`;
          const text = parameters.length === 0 ? source.replace('*, ', '') : source;
          expect(await errorsOf({ 'model.py': text }, { spelling })).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
