/** The small tasks: texts and pictures that are translated, summed up, labelled and described. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, run, setColumns, valueOf, waitForState, write } from './drive';
import { openPlayground } from './harness';
import { attach, chooseTask } from './media-drive';
import { inputOf, startRecordingApi, type RecordingOptions } from './recording-api';
import { picture, speech } from './sample-files';

async function openTask(task: string, models: readonly string[], options: RecordingOptions = {}) {
  const api = await startRecordingApi({ speed: 10, ...options });
  const opened = await openPlayground({ env: api.env });
  await chooseTask(opened.page, task);
  await setColumns(opened.page, models);
  return { api, ...opened };
}

async function press(page: Page, ...models: readonly string[]): Promise<void> {
  await page.getByTestId('run-button').click();
  for (const model of models) await waitForState(columnOf(page, model), 'done');
}

describe('texts', () => {
  it('are translated into the language one sets', async () => {
    const models = ['@cf/meta/m2m100-1.2b', '@cf/ai4bharat/indictrans2-en-indic-1B'] as const;
    const [french, hindi] = models;
    const { api, page } = await openTask('translation', models);
    await columnOf(page, french).getByTestId('parameters-button').click();
    await page.getByTestId('parameter-target_lang').fill('fr');
    await page.keyboard.press('Escape');
    await run(page, 'Hello friend, the house is red');
    for (const model of models) await waitForState(columnOf(page, model), 'done');
    expect(await answerOf(columnOf(page, french))).toContain('Bonjour ami, le maison');
    expect(await answerOf(columnOf(page, hindi))).toContain('[hin_Deva] Hello friend');
    const sent = (model: string) => inputOf(api.inferences().find(({ path }) => path.includes(model))!);
    expect(sent(french)).toMatchObject({ text: 'Hello friend, the house is red', target_lang: 'fr' });
    expect(sent(hindi)).toMatchObject({ text: 'Hello friend, the house is red', target_language: 'hin_Deva' });
    expect(await valueOf(columnOf(page, french), 'metric-input-tokens')).toBeGreaterThan(4);
    expect(await valueOf(columnOf(page, french), 'metric-cost')).toBeGreaterThan(0);
  });

  it('are summed up', async () => {
    const model = '@cf/simulator/bart-large-cnn';
    const { api, page } = await openTask('summarization', [model]);
    const text = 'The ferry leaves at nine. It returns at five. Tickets are sold on board. Dogs travel free.';
    await run(page, text);
    await waitForState(columnOf(page, model), 'done');
    const summary = (await answerOf(columnOf(page, model))).trim();
    expect(summary).toMatch(/^The ferry leaves at nine\./);
    expect(summary.length).toBeLessThan(text.length * 0.7);
    expect(inputOf(api.inferences()[0]!)).toMatchObject({ input_text: text });
    expect(await valueOf(columnOf(page, model), 'metric-e2e')).toBeGreaterThan(0);
  });

  it('are classified: labels with bars, the likeliest first', async () => {
    const model = '@cf/huggingface/distilbert-sst-2-int8';
    const { page } = await openTask('text-classification', [model]);
    await write(page, 'prompt-input', 'What a lovely and wonderful day');
    await press(page, model);
    const output = columnOf(page, model).getByTestId('column-output');
    const rows = output.getByTestId('label-row');
    await expect.poll(() => rows.count()).toBe(2);
    expect(await output.count()).toBe(1);
    expect(await rows.first().innerText()).toMatch(/POSITIVE\s+9\d(?:\.\d+)? %/);
    const [high, low] = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-value'))));
    expect(high! + low!).toBeCloseTo(1, 6);
    expect(high).toBeGreaterThan(0.9);
  });
});

describe('pictures', () => {
  it('get boxes in their own pixels, which a threshold filters', async () => {
    const model = '@cf/simulator/detr-resnet-50';
    const { page } = await openTask('object-detection', [model]);
    await attach(page, await picture('street.png', 640, 400));
    await press(page, model);
    const column = columnOf(page, model);
    const boxes = column.getByTestId('box');
    await boxes.first().waitFor();
    const all = Number(await column.getByTestId('output-boxes').getAttribute('data-value'));
    expect(all).toBeGreaterThan(1);
    // Each box lies on the picture where its row says.
    const image = (await column.locator('.picture img').boundingBox())!;
    const scale = image.width / 640;
    const rows = await column.getByTestId('box-row').allInnerTexts();
    for (const row of rows) {
      const [, number] = /^(\d+)/.exec(row)!;
      const [, width, height, x, y] = /(\d+) × (\d+) px at (\d+), (\d+)/.exec(row)!.map(Number);
      const drawn = (await column.locator(`[data-testid="box"][data-number="${number}"] .line`).boundingBox())!;
      expect(Math.abs(drawn.x - image.x - x! * scale)).toBeLessThan(4);
      expect(Math.abs(drawn.y - image.y - y! * scale)).toBeLessThan(4);
      expect(Math.abs(drawn.width - width! * scale)).toBeLessThan(6);
      expect(Math.abs(drawn.height - height! * scale)).toBeLessThan(6);
      expect(x! + width!).toBeLessThanOrEqual(640);
      expect(y! + height!).toBeLessThanOrEqual(400);
    }
    const scores = await column
      .getByTestId('box-row')
      .evaluateAll((found) => found.map((row) => Number(row.getAttribute('data-value'))));
    const between = (Math.max(...scores) + scores.toSorted((a, b) => b - a)[1]!) / 2;
    await column.getByTestId('boxes-threshold').fill(between.toFixed(2));
    await expect.poll(() => boxes.count()).toBe(scores.filter((score) => score >= Number(between.toFixed(2))).length);
    expect(await boxes.count()).toBeLessThan(all);
  });

  it('are classified and described, side by side', async () => {
    const models = ['@cf/llava-hf/llava-1.5-7b-hf', '@cf/moondream/moondream3.1-9B-A2B'];
    const { page } = await openTask('image-to-text', models);
    await attach(page, await picture('cat.png', 240, 160));
    await press(page, ...models);
    for (const model of models) {
      expect(await answerOf(columnOf(page, model))).toContain('PNG of 240x160 pixels');
      expect(await valueOf(columnOf(page, model), 'metric-e2e')).toBeGreaterThan(0);
    }
    const [, moondream] = models;
    expect(await valueOf(columnOf(page, moondream!), 'metric-output-tokens')).toBeGreaterThan(10);

    await chooseTask(page, 'image-classification');
    const resnet = '@cf/microsoft/resnet-50';
    await setColumns(page, [resnet]);
    await press(page, resnet);
    const rows = columnOf(page, resnet).getByTestId('label-row');
    await expect.poll(() => rows.count()).toBe(5);
    const shares = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-value'))));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share)).toBeLessThanOrEqual(1);
  });
});

describe('turns', () => {
  it('are judged finished or not', async () => {
    const model = '@cf/pipecat-ai/smart-turn-v2';
    const { page } = await openTask('turn-detection', [model]);
    const output = columnOf(page, model).getByTestId('output-turn');
    await attach(page, speech('done.wav', 'I would like a coffee, please.'));
    await press(page, model);
    await expect.poll(() => output.getAttribute('data-complete')).toBe('true');
    expect(await output.innerText()).toContain('The speaker has finished');
    await page.getByTestId('attachment-remove').click();
    await attach(page, speech('more.wav', 'I would like a coffee and'));
    await press(page, model);
    await expect.poll(() => output.getAttribute('data-complete')).toBe('false');
    expect(Number(await output.getAttribute('data-value'))).toBeLessThan(0.5);
  });
});

describe('what nobody knows', () => {
  it('is shown as it came, whatever it is', async () => {
    const model = '@cf/cloudflare/clef';
    const { page } = await openTask('other', [model]);
    await run(page, 'Something new');
    await waitForState(columnOf(page, model), 'done');
    const json = columnOf(page, model).getByTestId('output-json');
    expect(await json.innerText()).toContain(`No model ran in place of ${model}.`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await json.getByTestId('copy-json').click();
    await expect
      .poll(async () => page.evaluate(() => navigator.clipboard.readText()))
      .toContain('"prompt": "Something new"');
  });

  it('is shown as a picture where a picture came', async () => {
    const model = 'klingai/kling-v3-image';
    const { page } = await openTask('other', [model]);
    await run(page, 'A lighthouse');
    await waitForState(columnOf(page, model), 'done');
    await columnOf(page, model).getByTestId('output-image').first().waitFor();
  });
});

describe('realtime speech', () => {
  it('is listed, and plainly not run', async () => {
    const { page } = await openPlayground({ speed: 0 });
    const tasks = await page.getByTestId('task-select').locator('option').allTextContents();
    expect(tasks.join()).not.toMatch(/realtime/i);
    await page.getByTestId('add-model').first().click();
    await page.getByTestId('filter-task').selectOption('realtime');
    const option = page.getByTestId('model-option').first();
    await option.waitFor();
    const before = await page.getByTestId('column').count();
    await option.click();
    await expect
      .poll(() => page.getByTestId('model-not-run').innerText())
      .toMatch(/The playground does not run .+ yet: .+ needs a connection that stays open \(WebSocket\)\./);
    expect(await page.getByTestId('column').count()).toBe(before);
  });
});
