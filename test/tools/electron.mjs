/**
 * `npm run test:electron`: the suite inside VS Code on a desktop build, which `@vscode/test-electron` downloads.
 * It is no part of `npm test`, which runs the same suite on a VS Code server from npm.
 */
import { build, ensureInstalled, run, script } from './setup.mjs';

await script(async () => {
  await ensureInstalled();
  await build();
  return run('node', ['test/vscode/run.mjs', '--electron', ...process.argv.slice(2)]);
});
