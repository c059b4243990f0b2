/** `npm run bench [-- part of a name …]`: builds and runs the benchmarks of `test/bench`. */
import { ensureChromium } from './chromium.mjs';
import { build, ensureInstalled, run, projectEnvironment, script } from './setup.mjs';

await script(async () => {
  await ensureInstalled();
  const env = { ...projectEnvironment(), CHROMIUM_PATH: await ensureChromium() };
  await build();
  return run('node', ['--expose-gc', 'dist/test/bench/run.mjs', ...process.argv.slice(2)], { env });
});
