/**
 * `npm run catalog:update [-- options]`: rebuilds `media/catalog.json` from a live account. Sets the machine up, bundles
 * the TypeScript part for this one run, and passes its exit code on.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, run, script, SetupError } from './setup.mjs';

await script(async () => {
  await ensureInstalled();
  const folder = await mkdtemp(path.join(tmpdir(), 'unified-inference-catalog-'));
  try {
    const bundle = path.join(folder, 'catalog-update.cjs');
    const options = ['--bundle', '--platform=node', '--format=cjs', '--log-level=warning', `--outfile=${bundle}`];
    const built = await run('esbuild', ['test/tools/catalog-update-main.ts', ...options], { stdio: ['ignore', 2, 2] });
    if (built !== 0) throw new SetupError('The script could not be bundled. Messages are above.');
    return await run('node', [bundle, ...process.argv.slice(2)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
