/**
 * Makes a Cog project of a folder with Python code: a configuration, and a class around a function of a chosen file.
 */
import type { PythonFacts, ReadPython } from '../../cog-project/python-facts';
import {
  ScaffoldError,
  type Conflict,
  type FileCreate,
  type ProjectFiles,
  type ScaffoldPlan,
  type Skip,
} from '../plan';
import { holdsText, readable } from '../readable';
import type { ReadTemplate } from '../worker/project-files';
import { dependenciesOf, type Dependencies } from './adopt-dependencies';
import { entriesOf, type AdoptEntry } from './adopt-entries';
import { ignoreFile } from './adopt-ignores';
import { hidesCog, moduleOf } from './adopt-module';
import { pythonOf, type PythonChoice } from './adopt-python';
import { spelledNames } from './adopt-call';
import { runnerText } from './adopt-runner';
import type { CogSpelling } from './answers';

/** What is to be adopted. */
export interface AdoptAnswers {
  /** Relative to the project, with forward slashes. */
  readonly file: string;
  /** The function, method or class: see `AdoptEntry.id`. Absent: the likeliest. */
  readonly entry?: string;
  readonly spelling: CogSpelling;
}

/** What adopting borrows. */
export interface AdoptPorts {
  readonly readPython: ReadPython;
  /** Reads a file of the templates by its path under `media/templates/cog`. */
  readonly readTemplate: ReadTemplate;
}

/** A Python file, and the ways into it. */
export interface AdoptableFile {
  readonly facts: PythonFacts;
  readonly entries: readonly AdoptEntry[];
}

/** Reads the file that is to be adopted. Throws `ScaffoldError` with code `no-file`, `unreadable` or `syntax-error`. */
export async function readAdoptable(files: ProjectFiles, readPython: ReadPython, file: string): Promise<AdoptableFile> {
  const source = /\.py$/.test(file) ? await files.read(file) : undefined;
  if (source === undefined) throw new ScaffoldError('no-file', `There is no Python file ${file} in the folder.`);
  const facts = await readPython(source);
  const { syntaxError } = facts;
  if (syntaxError !== undefined) {
    const { line } = syntaxError.span;
    throw new ScaffoldError(
      'syntax-error',
      `Python cannot read ${file}, line ${line}: ${syntaxError.message}. Mend it first.`,
    );
  }
  return { facts, entries: entriesOf(facts) };
}

/**
 * Plans what makes the root of `files` a Cog project. Nothing is edited or overwritten. Throws what `readAdoptable` does,
 * and `ScaffoldError` with code `unknown-entry` or `hides-cog`.
 */
export async function planAdoption(
  files: ProjectFiles,
  { readPython, readTemplate }: AdoptPorts,
  answers: AdoptAnswers,
): Promise<ScaffoldPlan> {
  const hiding = await hidesCog(files);
  if (hiding !== undefined) {
    throw new ScaffoldError('hides-cog', `${hiding} hides Cog's own package from Python. Rename it first.`);
  }
  const { facts, entries } = await readAdoptable(files, readPython, answers.file);
  const entry = chosenEntry(entries, answers);
  const runner = entry.kind === 'cog' ? undefined : await runnerFile(files, entry, facts, answers);
  const python = await pythonOf(files);
  const dependencies = await dependenciesOf(files, facts);
  const reference = `${runner?.path ?? answers.file}:${runner === undefined ? entry.id : spelledNames(answers.spelling).className}`;
  const config: FileCreate = {
    path: 'cog.yaml',
    text: configText({ reference, entry, answers, python, dependencies }),
  };
  const ignores = await Promise.all(
    ['.dockerignore', '.gitignore'].map(async (path) =>
      ignoreFile(files, path, await readTemplate(`shared/${path.slice(1)}`)),
    ),
  );
  const own = await compare(files, [config, ...(runner === undefined ? [] : [runner])]);
  const isRefused = own.conflicts.length > 0;
  const creates = [
    ...own.creates,
    ...(dependencies.create === undefined ? [] : [dependencies.create]),
    ...ignores.flatMap(({ create }) => create ?? []),
  ];
  return {
    creates: isRefused ? [] : creates,
    edits: [],
    skips: [...own.skips, ...ignores.flatMap(({ skip }) => skip ?? [])],
    conflicts: own.conflicts,
    commands: [],
    notes: [
      ...(python.note === undefined ? [] : [python.note]),
      ...dependencies.notes,
      ...(runner?.todos ?? []).map((todo) => `To do in ${runner?.path ?? ''}: ${todo}`),
      ...ignores.flatMap(({ note }) => note ?? []),
    ],
  };
}

function chosenEntry(entries: readonly AdoptEntry[], { file, entry: id }: AdoptAnswers): AdoptEntry {
  const [likeliest] = entries;
  if (likeliest === undefined) {
    throw new ScaffoldError(
      'unknown-entry',
      `${file} has neither a function nor a class that could be called. Put what the model does into a function first.`,
    );
  }
  const found = id === undefined ? likeliest : entries.find((one) => one.id === id);
  if (found !== undefined) return found;
  const known = entries.map((one) => one.id).join(', ');
  throw new ScaffoldError('unknown-entry', `${file} has no "${id ?? ''}". It has ${known}.`);
}

interface RunnerFile extends FileCreate {
  readonly todos: readonly string[];
}

/** The runner under a name that is free, or that it has already. */
async function runnerFile(
  files: ProjectFiles,
  entry: Exclude<AdoptEntry, { kind: 'cog' }>,
  facts: PythonFacts,
  { file, spelling }: AdoptAnswers,
): Promise<RunnerFile> {
  const { text, todos } = runnerText({ entry, file, module: await moduleOf(files, file, facts), spelling });
  const { method } = spelledNames(spelling);
  const names = await files.list('');
  for (let number = 0; ; number++) {
    const path = number === 0 ? `${method}.py` : `cog_${method}${number === 1 ? '' : `_${number}`}.py`;
    // A folder of that name would be imported instead.
    const isFree = !names.includes(path) && !names.includes(`${path.replace(/\.py$/, '')}/`);
    if (isFree || holdsText(await readable(files, path), text)) return { path, text, todos };
  }
}

async function compare(
  files: ProjectFiles,
  wanted: readonly FileCreate[],
): Promise<{ creates: readonly FileCreate[]; skips: readonly Skip[]; conflicts: readonly Conflict[] }> {
  const creates: FileCreate[] = [];
  const skips: Skip[] = [];
  const conflicts: Conflict[] = [];
  const names = await files.list('');
  for (const { path, text } of wanted) {
    if (!names.includes(path)) creates.push({ path, text });
    else if (holdsText(await readable(files, path), text)) {
      skips.push({ path, reason: 'It is there already, with the same text.' });
    } else {
      conflicts.push({
        path,
        reason: 'The folder is a Cog project already, and its configuration is kept. This is what it would have been.',
        snippet: text,
      });
    }
  }
  return { creates, skips, conflicts };
}

function configText(parts: {
  readonly reference: string;
  readonly entry: AdoptEntry;
  readonly answers: AdoptAnswers;
  readonly python: PythonChoice;
  readonly dependencies: Dependencies;
}): string {
  const { reference, entry, answers, python, dependencies } = parts;
  const { path } = dependencies;
  const key = entry.kind === 'cog' ? entry.key : spelledNames(answers.spelling).method;
  return [
    '# What Cog builds of this folder.',
    'build:',
    `  python_version: "${python.version}"`,
    ...(path === undefined ? [] : [`  python_requirements: ${path}`]),
    '  # For an NVIDIA GPU, with an exact version of torch in the requirements:',
    '  # gpu: true',
    '  # cuda: "12.8"',
    `${key}: ${JSON.stringify(reference)}`,
    '',
  ].join('\n');
}
