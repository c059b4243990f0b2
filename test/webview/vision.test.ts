/** Chat models that are shown pictures, documents and recordings, beside models that only look. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, metricsOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground, type PlaygroundOptions } from './harness';
import { attach, mixModel } from './media-drive';
import { inputOf, startRecordingApi, type Recorded } from './recording-api';
import { CAMERA, pdf, photo, picture, PLACE, speech } from './sample-files';

/** One model of each way to ask. */
const CHAT = 'openai/gpt-4.1';
const COUNTING = 'xai/grok-4.3';
const MESSAGES = 'anthropic/claude-haiku-4.5';
const RESPONSES = 'openai/gpt-5.6-luna';
const HOSTED = '@cf/meta/llama-3.2-11b-vision-instruct';

async function openRecorded(options: PlaygroundOptions = {}) {
  const api = await startRecordingApi({ speed: 0 });
  return { api, ...(await openPlayground({ env: api.env, ...options })) };
}

type Part = Readonly<Record<string, any>>;

/** Parts of the last message of the call that names the model. */
function partsFor(requests: readonly Recorded[], model: string): readonly Part[] {
  const request = requests.find(({ body }) => body.includes(`"${model}"`));
  if (!request) throw new Error(`${model} was not called.`);
  const { messages, input } = JSON.parse(request.body.toString()) as Record<
    string,
    readonly { content: readonly Part[] }[]
  >;
  return (messages ?? input)!.at(-1)!.content;
}

/** The bytes of a data URI of this type. */
function bytesOf(uri: string, mediaType: string): Buffer {
  expect(uri.slice(0, mediaType.length + 13)).toBe(`data:${mediaType};base64,`);
  return Buffer.from(uri.slice(mediaType.length + 13), 'base64');
}

/** Size in pixels of a picture's bytes, as the browser decodes it. */
async function sizeOf(page: Page, bytes: Buffer): Promise<readonly [number, number]> {
  return page.evaluate(async (base64) => {
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { width, height } = await createImageBitmap(new Blob([binary]));
    return [width, height] as const;
  }, bytes.toString('base64'));
}

describe('pictures and documents', () => {
  it('reach every wire in its own parts, without camera and place, and are counted', async () => {
    const { api, page } = await openRecorded();
    await setColumns(page, [CHAT, COUNTING, HOSTED, MESSAGES, RESPONSES]);
    await attach(page, await photo('beach.jpg', 96, 128), await picture('chart.png', 320, 200), pdf('report.pdf', 3));
    await run(page, 'What is on these?');
    for (const model of [CHAT, COUNTING, HOSTED, MESSAGES, RESPONSES]) {
      const column = columnOf(page, model);
      await waitForState(column, 'done');
      const answer = await answerOf(column);
      expect(answer, model).toContain('2 pictures (JPEG of 96x128 pixels, PNG of 320x200 pixels)');
      expect(answer, model).toContain('1 document (PDF of 3 pages)');
    }

    const requests = api.inferences();
    expect(requests).toHaveLength(5);
    const original = (await photo('beach.jpg', 96, 128)).buffer;
    expect(original.includes(CAMERA) && original.includes(PLACE)).toBe(true);
    const isClean = async (jpeg: Buffer) => {
      for (const word of [CAMERA, PLACE, 'Exif']) expect(jpeg.includes(word)).toBe(false);
      expect(await sizeOf(page, jpeg)).toEqual([96, 128]);
    };
    for (const model of [CHAT, COUNTING, HOSTED]) {
      const [text, jpeg, png, document] = partsFor(requests, model);
      expect(text).toEqual({ type: 'text', text: 'What is on these?' });
      await isClean(bytesOf(jpeg!['image_url'].url, 'image/jpeg'));
      expect(await sizeOf(page, bytesOf(png!['image_url'].url, 'image/png'))).toEqual([320, 200]);
      expect(document).toMatchObject({ type: 'file', file: { filename: 'report.pdf' } });
      expect(bytesOf(document!['file'].file_data, 'application/pdf')).toEqual(pdf('report.pdf', 3).buffer);
    }
    const [jpeg, png, document, text] = partsFor(requests, MESSAGES);
    expect(text).toEqual({ type: 'text', text: 'What is on these?' });
    expect(
      [jpeg, png, document].map((part) => [part!['type'], part!['source'].type, part!['source'].media_type]),
    ).toEqual([
      ['image', 'base64', 'image/jpeg'],
      ['image', 'base64', 'image/png'],
      ['document', 'base64', 'application/pdf'],
    ]);
    await isClean(Buffer.from(jpeg!['source'].data, 'base64'));
    const [words, ...files] = partsFor(requests, RESPONSES);
    expect(words).toEqual({ type: 'input_text', text: 'What is on these?' });
    expect(files.map((part) => part['type'])).toEqual(['input_image', 'input_image', 'input_file']);
    await isClean(bytesOf(files[0]!['image_url'], 'image/jpeg'));

    // Pictures are counted apart where the model tells, and among the input everywhere.
    const pictures = Math.round((96 * 128) / 750) + Math.round((320 * 200) / 750);
    expect(await valueOf(columnOf(page, COUNTING), 'metric-image-tokens')).toBe(pictures);
    for (const model of [CHAT, COUNTING, MESSAGES]) {
      expect((await metricsOf(columnOf(page, model)))['input-tokens'], model).toBeGreaterThan(pictures);
    }
    expect(await valueOf(columnOf(page, CHAT), 'metric-image-tokens')).toBeUndefined();
  });

  it('are sent as small as they were made', async () => {
    const { api, page } = await openRecorded();
    await setColumns(page, [CHAT]);
    await attach(page, await picture('large.png', 1600, 1200));
    await page.getByTestId('attachment-more').click();
    await page.getByTestId('scale-down').click();
    await page.getByTestId('scale-width').fill('400');
    // Tiles of 512 pixels at no more than 768 on the short side: 85 + 4 × 170 tokens become 85 + 170.
    await expect.poll(() => page.getByTestId('scale-tokens').innerText()).toMatch(/255/);
    await expect.poll(() => page.getByTestId('scale-bytes').innerText()).toMatch(/KB|bytes/);
    await page.getByTestId('scale-use').click();
    await expect.poll(() => page.getByTestId('attachment').innerText()).toContain('400 × 300');
    await run(page, 'What is this?');
    await waitForState(columnOf(page, CHAT), 'done');
    expect(await answerOf(columnOf(page, CHAT))).toContain('of 400x300 pixels');
    const [, sent] = partsFor(api.inferences(), CHAT);
    const type = /^data:([^;]+)/.exec(sent!['image_url'].url)?.[1] ?? '';
    expect(await sizeOf(page, bytesOf(sent!['image_url'].url, type))).toEqual([400, 300]);
  });
});

describe('recordings', () => {
  it('are parts of Chat Completions, though the catalog does not promise that they are heard', async () => {
    const { api, page } = await openRecorded();
    await setColumns(page, [CHAT]);
    const said = speech('question.wav', 'Which way is the harbour?');
    await attach(page, said);
    await expect
      .poll(() => page.getByTestId('needs').innerText())
      .toMatch(/A: the catalog does not say that GPT.*4\.1 takes recordings; it may refuse\./i);
    await run(page, 'Answer the question in the recording.');
    await waitForState(columnOf(page, CHAT), 'done');
    expect(await answerOf(columnOf(page, CHAT))).toMatch(/1 recording \(WAV of [\d.]+ seconds\)/);
    const [, part] = partsFor(api.inferences(), CHAT);
    expect(part).toMatchObject({ type: 'input_audio', input_audio: { format: 'wav' } });
    expect(Buffer.from(part!['input_audio'].data, 'base64')).toEqual(said.buffer);
  });
});

describe('models of other tasks', () => {
  it('look at the same picture, each with its own view and figures', async () => {
    const { api, page } = await openRecorded({ speed: 10 });
    const [caption, labels] = ['@cf/llava-hf/llava-1.5-7b-hf', '@cf/microsoft/resnet-50'];
    await setColumns(page, [CHAT]);
    await attach(page, await picture('cat.png', 240, 160));
    await mixModel(page, caption);
    await mixModel(page, labels);
    await run(page, 'What animal is it?');
    for (const model of [CHAT, caption, labels]) await waitForState(columnOf(page, model), 'done');

    expect(await answerOf(columnOf(page, CHAT))).toContain('1 picture (PNG of 240x160 pixels)');
    expect(await answerOf(columnOf(page, caption))).toContain('You asked: “What animal is it?”');
    const shares = await columnOf(page, labels)
      .getByTestId('label-row')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-value'))));
    expect(shares).toHaveLength(5);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));

    const shows = (model: string, metric: string) => columnOf(page, model).getByTestId(`metric-${metric}`).isVisible();
    expect(await valueOf(columnOf(page, CHAT), 'metric-ttft')).toBeGreaterThan(0);
    expect(await shows(CHAT, 'image-tokens')).toBe(true);
    for (const model of [caption, labels]) {
      expect(await valueOf(columnOf(page, model), 'metric-e2e')).toBeGreaterThan(0);
      expect(await shows(model, 'ttft')).toBe(false);
    }
    expect(await shows(labels, 'input-tokens')).toBe(false);
    expect(await shows(caption, 'output-tokens')).toBe(true);

    const of = (model: string) => inputOf(api.inferences().find(({ path }) => path.includes(model))!);
    const bytes = Buffer.from(of(labels)['image'] as number[]);
    expect(await sizeOf(page, bytes)).toEqual([240, 160]);
    expect(of(labels)).not.toHaveProperty('prompt');
    expect(of(caption)).toMatchObject({ prompt: 'What animal is it?' });
  });
});
