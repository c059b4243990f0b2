/** The form of a column's parameters: made from the model's schema, checked while one types and again before a Run. */
import { describe, expect, it } from 'vitest';
import { columnOf, run, setColumns, waitForState } from './drive';
import { openPlayground, startApi } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const LLAMA = '@cf/meta/llama-3.2-3b-instruct';
const FLUX = '@cf/black-forest-labs/flux-1-schnell';

async function openForm(model: string, task?: string) {
  const opened = await openPlayground();
  const { page } = opened;
  if (task !== undefined) await page.getByTestId('task-select').selectOption(task);
  await setColumns(page, [model]);
  await columnOf(page, model).getByTestId('parameters-button').click();
  const form = page.getByTestId('parameters-form');
  await expect.poll(() => form.getAttribute('data-schema')).toBe('loaded');
  return { ...opened, form };
}

describe('the form of parameters', () => {
  it('shows the fields of the model’s own schema with its defaults, and sends what is set', async () => {
    const { page, form } = await openForm(LLAMA);
    expect(await form.getByTestId('parameter-temperature').getAttribute('placeholder')).toBe('0.6');
    await form.getByTestId('parameter-temperature').fill('1.5');
    await form.getByTestId('parameter-repetition_penalty').fill('1.2');
    expect(await form.getByTestId('field-error').count()).toBe(0);
    await page.keyboard.press('Escape');
    await run(page, 'Hello');
    await waitForState(columnOf(page, LLAMA), 'done');
    await columnOf(page, LLAMA).getByTestId('copy-as').click();
    await page.getByTestId('raw-request').click();
    const sent = page.getByTestId('raw-request-json');
    await expect.poll(() => sent.innerText()).toMatch(/"?temperature"?:\s*1\.5/);
    await expect.poll(() => sent.innerText()).toMatch(/repetition_penalty"?:\s*1\.2/);
  });

  it('says at the field what is wrong, and Run is refused with a way to it', async () => {
    const { page, form } = await openForm(GLM);
    const field = form.getByTestId('parameter-temperature');
    await field.fill('9');
    const message = form.getByTestId('field-error');
    await expect.poll(() => message.innerText()).toMatch(/Temperature must be at most 2/);
    expect(await message.getAttribute('data-field')).toBe('temperature');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect((await field.getAttribute('aria-describedby'))?.split(' ')).toContain(await message.getAttribute('id'));

    await page.keyboard.press('Escape');
    await run(page, 'Hello');
    const problem = page.getByTestId('problem');
    await expect.poll(() => problem.getAttribute('data-code')).toBe('invalid-parameters');
    expect(await problem.innerText()).toMatch(/Column A: Temperature must be at most 2/);
    expect(await columnOf(page, GLM).getAttribute('data-state')).toBe('idle');

    await page.getByTestId('go-to-field').click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('parameter-temperature');
    expect(await field.inputValue()).toBe('9');
    await field.fill('1');
    await expect.poll(() => message.count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByTestId('run-button').click();
    await waitForState(columnOf(page, GLM), 'done');
  });

  it('refuses what is no number', async () => {
    const { form } = await openForm(GLM);
    await form.getByTestId('parameter-seed').pressSequentially('1e');
    await expect.poll(() => form.getByTestId('field-error').innerText()).toMatch(/Seed must be a number/);
  });

  it('refuses a value that another model does not take any more', async () => {
    const { page, form } = await openForm(LLAMA);
    // Allowed for this one: up to 5.
    await form.getByTestId('parameter-temperature').fill('4');
    expect(await form.getByTestId('field-error').count()).toBe(0);
    await page.keyboard.press('Escape');
    await columnOf(page, LLAMA).getByRole('button', { name: /llama/i }).first().click();
    await page.getByTestId('model-search').fill(GLM);
    await page.locator(`[data-testid="model-option"][data-model="${GLM}"]`).click();
    await run(page, 'Hello');
    await expect.poll(() => page.getByTestId('problem').getAttribute('data-code')).toBe('invalid-parameters');
    expect(await page.getByTestId('problem').innerText()).toMatch(/Temperature/);
  });

  it('has the fields of a picture for a model of pictures', async () => {
    const { form } = await openForm(FLUX, 'text-to-image');
    expect(await form.getByTestId('parameter-steps').count()).toBe(1);
    await form.getByTestId('parameter-steps').fill('100');
    await expect.poll(() => form.getByTestId('field-error').innerText()).toMatch(/at most 8/);
  });

  it('is that of the task when the schema cannot be read, and says so in one line', async () => {
    const api = await startApi();
    const env = {
      CLOUDFLARE_API_BASE_URL: api.url,
      CLOUDFLARE_API_TOKEN: 'any-token',
      CLOUDFLARE_ACCOUNT_ID: 'catalog-malformed',
    };
    const { page } = await openPlayground({ env });
    await setColumns(page, [LLAMA]);
    await columnOf(page, LLAMA).getByTestId('parameters-button').click();
    const form = page.getByTestId('parameters-form');
    await expect.poll(() => form.getAttribute('data-schema')).toBe('failed');
    expect(await form.getByRole('status').innerText()).toMatch(/fields of its task/);
    await form.getByTestId('parameter-temperature').fill('0.5');
    expect(await form.getByTestId('field-error').count()).toBe(0);
  });
});
