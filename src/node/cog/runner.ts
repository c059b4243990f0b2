/**
 * Starts Cog projects on this machine: with Cog and Docker, or with the `cog` package's own server in a virtual
 * environment, which is not how they will be deployed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CogProcess, CogRunner, Event } from '../../app/ports';
import { CogStartError } from '../../core/cog/server';
import { environmentOf } from './environment';
import { findCogAndDocker } from './find-docker';
import { findPython } from './find-python';
import { startListening, type Started } from './listening';
import { childEnvironment, runProgram } from './program';
import type { CogProject } from './project';
import { freePort, startServer } from './server-process';

/** What the runner borrows. */
export interface RunnerPorts {
  /** For environments; made when it is first needed. */
  readonly cacheFolder: string;
  /** `media/cog/read_runner.py` */
  readonly reader: string;
  readonly platform?: NodeJS.Platform;
  /** A port that nobody listens on, for tests. */
  readonly freePort?: () => Promise<number>;
}

/** Stands in documents that we wrote: they may be written anew. */
const MADE_BY = 'Made by Unified Inference for running without Docker';

const NO_WINDOWS =
  'Cog models do not run on Windows itself: their paths are POSIX paths. Use WSL, or add a server that runs elsewhere.';

/** Makes the runner. It starts nothing by itself. */
export function createCogRunner(ports: RunnerPorts): CogRunner {
  const isWindows = (ports.platform ?? process.platform) === 'win32';
  return {
    async tools() {
      if (isWindows) {
        const unusable = { usable: false, why: NO_WINDOWS } as const;
        return { docker: unusable, python: unusable };
      }
      const [docker, python] = await Promise.all([findCogAndDocker(), findPython()]);
      return {
        docker: 'problem' in docker ? { usable: false, why: docker.problem } : { usable: true, ...docker },
        python:
          'problem' in python ? { usable: false, why: python.problem } : { usable: true, version: python.version },
      };
    },
    start: (how, folder) =>
      launch((starting) => {
        if (isWindows) return Promise.reject(new CogStartError(NO_WINDOWS, 'Open the folder in WSL.'));
        return how === 'docker' ? withDocker(folder, starting) : withPython(folder, starting, ports);
      }),
  };
}

async function withDocker(folder: string, { onLine, onStage, signal }: Starting): Promise<Started> {
  const { readProject } = await import('./project');
  await readProject(folder);
  const found = await findCogAndDocker();
  if ('problem' in found) throw new CogStartError(found.problem, 'Or start it without Docker.');
  // The image is built first, which may take as long as an installation.
  onStage('starting');
  const port = await freePort();
  throwIfStopped(signal);
  const env = { ...childEnvironment(), COG_NO_UPDATE_CHECK: '1' };
  // The container is not of the group, and outlives a command line that is killed.
  const cleanUp = `ids=$(docker ps -q --filter publish=${port}); [ -z "$ids" ] || docker rm -f $ids >/dev/null`;
  const args = ['serve', '-p', String(port)];
  return { port, server: startServer({ command: 'cog', args, cwd: folder, env, onLine, cleanUp }) };
}

async function withPython(
  folder: string,
  { onLine, onStage, signal }: Starting,
  { cacheFolder, reader, freePort: findPort = freePort }: RunnerPorts,
): Promise<Started> {
  // With parsers of YAML and Python: a bundle of its own.
  const { readProject } = await import('./project');
  const project = await readProject(folder);
  const python = await findPython();
  if ('problem' in python) throw new CogStartError(python.problem, 'Or add a server that runs elsewhere.');
  const onInstall = () => onStage('installing');
  const bin = await environmentOf(project, { cacheFolder, python, onLine, onInstall, signal });
  onStage('starting');
  const facts = await factsOf(project, python.command, reader);
  if (facts !== undefined) await writeSchema(project, facts.openapi);
  else onLine(`${project.reference} was not understood: its inputs are not checked, and nothing is streamed.`);
  const slots = facts?.slots ?? project.slots;
  const environment = childEnvironment();
  const env = {
    ...environment,
    // Cog's worker asks the search path for `python`.
    PATH: `${bin}${path.delimiter}${environment['PATH'] ?? ''}`,
    VIRTUAL_ENV: path.dirname(bin),
    COG_PREDICT_TYPE_STUB: project.reference,
    LOG_FORMAT: 'console',
    PYTHONUNBUFFERED: '1',
    ...(slots !== undefined && { COG_MAX_CONCURRENCY: String(slots) }),
  };
  const command = path.join(bin, 'python');
  const args = ['-m', 'cog.server.http', '--host', '127.0.0.1'];
  return startListening({ onLine, signal }, async (heard) => {
    const port = await findPort();
    throwIfStopped(signal);
    return {
      port,
      server: startServer({ command, args, cwd: folder, env: { ...env, PORT: String(port) }, onLine: heard }),
    };
  });
}

function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new CogStartError('The start was stopped.', 'Start it again when you like.');
}

/** What the class says; undefined when it could not be understood. Rejects with a `CogStartError` when there is no file. */
async function factsOf({ folder, file, className }: CogProject, python: readonly string[], reader: string) {
  const source = await readFile(path.join(folder, file), 'utf8').catch(() => {
    throw new CogStartError(`cog.yaml names ${file}, which cannot be read.`, 'Correct the reference in cog.yaml.');
  });
  const { classFacts } = await import('./project');
  // Not with the project's environment, whose packages can run code at every start of its Python.
  const [command = '', ...args] = python;
  const options = { input: source, env: childEnvironment(), timeout: 20_000 };
  const { stdout } = await runProgram(command, [...args, '-W', 'ignore', '-I', reader], options);
  return classFacts(stdout, className);
}

/**
 * Writes `.cog/openapi_schema.json`, as `cog build` does: without it the server checks no input and streams nothing. One
 * that Cog made since the source last changed is kept.
 */
async function writeSchema({ folder, file }: CogProject, openapi: object): Promise<void> {
  const target = path.join(folder, '.cog', 'openapi_schema.json');
  if (existsSync(target)) {
    const source = path.join(folder, file);
    const [before, made, written] = await Promise.all([readFile(target, 'utf8'), stat(target), stat(source)]);
    if (!before.includes(MADE_BY) && made.mtimeMs >= written.mtimeMs) return;
  }
  await mkdir(path.dirname(target), { recursive: true });
  const info = { title: 'Cog', version: '0.1.0', description: MADE_BY };
  await writeFile(target, `${JSON.stringify({ ...openapi, info }, null, 2)}\n`);
}

interface Starting {
  readonly onLine: (line: string) => void;
  readonly onStage: (stage: 'installing' | 'starting') => void;
  readonly signal: AbortSignal;
}

/** Listeners that come late hear what was said before: a process speaks before anyone can listen. */
function source<T>(): { readonly event: Event<T>; fire(value: T): void } {
  const listeners = new Set<(value: T) => void>();
  let early: T[] | undefined = [];
  return {
    event(listener) {
      for (const value of early ?? []) listener(value);
      early = undefined;
      const own = (value: T) => listener(value);
      listeners.add(own);
      return { dispose: () => void listeners.delete(own) };
    },
    fire(value) {
      early?.push(value);
      for (const listener of listeners) listener(value);
    },
  };
}

function launch(start: (starting: Starting) => Promise<Started>): CogProcess {
  const lines = source<string>();
  const stages = source<'installing' | 'starting'>();
  const exits = source<number | null>();
  const controller = new AbortController();
  let isWanted = true;
  const started = start({ onLine: lines.fire, onStage: stages.fire, signal: controller.signal });
  // Who has not asked for the address yet must not be told by a crash.
  started.catch(() => {});
  const url = started.then(async ({ port, server }) => {
    void server.ended.then((code) => {
      if (isWanted) exits.fire(code);
    });
    if (!isWanted) await server.stop();
    return `http://127.0.0.1:${port}`;
  });
  url.catch(() => {});
  return {
    url,
    onLine: lines.event,
    onStage: stages.event,
    onExit: exits.event,
    async stop() {
      isWanted = false;
      controller.abort();
      await started.then(
        ({ server }) => server.stop(),
        () => {},
      );
    },
    dispose() {
      isWanted = false;
      controller.abort();
      started.then(
        ({ server }) => server.leave(),
        () => {},
      );
    },
  };
}
