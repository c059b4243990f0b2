/**
 * How soon one can work: activation inside VS Code, page to interactive, and how much is loaded and shipped for it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/chromium.mjs';
import { projectEnvironment, root } from '../tools/setup.mjs';
import { initialJavaScript, type Metafile } from '../tools/weight.mjs';
import { EXTENSION_ID, openWindow } from '../vscode/window';
import { startServer } from './server';
import type { Row } from './limits';

const ROUNDS = 7;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Milliseconds from navigation to the first moment at which Run can be pressed with columns in sight. */
async function openToInteractive(): Promise<number[]> {
  const server = await startServer();
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_FLAGS],
    chromiumSandbox: false,
  });
  const times: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const look = () => {
        const ready =
          document.querySelector('[data-testid="run-button"]') && document.querySelector('[data-testid="column"]');
        if (!ready) return requestAnimationFrame(look);
        return requestAnimationFrame(() => Object.assign(window, { interactiveAt: performance.now() }));
      };
      look();
    });
    await page.goto(server.url);
    await page.waitForFunction(() => 'interactiveAt' in window);
    const time = await page.evaluate(() => (window as unknown as { interactiveAt: number }).interactiveAt);
    // The first round starts the browser's own processes.
    if (round >= 0) times.push(time);
    await context.close();
  }
  await browser.close();
  await server.stop();
  return times;
}

async function activation(): Promise<number> {
  const window = await openWindow();
  try {
    return await window.host().call(async (vscode, id) => {
      const start = performance.now();
      await vscode.extensions.getExtension(id)?.activate();
      return performance.now() - start;
    }, EXTENSION_ID);
  } finally {
    await window.close();
  }
}

function vsixBytes(): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'unified-inference-vsix-'));
  const file = path.join(folder, 'package.vsix');
  try {
    const { status, stderr } = spawnSync(
      'vsce',
      ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file],
      {
        cwd: root,
        encoding: 'utf8',
        env: projectEnvironment(),
        shell: process.platform === 'win32',
      },
    );
    if (status !== 0) throw new Error(`vsce ended with ${status}: ${stderr}`);
    return statSync(file).size;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Emits the figures of section "start". */
export async function bench(emit: (row: Row) => void): Promise<void> {
  const metafile = JSON.parse(readFileSync(path.join(root, 'dist/meta.json'), 'utf8')) as Metafile;
  const { gzip, files } = initialJavaScript(metafile);
  emit({
    name: `webview JavaScript before first Run, ${files.length} files, gzip`,
    value: Number((gzip / 1024).toFixed(1)),
    unit: 'KB',
  });
  emit({
    name: 'panel open to interactive, standalone in Chromium, median',
    value: Math.round(median(await openToInteractive())),
    unit: 'ms',
  });
  emit({ name: 'activation in VS Code', value: Math.round(await activation()), unit: 'ms' });
  emit({ name: 'vsix', value: Number((vsixBytes() / 1024 / 1024).toFixed(2)), unit: 'MB' });
}
