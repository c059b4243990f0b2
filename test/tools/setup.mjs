/**
 * What every script needs first: the packages of the lock file and Node 24.
 * Plain Node 20 without dependencies, because on a fresh machine that is all there is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const windows = process.platform === 'win32';
const binaries = path.join(root, 'node_modules', '.bin');
const ownNode = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** Node's major version that the product is built and tested with. */
const WANTED_NODE = 24;

/** A set-up step that failed, told in a sentence for people; a stack trace would add nothing. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** The environment in which npm scripts run: the project's own programs come first. */
export function projectEnvironment() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const rest = (process.env[key] ?? '').split(path.delimiter).filter((folder) => folder !== binaries);
  return { ...process.env, [key]: [binaries, ...rest].join(path.delimiter) };
}

/** @param {string} file */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * The first package of the lock file that is not installed as locked; undefined when all are.
 * npm records what it installed in `node_modules/.package-lock.json`.
 * @param {string} [folder] Project folder.
 * @returns {string | undefined}
 */
export function firstMissingPackage(folder = root) {
  const locked = readPackages(path.join(folder, 'package-lock.json'));
  if (locked === undefined)
    throw new SetupError('package-lock.json is missing or damaged: check out the project again.');
  const installed = readPackages(path.join(folder, 'node_modules', '.package-lock.json')) ?? {};
  return Object.keys(locked).find((name) => {
    const { version, optional } = locked[name];
    if (name === '' || optional === true) return false;
    return installed[name]?.version !== version || !existsSync(path.join(folder, name));
  });
}

/** @param {string} node */
function versionOf(node) {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8', env: projectEnvironment() });
  return status === 0 ? stdout.trim() : undefined;
}

/** @param {string | undefined} version */
const majorOf = (version) => Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0);

/** Throws a {@link SetupError} that says why `node` is not the wanted Node in npm scripts. */
export function checkNode() {
  const first = versionOf('node');
  if (majorOf(first) >= WANTED_NODE) return;
  const own = existsSync(ownNode) ? versionOf(ownNode) : undefined;
  const why = !existsSync(ownNode)
    ? `the package "node" is installed, but its install script, which fetches the program ${ownNode}, did not run ` +
      `(npm's ignore-scripts or an allow-scripts policy forbids it, or the download failed). ` +
      `Run "npm rebuild node --ignore-scripts=false" and read what it prints.`
    : own === undefined
      ? `${ownNode} does not run on this machine (${process.platform} ${process.arch}). Install Node ${WANTED_NODE} yourself.`
      : `${path.join(binaries, 'node')} does not lead to ${ownNode} (${own}). Run "npm ci".`;
  throw new SetupError(`npm scripts here need Node ${WANTED_NODE}, but get ${first ?? 'none'}: ${why}`);
}

/** Installs what is missing and checks that Node 24 is really first. Quiet when there is nothing to do. */
export async function ensureInstalled() {
  const missing = firstMissingPackage();
  if (missing !== undefined) {
    console.error(`Installing packages (${missing.replace('node_modules/', '')} is missing or outdated) …`);
    const code = await run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] });
    if (code !== 0)
      throw new SetupError(`"npm ci" ended with ${code}: the packages could not be installed. Its messages are above.`);
  }
  checkNode();
}

/**
 * Builds all bundles as they ship.
 * Throws a {@link SetupError} when the build fails.
 */
export async function build() {
  const code = await run('node', ['esbuild.mjs', '--production'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new SetupError('The build failed. Its messages are above.');
}

/**
 * Runs a program of the project (Node 24 and `node_modules/.bin` first) to its end and answers with its exit code
 * (128 + signal number when a signal ended it). Signals sent to this process are passed on. When npm is ended, its shell
 * dies without telling us: the program then ends too rather than stay behind.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: projectEnvironment(),
    stdio: 'inherit',
    shell: windows && !path.isAbsolute(command),
    ...options,
  });
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // In a terminal Ctrl-C reaches the whole group, the child included.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, pass);
  const parent = process.ppid;
  const orphaned = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    clearInterval(orphaned);
    for (const signal of signals) process.off(signal, pass);
  });
}

/**
 * Runs a script's main function: its answer is the exit code, a {@link SetupError} is told without a stack.
 * @param {() => Promise<number>} main
 */
export async function script(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}
