/**
 * A real VS Code (workbench, extension host, webviews, secrets) from the npm registry: the package `code-server`
 * carries a full VS Code server in `lib/vscode`. Nothing is compiled and no desktop build is downloaded.
 *
 * Plain Node 20 without dependencies. The server itself needs Node 24, which the devDependency `node` supplies.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

const VERSION = '4.139.1';

/**
 * Stands in for the native logger `@vscode/spdlog`, which nobody compiled: without one VS Code keeps no log files, and
 * log output channels stay empty.
 */
const LOGGER = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(type, name, file) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.level = 2;
    this.plain = false;
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.file, this.plain ? message : time + ' [' + name + '] ' + message + '\\n');
  };
});
const create = async (name, file) => new Logger('rotating', name, file);
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/**
 * Runs the server until its own input ends, which it does however the test run ends; then takes the whole process group,
 * extension hosts included, along.
 */
const KEEPER = `
const child = require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('close', () => {
  if (process.platform === 'win32') child.kill();
  else process.kill(-process.pid, 'SIGKILL');
}).resume();
`;

/** Milliseconds a server may take from its start to its first line with a port. */
const START_LIMIT = 60_000;

/**
 * Runs a program to its end and keeps what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function execute(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${code}:\n${output}`);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs the server once and answers with its folder (the one that holds `out/server-main.js`).
 * The folder gets its final name only when it is whole, so an interrupted install is done again.
 * @param {string} cache Folder to keep it in, for example `.vscode-test`.
 * @param {(line: string) => void} [say] Told what takes long.
 */
export async function installServer(cache, say = () => {}) {
  const whole = path.join(cache, `code-server-${VERSION}`);
  const inside = (/** @type {string} */ root) => path.join(root, 'node_modules', 'code-server', 'lib', 'vscode');
  if (existsSync(whole)) return inside(whole);

  await mkdir(cache, { recursive: true });
  const prefix = `code-server-${VERSION}.part-`;
  for (const name of await readdir(cache)) {
    const abandoned = name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)));
    if (abandoned) await rm(path.join(cache, name), { recursive: true, force: true });
  }
  const part = path.join(cache, prefix + process.pid);
  say(`Installing VS Code server ${VERSION} into ${whole} (about 590 MB, once)`);
  await mkdir(part);
  await writeFile(path.join(part, 'package.json'), '{ "private": true }\n');
  const quick = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await execute('npm', ['install', ...quick, `code-server@${VERSION}`], part);
  await execute('npm', ['install', ...quick, '--omit=dev'], inside(part));
  await writeFile(path.join(inside(part), 'node_modules', '@vscode', 'spdlog', 'index.js'), LOGGER);
  try {
    await rename(part, whole);
  } catch (error) {
    // Another process finished first: its copy is as good.
    if (!existsSync(whole)) throw error;
    await rm(part, { recursive: true, force: true });
  }
  return inside(whole);
}

/**
 * The Node that runs the server: the project's own Node 24 where it is, else this one.
 * @param {string} root Project folder.
 */
export function serverNode(root) {
  const own = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(`VS Code server needs Node 24: ${own} is missing and this is Node ${process.versions.node}.`);
}

/**
 * Starts a server on a free port with folders of its own.
 * @param {object} options
 * @param {string} options.server Folder from {@link installServer}.
 * @param {string} options.node From {@link serverNode}.
 * @param {string} options.data Folder for everything the server writes.
 * @param {Record<string, unknown>} options.userSettings
 * @param {Record<string, unknown>} options.machineSettings Those that only a machine may set, for example a base URL.
 * @param {Record<string, string | undefined>} [options.env] Added to the environment of the extension host.
 * @returns {Promise<{ origin: string, authority: string, log: string[], stop(): Promise<void> }>}
 */
export async function startServer({ server, node, data, userSettings, machineSettings, env = {} }) {
  for (const [folder, settings] of /** @type {const} */ ([
    ['User', userSettings],
    ['Machine', machineSettings],
  ])) {
    await mkdir(path.join(data, 'user', folder), { recursive: true });
    await writeFile(path.join(data, 'user', folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }

  const child = spawn(
    node,
    [
      ...['-e', KEEPER],
      path.join(server, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
      // A built server honours extensionDevelopmentPath and extensionTestsPath only with this.
      '--enable-smoke-test-driver',
      ...['--telemetry-level', 'off'],
      ...['--user-data-dir', path.join(data, 'user')],
      ...['--server-data-dir', path.join(data, 'server')],
      ...['--extensions-dir', path.join(data, 'extensions')],
    ],
    { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  const closed = once(child, 'close');
  /** @type {string[]} */
  const log = [];

  const stop = async () => {
    child.stdin.destroy();
    await closed;
  };

  const port = await new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new Error(`VS Code server did not start: ${why}\n${log.join('\n')}`));
    const timer = setTimeout(() => fail('no port after a minute'), START_LIMIT);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        log.push(line);
        const match = /listening on (\d+)/.exec(line);
        if (match) {
          clearTimeout(timer);
          resolve(Number(match[1]));
        }
      });
    }
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  }).catch(async (error) => {
    await stop();
    throw error;
  });

  return { origin: `http://127.0.0.1:${port}`, authority: `127.0.0.1:${port}`, log, stop };
}

/**
 * The address of a window that loads an extension from its folder and runs a module inside the extension host.
 * @param {{ origin: string, authority: string }} server
 * @param {{ folder: string, extension: string, tests: string }} paths Absolute; the folder may be a `.code-workspace` file.
 */
export function windowUrl(server, { folder, extension, tests }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://${server.authority}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ];
  const opened = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `${server.origin}/?${opened}=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
