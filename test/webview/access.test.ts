/** Accessibility by axe-core, in every state and theme. */
import { describe, expect, it } from 'vitest';
import { violations } from './axe';
import { columnOf, run, setColumns, waitForState } from './drive';
import { openPlayground, type ViewOptions } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const FAULT = '@cf/simulator/error-event';

const THEMES: readonly (readonly [string, ViewOptions])[] = [
  ['dark', { colorScheme: 'dark' }],
  ['light', { colorScheme: 'light' }],
  ['high contrast', { colorScheme: 'dark', contrast: 'more' }],
];

describe.each(THEMES)('%s', (_theme, view) => {
  it('idle, picker open, done and failed', async () => {
    const { page } = await openPlayground({ view });
    expect.soft(await violations(page), 'idle').toEqual([]);
    await page.getByTestId('add-model').first().click();
    await page.getByTestId('model-option').first().waitFor();
    expect.soft(await violations(page), 'picker').toEqual([]);
    await page.keyboard.press('Escape');
    await setColumns(page, [GLM, FAULT]);
    await run(page, 'Show a table, code and a list.');
    await waitForState(columnOf(page, GLM), 'done');
    await waitForState(columnOf(page, FAULT), 'failed');
    expect.soft(await violations(page), 'done and failed').toEqual([]);
  });

  it('picker with filters, model page, form with a wrong value, over budget', async () => {
    const { page } = await openPlayground({ view, env: { UNIFIED_INFERENCE_BUDGET_PER_RUN_USD: '0.0001' } });
    await setColumns(page, [GLM]);
    await page.getByTestId('add-model').first().click();
    await page.getByTestId('hide-retired').uncheck();
    await page.getByTestId('filter-capability').selectOption('vision');
    await page.getByTestId('model-search').fill('llama');
    await page.keyboard.press('Alt+b');
    await page.getByTestId('model-search').fill('');
    await page.getByRole('group', { name: 'Favourites' }).waitFor();
    expect.soft(await violations(page), 'picker').toEqual([]);
    await page.keyboard.press('Alt+i');
    await expect.poll(() => page.getByTestId('model-schema').getAttribute('data-schema')).toBe('own');
    await page.getByTestId('raw-schema-button').click();
    await page.getByTestId('raw-schema').waitFor();
    expect.soft(await violations(page), 'model page').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await columnOf(page, GLM).getByTestId('parameters-button').click();
    await page.getByTestId('parameter-temperature').fill('9');
    await page.getByTestId('field-error').waitFor();
    expect.soft(await violations(page), 'form').toEqual([]);
    await page.getByTestId('parameter-temperature').fill('');
    await page.keyboard.press('Escape');
    await run(page, 'word '.repeat(3000));
    await expect.poll(() => page.getByTestId('problem').getAttribute('data-code')).toBe('over-budget');
    await page.getByTestId('estimate').focus();
    expect.soft(await violations(page), 'over budget').toEqual([]);
  });

  it('a schema before the code editor is there', async () => {
    const { page } = await openPlayground({ view });
    await setColumns(page, [GLM]);
    await page.getByTestId('add-model').first().click();
    await page.getByTestId('model-option').first().waitFor();
    await page.keyboard.press('Alt+i');
    await expect.poll(() => page.getByTestId('model-schema').getAttribute('data-schema')).toBe('own');
    // From here on no code arrives.
    await page.route('**/*.js', () => undefined);
    await page.getByTestId('raw-schema-button').click();
    await page.getByTestId('raw-schema').locator('pre').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('narrow', async () => {
    const { page } = await openPlayground({ view: { ...view, viewport: { width: 400, height: 900 } } });
    await run(page, 'Hello');
    await page.locator('[data-testid="column"][data-state="done"]').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('announcements', () => {
  it('tell start, first answer, end and failure, and never the stream', async () => {
    const { page } = await openPlayground({
      view: {
        before: () => {
          const said: string[] = [];
          Object.assign(window, { said });
          addEventListener('DOMContentLoaded', () =>
            new MutationObserver(() => {
              for (const region of document.querySelectorAll(
                '[aria-live], [role="status"], [role="alert"], [role="log"]',
              )) {
                const text = region.textContent?.trim() ?? '';
                if (text !== '' && said.at(-1) !== text) said.push(text);
              }
            }).observe(document.documentElement, { subtree: true, childList: true, characterData: true }),
          );
        },
      },
    });
    await setColumns(page, [GLM, FAULT]);
    await run(page, '[[echo]]unmistakable words of the answer');
    await waitForState(columnOf(page, GLM), 'done');
    await waitForState(columnOf(page, FAULT), 'failed');
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'));
    await expect.poll(said).toMatch(/started/i);
    await expect.poll(said).toMatch(/column A done/i);
    await expect.poll(said).toMatch(/failed/i);
    expect(await said()).not.toContain('unmistakable');
  });

  it('leave motion out when the system asks for it', async () => {
    const { page } = await openPlayground({ view: { reducedMotion: 'reduce' } });
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    expect(moving).toBe(0);
  });
});

describe('without a choice of one’s own', () => {
  it('the theme follows the system, and a choice stays', async () => {
    const { page } = await openPlayground({ view: { colorScheme: 'dark' } });
    const theme = () => page.locator('body').getAttribute('class');
    expect(await theme()).toContain('vscode-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toContain('vscode-light');
    await page.emulateMedia({ colorScheme: 'light', contrast: 'more' });
    await expect.poll(theme).toContain('vscode-high-contrast');
    await page.getByTestId('theme-button').click();
    await page.getByTestId('theme-light').click();
    await expect.poll(theme).toContain('vscode-light');
    await page.emulateMedia({ colorScheme: 'dark', contrast: 'no-preference' });
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await theme()).toContain('vscode-light');
  });
});
