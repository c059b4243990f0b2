/** "Use in Worker": offered where the host can, and what reaches it. The host of VS Code is played by the test. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { RunPlan } from '../../src/protocol/api';
import { columnOf, setColumns, write } from './drive';
import { openPlayground } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const LLAMA = '@cf/meta/llama-3.3-70b-instruct-fp8-fast';

type Answer = { readonly ok: true } | { readonly ok: false; readonly error: Readonly<Record<string, unknown>> };

/** Reloads the page with a host that brings columns into Workers, and collects what it is asked. */
async function withWorkers(page: Page, answer: Answer = { ok: true }): Promise<{ plan: RunPlan; columnId: string }[]> {
  const asked: { plan: RunPlan; columnId: string }[] = [];
  await page.routeWebSocket(/./, (view) => {
    const host = view.connectToServer();
    host.onMessage((message) => view.send(String(message).replace('"workers":false', '"workers":true')));
    view.onMessage((message) => {
      const { m, i, a } = JSON.parse(String(message)) as { m?: string; i?: string; a?: [RunPlan, string] };
      if (m !== 'useInWorker' || a === undefined) return host.send(message);
      asked.push({ plan: a[0], columnId: a[1] });
      view.send(JSON.stringify({ t: 's', i, r: answer }));
    });
  });
  await page.reload();
  await page.getByTestId('run-button').waitFor();
  return asked;
}

async function openMenu(page: Page, model: string): Promise<void> {
  await columnOf(page, model).getByTestId('copy-as').click();
  await page.getByRole('menu').waitFor();
}

describe('a column', () => {
  it('is brought into a Worker with everything that Run would send, and the other columns', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM, LLAMA]);
    await write(page, 'prompt-input', 'Why is the sky blue?');
    const asked = await withWorkers(page);
    await openMenu(page, LLAMA);
    await page.getByTestId('use-in-worker').click();
    await expect.poll(() => asked.length).toBe(1);
    const [{ plan, columnId }] = asked as [(typeof asked)[number]];
    expect(plan.prompt).toBe('Why is the sky blue?');
    expect(plan.columns.map(({ modelId }) => modelId)).toEqual([GLM, LLAMA]);
    expect(columnId).toBe(await columnOf(page, LLAMA).getAttribute('data-column'));
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('is reached by keyboard, without a prompt', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    const asked = await withWorkers(page);
    await columnOf(page, GLM).getByTestId('copy-as').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('use-in-worker').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.map(({ plan }) => plan.prompt)).toEqual(['']);
  });

  it('tells why it did not work', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    const error = { name: 'RpcError', code: 'no-folder', message: 'No folder is open.', retryable: false };
    await withWorkers(page, { ok: false, error });
    await openMenu(page, GLM);
    await page.getByTestId('use-in-worker').click();
    await page.getByText('Nothing was put into a Worker: No folder is open.').first().waitFor();
  });

  it('says nothing when it is cancelled', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [GLM]);
    const error = { name: 'RpcError', code: 'cancelled', message: 'Cancelled.', retryable: false };
    const asked = await withWorkers(page, { ok: false, error });
    await openMenu(page, GLM);
    await page.getByTestId('use-in-worker').click();
    await expect.poll(() => asked.length).toBe(1);
    // What is copied next is the first thing that is told.
    await columnOf(page, GLM).getByTestId('open-model-page').click();
    await page.getByTestId('model-page').waitFor();
    expect(await page.getByText('Nothing was put into a Worker').count()).toBe(0);
  });

  it('is not told apart by it while names are hidden', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await setColumns(page, [GLM, LLAMA]);
    await withWorkers(page);
    await page.getByTestId('blind-toggle').click();
    await write(page, 'prompt-input', 'Hello');
    await page.getByTestId('run-button').click();
    await page.getByTestId('vote-bar').waitFor();
    await page.getByTestId('copy-as').first().click();
    await page.getByTestId('copy-answer').waitFor();
    expect(await page.getByTestId('use-in-worker').count()).toBe(0);
  });
});

it('a model is brought into a Worker from its page, as it is', async () => {
  const { page } = await openPlayground();
  await setColumns(page, [GLM]);
  const asked = await withWorkers(page);
  await columnOf(page, GLM).getByTestId('open-model-page').click();
  await page.getByTestId('model-use-in-worker').click();
  await expect.poll(() => asked.length).toBe(1);
  const [{ plan, columnId }] = asked as [(typeof asked)[number]];
  expect(plan.columns).toEqual([{ id: columnId, modelId: GLM, parameters: {} }]);
});

it('in the standalone playground it is not offered, and a Worker is copied', async () => {
  const { page } = await openPlayground();
  await setColumns(page, [GLM]);
  await openMenu(page, GLM);
  await page.getByTestId('copy-as-worker').waitFor();
  expect(await page.getByTestId('use-in-worker').count()).toBe(0);
  await page.keyboard.press('Escape');
  await columnOf(page, GLM).getByTestId('open-model-page').click();
  await page.getByTestId('model-worker').waitFor();
  expect(await page.getByTestId('model-use-in-worker').count()).toBe(0);
});
