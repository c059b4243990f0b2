/** All about one model, with where it is known from, and what one can do with it. */
import { describe, expect, it } from 'vitest';
import { columnOf, modelsOf, run, setColumns, waitForState, write } from './drive';
import { openPlayground } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const LLAMA = '@cf/meta/llama-3.2-3b-instruct';
const KIMI = '@cf/moonshotai/kimi-k2.5';

const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

async function openPage(model: string, view = {}) {
  const opened = await openPlayground({ view });
  const { page } = opened;
  await setColumns(page, [model]);
  await columnOf(page, model).getByTestId('open-model-page').click();
  await page.getByTestId('model-page').waitFor();
  return opened;
}

describe('the model page', () => {
  it('tells facts with source and date, and prices in dollars and neurons', async () => {
    const { page } = await openPage(GLM);
    const fact = (id: string) => page.locator(`[data-fact="${id}"]`);
    await expect.poll(() => fact('contextWindow').innerText()).toMatch(/131\s072 tokens/);
    expect(await fact('provider').innerText()).toContain('Z.ai');
    expect(await fact('capability-reasoning').innerText()).toMatch(/yes/);
    expect(await fact('rateLimit').innerText()).toMatch(/300 requests a minute/);
    // What no source tells is not made up.
    expect(await fact('zeroDataRetention').innerText()).toMatch(/unknown/);
    await expect.poll(() => fact('contextWindow').innerText()).toMatch(/live · \d{4}-\d\d-\d\d/);
    const origin = fact('contextWindow').getByTestId('origin');
    await origin.hover();
    await expect
      .poll(() => page.getByRole('tooltip').innerText())
      .toMatch(/hosted models, \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    // Screen readers need no hovering.
    expect(await origin.textContent()).toMatch(/hosted models/);

    const prices = page.getByTestId('model-prices');
    const row = prices.getByRole('row', { name: /^Input per 1M tokens/ });
    expect(await row.locator('[data-value]').getAttribute('data-value')).toBe('0.06');
    // 0.0605 USD are 5,500 neurons.
    expect(await row.innerText()).toMatch(/5\s4\d\d/);
    expect(await page.getByTestId('price-origin').innerText()).toMatch(/\d{4}-\d\d/);
  });

  it('shows the parameters of the model’s schema, and the schema itself on demand', async () => {
    const { page } = await openPage(GLM);
    const schema = page.getByTestId('model-schema');
    await expect.poll(() => schema.getAttribute('data-schema')).toBe('own');
    const row = schema.locator('[data-field="temperature"]');
    expect(await row.innerText()).toMatch(/0 to 2/);
    await page.getByTestId('raw-schema-button').click();
    await expect.poll(() => page.getByTestId('raw-schema').innerText()).toMatch(/"?properties"?/);
  });

  it('leads from a retired model to the one that takes its place', async () => {
    const { page } = await openPlayground();
    await page.getByTestId('add-model').first().click();
    await page.getByTestId('hide-retired').uncheck();
    await page.getByTestId('model-search').fill(KIMI);
    await page.locator(`[data-testid="model-option"][data-model="${KIMI}"]`).waitFor();
    await page.keyboard.press('ArrowRight');
    const notice = page.getByTestId('model-lifecycle');
    await expect.poll(() => notice.getAttribute('data-standing')).toBe('retired');
    expect(await notice.innerText()).toMatch(/2026-05-30/);
    await notice.getByRole('button', { name: /kimi-k2\.6/ }).click();
    await expect.poll(() => page.getByTestId('model-page').getAttribute('data-model')).toBe('@cf/moonshotai/kimi-k2.6');
  });

  it('shows what this machine measured, and that it was the simulator', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [LLAMA]);
    await run(page, 'Say hello.');
    await waitForState(columnOf(page, LLAMA), 'done');
    await columnOf(page, LLAMA).getByTestId('open-model-page').click();
    const measured = page.getByTestId('model-measured');
    await expect
      .poll(async () => Number(await measured.locator('[data-measured="ttft"]').getAttribute('data-value')))
      .toBeGreaterThan(0);
    expect(await measured.innerText()).toMatch(/Medians of 1 run .*simulator/);
  });

  it('copies the id and a Worker with the prompt, stars the model, and adds a column', async () => {
    const { page } = await openPage(GLM, clipboard);
    await page.getByTestId('model-copy-id').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(GLM);
    await page.keyboard.press('Escape');
    await write(page, 'prompt-input', 'A prompt for the Worker');
    await columnOf(page, GLM).getByTestId('open-model-page').click();
    await page.getByTestId('model-worker').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('A prompt for the Worker');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(GLM);

    const star = page.getByTestId('model-page').getByTestId('favourite-button');
    await star.click();
    await expect.poll(() => star.getByRole('button').getAttribute('aria-pressed')).toBe('true');
    await page.getByTestId('model-compare').click();
    await expect.poll(() => modelsOf(page)).toEqual([GLM, GLM]);
    expect(await page.getByTestId('model-page').count()).toBe(0);
  });

  it('gives the focus back to where it was opened', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    const opener = columnOf(page, GLM).getByTestId('open-model-page');
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('model-page').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('model-page').count()).toBe(0);
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
