/**
 * All problems of a Cog project: its configuration, the class that it names, what is installed, what goes into the image.
 */
import { isMap } from 'yaml';
import { ScaffoldError, type ProjectFiles } from '../scaffold/plan';
import { CONFIG, CogConfig } from './config';
import { configProblems } from './config-rules';
import { dockerignoreProblems } from './dockerignore-rules';
import { nearest } from './nearest';
import type { Fix, Problem } from './problem';
import type { PythonFacts, ReadPython } from './python-facts';
import { pythonProblems } from './python-rules';
import { reporter } from './report';
import { isLater } from './requirements';
import { requirementsProblems, type Installed } from './requirements-rules';
import { schemaProblems } from './schema-rules';

/** What the check depends on beside the project. */
export interface CheckOptions {
  /** Of the Cog that is installed; absent: today's. */
  readonly cogVersion?: string;
}

const report = reporter(CONFIG);

/** The problems, in order of files and places. Never throws for what is in the files; a project without `cog.yaml` has one. */
export async function checkProject(
  files: ProjectFiles,
  readPython: ReadPython,
  { cogVersion }: CheckOptions = {},
): Promise<readonly Problem[]> {
  const text = await textOf(files, CONFIG);
  if (text === undefined) {
    const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
    return [
      report('no-config', 'error', start, 'There is no cog.yaml here that can be read: this folder is no Cog project.'),
    ];
  }
  // Editors do not count a byte order mark.
  const config = new CogConfig(text.replace(/^\uFEFF/, ''));
  const names = await files.list('');
  const isBefore = (version: string): boolean => cogVersion !== undefined && isLater(version, cogVersion);
  const model = await modelOf(config, files, readPython);
  const syntax = config.errors.map(({ message, span }) =>
    report('yaml-syntax', 'error', span, `This is not valid YAML: ${message}.`),
  );
  // Half of a configuration says nothing about what is missing in it.
  const ofConfig = (): readonly Problem[] => [
    ...(config.root === undefined
      ? [report('empty-config', 'error', config.start, 'cog.yaml is empty: it needs build and run.')]
      : []),
    ...(isMap(config.root) ? configProblems(config, isBefore('0.20.0')) : []),
    ...schemaProblems(config),
    ...buildRunProblems(config, names),
    ...referenceProblems(config, model, names, isBefore('0.20.0')),
  ];
  const installed = await installedBy(config, files);
  const problems = [
    ...(syntax.length > 0 ? syntax : ofConfig()),
    ...requirementsProblems(config, installed, names, isBefore('0.20.0')),
    ...(model?.source === undefined || model.facts === undefined
      ? []
      : pythonProblems(model.file, model.source, model.facts, {
          className: model.className,
          supportsStreaming: !isBefore('0.21.0'),
        })),
    ...(await dockerignoreProblems(
      files,
      model?.source === undefined ? undefined : { file: model.file, source: model.source },
    )),
  ];
  return problems.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1,
  );
}

/** The class that the configuration names. */
interface NamedClass {
  readonly key: 'run' | 'predict';
  readonly file: string;
  readonly className: string;
  /** Undefined: the file is not there, or cannot be read. */
  readonly source: string | undefined;
  readonly facts: PythonFacts | undefined;
}

async function modelOf(
  config: CogConfig,
  files: ProjectFiles,
  readPython: ReadPython,
): Promise<NamedClass | undefined> {
  for (const key of ['run', 'predict'] as const) {
    const reference = config.string(config.entry(config.root, key)?.value);
    const [, file, className] = /^(.+\.py):(\w+)$/u.exec(reference?.trim() ?? '') ?? [];
    if (file === undefined || className === undefined) continue;
    const path = file.replace(/^\.\//, '');
    const source = /^(?:\/|\.\.)/.test(path) ? undefined : await textOf(files, path);
    return { key, file: path, className, source, facts: source === undefined ? undefined : await readPython(source) };
  }
  return undefined;
}

async function installedBy(config: CogConfig, files: ProjectFiles): Promise<Installed | undefined> {
  const build = config.entry(config.root, 'build')?.value;
  const name = config.string(config.entry(build, 'python_requirements')?.value);
  if (name === undefined) return undefined;
  return { name, text: (await textOf(files, name.replace(/^\.\//, ''))) ?? null };
}

/** A text; undefined where there is none, or none that can be read. */
async function textOf(files: ProjectFiles, path: string): Promise<string | undefined> {
  try {
    return await files.read(path);
  } catch (error) {
    if (error instanceof ScaffoldError) return undefined;
    throw error;
  }
}

/** The file and the class of `run` or `predict`. */
function referenceProblems(
  config: CogConfig,
  model: NamedClass | undefined,
  names: readonly string[],
  isClassicCog: boolean,
): readonly Problem[] {
  const entry = model && config.entry(config.root, model.key);
  if (model === undefined || entry === undefined) return [];
  const { file, className, facts, source } = model;
  const change = (reference: string): Fix => ({
    title: `Change to ${reference}`,
    edits: [config.replace(entry.valueSpan, `"${reference}"`)],
  });
  if (source === undefined) {
    const meant = nearest(
      file,
      names.filter((name) => name.endsWith('.py')),
    );
    const message = `There is no ${file} in the project.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
    const create: Fix = {
      title: `Create ${file}`,
      edits: [{ kind: 'create', file, text: stub(className, model.key) }],
    };
    const fixes = meant === undefined ? [create] : [change(`${meant}:${className}`), create];
    return [report('reference-file-missing', 'error', entry.valueSpan, message, fixes)];
  }
  if (facts === undefined || facts.syntaxError !== undefined) return [];
  if (facts.classes.some(({ name }) => name === className) || facts.functions.some(({ name }) => name === className))
    return [];
  const imported = facts.imports.find(({ name, as }) => (as ?? name) === className);
  if (facts.imports.some(({ name }) => name === '*') || (imported !== undefined && isClassicCog)) return [];
  if (imported !== undefined) {
    const { module, name = className } = imported;
    const there = `${module.replace(/^\./, '').replaceAll('.', '/')}.py`;
    const message = `${file} only imports ${className}: Cog looks for the class in the very file. Name the file that has it.`;
    const fixes = names.includes(there) ? [change(`${there}:${name}`)] : [];
    return [report('reference-imported', 'error', entry.valueSpan, message, fixes)];
  }
  const classes = facts.classes.filter(({ methods }) =>
    methods.some(({ name }) => name === 'run' || name === 'predict'),
  );
  const meant =
    nearest(
      className,
      facts.classes.map(({ name }) => name),
    ) ?? classes[0]?.name;
  const message = `${file} has no class ${className}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
  const fixes = meant === undefined ? [] : [change(`${file}:${meant}`)];
  return [report('reference-class-missing', 'error', entry.valueSpan, message, fixes)];
}

function stub(className: string, method: 'run' | 'predict'): string {
  const base = method === 'run' ? 'BaseRunner' : 'BasePredictor';
  return `from cog import ${base}, Input


class ${className}(${base}):
    def setup(self) -> None:
        """Runs once: load weights here."""

    def ${method}(self, prompt: str = Input(description="What to answer")) -> str:
        """Makes one prediction."""
        return prompt
`;
}

/** Commands of `build.run` are run before the project's files are in the image. */
function buildRunProblems(config: CogConfig, names: readonly string[]): readonly Problem[] {
  const build = config.entry(config.root, 'build')?.value;
  return config.items(config.entry(build, 'run')?.value).flatMap((node) => {
    const command = config.string(node) ?? config.string(config.entry(node, 'command')?.value) ?? '';
    const words = command.split(/[\s;&|"'=]+/).map((word) => word.replace(/^\.\//, ''));
    const seen = words.find((word) => word !== '' && names.includes(word));
    if (seen === undefined) return [];
    const message = `Commands of build.run do not see the project's files: ${seen} is not in the image yet.`;
    return [report('build-run-source', 'warning', config.nodeSpan(node), message)];
  });
}
