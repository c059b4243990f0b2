/**
 * The views of answers that are not prose, in every theme: checked by axe-core inside the real page. With `SHOTS` set to a
 * folder, pictures of them are left there.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe';
import { columnOf, run, setColumns, waitForState, write } from './drive';
import { openPlayground } from './harness';
import { attach, chooseTask, mixModel } from './media-drive';
import { pdf, picture, speech } from './sample-files';

/** Only these can differ from theme to theme. */
const PARTS = ['[data-testid=column]', '.composer'];

const THEMES = ['dark', 'light', 'high-contrast'] as const;

/** Leaves pictures at two widths where they are wanted. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  const size = page.viewportSize();
  for (const width of [1400, 500]) {
    await page.setViewportSize({ width, height: 900 });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${folder}/${name}-${width}.png`.replaceAll(' ', '-') });
  }
  if (size) await page.setViewportSize(size);
}

/** Pixels by which the page is larger than its window: what does not fit scrolls in its own box. */
async function overflow(page: Page): Promise<readonly [across: number, down: number]> {
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 500, height: 900 });
  const over = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - innerWidth, scrollHeight - innerHeight] as const;
  });
  await page.setViewportSize(size);
  return over;
}

const TEXTS = [
  'A cat sleeps on a roof',
  'Interest rates rose again in March, which nobody at the bank had expected so early in the year',
  'The bank raised interest rates again',
  'A dog barks in the yard',
];

async function fillTexts(page: Page): Promise<void> {
  for (const [at, text] of TEXTS.entries()) {
    if (at > 0) await page.getByTestId('add-text').click();
    await page.getByTestId('text-item').nth(at).fill(text);
  }
}

async function press(page: Page, ...models: readonly string[]): Promise<void> {
  await page.getByTestId('run-button').click();
  for (const model of models) await waitForState(columnOf(page, model), 'done');
}

async function check(page: Page, name: string): Promise<void> {
  expect.soft(await overflow(page), `${name} at 500 pixels`).toEqual([0, 0]);
  for (const theme of THEMES) {
    await page.getByTestId('theme-button').click();
    await page.getByTestId(`theme-${theme}`).click();
    await expect.poll(() => page.locator('body').getAttribute('class')).toContain(`vscode-${theme}`);
    await shoot(page, `${name}-${theme}`);
    expect.soft(await violations(page, theme === 'dark' ? {} : { coloursOf: PARTS }), `${name}, ${theme}`).toEqual([]);
  }
}

describe('results can be read and used by everybody:', () => {
  it('transcripts', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    await chooseTask(page, 'speech-recognition');
    const [weak, good] = ['@cf/openai/whisper', '@cf/deepgram/nova-3'];
    await setColumns(page, [weak, good]);
    await check(page, 'transcripts-empty');
    const said =
      'Good morning, this is Clara from the bakery. Your cake with cherries is ready. Please bring our blue box back when you come. ';
    await attach(page, speech('call from the bakery.wav', said.repeat(3).trim()));
    await columnOf(page, good).getByTestId('parameters-button').click();
    for (const name of ['diarize', 'punctuate']) await page.getByTestId(`parameter-${name}`).selectOption('true');
    await page.keyboard.press('Escape');
    await press(page, weak, good);
    await columnOf(page, good).getByTestId('use-as-reference').click();
    await columnOf(page, weak).getByTestId('compare-transcript').click();
    await page.getByTestId('compare-with-B').click();
    await columnOf(page, weak).getByTestId('word-diff').waitFor();
    await columnOf(page, weak).getByTestId('word-error-rate').waitFor();
    await columnOf(page, good).getByTestId('transcript-word').nth(4).click();
    await check(page, 'transcripts');
  });

  it('turns', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    await chooseTask(page, 'turn-detection');
    await attach(page, speech('call.wav', 'Good morning, this is Clara.'));
    await press(page, '@cf/pipecat-ai/smart-turn-v2');
    await page.getByTestId('output-turn').waitFor();
    await check(page, 'turns');
  });

  it('embeddings', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    await chooseTask(page, 'embeddings');
    const models = ['@cf/baai/bge-small-en-v1.5', '@cf/baai/bge-m3'];
    await setColumns(page, models);
    await write(page, 'prompt-input', 'The cat sleeps on the warm roof');
    await fillTexts(page);
    await press(page, ...models);
    for (const model of models) await columnOf(page, model).getByTestId('plane-chart').waitFor();
    await columnOf(page, models[0]!).getByTestId('similarity-table').locator('summary').click();
    await columnOf(page, models[1]!).getByTestId('heat-map').focus();
    await check(page, 'embeddings');
    await columnOf(page, models[1]!).getByTestId('plane-chart').scrollIntoViewIfNeeded();
    await columnOf(page, models[0]!).getByTestId('similarity-table').scrollIntoViewIfNeeded();
    await shoot(page, 'embeddings-below');
  });

  it('rankings', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    await chooseTask(page, 'reranking');
    const reranker = '@cf/baai/bge-reranker-base';
    await setColumns(page, [reranker]);
    await page.getByTestId('duplicate-column').click();
    await columnOf(page, reranker).nth(1).getByTestId('parameters-button').click();
    await page.getByTestId('parameter-top_k').fill('2');
    await page.keyboard.press('Escape');
    await write(page, 'prompt-input', 'interest rates of the bank');
    await fillTexts(page);
    await page.getByTestId('run-button').click();
    await expect.poll(() => page.locator('[data-testid="column"][data-state="done"]').count()).toBe(2);
    await page.getByTestId('rank-movement').first().waitFor();
    await check(page, 'rankings');
  });

  it('a picture seen by several tasks, and boxes on it', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    const [chat, labels] = ['openai/gpt-4.1', '@cf/microsoft/resnet-50'];
    await setColumns(page, [chat]);
    await attach(
      page,
      await picture('a street with a very long name that does not fit.png', 640, 400, 'A street in the rain'),
    );
    await mixModel(page, labels);
    await run(page, '[[echo]]It shows a **street** in the rain.');
    for (const model of [chat, labels]) await waitForState(columnOf(page, model), 'done');
    await page.getByTestId('output-labels').waitFor();
    await attach(page, pdf('report.pdf', 3));
    await page.getByTestId('needs').waitFor();
    await check(page, 'vision');
    await page.getByTestId('attachment-remove').last().click();

    await chooseTask(page, 'object-detection');
    const detr = '@cf/simulator/detr-resnet-50';
    await setColumns(page, [detr]);
    await press(page, detr);
    await page.getByTestId('box').first().waitFor();
    await page.getByTestId('box-row').nth(1).focus();
    await check(page, 'boxes');
  });

  it('texts, and what nobody knows', async () => {
    const { page } = await openPlayground({ speed: 0, view: { colorScheme: 'dark' } });
    await chooseTask(page, 'text-classification');
    const sst = '@cf/huggingface/distilbert-sst-2-int8';
    await setColumns(page, [sst]);
    await run(page, 'What a lovely and wonderful day');
    await waitForState(columnOf(page, sst), 'done');
    await page.getByTestId('output-labels').waitFor();
    await check(page, 'labels');
    await chooseTask(page, 'other');
    const clef = '@cf/cloudflare/clef';
    await setColumns(page, [clef]);
    await run(page, 'Something new');
    await waitForState(columnOf(page, clef), 'done');
    await page.getByTestId('output-json').waitFor();
    await check(page, 'json');
  });
});
