/** Cog models as columns: a real browser, the standalone playground, real servers of the cog package. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { violations } from '../webview/axe';
import { columnOf, run, setColumns, valueOf, waitForState, write } from '../webview/drive';
import { openPlayground, openView, startPlayground } from '../webview/harness';
import { attach, fileOf } from '../webview/media-drive';
import { CACHE } from './cache';
import { eventually, projectOf, serve } from './environment';

const GLM = '@cf/zai-org/glm-4.7-flash';

/** A data folder whose environments are those of the tests. */
function dataFolder(): string {
  const data = mkdtempSync(path.join(tmpdir(), 'unified-inference-cog-view-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(CACHE, { recursive: true });
  symlinkSync(CACHE, path.join(data, 'cog'));
  return data;
}

async function openDialog(page: Page): Promise<Locator> {
  await page.getByTestId('add-model').first().click();
  await page.getByTestId('add-cog').click();
  const dialog = page.getByTestId('cog-dialog');
  await dialog.waitFor();
  return dialog;
}

/** Adds a server by its address; answers with the column that comes for it. */
async function addServer(page: Page, url: string): Promise<Locator> {
  await openDialog(page);
  await page.getByTestId('cog-address').fill(url);
  await page.keyboard.press('Enter');
  const column = page.locator('[data-testid="column"][data-model^="cog/"]').last();
  await column.waitFor();
  return column;
}

/** Leaves the user's own models. */
async function removeHosted(page: Page): Promise<void> {
  const hosted = page.locator('[data-testid="column"]:not([data-model^="cog/"])');
  while ((await hosted.count()) > 0) await hosted.first().getByTestId('remove-column').click();
}

const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'));

const text = (column: Locator): Promise<string> => column.getByTestId('column-output').innerText();

describe('a server by its address', () => {
  it('is a column beside hosted models: streamed, timed by its parts, without a token', async () => {
    const { url } = await serve(projectOf('stream'));
    const { page, frames } = await openPlayground({ data: dataFolder() });
    await setColumns(page, [GLM]);
    const own = await addServer(page, url);
    expect(await page.getByTestId('cog-dialog').count()).toBe(0);
    await own.getByTestId('own-server').waitFor();
    await run(page, 'Say it');
    await Promise.all([waitForState(own, 'done'), waitForState(columnOf(page, GLM), 'done')]);
    expect(await text(own)).toContain('Say it 1 Say it 2 Say it 3 Say it 4 Say it 5');
    expect(await valueOf(own, 'metric-predict-time')).toBeGreaterThan(0.2);
    expect(await valueOf(own, 'metric-ttft')).toBeGreaterThan(0);
    expect(await valueOf(own, 'metric-cost')).toBeUndefined();
    expect([
      await own.getAttribute('data-simulated'),
      await columnOf(page, GLM).getAttribute('data-simulated'),
    ]).toEqual(['false', 'true']);
    await own.getByTestId('column-log').locator('summary').click();
    expect(await own.getByTestId('column-log').innerText()).toContain('word 5');
    expect(frames.join('\n')).not.toMatch(/authorization/i);
    await own.getByTestId('copy-as').click();
    const kinds = await page
      .locator('[data-testid^="copy-as-"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')));
    expect(kinds).toEqual(['copy-as-curl', 'copy-as-ts-fetch', 'copy-as-py-requests']);
  });

  it('takes its own parameters, and says which is wrong', async () => {
    const { url } = await serve(projectOf('stream'));
    const { page } = await openPlayground({ data: dataFolder() });
    const own = await addServer(page, url);
    await own.getByTestId('parameters-button').click();
    const words = page.getByLabel('Words', { exact: false }).first();
    await words.fill('2');
    await page.keyboard.press('Escape');
    await run(page, 'hi');
    await waitForState(own, 'done');
    expect(await text(own)).toContain('hi 2');
    expect(await text(own)).not.toContain('hi 3');
  });

  it('costs what its machine does, once that is known', async () => {
    const { url } = await serve(projectOf('stream'));
    const { page } = await openPlayground({ data: dataFolder() });
    await setColumns(page, [GLM]);
    const own = await addServer(page, url);
    await own.getByTestId('own-server').click();
    await page.getByTestId('cog-price').fill('3.6');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await run(page, 'hi');
    await waitForState(own, 'done');
    const seconds = (await valueOf(own, 'metric-predict-time')) ?? 0;
    expect(await valueOf(own, 'metric-cost')).toBeCloseTo(seconds * 0.001, 9);
    expect(await own.getByTestId('metric-cost').first().getAttribute('data-provenance')).toBe('estimated');
    // Nobody is paid for it: the session cost is that of the other column alone.
    await waitForState(columnOf(page, GLM), 'done');
    const paid = await valueOf(columnOf(page, GLM), 'metric-cost');
    await expect.poll(() => valueOf(page, 'session-cost')).toBeCloseTo(paid ?? -1, 9);
  });

  it('that answers whole says how far it is while it works', async () => {
    const folder = projectOf('steps');
    const { url } = await serve(folder);
    const { page } = await openPlayground({ data: dataFolder() });
    const own = await addServer(page, url);
    await own.getByTestId('parameters-button').click();
    await page.getByLabel('Until', { exact: false }).first().fill(path.join(folder, 'go-on'));
    await page.keyboard.press('Escape');
    await run(page, 'hi');
    await expect.poll(() => own.getByTestId('column-progress').getAttribute('value')).toBe('50');
    writeFileSync(path.join(folder, 'go-on'), '');
    await waitForState(own, 'done');
    expect(await text(own)).toContain('HI');
    expect(await own.getByTestId('column-progress').count()).toBe(0);
  });

  it('takes a file and gives one back', async () => {
    const { url } = await serve(projectOf('files'));
    const { page } = await openPlayground({ data: dataFolder() });
    const own = await addServer(page, url);
    await removeHosted(page);
    const dot = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await attach(page, fileOf('dot.png', 'image/png', dot));
    await page.getByTestId('run-button').click();
    await waitForState(own, 'done');
    await own.getByTestId('output-image').first().waitFor();
    await expect.poll(() => own.getByTestId('output-json').first().innerText()).toContain('picture');
  });

  it('that is not on this machine needs https, and a word of the user', async () => {
    const { page } = await openPlayground({ data: dataFolder() });
    await openDialog(page);
    await page.getByTestId('cog-address').fill('http://models.example');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('cog-address-problem').innerText()).toContain('https');
    await page.getByTestId('cog-address').fill('https://user:secret@models.example');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('cog-address-problem').innerText()).toContain('password');
    await page.getByTestId('cog-address').fill('https://127.0.0.1.invalid:9');
    await page.keyboard.press('Enter');
    await page.getByTestId('cog-confirm').waitFor();
    expect(await page.getByTestId('cog-server').count()).toBe(0);
    await page.getByTestId('cog-confirm').click();
    await expect.poll(() => page.getByTestId('cog-server').getAttribute('data-state')).toBe('unreachable');
  });

  it('is agreed to by its own button alone, and for the address that was asked about', async () => {
    const { page } = await openPlayground({ data: dataFolder() });
    await openDialog(page);
    const address = page.getByTestId('cog-address');
    await address.fill('https://127.0.0.1.invalid:9');
    await page.keyboard.down('Enter');
    await page.getByTestId('cog-confirm').waitFor();
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.getByTestId('cog-add').click();
    await page.getByTestId('cog-confirm').waitFor();
    // An answer that comes when another address stands there is not about it.
    await address.evaluate((input: HTMLInputElement) => {
      const type = (text: string) => {
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
      type('https://first.invalid');
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      type('https://second.invalid');
    });
    await expect.poll(() => page.getByTestId('cog-add').innerText()).toContain('Add');
    expect(await page.getByTestId('cog-address-problem').count()).toBe(0);
    expect(await page.getByTestId('cog-server').count()).toBe(0);
  });

  it('that nobody answers at, or something else does, says so and stays to be mended', async () => {
    const { page, playground } = await openPlayground({ data: dataFolder() });
    await openDialog(page);
    await page.getByTestId('cog-address').fill('http://127.0.0.1:9');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByTestId('cog-problem').innerText())
      .toContain('Nothing answers at http://127.0.0.1:9');
    await page.getByTestId('cog-address').fill(new URL(playground.url).origin);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByTestId('cog-problem').allInnerTexts())
      .toContainEqual(expect.stringContaining('is not a Cog server'));
    for (const [left, next] of [
      [1, 'cog-remove'],
      [0, 'cog-address'],
    ] as const) {
      await page.getByTestId('cog-remove').first().click();
      await expect.poll(() => page.getByTestId('cog-server').count()).toBe(left);
      await expect.poll(() => focused(page)).toBe(next);
    }
  });

  it('that is gone fails in its own column, and the others go on', async () => {
    const server = await serve(projectOf('stream'));
    const { page } = await openPlayground({ data: dataFolder() });
    await setColumns(page, [GLM]);
    const own = await addServer(page, server.url);
    await server.process.stop();
    await run(page, 'hi');
    await waitForState(own, 'failed');
    await waitForState(columnOf(page, GLM), 'done');
    expect(await own.getByTestId('column-error').getAttribute('data-reason')).toBe('network');
    expect(await own.getByTestId('column-error').innerText()).toContain('Nothing answers at');
    await own.getByTestId('error-servers').click();
    await page.getByTestId('cog-dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('add-model').first().click();
    const option = page.locator('[data-testid="model-option"][data-model^="cog/"]');
    await expect.poll(() => option.innerText()).toContain('your server: no answer');
    expect(await option.innerText()).not.toContain('third-party');
  });

  it('that is busy leaves alone what is typed into its form', async () => {
    const { url } = await serve(projectOf('stream'));
    const { page } = await openPlayground({ data: dataFolder() });
    const own = await addServer(page, url);
    await own.getByTestId('parameters-button').click();
    const words = page.getByTestId('parameter-words');
    await words.fill('90');
    await page.keyboard.press('Escape');
    await write(page, 'prompt-input', 'hi');
    await page.getByTestId('run-button').click();
    await own.getByTestId('parameters-button').click();
    await words.focus();
    await expect.poll(() => own.getByTestId('own-server').getAttribute('data-state')).toBe('busy');
    expect(await focused(page)).toBe('parameter-words');
    expect(await page.locator('[aria-live]').allInnerTexts()).not.toContainEqual(expect.stringContaining('busy'));
  });

  it('that waits shows for what, and can be stopped', async () => {
    const folder = projectOf('slow-setup');
    const go = path.join(folder, 'go');
    // Its setup ends when the test says so: not before the page has asked.
    const runner = path.join(folder, 'run.py');
    const waits = `while not os.path.exists(${JSON.stringify(go)}): time.sleep(0.05)`;
    const source = readFileSync(runner, 'utf8');
    writeFileSync(runner, source.replace(/time\.sleep\(float.*\)/, waits));
    const { url } = await serve(folder, 'STARTING');
    const { page } = await openPlayground({ data: dataFolder() });
    const own = await addServer(page, url);
    // While another column answers, nothing can be run.
    await removeHosted(page);
    await write(page, 'prompt-input', 'hi');
    await page.getByTestId('run-button').click();
    const phase = own.getByTestId('column-phase');
    await expect.poll(() => phase.innerText()).toContain('setup() is running');
    await own.getByTestId('stop-column').click();
    await waitForState(own, 'stopped');
    expect(await phase.count()).toBe(0);
    await page.getByTestId('run-button').click();
    await phase.waitFor();
    writeFileSync(go, '');
    await waitForState(own, 'done');
    expect(await valueOf(own, 'metric-setup-time')).toBeGreaterThan(0);
  });
});

describe('a project', () => {
  it('is started without Docker, is a column when it is ready, and ends with the playground', async () => {
    const data = dataFolder();
    const playground = await startPlayground({ data });
    const { page } = await openView(playground.url, { expected: /WebSocket|ERR_/ });
    const folder = projectOf('stream', 'mein Modell');
    await openDialog(page);
    await page.getByTestId('cog-folder').fill(folder);
    await page.getByTestId('cog-start-python').click();
    await page.locator('[data-testid="cog-server"][data-state="ready"]').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('cog-server').innerText()).toContain('without Docker; not how it will be deployed');
    await page.keyboard.press('Escape');
    const own = columnOf(page, 'cog/mein-modell');
    await own.waitFor();
    await run(page, 'hi');
    await waitForState(own, 'done');
    expect(await own.getByTestId('own-note').innerText()).toContain('not how it will be deployed');
    await own.getByTestId('own-server').click();
    const facts = await page.getByTestId('cog-server').innerText();
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(facts)?.[0] ?? '';
    await page.getByTestId('cog-stop').click();
    await page.locator('[data-testid="cog-server"][data-state="stopped"]').waitFor();
    expect(await focused(page)).toBe('cog-stop');
    await expect(fetch(`${url}/health-check`)).rejects.toThrow();
    await page.getByTestId('cog-start').click();
    await page.locator('[data-testid="cog-server"][data-state="ready"]').waitFor({ timeout: 60_000 });
    const again = /http:\/\/127\.0\.0\.1:\d+/.exec(await page.getByTestId('cog-server').innerText())?.[0] ?? '';
    expect(existsSync(path.join(data, 'cog-servers.json'))).toBe(true);
    await playground.stop();
    await eventually(
      () =>
        fetch(`${again}/health-check`).then(
          () => false,
          () => true,
        ),
      () => 'it outlived the playground',
    );
  });

  it('whose setup fails shows why, with its log', async () => {
    const { page } = await openPlayground({ data: dataFolder() });
    await openDialog(page);
    await page.getByTestId('cog-folder').fill(projectOf('setup-failure'));
    await page.getByTestId('cog-start-python').click();
    await page.locator('[data-testid="cog-server"][data-state="setup-failed"]').waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('cog-problem').innerText()).toContain('no weights here');
    await page.getByTestId('cog-show-log').click();
    await expect.poll(() => page.getByTestId('cog-whole-log').innerText()).toContain('no weights here');
  });

  it('that is none is told as that', async () => {
    const { page } = await openPlayground({ data: dataFolder() });
    await openDialog(page);
    await page.getByTestId('cog-start-python').waitFor();
    await page.getByTestId('cog-start-python').click();
    await expect.poll(() => page.getByTestId('cog-start-problem').innerText()).toContain('folder');
    await page.getByTestId('cog-folder').fill(tmpdir());
    await page.getByTestId('cog-start-python').click();
    await expect.poll(() => page.getByTestId('cog-problem').innerText()).toContain('There is no cog.yaml');
  });
});

describe('the dialog', () => {
  it.each([['dark'], ['light'], ['high contrast']])('is accessible in %s', async (theme) => {
    const { url } = await serve(projectOf('stream'));
    const view =
      theme === 'high contrast'
        ? ({ contrast: 'more' } as const)
        : ({ colorScheme: theme as 'dark' | 'light' } as const);
    const { page } = await openPlayground({ data: dataFolder(), view });
    const own = await addServer(page, url);
    await removeHosted(page);
    await run(page, 'hi');
    await waitForState(own, 'done');
    await own.getByTestId('column-log').locator('summary').click();
    expect(await violations(page)).toEqual([]);
    await openDialog(page);
    await page.getByTestId('cog-start-python').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await focused(page)).toBe('cog-address');
    await page.keyboard.press('Escape');
    await page.getByTestId('cog-dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('add-model');
  });
});
