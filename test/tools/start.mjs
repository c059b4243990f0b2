/**
 * `npm start` and `npm run simulator`: installs what is missing, builds, and runs the playground's server or, with
 * `--simulator` first, the offline API alone. All further options go to it.
 */
import { build, ensureInstalled, run, script } from './setup.mjs';

await script(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const simulator = first === '--simulator';
  await ensureInstalled();
  await build();
  return simulator
    ? run('node', ['dist/simulator.js', ...rest])
    : run('node', ['dist/standalone.js', ...process.argv.slice(2)]);
});
