/**
 * Virtual environments with Cog and what a project requires, made once for each set of packages.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CogStartError } from '../../core/cog/server';
import type { FoundPython } from './find-python';
import type { CogProject } from './project';
import { childEnvironment, runProgram } from './program';

/** The HTTP server belongs to a package of its own, whose newest release is for another Cog. */
export const COG_PACKAGES: readonly string[] = ['cog==0.22.0', 'coglet==0.22.0'];

/** Hours after which an environment that was never finished is nobody's work any more. */
const STALE = 24;

interface Making {
  readonly cacheFolder: string;
  readonly python: Exclude<FoundPython, { readonly problem: string }>;
  readonly onLine: (line: string) => void;
  readonly onInstall: () => void;
  readonly signal: AbortSignal;
}

/**
 * The environment of a project: its folder of programs. Made in `cacheFolder`, outside of the project. Rejects with a
 * `CogStartError`.
 */
export async function environmentOf(project: CogProject, making: Making): Promise<string> {
  const { cacheFolder, python, onLine, onInstall, signal } = making;
  const packages = [...COG_PACKAGES, ...requirementLines(project.requirements)];
  // What a path leads to is another thing in another project, and may change: `-r base.txt`, `./lib`, `-e .`.
  const isOfProject = packages.some((line) => /^(?:-|\.|\/|file:)|@\s*(?:file:|\.)/.test(line) && !/^--/.test(line));
  const key = JSON.stringify([
    python.version,
    packages,
    ...(isOfProject ? [project.folder, await changedAt(project)] : []),
  ]);
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  // Several may be made for the same packages at a time, by several windows too. Each has a place of its own, as
  // environments know their place; the first that is finished is the one.
  const finished = path.join(cacheFolder, `${name}.finished`);
  const known = await folderIn(finished);
  if (known !== undefined) return path.join(known, 'bin');
  onInstall();
  await mkdir(cacheFolder, { recursive: true });
  await removeStale(cacheFolder);
  const folder = await mkdtemp(path.join(cacheFolder, `${name}-`));
  const [command = '', ...args] = python.command;
  const list = path.join(folder, 'requirements.txt');
  try {
    await writeFile(list, `${packages.join('\n')}\n`);
    await step(`${python.version}: making an environment`, command, [...args, '-m', 'venv', folder], 'python3 -m venv');
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', list];
    await step(`Installing ${packages.join(', ')}`, path.join(folder, 'bin', 'python'), pip, 'pip install');
    await writeFile(path.join(folder, 'finished'), path.basename(folder));
    await rename(path.join(folder, 'finished'), finished);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return path.join(folder, 'bin');

  async function step(title: string, program: string, programArgs: readonly string[], name: string): Promise<void> {
    onLine(title);
    // Relative paths of requirements are relative to the project.
    const options = { cwd: project.folder, env: childEnvironment(), onLine, signal };
    const { code, output } = await runProgram(program, programArgs, options);
    if (signal.aborted) throw new CogStartError('The start was stopped.', 'Start it again when you like.');
    if (code === 0) return;
    const said = output.trimEnd().split('\n').slice(-3).join(' / ').slice(-400);
    throw new CogStartError(`"${name}" failed: ${said}`, 'The log of the server has all of it.');
  }
}

/** When what stands at the top of a project was last changed, as far as requirements can name it. */
async function changedAt({ folder }: CogProject): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /\.(?:txt|in|toml|cfg|whl)$|^setup\.py$/.test(name)).sort();
  return Promise.all(names.map(async (name) => `${name} ${(await stat(path.join(folder, name))).mtimeMs}`));
}

/** The environment that a file names; undefined when there is none, or when it was thrown away. */
async function folderIn(finished: string): Promise<string | undefined> {
  const name = await readFile(finished, 'utf8').catch(() => undefined);
  if (name === undefined) return undefined;
  const folder = path.join(path.dirname(finished), path.basename(name));
  return existsSync(path.join(folder, 'bin', 'python')) ? folder : undefined;
}

/** Throws away what nobody finished: whoever made it was killed. */
async function removeStale(cacheFolder: string): Promise<void> {
  const names = await readdir(cacheFolder);
  const used = await Promise.all(
    names.filter((name) => name.endsWith('.finished')).map((name) => folderIn(path.join(cacheFolder, name))),
  );
  for (const name of names.filter((one) => /^[0-9a-f]{16}-/.test(one))) {
    const folder = path.join(cacheFolder, name);
    if (used.includes(folder)) continue;
    const age = Date.now() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > STALE * 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

/** What is to be installed. `cog` itself is pinned by us. */
function requirementLines(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !/^(?:cog|coglet)\b(?![-\w])/i.test(line));
}
