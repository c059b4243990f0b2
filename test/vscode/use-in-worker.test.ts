/** From a column of the playground into a Worker, in real VS Code: its menu, the questions, the preview, the files. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { refactorPreview } from './refactor-preview';
import { openWindow, type TestWindow } from './window';

const MODEL = '@cf/zai-org/glm-4.7-flash';
const WRANGLER = '{\n  // Ours, by hand.\n  "name": "shop",\n  "main": "src/index.ts"\n}\n';
const INDEX = 'interface Env {\n  GREETING: string;\n}\n';

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow({
    files: { 'wrangler.jsonc': WRANGLER, 'src/index.ts': INDEX },
  });
  await window.host().command('unifiedInference.connect', { method: 'simulator' });
  await window.host().command('unifiedInference.openPlayground', { models: [MODEL], prompt: 'Hello', run: true });
  await byId('column').and(window.playground.locator('[data-state="done"]')).waitFor();
});
afterAll(async () => {
  await window?.close();
});
beforeEach(async () => {
  writeFileSync(at('wrangler.jsonc'), WRANGLER);
  await window.host().command('notifications.clearAll');
});

const byId = (id: string) => window.playground.getByTestId(id);
const at = (name: string) => path.join(window.workspace, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');
const { rows, row, button, quickInput, acceptEveryStep } = refactorPreview(() => window);
const title = () => quickInput().locator('.quick-input-title').innerText();

async function useColumn(): Promise<void> {
  await byId('copy-as').click();
  await byId('use-in-worker').click();
  await quickInput().waitFor();
}

/** Chooses from the list that is open. */
const choose = (label: string) => quickInput().locator('.monaco-list-row', { hasText: label }).first().click();

it('writes the helper and the binding into the Worker that is picked, and copies just the call', async () => {
  await useColumn();
  await choose('shop');
  await row('wrangler.jsonc').waitFor();
  expect([existsSync(at('src/ai.ts')), textOf('wrangler.jsonc')]).toEqual([false, WRANGLER]);
  await button('Apply').click();
  await expect.poll(() => existsSync(at('src/ai.ts'))).toBe(true);
  await expect.poll(() => textOf('wrangler.jsonc')).toContain('"binding": "AI"');
  expect(textOf('wrangler.jsonc')).toContain('// Ours, by hand.');
  expect(textOf('src/ai.ts')).toContain(MODEL);
  expect(textOf('src/index.ts')).toContain('  AI: Ai;\n');

  // Test windows show no toasts; the notification centre has them.
  await window.host().command('notifications.showList');
  const notice = window.page.locator('.notification-list-item', { hasText: 'In your Worker' });
  await notice.getByRole('button', { name: 'Copy', exact: true }).click();
  const copied = () => window.host().call(async (vscode) => vscode.env.clipboard.readText());
  await expect.poll(copied).toMatch(/^return \w+\(env\.AI.*\);$/);
  expect(await window.host().command('unifiedInference.undoScaffold')).toMatchObject({ kept: [] });
  expect([existsSync(at('src/ai.ts')), textOf('src/index.ts')]).toEqual([false, INDEX]);
});

it('makes a new project that calls the model of the column', async () => {
  await useColumn();
  await choose('New AI Worker Project');
  await expect.poll(title).toContain('New AI Worker Project');
  await acceptEveryStep();
  await button('Apply').click();
  await expect.poll(() => existsSync(at('streaming-chat/src/models.ts'))).toBe(true);
  await expect.poll(() => textOf('streaming-chat/src/models.ts')).toContain(MODEL);
  expect(textOf('wrangler.jsonc')).toBe(WRANGLER);
  await window.host().command('unifiedInference.undoScaffold');
  await expect.poll(() => existsSync(at('streaming-chat'))).toBe(false);
});

it('starts from the page of the model as well, and Escape writes nothing', async () => {
  await byId('open-model-page').click();
  await byId('model-use-in-worker').click();
  await quickInput().waitFor();
  expect(await title()).toContain('Use in Worker');
  await window.page.keyboard.press('Escape');
  await expect.poll(() => quickInput().count()).toBe(0);
  expect(await rows().count()).toBe(0);
  expect([existsSync(at('src/ai.ts')), textOf('wrangler.jsonc')]).toEqual([false, WRANGLER]);
});
