import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostError } from './bridge';
import { logText } from './probe';
import { EXTENSION_ID, openWindow, type TestWindow } from './window';

const GLM = '@cf/zai-org/glm-4.7-flash';
const HAIKU = 'anthropic/claude-haiku-4.5';

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

const byId = (id: string) => window.playground.getByTestId(id);
const run = <R>(name: string, argument: unknown = {}) => window.host().command<R>(`unifiedInference.${name}`, argument);
const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => 'no error',
    (error: HostError) => error.code,
  );
/** A row of the Models view whose label for screen readers begins so. */
const row = (label: string) => window.page.locator(`.pane .monaco-list-row[aria-label^="${label}"]`);
/** Opens a group that is shown, unless it is open. */
async function open(group: string): Promise<void> {
  const header = row(`${group}, models:`);
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  await expect.poll(() => header.getAttribute('aria-expanded')).toBe('true');
}
/** A button in the title of the view. */
const title = (label: string) => window.page.locator(`.sidebar .title [aria-label^="${label}"]`);
/** What the line above the tree says. */
const message = () => window.page.locator('.pane .message').textContent();
const isActive = () => window.host().call((vscode, id) => vscode.extensions.getExtension(id)?.isActive, EXTENSION_ID);

describe('the Models view', () => {
  it('is one click away, and only then wakes the extension', async () => {
    expect(await isActive()).toBe(false);
    await window.page.locator('.activitybar [aria-label^="Unified Inference"]').first().click();
    await row('Anthropic, models:').waitFor();
    expect(await isActive()).toBe(true);
    // Nobody has favourites yet.
    expect(await row('Favourites').count()).toBe(0);
    expect(await row('Black Forest Labs, models:').count()).toBe(1);
  });

  it('opens a provider by keyboard and shows its models with their prices', async () => {
    const provider = row('Anthropic, models:');
    await provider.click();
    // The click has opened it.
    await expect.poll(() => provider.getAttribute('aria-expanded')).toBe('true');
    await window.page.keyboard.press('ArrowLeft');
    await expect.poll(() => provider.getAttribute('aria-expanded')).toBe('false');
    expect(await row('Claude Haiku 4.5').count()).toBe(0);
    await window.page.keyboard.press('ArrowRight');
    await row('Claude Haiku 4.5').waitFor();
    expect(await row('Claude Haiku 4.5').getAttribute('aria-label')).toMatch(
      /^Claude Haiku 4\.5, Anthropic, Text generation, \$[\d.]+ \/ \$[\d.]+, 200k$/,
    );
  });

  it('reads the live lists of the connected server', async () => {
    // By itself when it came up: until then a line says that this is the bundled list.
    await expect.poll(() => window.page.locator('.pane .message').isVisible()).toBe(false);
    const change = await run<{ models: number; added: number; removed: number }>('refreshCatalog');
    expect(change.models).toBeGreaterThan(200);
    expect(change).toMatchObject({ added: 0, removed: 0 });
    // The simulator's own fault models are in no bundled list.
    expect(await run<number>('filterModels', { provider: 'simulator' })).toBeGreaterThan(5);
    await row('Simulator, models:').waitFor();
    await run('clearModelFilter');
  });

  it('tells what it leaves out, with a way back', async () => {
    const left = await run<number>('filterModels', { task: 'text-to-image' });
    expect(left).toBeGreaterThan(5);
    await expect.poll(message).toMatch(new RegExp(`^Filtered: Text to image \\(${left} of \\d+ models\\)\\.$`));
    await row('Anthropic, models:').waitFor({ state: 'detached' });
    await run('filterModels', { minContext: 1e12 });
    const welcome = window.page.locator('.pane .welcome-view-content');
    await expect.poll(() => welcome.textContent()).toContain('No model passes the filter.');
    await welcome.getByText('Show All Models').click();
    await row('Anthropic, models:').waitFor();
    expect(await welcome.isVisible()).toBe(false);
  });

  it('groups by task at a click', async () => {
    await title('Group Models by Task').click();
    await row('Text generation, models:').waitFor();
    await title('Group Models by Provider').click();
    await row('Anthropic, models:').waitFor();
  });

  it('keeps favourites on top, over a reload too', async () => {
    await open('Anthropic');
    await row('Claude Haiku 4.5').hover();
    await row('Claude Haiku 4.5').locator('[aria-label="Add to Favourites"]').click();
    await row('Favourites, models: 1').waitFor();
    await expect.poll(() => row('Claude Haiku 4.5, favourite').count()).toBe(2);

    await window.reload();
    await row('Favourites, models: 1').waitFor();
    await row('Claude Haiku 4.5, favourite').first().waitFor();
    expect(await run('toggleFavourite', { modelId: HAIKU, favourite: false })).toBe(false);
    await row('Favourites').waitFor({ state: 'detached' });
  });

  it('copies the id of a row from its menu', async () => {
    await open('Anthropic');
    await row('Claude Haiku 4.5').click({ button: 'right' });
    const item = window.page.locator('.monaco-menu [aria-label="Copy Model Id"]');
    await item.waitFor();
    // A menu that has just opened takes no clicks.
    await expect
      .poll(async () => {
        if (await item.isVisible()) await item.click();
        return item.isVisible();
      })
      .toBe(false);
    await window.page.locator('.statusbar-item', { hasText: `Copied ${HAIKU}` }).waitFor();
  });

  it('opens the page of a model', async () => {
    await row('Claude Haiku 4.5').click();
    await expect.poll(() => byId('model-page').textContent()).toContain(HAIKU);
  });
});

describe('find model', () => {
  const entries = () => window.page.locator('.quick-input-list .monaco-list-row');

  it('forgives typing errors, best first in our order', async () => {
    await window.runFromPalette('Unified Inference: Find Model');
    const input = window.page.locator('.quick-input-widget input[type="text"]');
    await input.fill('gml 4.7 flsh');
    await expect.poll(() => entries().first().textContent()).toContain(GLM);
    // VS Code alone would sort by how well labels begin.
    await input.fill('llama');
    await expect.poll(() => entries().first().textContent()).toMatch(/llama/i);
    await input.fill('@cf/meta/llama-3.1-8b-instruct-fp8');
    await expect.poll(() => entries().first().textContent()).toMatch(/instruct-fp8 ·/);
    await input.press('Enter');
    await expect.poll(() => byId('model-page').textContent()).toContain('@cf/meta/llama-3.1-8b-instruct-fp8');
    // The page takes the focus some time after it opened; a question asked before that would be closed by it.
    await window.host().command('workbench.action.closeAllEditors');
    await byId('model-page').waitFor({ state: 'detached' });
  });

  it('begins with what a script gives it, and answers with what is chosen', async () => {
    const found = run<string>('findModel', { query: 'gpt 5.4 mnii' });
    await expect.poll(() => entries().first().textContent()).toContain('openai/gpt-5.4-mini');
    await window.page.keyboard.press('Enter');
    expect(await found).toBe('openai/gpt-5.4-mini');
    expect(await run('findModel', { modelId: GLM })).toBe(GLM);
  });

  it('tells a script that nobody chose', async () => {
    const found = codeOf(run('findModel', { query: 'glm' }));
    await entries().first().waitFor();
    await window.page.keyboard.press('Escape');
    expect(await found).toBe('cancelled');
  });
});

describe('commands about a model', () => {
  it('compare it: a column more in the playground', async () => {
    await window.host().command('unifiedInference.openPlayground', { models: ['openai/gpt-5.4-mini'] });
    await expect.poll(() => byId('column').count()).toBe(1);
    expect(await run('compareModel', { modelId: GLM })).toBe(GLM);
    await expect
      .poll(() => byId('column').evaluateAll((columns) => columns.map((column) => column.getAttribute('data-model'))))
      .toEqual(['openai/gpt-5.4-mini', GLM]);
  });

  it('copy its call for a Worker', async () => {
    expect(await run<string>('useModelInWorker', { modelId: GLM })).toContain(`await env.AI.run("${GLM}"`);
  });

  it('reject with a code, and write it into the log', async () => {
    for (const name of ['openModelPage', 'compareModel', 'copyModelId', 'toggleFavourite', 'findModel']) {
      expect([name, await codeOf(run(name, { modelId: 'no/such-model' }))]).toEqual([name, 'unknown-model']);
    }
    expect(await codeOf(run('sortModels', { sort: 'beauty' }))).toBe('bad-argument');
    await expect.poll(() => logText(window.data)).toContain('unifiedInference.sortModels failed (bad-argument)');
  });
});

describe('without an account', () => {
  const connection = (value: string | undefined) =>
    window
      .host()
      .call(
        async (vscode, to) => vscode.workspace.getConfiguration('unifiedInference').update('connection', to, true),
        value,
      );

  it('lists what is bundled and says so', async () => {
    await window.host().command('unifiedInference.models.focus');
    await connection('cloudflare');
    await expect.poll(message).toMatch(/^Bundled list of [\d-]+, not confirmed on your account\.$/);
    expect(await window.page.locator('.pane .monaco-list-row').count()).toBeGreaterThan(10);
    expect(await codeOf(run('refreshCatalog'))).toBe('no-token');
    await connection(undefined);
    await expect.poll(() => window.page.locator('.pane .message').isVisible()).toBe(false);
  });
});
