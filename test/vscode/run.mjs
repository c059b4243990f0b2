/**
 * Runs the suite inside VS Code: on a server build from npm, or with `--electron` on a downloaded desktop build.
 * Further arguments go to vitest, for example the name of a file.
 * Ends with `vscode: N passed, N failed`; anything failed, left out or not run makes the exit code 1.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureChromium } from '../tools/chromium.mjs';
import { root, script } from '../tools/setup.mjs';
import { capture, countVitest, judge } from '../tools/suites.mjs';
import { installServer } from '../tools/vscode-server.mjs';

await script(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--electron');
  const desktop = process.argv.includes('--electron');
  // Here, because on a slow network these take longer than any hook may.
  if (!desktop) {
    await ensureChromium();
    await installServer(path.join(root, '.vscode-test'), (line) => console.error(line));
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'unified-inference-report-'));
  try {
    const file = path.join(folder, 'report.json');
    const config = path.join(root, 'test', 'vscode', 'vitest.config.mjs');
    const { code } = await capture(
      'vitest',
      [
        'run',
        '--config',
        config,
        '--allowOnly=false',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...args,
      ],
      { env: { UNIFIED_INFERENCE_VSCODE: desktop ? 'electron' : 'server' } },
    );
    const report = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
    const { passed, failed, problems } = judge(report && countVitest(report), code);
    for (const problem of problems) console.log(problem);
    console.log(`vscode: ${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
