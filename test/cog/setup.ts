import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environmentOf } from '../../src/node/cog/environment';
import { findPython } from '../../src/node/cog/find-python';
import { CACHE } from './cache';

/** Makes the environment before any test, so that no test's time holds an installation. Without Python it fails. */
export async function setup(): Promise<void> {
  let python = await findPython();
  if ('problem' in python && process.getuid?.() === 0) {
    spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq python3 python3-venv'], { stdio: 'inherit' });
    python = await findPython();
  }
  if ('problem' in python) throw new Error(`The tests of Cog need Python: ${python.problem}`);
  mkdirSync(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(tmpdir(), 'unified-inference-cog-setup-'));
  const lines: string[] = [];
  try {
    await environmentOf(
      { folder, reference: 'run.py:Runner', file: 'run.py', className: 'Runner', requirements: [] },
      {
        cacheFolder: CACHE,
        python,
        onLine: (line) => void lines.push(line),
        onInstall: () => {},
        signal: new AbortController().signal,
      },
    );
  } catch (error) {
    throw new Error(`The environment for the tests of Cog could not be made:\n${lines.join('\n')}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
