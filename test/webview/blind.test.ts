/** Blind comparison: from Run until the vote nothing tells who answered; votes are kept. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { columnOf, columns, modelsOf, setColumns, waitForState, write } from './drive';
import { openPlayground, openView, type View } from './harness';
import { chooseTask, decodedSize, mixModel } from './media-drive';

const FLUX = '@cf/black-forest-labs/flux-1-schnell';
const BANANA = 'google/nano-banana';
const SEEDREAM = 'bytedance/seedream-4.5';
const MODELS = [FLUX, BANANA, SEEDREAM];
const PROMPT = 'A lighthouse at dusk';

/** Every word that people can meet on the page: text, titles, names for screen readers, file names. Ids are for programs. */
function everyWord(page: Page): Promise<string> {
  return page.evaluate(() => {
    const words: string[] = [document.title];
    const read = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        for (const { name, value } of element.attributes)
          if (!/^(?:class|id|style|src|href|data-.*)$/.test(name)) words.push(value);
        if (element.shadowRoot) read(element.shadowRoot);
      }
      if (root instanceof HTMLElement) words.push(root.textContent);
    };
    const page = document.body.cloneNode(true) as HTMLElement;
    for (const old of page.querySelectorAll('script, style')) old.remove();
    read(page);
    return words.join('\n');
  });
}

const telling =
  /.{0,60}(?:flux|schnell|banana|seedream|gemini|google|bytedance|byte ?dance|black.forest|cloudflare-hosted|third.party).{0,60}/i;
/** Money, and seconds but for the whole ones of the common axis. */
const figures = /\$\s?\d|\b\d+\.\d+ s\b/;

/** Starts a blind comparison. */
async function startBlind(page: Page, models: readonly string[], prompt = PROMPT): Promise<void> {
  await chooseTask(page, 'text-to-image');
  await setColumns(page, models);
  await page.getByTestId('blind-toggle').click();
  expect(await page.getByTestId('blind-toggle').getAttribute('aria-checked')).toBe('true');
  await write(page, 'prompt-input', prompt);
  // What was said before Run named the models; a page that is opened anew has said nothing.
  await page.reload();
  await page.getByTestId('run-button').click();
}

async function allDone(page: Page, ...states: readonly string[]): Promise<void> {
  for (const model of await modelsOf(page)) await waitForState(columnOf(page, model ?? ''), 'done', ...states);
}

/** Letters of the columns by their models. */
async function lettersOf(page: Page): Promise<Record<string, string>> {
  return Object.fromEntries(
    await columns(page).evaluateAll((all) =>
      all.map((column) => [column.getAttribute('data-model') ?? '', column.getAttribute('data-label') ?? '']),
    ),
  );
}

/** Whether someone could tell who is who. */
async function expectHidden(page: Page): Promise<void> {
  expect(telling.exec(await everyWord(page))?.[0]).toBeUndefined();
}

describe('a blind comparison', () => {
  it('hides names and figures until the vote, then shows them, and keeps vote and comment over a reload', async () => {
    const { page } = await openPlayground();
    await startBlind(page, MODELS);
    // From the first moment, although the host has not answered.
    await expect.poll(() => page.getByTestId('vote-bar').count()).toBe(1);
    await expectHidden(page);
    expect(await page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('false');
    await allDone(page);
    for (const model of MODELS) await decodedSize(columnOf(page, model).getByTestId('output-image'));
    await expectHidden(page);
    const inColumns = (await columns(page).allInnerTexts()).join('\n');
    expect(figures.exec(inColumns)?.[0], 'a figure').toBeUndefined();
    expect(await page.getByTestId('compare-table').count()).toBe(0);

    // What can be opened does not tell either.
    const first = columnOf(page, FLUX);
    expect(await first.getByTestId('parameters-button').count()).toBe(0);
    await first.getByTestId('copy-as').click();
    expect(await page.getByRole('menuitem').count()).toBe(1);
    await page.keyboard.press('Escape');
    await first.getByTestId('picture-zoom').click();
    await page.getByTestId('zoomed-image').waitFor();
    await expectHidden(page);
    await page.keyboard.press('Escape');
    await first.getByTestId('picture-swipe').click();
    await page.getByTestId('swipe').waitFor();
    await expectHidden(page);
    await page.keyboard.press('Escape');
    await page.getByTestId('estimate').focus();
    await expectHidden(page);
    const download = page.waitForEvent('download');
    await first.getByTestId('media-save').click();
    expect((await download).suggestedFilename()).toMatch(/^[ABC]\.(?:png|jpe?g)$/);
    await first.getByTestId('media-use').click();
    await page.getByTestId('attachment').waitFor();
    await expect.poll(() => page.getByTestId('needs').count()).toBeGreaterThanOrEqual(0);
    await expectHidden(page);
    await page.getByTestId('attachment-remove').click();

    // Another page, a reload: hidden as well.
    await page.reload();
    await page.getByTestId('vote-bar').waitFor();
    await expectHidden(page);

    const letters = await lettersOf(page);
    await page.getByTestId('vote-comment').fill('the light is right');
    await page.getByTestId(`vote-${letters[BANANA]?.toLowerCase()}`).click();
    await expect.poll(() => columnOf(page, BANANA).innerText()).toContain('nano-banana');
    await page.getByTestId('compare-table').waitFor();
    const verdicts = () =>
      Promise.all(MODELS.map((model) => columnOf(page, model).getByTestId('vote-mark').getAttribute('data-verdict')));
    expect(await verdicts()).toEqual(['lost', 'won', 'lost']);
    expect(await columnOf(page, BANANA).getByTestId('vote-mark').innerText()).toContain('the light is right');
    // The focus is not lost with the bar.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    await page.reload();
    await page.getByTestId('compare-table').waitFor();
    expect(await verdicts()).toEqual(['lost', 'won', 'lost']);
    expect(await columnOf(page, FLUX).getByTestId('vote-mark').innerText()).toContain('the light is right');
    expect(await page.getByTestId('vote-bar').count()).toBe(0);
  });

  it('shuffles the columns', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await startBlind(page, MODELS);
    const orders = new Set<string>();
    // Twelve times the same of six orders: once in 360 million.
    for (let turn = 0; turn < 12 && orders.size < 2; turn++) {
      await allDone(page);
      orders.add((await modelsOf(page)).join());
      await expect.poll(() => page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('true');
      await page.getByTestId('vote-tie').click();
      await page.getByTestId('run-button').click();
      await page.getByTestId('vote-bar').waitFor();
    }
    expect(orders.size).toBeGreaterThan(1);
    await allDone(page);
  });

  it('says nothing of who failed, and lets one column be tried again while hidden', async () => {
    const { page } = await openPlayground();
    await startBlind(page, [FLUX, SEEDREAM], `[[simulate media=html]] ${PROMPT}`);
    await allDone(page, 'failed');
    const failed = page.locator('[data-testid="column"][data-state="failed"]');
    await expect.poll(() => failed.count()).toBeGreaterThan(0);
    await expectHidden(page);
    const model = (await failed.first().getAttribute('data-model')) ?? '';
    // The only button is the one that does not tell: no change of model, no parameters.
    await page.getByTestId('prompt-input').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(PROMPT);
    // The choice is for the next comparison: it does not lift the veil of this one.
    await page.getByTestId('blind-toggle').click();
    await columnOf(page, model).getByTestId('error-action').click();
    await waitForState(columnOf(page, model), 'done');
    await expectHidden(page);
    await expect.poll(() => page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('true');
    await page.getByTestId('vote-bad').click();
    await expect.poll(() => page.getByTestId('vote-mark').count()).toBe(2);
    expect(await columnOf(page, model).getByTestId('vote-mark').getAttribute('data-verdict')).toBe('bad');
  });

  it('waits for nothing that is not part of it', async () => {
    const { page } = await openPlayground();
    await startBlind(page, [FLUX, SEEDREAM]);
    await allDone(page);
    await expect.poll(() => page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('true');
    await mixModel(page, '@cf/meta/llama-3.2-3b-instruct');
    expect(await page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('true');
    const letters = await lettersOf(page);
    await page.getByTestId(`vote-${letters[FLUX]?.toLowerCase()}`).click();
    await expect.poll(() => page.getByTestId('vote-mark').count()).toBe(2);
  });

  it('is voted on in one window and shown in the other', async () => {
    const { page, playground } = await openPlayground();
    await startBlind(page, [FLUX, SEEDREAM]);
    await allDone(page);
    const other: View = await openView(playground.url);
    await other.page.getByTestId('vote-bar').waitFor();
    await expectHidden(other.page);
    await page.getByTestId('vote-tie').click();
    await expect.poll(() => other.page.getByTestId('vote-mark').count()).toBe(2);
    expect(await other.page.getByTestId('vote-bar').count()).toBe(0);
  });
});
