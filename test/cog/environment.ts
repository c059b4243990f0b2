/**
 * Real Cog servers for tests: the `cog` package in an environment made once per machine, and projects to serve with it.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kill } from 'node:process';
import { onTestFinished } from 'vitest';
import type { CogProcess } from '../../src/app/ports';
import type { ReadPython } from '../../src/core/cog-project/python-facts';
import { createPythonReader } from '../../src/node/cog/python-reader';
import { createCogRunner } from '../../src/node/cog/runner';
import { CACHE } from './cache';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/cog');

const READER = path.resolve(import.meta.dirname, '../../media/cog/read_runner.py');

/** The runner that the product has. */
export const runner = createCogRunner({ cacheFolder: CACHE, reader: READER });

/** A copy of a project of `test/fixtures/cog` that is gone when the test is over. */
export function projectOf(fixture: string, name: string = randomUUID()): string {
  return copyOf(path.join(FIXTURES, fixture), name);
}

/** A copy of a folder that is gone when the test is over. */
export function copyOf(folder: string, name: string = randomUUID()): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'unified-inference-cog-project-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }));
  const copy = path.join(parent, name);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** A server that runs. */
export interface ServedProject {
  readonly url: string;
  readonly process: CogProcess;
  /** All that it wrote. */
  readonly log: readonly string[];
  /** Its state, by its own health report. */
  health(): Promise<string>;
  /** Kills its process from outside, as a machine without memory does (Linux). */
  kill(): void;
}

/** Serves a project, and waits for a state (`READY` unless told). It ends with the test. */
export async function serve(folder: string, until: string = 'READY'): Promise<ServedProject> {
  const process = runner.start('python', folder);
  const log: string[] = [];
  process.onLine((line) => void log.push(line));
  onTestFinished(() => process.stop());
  const url = await process.url;
  const health = async (): Promise<string> => {
    const report = (await (await fetch(`${url}/health-check`)).json()) as { status: string };
    return report.status;
  };
  await eventually(
    async () => (await health().catch(() => 'silent')) === until,
    () => `${until} did not come:\n${log.join('\n')}`,
  );
  return { url, process, log, health, kill: () => killServer(new URL(url).port) };
}

function killServer(port: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const of = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
      const isServer = of('cmdline').includes('cog.server.http') && of('environ').includes(`PORT=${port}`);
      // Its watcher has the same words, in the name of another program.
      if (isServer && of('cmdline')[0] !== '/bin/sh') kill(Number(pid), 'SIGKILL');
    } catch {
      // It is gone by now, or is somebody else's.
    }
  }
}

/** Asks again and again, for at most half a minute. */
export async function eventually(test: () => boolean | Promise<boolean>, problem: () => string): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await test())) {
    if (performance.now() > end) throw new Error(problem());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const readWithPython = createPythonReader({ script: READER });

/** Reads Python with Python's own parser. */
export const withPython: ReadPython = async (source) => {
  const facts = await readWithPython(source);
  if (facts === undefined) throw new Error('Python did not read it.');
  return facts;
};
