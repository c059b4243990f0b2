/**
 * `npm run check`: types, lint, layers, manifest, formatting, and that no test is left out.
 * Ends with `check: N passed, N failed`.
 */
import { ensureInstalled, script } from './setup.mjs';
import { capture, findLeftOut } from './suites.mjs';

/** @typedef {{ name: string, run: () => Promise<{ code: number, output: string }> }} Check */

/** @type {Check[]} */
const checks = [
  { name: 'types', run: () => capture('tsc', ['-p', '.'], { quiet: true }) },
  {
    name: 'types of components',
    run: () =>
      capture('svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'], {
        quiet: true,
      }),
  },
  { name: 'lint and layers', run: () => capture('eslint', ['.', '--max-warnings', '0'], { quiet: true }) },
  { name: 'formatting', run: () => capture('prettier', ['--check', '.', '--log-level', 'warn'], { quiet: true }) },
  {
    name: 'manifest and import graph',
    run: () => capture('vitest', ['run', '--project', 'unit', '--reporter=dot', 'layers', 'manifest'], { quiet: true }),
  },
  {
    name: 'no test left out',
    run: async () => {
      const found = await findLeftOut();
      return { code: found.length === 0 ? 0 : 1, output: found.join('\n') };
    },
  },
];

await script(async () => {
  await ensureInstalled();
  const waiting = [...checks];
  let failed = 0;
  // Two at a time: most machines that run this have two cores.
  await Promise.all(
    [1, 2].map(async () => {
      for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
        const start = performance.now();
        const { code, output } = await check.run();
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        if (code !== 0) failed++;
        console.log(
          `${code === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)${code === 0 ? '' : `\n${output.trimEnd()}`}`,
        );
      }
    }),
  );
  console.log(`check: ${checks.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
