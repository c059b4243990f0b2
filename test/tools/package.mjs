/** `npm run package`: makes the `.vsix`, which holds only what runs. */
import { ensureInstalled, run, script } from './setup.mjs';

await script(async () => {
  await ensureInstalled();
  // The production build is its `vscode:prepublish`. Everything is bundled, so no package goes along.
  return run('vsce', [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...process.argv.slice(2),
  ]);
});
