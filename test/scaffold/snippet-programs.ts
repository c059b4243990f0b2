/**
 * Runs "Copy as" snippets as their users do: with the real libraries, in programs of their own.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SnippetKind } from '../../src/core/snippets/kinds';

const NPM_PACKAGES = { ai: '7.0.173', '@ai-sdk/openai-compatible': '3.0.92', openai: '7.57.0' };
const PYTHON_PACKAGES = ['openai==3.54.0', 'anthropic==2.12.0', 'requests==2.34.2'];

/** Minutes are for a slow network; everything else is seconds. */
const INSTALL_LIMIT = 240_000;
const RUN_LIMIT = 60_000;

/** What a program did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Running {
  /** Its folder. */
  readonly cwd: string;
  readonly outcome: Promise<Outcome>;
  /** Resolves when this was printed, rejects when the program ends before. */
  printed(text: string): Promise<void>;
}

interface Start {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limit?: number;
}

function start(command: string, args: readonly string[], { cwd, env, limit = RUN_LIMIT }: Start): Running {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit, ...(env && { env }) });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  return {
    cwd,
    outcome,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => stdout.includes(text) && resolve();
        watchers.add(look);
        look();
        void outcome.then(
          ({ stderr: why }) => reject(new Error(`It ended without printing "${text}": ${why}`)),
          reject,
        );
      }),
  };
}

async function done(what: string, running: Running): Promise<string> {
  const { status, stdout, stderr } = await running.outcome;
  if (status !== 0) throw new Error(`${what} failed (exit code ${status}):\n${stdout}\n${stderr}`);
  return stdout;
}

/** A folder that is made once per machine and content. Only one file of tests makes it. */
async function cached(name: string, content: unknown, make: (folder: string) => Promise<void>): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  const folder = path.join(tmpdir(), `unified-inference-${name}-${hash}`);
  if (existsSync(path.join(folder, 'complete'))) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await make(folder);
  await writeFile(path.join(folder, 'complete'), '');
  return folder;
}

/** The folder under which TypeScript finds its packages. */
export function nodePackages(): Promise<string> {
  return cached('npm', NPM_PACKAGES, async (folder) => {
    const manifest = { private: true, type: 'module', dependencies: NPM_PACKAGES };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
    await done('npm install', start('npm', args, { cwd: folder, limit: INSTALL_LIMIT }));
  });
}

const HOW_TO_PYTHON =
  'Python 3.9 or later with its venv module is needed to run the Python snippets. Install it: ' +
  '"apt-get install python3 python3-venv", "brew install python", or python.org.';

/** The Python of a virtual environment with the libraries. Throws with how to install Python where there is none. */
export async function pythonWithPackages(): Promise<string> {
  const folder = await cached('python', PYTHON_PACKAGES, async (target) => {
    const venv = await start('python3', ['-m', 'venv', target], { cwd: tmpdir(), limit: INSTALL_LIMIT }).outcome.catch(
      (error: unknown) => ({ status: 1, stdout: '', stderr: String(error) }),
    );
    if (venv.status !== 0) throw new Error(`${HOW_TO_PYTHON}\n${venv.stdout}${venv.stderr}`);
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PYTHON_PACKAGES];
    await done('pip install', start(path.join(target, 'bin/python'), args, { cwd: target, limit: INSTALL_LIMIT }));
  });
  return path.join(folder, 'bin/python');
}

/** Keys of other services that lie about, which must stay at home, and the one that is to be sent. */
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  LC_ALL: 'C.UTF-8',
  CLOUDFLARE_API_TOKEN: 'token-of-a-test',
  OPENAI_API_KEY: 'key-of-openai',
  ANTHROPIC_API_KEY: 'key-of-anthropic',
};

/** Where snippets are run. */
export interface Workshop {
  /** Starts a snippet with these files beside it. */
  run(
    kind: Exclude<SnippetKind, 'worker'>,
    code: string,
    files?: Readonly<Record<string, Uint8Array>>,
  ): Promise<Running>;
  /** Runs many in one program, one after another: starting it is what takes time. */
  runAll(language: 'ts' | 'py', codes: readonly string[]): Promise<Outcome>;
  /** A new folder in which Node finds the packages. */
  folder(): Promise<string>;
  readonly python: string;
  dispose(): Promise<void>;
}

/** Installs what is missing. */
export async function openWorkshop(): Promise<Workshop> {
  const [packages, python] = await Promise.all([nodePackages(), pythonWithPackages()]);
  const own = await mkdtemp(path.join(packages, 'run-'));
  const folder = () => mkdtemp(path.join(own, 'x'));
  return {
    python,
    folder,
    async run(kind, code, files = {}) {
      const cwd = await folder();
      for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(cwd, name), bytes);
      if (kind === 'curl') {
        await writeFile(path.join(cwd, 'ask.sh'), code);
        return start('bash', ['ask.sh'], { cwd, env: ENVIRONMENT });
      }
      const isPython = kind.startsWith('py-');
      const name = isPython ? 'ask.py' : 'ask.mts';
      await writeFile(path.join(cwd, name), code);
      return start(isPython ? python : process.execPath, [name], { cwd, env: ENVIRONMENT });
    },
    async runAll(language, codes) {
      const cwd = await folder();
      const names = codes.map((_, at) => `ask${at}.${language === 'py' ? 'py' : 'mts'}`);
      await Promise.all(names.map((name, at) => writeFile(path.join(cwd, name), codes[at] ?? '')));
      const [all, code, command] =
        language === 'py'
          ? ['all.py', `import runpy\nfor name in ${JSON.stringify(names)}:\n    runpy.run_path(name)\n`, python]
          : ['all.mjs', names.map((name) => `await import("./${name}");\n`).join(''), process.execPath];
      await writeFile(path.join(cwd, all), code);
      return start(command, [all], { cwd, env: ENVIRONMENT }).outcome;
    },
    dispose: () => rm(own, { recursive: true, force: true }),
  };
}
