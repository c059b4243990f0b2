/**
 * What an existing project installs, as Cog can be told of it: a requirements file.
 */
import { parse } from 'smol-toml';
import type { PythonFacts } from '../../cog-project/python-facts';
import type { FileCreate, ProjectFiles } from '../plan';
import { readable } from '../readable';

/** What `cog.yaml` names, and what is made for it. */
export interface Dependencies {
  /** For `python_requirements`; absent: the project lists nothing. */
  readonly path?: string;
  /** The requirements file, where the project has its list elsewhere. */
  readonly create?: FileCreate;
  /** Sentences. */
  readonly notes: readonly string[];
}

/** Lists of dependencies that Cog does not read, and how a requirements file is made of them. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['uv.lock', 'uv export --no-hashes -o requirements.txt'],
  ['poetry.lock', 'poetry export --without-hashes -o requirements.txt'],
  ['Pipfile', 'pipenv requirements > requirements.txt'],
  ['environment.yml', 'pip list --format=freeze > requirements.txt'],
  ['environment.yaml', 'pip list --format=freeze > requirements.txt'],
  ['setup.py', 'pip freeze > requirements.txt'],
];

/** Names of imports whose package is worth a word when nothing lists it; what is not here may be the project's own. */
const PACKAGES: Readonly<Record<string, string>> = {
  PIL: 'pillow',
  cv2: 'opencv-python-headless',
  diffusers: 'diffusers',
  numpy: 'numpy',
  onnxruntime: 'onnxruntime',
  pandas: 'pandas',
  requests: 'requests',
  scipy: 'scipy',
  sentence_transformers: 'sentence-transformers',
  sklearn: 'scikit-learn',
  tensorflow: 'tensorflow',
  torch: 'torch',
  torchaudio: 'torchaudio',
  torchvision: 'torchvision',
  transformers: 'transformers',
  ultralytics: 'ultralytics',
  whisper: 'openai-whisper',
};

/** Finds the project's list of dependencies. */
export async function dependenciesOf(files: ProjectFiles, facts: PythonFacts): Promise<Dependencies> {
  const names = await files.list('');
  if (names.includes('requirements.txt')) return { path: 'requirements.txt', notes: [] };
  const others = names.filter((name) => /^requirements[\w.-]*\.txt$/.test(name) && !/dev|test|lint|doc/.test(name));
  const [other, ...more] = others;
  if (other !== undefined && more.length === 0) return { path: other, notes: [] };
  const listed = listedIn(await readable(files, 'pyproject.toml'));
  if (listed !== undefined && listed.length > 0) {
    const text = `# The dependencies of pyproject.toml, for Cog: it installs what a requirements file lists.\n${listed.join('\n')}\n`;
    return {
      path: 'requirements.txt',
      create: { path: 'requirements.txt', text },
      notes: ['requirements.txt repeats the dependencies of pyproject.toml, which Cog does not read: keep them alike.'],
    };
  }
  return { notes: [missingNote(names, others, facts)].filter((note) => note !== undefined) };
}

function missingNote(names: readonly string[], several: readonly string[], facts: PythonFacts): string | undefined {
  if (several.length > 0) {
    return `Several files list requirements (${several.join(', ')}): name the right one as python_requirements in cog.yaml.`;
  }
  const foreign = FOREIGN.find(([name]) => names.includes(name));
  if (foreign !== undefined) {
    const [name, line] = foreign;
    return `Cog does not read ${name}. Make a requirements.txt (${line}), and add python_requirements: requirements.txt to build in cog.yaml.`;
  }
  const imported = new Set(facts.imports.map(({ module }) => PACKAGES[module.split('.')[0] ?? '']));
  const packages = [...imported].filter((name) => name !== undefined);
  if (packages.length === 0) return undefined;
  return `Nothing lists what is installed. Put ${packages.join(', ')} with versions into a requirements.txt, and add python_requirements: requirements.txt to build in cog.yaml.`;
}

/** `project.dependencies`, which are lines of a requirements file as they are. */
function listedIn(text: string | undefined): readonly string[] | undefined {
  try {
    const { project } = parse(text?.replace(/^\uFEFF/, '') ?? '') as { project?: { dependencies?: unknown } };
    const found = project?.dependencies;
    if (!Array.isArray(found)) return undefined;
    return found.filter((one) => typeof one === 'string' && /^[A-Za-z0-9][^\n\r]*$/.test(one)) as string[];
  } catch {
    return undefined;
  }
}
