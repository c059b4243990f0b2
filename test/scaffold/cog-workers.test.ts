/** The Workers beside a Cog model: types, bundle, and what they answer. */
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { planCogProject } from '../../src/core/scaffold/cog/new-project';
import { runTool } from './projects';

const TEMPLATES = path.resolve(import.meta.dirname, '../../media/templates/cog');

/** A project with both Workers, where Node finds their packages. */
async function project(): Promise<string> {
  const folder = await mkdtemp(path.join(inject('projects'), 'cog-'));
  const files = { read: () => Promise.resolve(undefined), list: () => Promise.resolve([]) };
  const { creates } = await planCogProject(files, (file) => readFile(path.join(TEMPLATES, file), 'utf8'), {
    name: 'my-model',
    template: 'minimal',
    spelling: 'runner',
    extras: ['worker', 'containers'],
  });
  for (const { path: file, text } of creates) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  return folder;
}

describe.concurrent.each([
  ['worker', 'env.MODEL_ID'],
  ['containers', 'env.MODEL'],
])('%s', (extra, binding) => {
  it('passes wrangler and the compiler', async () => {
    const folder = path.join(await project(), extra);
    await runTool(folder, 'wrangler', 'types');
    await runTool(folder, 'tsc', '--noEmit');
    const report = await runTool(folder, 'wrangler', 'deploy', '--dry-run', '--outdir', 'dist');
    expect(report).toContain(binding);
    expect(report).not.toMatch(/warning/i);
  });
});
