/**
 * `npm test`: installs, builds, runs the suites, and sums them up. Works on a fresh clone with Node 20.
 * `npm test -- --all` runs the slow suites too: compilers, runtimes and SDKs on what is scaffolded,
 * and real Cog servers.
 * Ends with `N passed, N failed`; the exit code is 0 only when nothing failed.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { build, ensureInstalled, root, script } from './setup.mjs';
import { capture, countLine, countVitest, judge } from './suites.mjs';

/** @typedef {import('./suites.mjs').Count} Count */

/**
 * @param {string} project
 * @param {Record<string, string>} env
 * @returns {Promise<Count>}
 */
async function vitest(project, env) {
  const folder = await mkdtemp(path.join(tmpdir(), 'unified-inference-report-'));
  const file = path.join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code } = await capture('vitest', ['run', '--project', project, '--allowOnly=false', ...reporters], { env });
    const report = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
    return judge(report && countVitest(report), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} suite
 * @param {string} file
 * @param {Record<string, string>} [env]
 */
async function runner(suite, file, env = {}) {
  const { code, output } = await capture('node', [file], { env });
  return judge(countLine(suite, output), code);
}

const SLOW = ['scaffold', 'cog'];

await script(async () => {
  const start = performance.now();
  const all = process.argv.includes('--all');
  await ensureInstalled();
  const env = { CHROMIUM_PATH: await ensureChromium() };
  await build();

  /** @type {[name: string, run: () => Promise<Count>][]} */
  const suites = [
    ['check', () => runner('check', 'test/tools/check.mjs')],
    ['unit', () => vitest('unit', env)],
    ['webview', () => vitest('webview', env)],
    ['vscode', () => runner('vscode', path.join(root, 'test', 'vscode', 'run.mjs'), env)],
    ['scaffold', () => vitest('scaffold', env)],
    ['cog', () => vitest('cog', env)],
  ];
  const total = { passed: 0, failed: 0 };
  const summary = [];
  for (const [name, run] of suites) {
    if (!all && SLOW.includes(name)) {
      summary.push(`${name}: not part of this run ("npm test -- --all" runs it, as .ci/run does)`);
      continue;
    }
    console.log(`\n── ${name}`);
    const began = performance.now();
    const { passed, failed, problems } = await run();
    total.passed += passed;
    total.failed += failed;
    const seconds = Math.round((performance.now() - began) / 1000);
    summary.push(`${name}: ${passed} passed, ${failed} failed (${seconds} s)`, ...problems.map((line) => `  ${line}`));
  }
  console.log(`\n${summary.join('\n')}\nall suites: ${Math.round((performance.now() - start) / 1000)} s`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
