/**
 * The packages that generated projects need, installed once per machine and set of versions.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifestText } from '../../src/core/scaffold/worker/project-manifest';
import { WORKER_TEMPLATES } from '../../src/core/scaffold/worker/templates';

/** Minutes are for a slow network. */
const INSTALL_LIMIT = 300_000;

/** The folder whose `node_modules` holds them: projects in folders below find them. */
export async function installation(): Promise<string> {
  const dependencies = allDependencies();
  const hash = createHash('sha256').update(JSON.stringify(dependencies)).digest('hex').slice(0, 12);
  const folder = path.join(tmpdir(), `unified-inference-worker-${hash}`);
  if (existsSync(folder)) return folder;
  // Whoever is interrupted leaves no half of it, and two at once do not meet.
  const draft = await mkdtemp(`${folder}-`);
  try {
    await writeFile(path.join(draft, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
    await npmInstall(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** What the manifests of all templates name, those beside a Cog model included. */
function allDependencies(): Readonly<Record<string, string>> {
  const manifests = WORKER_TEMPLATES.map(
    (template) =>
      JSON.parse(manifestText({ name: 'x', extras: ['tests'], format: 'jsonc' }, template)) as {
        readonly dependencies?: Record<string, string>;
        readonly devDependencies: Record<string, string>;
      },
  );
  const beside = ['worker', 'containers'].map((extra) => {
    const file = path.resolve(import.meta.dirname, '../../media/templates/cog/shared', extra, 'package.json');
    return JSON.parse(readFileSync(file, 'utf8')) as (typeof manifests)[number];
  });
  const entries = [...manifests, ...beside].flatMap(({ dependencies = {}, devDependencies }) => [
    ...Object.entries(dependencies),
    ...Object.entries(devDependencies),
  ]);
  return Object.fromEntries([...new Map(entries)].sort());
}

function npmInstall(cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: INSTALL_LIMIT });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm install failed:\n${output}`))));
  });
}
