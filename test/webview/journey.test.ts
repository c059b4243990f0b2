import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addModel,
  answerOf,
  columnOf,
  columns,
  metricsOf,
  modelsOf,
  run,
  setColumns,
  valueOf,
  waitForState,
  write,
} from './drive';
import { openPlayground, root } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const SONNET = 'anthropic/claude-sonnet-4.5';
const GPT = 'openai/gpt-5.4-mini';

interface CatalogModel {
  readonly id: string;
  readonly pricing: readonly { readonly label: string; readonly usd: number }[];
}
const catalog: readonly CatalogModel[] = JSON.parse(readFileSync(path.join(root, 'media/catalog.json'), 'utf8')).models;

/** USD for one token of a model, by the label of its price. */
function pricePerToken(id: string, label: string): number {
  const price = catalog.find((model) => model.id === id)?.pricing.find((entry) => entry.label === label);
  if (price === undefined) throw new Error(`${id} has no price ${label}`);
  return price.usd / 1_000_000;
}

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

describe('the playground on the simulator', () => {
  it('opens with three columns, the connection in sight and no number invented', async () => {
    const { page } = await openPlayground();
    expect(await columns(page).count()).toBe(3);
    await expect.poll(() => page.getByTestId('connection-badge').getAttribute('data-connection')).toBe('simulator');
    for (const column of await columns(page).all()) expect(await column.getAttribute('data-state')).toBe('idle');
    expect(await page.locator('[data-testid^="metric-"][data-value]').count()).toBe(0);
    expect(await valueOf(page, 'session-cost')).toBeUndefined();
  });

  it('keeps its key out of the address bar and out of reach of scripts', async () => {
    const { page, playground } = await openPlayground();
    const key = new URL(playground.url);
    expect(page.url()).not.toBe(playground.url);
    expect(page.url().startsWith(key.origin)).toBe(true);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.name).toContain(key.port);
  });

  it('streams a prompt into several models and measures each of them', async () => {
    // At natural speed: the numbers must be those of a stream.
    const { page } = await openPlayground({ speed: 1 });
    await setColumns(page, [GLM, SONNET, GPT]);
    await run(page, 'Why is the sky blue? Answer at length, with a table.');

    const glm = columnOf(page, GLM);
    await waitForState(glm, 'answering');
    const early = await answerOf(glm);
    for (const id of [GLM, SONNET, GPT]) await waitForState(columnOf(page, id), 'done');
    expect((await answerOf(glm)).length).toBeGreaterThan(early.length);

    for (const id of [GLM, SONNET, GPT]) {
      const column = columnOf(page, id);
      const m = await metricsOf(column);
      expect.soft(m.ttft, id).toBeGreaterThan(0.05);
      expect.soft(m.ttfa, id).toBeGreaterThanOrEqual(m.ttft!);
      expect.soft(m.e2e, id).toBeGreaterThan(m.ttfa!);
      expect.soft(m['input-tokens'], id).toBeGreaterThan(5);
      expect.soft(m['output-tokens'], id).toBeGreaterThan(20);
      expect.soft(m.effective, id).toBeCloseTo(m['output-tokens']! / m.e2e!, 6);
      expect.soft(await column.getAttribute('data-simulated'), id).toBe('true');
      expect.soft((await answerOf(column)).length, id).toBeGreaterThan(100);
      expect.soft(m['retry-wait'], id).toBeUndefined();

      const cached = m['cached-tokens'] ?? 0;
      const expected =
        (m['input-tokens']! - cached) * pricePerToken(id, 'per 1M input tokens') +
        m['output-tokens']! * pricePerToken(id, 'per 1M output tokens') +
        (cached === 0 ? 0 : cached * pricePerToken(id, 'per 1M cached input tokens'));
      expect.soft(m.cost! / expected, id).toBeCloseTo(1, 9);
      expect.soft(await column.getByTestId('metric-cost').getAttribute('data-provenance'), id).toBe('reported');
    }

    // Streamed reasoning: the first token was a thought, and both clocks agree on how long it took.
    const m = await metricsOf(glm);
    expect(m.thinking).toBeCloseTo(m.ttfa! - m.ttft!, 9);
    expect(m['reasoning-tokens']).toBeGreaterThan(0);
    expect(m.decode).toBeCloseTo((m['output-tokens']! - 1) / (m.e2e! - m.ttft!), 6);
    expect((await glm.getByTestId('column-reasoning').textContent())?.length).toBeGreaterThan(10);

    // Hidden reasoning is not mistaken for a slow network, nor its tokens for visible speed.
    const hidden = await metricsOf(columnOf(page, GPT));
    expect(hidden.thinking).toBeUndefined();
    expect(hidden.ttft).toBe(hidden.ttfa);

    const costs = await Promise.all([GLM, SONNET, GPT].map((id) => valueOf(columnOf(page, id), 'metric-cost')));
    const session = await valueOf(page, 'session-cost');
    expect(session! / costs.reduce((sum: number, cost) => sum + cost!, 0)).toBeCloseTo(1, 9);
    expect(await page.getByTestId('session-cost').getAttribute('data-simulated')).toBe('true');
  });

  it('renders Markdown, not its source', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    await run(page, '[[echo]]# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nconst x = 1;\n```\n\n- one\n- two\n');
    const output = columnOf(page, GLM).getByTestId('column-output');
    await waitForState(columnOf(page, GLM), 'done');
    expect(await output.getByRole('heading', { name: 'Title' }).count()).toBe(1);
    expect(await output.getByRole('cell').allTextContents()).toEqual(['1', '2']);
    expect(await output.getByRole('listitem').allTextContents()).toEqual(['one', 'two']);
    expect(await output.locator('pre code').innerText()).toContain('const x = 1;');
  });

  it('compares the columns in a table that leaves as Markdown', async () => {
    const { page } = await openPlayground({ view: clipboard });
    await setColumns(page, [GLM, SONNET]);
    await run(page, 'Name three rivers.');
    for (const id of [GLM, SONNET]) await waitForState(columnOf(page, id), 'done');
    const table = page.getByTestId('compare-table');
    const ttft = await valueOf(columnOf(page, GLM), 'metric-ttft');
    expect(
      await table
        .locator('[data-testid="compare-ttft"]')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value')))),
    ).toContain(ttft);

    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).toContain('|');
    const lines = (await read())
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^\|[\s:|-]+\|$/);
    expect(lines.join('\n')).toContain(
      (await valueOf(columnOf(page, GLM), 'metric-output-tokens'))!.toLocaleString('en-US'),
    );
  });

  it('sorts the comparison by any metric', async () => {
    const { page } = await openPlayground({ speed: 4 });
    await setColumns(page, [SONNET, GLM]);
    await run(page, 'Name three rivers.');
    for (const id of [GLM, SONNET]) await waitForState(columnOf(page, id), 'done');
    const table = page.getByTestId('compare-table');
    const costs = () =>
      table
        .getByTestId('compare-cost')
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-value'))));
    await table.getByRole('columnheader', { name: /cost/i }).getByRole('button').click();
    const first = await costs();
    await table.getByRole('columnheader', { name: /cost/i }).getByRole('button').click();
    const second = await costs();
    expect(first).toHaveLength(2);
    expect(second).toEqual([...first].reverse());
    expect([...first].sort((a, b) => a - b)).toEqual(first[0]! < first[1]! ? first : second);
  });

  it('copies the exact request as curl and as a Worker, without the token', async () => {
    const { page } = await openPlayground({ view: clipboard });
    await setColumns(page, [GLM]);
    await write(page, 'system-input', 'Be brief.').catch(async () => {
      await page.getByText('System prompt').first().click();
      await write(page, 'system-input', 'Be brief.');
    });
    await write(page, 'prompt-input', `It's "quoted" & $HOME`);
    const copy = async (name: string) => {
      await columnOf(page, GLM).getByTestId('copy-as').click();
      await page.getByText(name, { exact: true }).click();
    };
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await copy('Copy as curl');
    await expect.poll(read).toContain('curl');
    const curl = await read();
    expect(curl).toContain('CLOUDFLARE_API_TOKEN');
    expect(curl).toContain(GLM);
    expect(curl).toContain('Be brief.');
    expect(curl).toContain('cf-aig-gateway-id');
    expect(curl).toContain('max_tokens');

    await copy('Copy as Worker');
    await expect.poll(read).toContain('env.AI');
    expect(await read()).toContain(GLM);
  });

  it('copies it for the libraries that speak the format of the model, in groups by language', async () => {
    const { page } = await openPlayground({ view: clipboard });
    await setColumns(page, [GLM, SONNET]);
    await write(page, 'prompt-input', 'Why is the sky blue?');
    const groups = async (model: string) => {
      await columnOf(page, model).getByTestId('copy-as').click();
      const all = await page.getByRole('menu').getByRole('group').all();
      return Promise.all(
        all.map(async (group) => [
          await group.getAttribute('aria-label'),
          (await group.getByRole('menuitem').allTextContents()).map((label) => label.trim()),
        ]),
      );
    };
    expect(await groups(SONNET)).toEqual([
      ['Copy as TypeScript', ['fetch']],
      ['Copy as Python', ['anthropic', 'requests']],
    ]);
    await page.keyboard.press('Escape');
    expect(await groups(GLM)).toEqual([
      ['Copy as TypeScript', ['openai', 'fetch', 'AI SDK']],
      ['Copy as Python', ['openai', 'requests']],
    ]);
    // Arrow keys go through all groups as through one list.
    await page.getByTestId('copy-as-py-openai').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('AI SDK');
    await page.keyboard.press('Enter');
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).toContain('@ai-sdk/openai-compatible');
    expect(await read()).toContain('Why is the sky blue?');
    await page.getByText('TypeScript copied').first().waitFor();
  });

  it('holds 1 to 12 columns, the same model twice included', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    for (let n = 2; n <= 12; n++) await addModel(page, n === 2 ? GLM : SONNET);
    expect((await modelsOf(page)).slice(0, 2)).toEqual([GLM, GLM]);
    expect(await columns(page).count()).toBe(12);
    const add = page.getByTestId('add-model');
    expect(
      (await add.count()) === 0 ||
        (await add.first().isDisabled()) ||
        (await add.first().getAttribute('aria-disabled')) === 'true',
    ).toBe(true);
    const ids = await columns(page).evaluateAll((all) => all.map((column) => column.getAttribute('data-column')));
    expect(new Set(ids).size).toBe(12);
    await run(page, 'Hello');
    for (const column of await columns(page).all()) await waitForState(column, 'done');
  });

  it('stops one column and keeps what it said, then stops the rest', async () => {
    const { page } = await openPlayground({ speed: 1 });
    await setColumns(page, [GLM, SONNET, GPT]);
    await run(page, '[[simulate tokens=4000 rate=100 first=0.2]] Go on and on.');
    const [glm, sonnet, gpt] = [GLM, SONNET, GPT].map((id) => columnOf(page, id)) as [
      ReturnType<typeof columnOf>,
      ReturnType<typeof columnOf>,
      ReturnType<typeof columnOf>,
    ];
    for (const column of [glm, sonnet, gpt]) await waitForState(column, 'answering');
    await glm.getByTestId('stop-column').click();
    await waitForState(glm, 'stopped');
    expect((await answerOf(glm)).length).toBeGreaterThan(5);
    expect(await valueOf(glm, 'metric-cost')).toBeUndefined();
    expect(await glm.getByTestId('metric-cost').getAttribute('data-provenance')).toBe('unknown');
    expect(await sonnet.getAttribute('data-state')).toBe('answering');
    await page.getByTestId('stop-button').click();
    for (const column of [sonnet, gpt]) await waitForState(column, 'stopped');
    await page.getByText('+ 3 unknown').waitFor();
  });

  it('clears the answers and keeps columns and drafts', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM, SONNET]);
    await run(page, 'Hello there');
    for (const id of [GLM, SONNET]) await waitForState(columnOf(page, id), 'done');
    await page.getByTestId('clear-button').click();
    for (const id of [GLM, SONNET]) await waitForState(columnOf(page, id), 'idle');
    expect(await modelsOf(page)).toEqual([GLM, SONNET]);
    expect(await answerOf(columnOf(page, GLM))).not.toContain('simulator');
  });
});
