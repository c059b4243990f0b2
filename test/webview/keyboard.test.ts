import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { columnOf, columns, modelsOf, waitForState } from './drive';
import { openPlayground } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';

/** Test id of what has the focus, or of what it stands in. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const host = element?.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : element;
    return host?.closest('[data-testid]')?.getAttribute('data-testid');
  });
}

async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)) === testId) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${testId}`);
}

describe('with the keyboard alone', () => {
  it('adds a model, writes, runs, looks at a column, stops', async () => {
    const { page } = await openPlayground({ speed: 1 });
    await page.keyboard.press('/');
    await expect.poll(() => focused(page)).toBe('model-search');
    await page.keyboard.type('glm-4.7-flash');
    await expect.poll(() => page.getByTestId('model-option').count()).toBeGreaterThan(0);
    const before = await columns(page).count();
    await page.keyboard.press('Enter');
    await expect.poll(() => columns(page).count()).toBe(before + 1);
    expect(await modelsOf(page)).toContain(GLM);

    await tabTo(page, 'prompt-input');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('[[simulate tokens=3000 rate=100 first=0.1]] Go on.');
    await page.keyboard.press('ControlOrMeta+Enter');
    await waitForState(columns(page).first(), 'reasoning', 'answering');

    await page.keyboard.press('Alt+2');
    const second = await columns(page).nth(1).getAttribute('data-column');
    await expect
      .poll(() =>
        page.evaluate(() => document.activeElement?.closest('[data-testid="column"]')?.getAttribute('data-column')),
      )
      .toBe(second);

    await page.keyboard.press('Escape');
    for (const column of await columns(page).all()) await waitForState(column, 'stopped');
  });

  it('closes the picker with Escape and gives the focus back', async () => {
    const { page } = await openPlayground();
    await tabTo(page, 'add-model');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('model-search');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('model-search').count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('add-model');
  });

  it('lists its shortcuts under ?', async () => {
    const { page } = await openPlayground();
    await page.getByTestId('run-button').focus();
    await page.keyboard.press('?');
    await page.getByText('Keyboard shortcuts').last().waitFor();
    await page.keyboard.press('Escape');
  });

  it('reaches every control and shows where the focus is', async () => {
    const { page } = await openPlayground();
    const seen = new Set<string>();
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const id = await focused(page);
      if (id) seen.add(id);
    }
    for (const id of ['task-select', 'add-model', 'prompt-input', 'run-button', 'remove-column', 'copy-as'])
      expect.soft([...seen]).toContain(id);
    expect(await columnOf(page, (await modelsOf(page))[0] ?? '').count()).toBe(1);
  });
});
