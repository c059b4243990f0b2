/**
 * Cog projects as people write them: good ones, which have no problem, and broken ones, one for each problem.
 */

/** Files by path. */
export type Project = Readonly<Record<string, string>>;

const CONFIG = 'build:\n  python_version: "3.12"\n  python_requirements: requirements.txt\nrun: "run.py:Runner"\n';
const RUNNER = `from typing import Iterator

from cog import BaseRunner, Input, Path, streaming


class Runner(BaseRunner):
    def setup(self) -> None:
        self.word = "hello"

    @streaming
    def run(self, prompt: str = Input(description="What to say"), words: int = Input(default=3, ge=1, le=9)) -> Iterator[str]:
        for _ in range(words):
            yield prompt
`;

/** A project without problems, to break. */
export const GOOD: Project = { 'cog.yaml': CONFIG, 'run.py': RUNNER, 'requirements.txt': 'pillow==12.0.0\n' };

const runner = (signature: string, body = 'return ""', imports = 'BaseRunner, Input, Path'): string =>
  `from cog import ${imports}\n\n\nclass Runner(BaseRunner):\n    ${signature}\n        ${body}\n`;
const withRunner = (source: string): Project => ({ ...GOOD, 'run.py': source });
const withConfig = (config: string): Project => ({ ...GOOD, 'cog.yaml': config });

/** Nothing is said of these. */
export const GOOD_PROJECTS: Readonly<Record<string, Project>> = {
  'a streaming runner': GOOD,
  'no requirements': { ...GOOD, 'cog.yaml': CONFIG.replace('  python_requirements: requirements.txt\n', '') },
  'line ends of Windows': Object.fromEntries(
    Object.entries(GOOD).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
  ),
  'a byte order mark': { ...GOOD, 'cog.yaml': `\uFEFF${CONFIG}`, 'run.py': `\uFEFF${RUNNER}` },
  'comments and flow style': withConfig(
    '# model\nbuild: {python_version: "3.12", gpu: false} # cpu\nrun: run.py:Runner # here\n',
  ),
  'anchors and merge keys': withConfig(
    'build: &build\n  python_version: "3.12"\n  system_packages: &apt [ffmpeg, libgl1]\nrun: "run.py:Runner"\n',
  ),
  'a GPU with pinned torch': {
    ...GOOD,
    'cog.yaml': CONFIG.replace('build:\n', 'build:\n  gpu: true\n'),
    'requirements.txt':
      '--extra-index-url https://wheels.example/cu128\ntorch==2.10.0+cu128 ; sys_platform == "linux"\n',
  },
  'a GPU with a newer torch and cuda': {
    ...GOOD,
    'cog.yaml': CONFIG.replace('build:\n', 'build:\n  gpu: true\n  cuda: "13.0"\n'),
    'requirements.txt': 'torch==2.15.0\n',
  },
  'secrets left out': {
    ...GOOD,
    '.env': 'KEY=1\n',
    '.env.example': 'KEY=\n',
    'config/.dev.vars': 'A=1\n',
    '.dockerignore': '**/.env*\n!**/.env.example\n**/.dev.vars*\n',
  },
  'an example of secrets': { ...GOOD, '.env.example': 'KEY=\n' },
  'a run that is inherited': {
    ...GOOD,
    'run.py': 'from base import Shared\n\n\nclass Runner(Shared):\n    pass\n',
  },
  'every type that Cog takes': withRunner(
    runner(
      'def run(self, a: str, b: int = 1, c: float = Input(default=-0.5), d: bool = True, e: "list[str]" = Input(default=["a"]), f: Path | None = None, g: dict = Input(default={}), h: str | None = Input(default=None)) -> list[Path]:',
    ),
  ),
  'names for what is written out': withRunner(
    runner(
      'def run(self, a: str = Input(default=FIRST, choices=NAMES, description=f"One of {NAMES}"), b: str = Input(default="x", choices=list(SIZES.keys())), c: str = Input(default="a", choices=NAMES + ["z"]), d: int = MOST, e: str = Inputs.prompt, f: int = Inputs.steps(default=4), g: str = In(default="x")) -> str:',
    ).replace(
      '\n\n\nclass',
      '\nfrom cog import Input as In\n\nFIRST = "a"\nNAMES: list[str] = ["a", "b"]\nSIZES = {"x": 1, "y": 2}\nMOST = 5\n\n\nclass Inputs:\n    prompt = Input(description="What to say")\n\n    @staticmethod\n    def steps(default: int):\n        return Input(default=default)\n\n\nclass',
    ),
  ),
  'types within types': withRunner(
    'from typing import Any, Dict, List, Optional, TypedDict\nfrom cog import BaseModel, BaseRunner, Input\n\n\nclass Box(BaseModel):\n    corners: list[list[float]]\n    label: Optional[str] = None\n    inside: Optional["Box"] = None\n\n\nclass Asked(TypedDict):\n    a: int\n\n\nclass Output(BaseModel):\n    boxes: List[Box]\n    more: Dict[str, Any] = {}\n\n\nclass Runner(BaseRunner):\n    def run(self, a: list[dict[str, str]], b: Asked, c: Optional[List[str]] = Input(default=None)) -> list[Output]:\n        return []\n',
  ),
  'types that Cog leaves alone': withRunner(
    'from typing import Annotated\nimport numpy as np\nfrom cog import BaseRunner, Opaque\n\n\nclass Runner(BaseRunner):\n    def run(self, a: Annotated[dict, Opaque]) -> Annotated[np.ndarray, Opaque]:\n        return a\n',
  ),
  'models of other packages and files': withRunner(
    'from pydantic import BaseModel as Model\nfrom cog import BaseRunner\nfrom schemas import Result\n\n\nclass Output(Model):\n    a: str\n\n\nclass Runner(BaseRunner):\n    def run(self, a: str, **options) -> list[Output]:\n        return []\n',
  ),
  'files beside those of pathlib': withRunner(
    'import pathlib\nfrom pathlib import Path as File\nfrom cog import BaseRunner, Path\n\n\nclass Runner(BaseRunner):\n    def run(self, a: Path, b: list[Path]) -> Path:\n        return Path(str(File(a)))\n',
  ),
  'words of YAML for yes and no': {
    ...GOOD,
    'cog.yaml': CONFIG.replace('build:\n', 'build:\n  gpu: yes\n'),
    'requirements.txt': 'torch==2.5.1\n',
  },
  'merged keys': withConfig(
    'build:\n  <<: &base\n    python_version: "3.13"\n  gpu: no\n  python_packages: []\n  python_requirements: ./requirements.txt\nrun: "run.py:Runner"\n',
  ),
  'a new Python, and tokens that are none': withConfig(
    'build:\n  python_version: "3.14"\nenvironment:\n  - MAX_TOKEN=512\n  - STOP_TOKEN=</s>\nrun: "run.py:Runner"\n',
  ),
  'a slot, and slots without a number': withRunner(
    'from cog import BaseRunner, concurrent\n\n\nclass Runner(BaseRunner):\n    @concurrent\n    async def run(self, a: str) -> str:\n        return a\n',
  ),
  'one slot for a plain function': withRunner(
    'from cog import BaseRunner, concurrent\n\n\nclass Runner(BaseRunner):\n    @concurrent(max=1)\n    def run(self, a: str) -> str:\n        return a\n',
  ),
  'a BaseModel': withRunner(
    'from typing import List\nfrom cog import BaseModel, BaseRunner\n\n\nclass Output(BaseModel):\n    vector: List[float]\n    note: str = ""\n\n\nclass Runner(BaseRunner):\n    def run(self, text: str) -> Output:\n        return Output(vector=[1.0])\n',
  ),
  'an async model with slots': withRunner(
    'from typing import AsyncIterator\nfrom cog import BaseRunner, concurrent, streaming\n\n\nclass Runner(BaseRunner):\n    @concurrent(max=4)\n    @streaming\n    async def run(self, text: str) -> AsyncIterator[str]:\n        yield text\n',
  ),
  'weights from the project': {
    ...GOOD,
    'run.py': RUNNER.replace('self.word = "hello"', 'self.word = open("weights/model.bin", "rb").read()'),
    'weights/model.bin': 'x',
    '.dockerignore': '.git\n*.log\n',
  },
  'a command with a secret': withConfig(
    'build:\n  python_version: "3.12"\n  run:\n    - apt-get clean\n    - command: pip install private\n      mounts:\n        - type: secret\n          id: pip\n          target: /etc/pip.conf\nenvironment:\n  - HF_HUB_OFFLINE=1\n  - TOKENIZERS_PARALLELISM=false\nimage: r8.im/me/model\nrun: "run.py:Runner"\n',
  ),
};

/** The code that is found, and where: `file:line`. */
export interface Broken {
  readonly at: string;
  readonly project: Project;
  /** Titles of the ways to mend it. */
  readonly fixes?: readonly string[];
}

/** One for each code. */
export const BROKEN_PROJECTS: Readonly<Record<string, Broken>> = {
  'no-config': { at: 'cog.yaml:1', project: { 'run.py': RUNNER } },
  'empty-config': { at: 'cog.yaml:1', project: withConfig('# nothing yet\n') },
  'yaml-syntax': { at: 'cog.yaml:3', project: withConfig('build:\n  python_version: "3.12"\n bad: [\n') },
  'unknown-key': {
    at: 'cog.yaml:3',
    project: withConfig(CONFIG.replace('python_requirements', 'python_requirement')),
    fixes: ['Change to python_requirements'],
  },
  'missing-key': {
    at: 'cog.yaml:5',
    project: withConfig(`${CONFIG.replace('run:', 'concurrency:\n  most: 2\nrun:')}`),
  },
  'empty-value': { at: 'cog.yaml:3', project: withConfig(CONFIG.replace('requirements.txt', '')) },
  'wrong-type': {
    at: 'cog.yaml:2',
    project: withConfig('build:\n  gpu: "yes"\n  python_version: "3.12"\nrun: "run.py:Runner"\n'),
  },
  'wrong-value': {
    at: 'cog.yaml:4',
    project: withConfig('build:\n  python_version: "3.12"\nconcurrency:\n  max: 0\nrun: "run.py:Runner"\n'),
  },
  'wrong-format': {
    at: 'cog.yaml:4',
    project: withConfig('build:\n  python_version: "3.12"\nenvironment:\n  - NO VALUE\nrun: "run.py:Runner"\n'),
  },
  'reference-format': {
    at: 'cog.yaml:3',
    project: withConfig('build:\n  python_version: "3.12"\nrun: "run.Runner"\n'),
  },
  'python-version-missing': {
    at: 'cog.yaml:1',
    project: withConfig('build:\n  gpu: false\nrun: "run.py:Runner"\n'),
    fixes: ['Add python_version "3.12"'],
  },
  'python-version-unquoted': {
    at: 'cog.yaml:2',
    project: withConfig('build:\n  python_version: 3.10\nrun: "run.py:Runner"\n'),
    fixes: ['Quote 3.10'],
  },
  'python-version-unsupported': {
    at: 'cog.yaml:2',
    project: withConfig('build:\n  python_version: "3.8"\nrun: "run.py:Runner"\n'),
    fixes: ['Use "3.12"'],
  },
  'version-unquoted': {
    at: 'cog.yaml:2',
    project: withConfig('build:\n  cuda: 12.8\n  python_version: "3.12"\nrun: "run.py:Runner"\n'),
    fixes: ['Quote 12.8'],
  },
  'run-and-predict': {
    at: 'cog.yaml:5',
    project: withConfig(`${CONFIG}predict: "run.py:Runner"\n`),
    fixes: ['Keep run', 'Keep predict'],
  },
  'no-model': { at: 'cog.yaml:1', project: withConfig('build:\n  python_version: "3.12"\n') },
  'predict-deprecated': {
    at: 'cog.yaml:3',
    project: { ...withConfig('build:\n  python_version: "3.12"\npredict: "run.py:Runner"\n') },
  },
  'concurrency-deprecated': {
    at: 'cog.yaml:3',
    project: withConfig('build:\n  python_version: "3.12"\nconcurrency:\n  max: 2\nrun: "run.py:Runner"\n'),
  },
  'packages-and-requirements': {
    at: 'cog.yaml:4',
    project: withConfig(CONFIG.replace('run:', '  python_packages:\n    - numpy==2.3.0\nrun:')),
    fixes: ['Keep python_requirements', 'Keep python_packages'],
  },
  'requirements-missing': {
    at: 'cog.yaml:3',
    project: withConfig(CONFIG.replace('requirements.txt', 'requirments.txt')),
    fixes: ['Change to requirements.txt', 'Create requirments.txt'],
  },
  'torch-unpinned': {
    at: 'requirements.txt:2',
    project: {
      ...GOOD,
      'cog.yaml': CONFIG.replace('build:\n', 'build:\n  gpu: true\n'),
      'requirements.txt': '# for the model\ntorch>=2.1 # newest\n',
    },
    fixes: ['Pin torch==2.10.0', 'Set build.cuda to "12.8"'],
  },
  'torch-unknown': {
    at: 'cog.yaml:5',
    project: withConfig(
      'build:\n  gpu: true\n  python_version: "3.12"\n  python_packages:\n    - "torch==2.15.0"\nrun: "run.py:Runner"\n',
    ),
    fixes: ['Pin torch==2.10.0', 'Set build.cuda to "12.8"'],
  },
  'secret-in-environment': {
    at: 'cog.yaml:4',
    project: withConfig('build:\n  python_version: "3.12"\nenvironment:\n  - HF_TOKEN=hf_abc\nrun: "run.py:Runner"\n'),
  },
  'image-and-model': {
    at: 'cog.yaml:4',
    project: withConfig(
      'build:\n  python_version: "3.12"\nimage: r8.im/me/a\nmodel: r8.im/me/a\nrun: "run.py:Runner"\n',
    ),
    fixes: ['Keep image', 'Keep model'],
  },
  'weights-without-model': {
    at: 'cog.yaml:3',
    project: withConfig(
      'build:\n  python_version: "3.12"\nweights:\n  - name: a\n    target: /weights\n    source:\n      uri: hf://a/b\nrun: "run.py:Runner"\n',
    ),
  },
  'build-run-source': {
    at: 'cog.yaml:4',
    project: withConfig(
      'build:\n  python_version: "3.12"\n  run:\n    - python run.py --download\nrun: "run.py:Runner"\n',
    ),
  },
  'reference-file-missing': {
    at: 'cog.yaml:4',
    project: withConfig(CONFIG.replace('run.py:', 'rum.py:')),
    fixes: ['Change to run.py:Runner', 'Create rum.py'],
  },
  'reference-class-missing': {
    at: 'cog.yaml:4',
    project: withConfig(CONFIG.replace(':Runner', ':Runer')),
    fixes: ['Change to run.py:Runner'],
  },
  'secret-in-image': {
    at: '.dockerignore:1',
    project: { ...GOOD, '.env': 'KEY=1\n', '.dockerignore': '.git\n' },
    fixes: ['Leave out .env'],
  },
  'weights-ignored': {
    at: 'run.py:2',
    project: {
      ...withRunner(
        `from cog import BaseRunner\nWEIGHTS = open("weights/model.bin", "rb")\n\n\nclass Runner(BaseRunner):\n    def run(self) -> str:\n        return ""\n`,
      ),
      'weights/model.bin': 'x',
      '.dockerignore': 'weights\n',
    },
  },
  'no-run-method': {
    at: 'run.py:4',
    project: withRunner('from cog import BaseRunner\n\n\nclass Runner(BaseRunner):\n    pass\n'),
  },
  'run-and-predict-methods': {
    at: 'run.py:7',
    project: withRunner(
      'from cog import BaseRunner\n\n\nclass Runner(BaseRunner):\n    def run(self) -> str:\n        return ""\n    def predict(self) -> str:\n        return ""\n',
    ),
  },
  'cog-import-unknown': {
    at: 'run.py:1',
    project: withRunner(runner('def run(self) -> str:', 'return ""', 'BaseRunner, Predictor')),
  },
  'missing-annotation': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, steps=Input(default=4)) -> str:')),
    fixes: ['Annotate steps as int'],
  },
  'missing-return': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str):')),
    fixes: ['Annotate the result as str'],
  },
  'optional-return': { at: 'run.py:5', project: withRunner(runner('def run(self, text: str) -> str | None:')) },
  'unsupported-type': { at: 'run.py:5', project: withRunner(runner('def run(self, size: tuple[int, int]) -> str:')) },
  'default-not-literal': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str = Input(default=DEFAULT)) -> str:')),
  },
  'mutable-default': { at: 'run.py:5', project: withRunner(runner('def run(self, words: list[str] = ["a"]) -> str:')) },
  'input-unknown-argument': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, steps: int = Input(default=1, min=0)) -> str:')),
  },
  'stream-not-marked': {
    at: 'run.py:10',
    project: withRunner(RUNNER.replace('    @streaming\n', '').replace(', streaming', '')),
    fixes: ['Add @streaming'],
  },
  'streaming-without-iterator': {
    at: 'run.py:5',
    project: withRunner(runner('@streaming\n    def run(self) -> str:', 'return ""', 'BaseRunner, streaming')),
  },
  'concurrent-not-async': {
    at: 'run.py:5',
    project: withRunner(runner('@concurrent(max=2)\n    def run(self) -> str:', 'return ""', 'BaseRunner, concurrent')),
    fixes: ['Make run async'],
  },
  'concurrent-max': {
    at: 'run.py:5',
    project: withRunner(
      runner('@concurrent(max=SLOTS)\n    async def run(self) -> str:', 'return ""', 'BaseRunner, concurrent'),
    ),
  },
  'setup-parameter': {
    at: 'run.py:5',
    project: withRunner(
      'from cog import BaseRunner\n\n\nclass Runner(BaseRunner):\n    def setup(self, device: str) -> None:\n        pass\n    def run(self) -> str:\n        return ""\n',
    ),
  },
  'yield-not-iterator': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self) -> str:', 'yield ""')),
    fixes: ['Annotate the result as ConcatenateIterator[str]'],
  },
  'reference-imported': {
    at: 'cog.yaml:4',
    project: { ...withRunner('from model import Runner\n'), 'model.py': RUNNER },
    fixes: ['Change to model.py:Runner'],
  },
  'cuda-version': {
    at: 'cog.yaml:2',
    project: withConfig('build:\n  cuda: "12"\n  python_version: "3.12"\nrun: "run.py:Runner"\n'),
  },
  'pathlib-path': {
    at: 'run.py:6',
    project: withRunner(
      'from pathlib import Path\nfrom cog import BaseRunner\n\n\nclass Runner(BaseRunner):\n    def run(self, image: Path) -> str:\n        return ""\n',
    ),
    fixes: ['Import Path from cog'],
  },
  'accept-without-file': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str = Input(accept="image/*")) -> str:')),
  },
  'default-none': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str, seed: int = Input(default=None, ge=0)) -> str:')),
    fixes: ['Annotate seed as int | None'],
  },
  'input-qualified': {
    at: 'run.py:5',
    project: withRunner(
      'import cog\n\n\nclass Runner(cog.BaseRunner):\n    def run(self, text: str = cog.Input(default="a")) -> str:\n        return ""\n',
    ),
    fixes: ['Import Input'],
  },
  'input-positional': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str = Input("a", description="b")) -> str:')),
    fixes: ['Write default='],
  },
  'limit-not-literal': {
    at: 'run.py:7',
    project: withRunner(
      runner('def run(self, steps: int = Input(default=1, le=MOST)) -> str:').replace('\n\n\n', '\n\nMOST = 9\n\n\n'),
    ),
  },
  'variadic-input': {
    at: 'run.py:5',
    project: withRunner(runner('def run(self, text: str, **options: str) -> str:')),
  },
};
