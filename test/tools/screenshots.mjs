/**
 * Takes the pictures of the README from the playground as built: `node test/tools/screenshots.mjs`.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.mjs';
import { root, script } from './setup.mjs';

const output = path.join(root, 'media', 'screenshots');

/** @param {import('playwright-core').Page} page */
async function runDefault(page) {
  await page.getByTestId('prompt-input').click();
  await page.keyboard.insertText(
    'Explain how TLS session resumption saves a round trip. Use a table and a short code sample.',
  );
  await page.getByTestId('run-button').click();
}

/** @param {import('playwright-core').Page} page */
async function allDone(page) {
  await page.waitForFunction(() => {
    const columns = [...document.querySelectorAll('[data-testid="column"]')];
    return columns.length > 0 && columns.every((column) => column.getAttribute('data-state') === 'done');
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} task
 * @param {string} prompt
 */
async function runTask(page, task, prompt) {
  await page.getByTestId('task-select').selectOption(task);
  await page.getByTestId('prompt-input').click();
  await page.keyboard.insertText(prompt);
  await page.getByTestId('run-button').click();
  await allDone(page);
}

const SPOKEN = 'Ships that pass the lighthouse at night are guided home by its steady light.';

/** @type {{ name: string, options: import('playwright-core').BrowserContextOptions, act: (page: import('playwright-core').Page) => Promise<void> }[]} */
const pictures = [
  {
    name: 'streaming',
    options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runDefault(page);
      await page.locator('[data-testid="column"][data-state="answering"]').nth(1).waitFor();
      await page.locator('[data-testid="column"][data-state="done"]').first().waitFor();
    },
  },
  {
    name: 'compared',
    options: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runDefault(page);
      await allDone(page);
    },
  },
  {
    name: 'images',
    options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runTask(page, 'text-to-image', 'A lighthouse on a cliff at dusk, flat vector illustration');
      await page.getByTestId('output-image').nth(2).waitFor();
    },
  },
  {
    name: 'videos',
    options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runTask(page, 'text-to-video', 'Waves roll against a lighthouse at dusk');
      await page.getByTestId('output-video').nth(2).waitFor();
      await page.getByTestId('play-all').click();
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 2);
      await page.getByTestId('play-all').click();
    },
  },
  {
    name: 'transcripts',
    options: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runTask(page, 'text-to-speech', SPOKEN);
      await page.getByTestId('media-use').first().click();
      await page.getByTestId('task-select').selectOption('speech-recognition');
      await page.getByTestId('reference-input').click();
      await page.keyboard.insertText(SPOKEN);
      await page.getByTestId('run-button').click();
      await allDone(page);
      await page.getByTestId('word-error-rate').nth(2).waitFor();
    },
  },
  {
    name: 'picker',
    options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await page.getByTestId('add-model').first().click();
      await page.locator('[data-testid="catalog-status"]', { hasText: 'updated' }).waitFor();
      await page.getByTestId('filter-capability').selectOption('vision');
      await page.getByTestId('sort-select').selectOption('price');
      await page.getByTestId('model-search').press('ArrowDown');
    },
  },
  {
    name: 'model',
    options: { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    async act(page) {
      await runDefault(page);
      await allDone(page);
      await page.getByTestId('open-model-page').nth(1).click();
      await page.locator('[data-testid="model-schema"][data-schema="own"]').waitFor();
    },
  },
];

await script(async () => {
  await mkdir(output, { recursive: true });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
    chromiumSandbox: false,
  });
  for (const { name, options, act } of pictures) {
    const data = await mkdtemp(path.join(tmpdir(), 'unified-inference-pictures-'));
    const node = path.join(root, 'node_modules', '.bin', 'node');
    const server = spawn(node, ['dist/standalone.js', '--port', '0', '--no-open', '--data', data], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /^Playground ready: (\S+)$/.exec(line)?.[1];
      if (url === undefined) continue;
      const page = await browser.newPage(options);
      await page.goto(url);
      await page.getByTestId('run-button').waitFor();
      await act(page);
      // Pointer and tooltips out of the picture.
      await page.mouse.move(0, 0);
      await page.screenshot({ path: path.join(output, `${name}.png`) });
      await page.close();
      break;
    }
    server.kill('SIGINT');
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
    console.log(`${name}.png`);
  }
  await browser.close();
  return 0;
});
