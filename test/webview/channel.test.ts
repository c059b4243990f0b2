/** Media stay out of the messages between page and host: they go and come by address. */
import { expect, it } from 'vitest';
import { encodeWav } from '../../src/simulator/media/wav';
import { columnOf, run, setColumns, waitForState } from './drive';
import { openPlayground } from './harness';
import { attach, chooseTask, decodedLength, decodedSize, fileOf, longestBase64 } from './media-drive';

/** Bytes of base64 that may stand in one message. */
const LIMIT = 256 * 1024;
const EDIT = 'pruna/p-image-edit';

/** Noise: nothing makes it smaller. */
async function noise(page: Parameters<typeof run>[0], side: number): Promise<Buffer> {
  const dataUri = await page.evaluate(async (side) => {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    const picture = context.createImageData(side, side);
    for (let at = 0; at < picture.data.length; at += 65_536)
      crypto.getRandomValues(picture.data.subarray(at, at + 65_536));
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255;
    context.putImageData(picture, 0, 0);
    const reader = new FileReader();
    reader.readAsDataURL(await canvas.convertToBlob());
    await new Promise((resolve) => (reader.onload = resolve));
    return reader.result as string;
  }, side);
  return Buffer.from(dataUri.slice(dataUri.indexOf(',') + 1), 'base64');
}

it('pictures of 2 MB go in and come out without a message of more than 256 KB', async () => {
  const { page, frames } = await openPlayground();
  await chooseTask(page, 'image-to-image');
  await setColumns(page, [EDIT, 'cloudflare/image-edit']);
  const bytes = await noise(page, 840);
  expect(bytes.length).toBeGreaterThan(2_000_000);
  await attach(page, fileOf('noise.png', 'image/png', bytes));
  await run(page, 'Make it brighter');
  await waitForState(columnOf(page, EDIT), 'done');
  await decodedSize(columnOf(page, EDIT).getByTestId('output-image'));
  await page.reload();
  await decodedSize(columnOf(page, EDIT).getByTestId('output-image'));
  // What was made is used again.
  await columnOf(page, EDIT).getByTestId('media-use').click();
  await expect.poll(() => page.getByTestId('attachment').count()).toBe(2);
  // Nor does the request, when it is shown.
  await columnOf(page, EDIT).getByTestId('copy-as').click();
  await page.getByTestId('raw-request').click();
  await page.getByRole('dialog').waitFor();
  expect(longestBase64(frames)).toBeLessThan(LIMIT);
  expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(1_000_000);
});

it('sound and video that models send in base64 come by address', async () => {
  const { page, frames } = await openPlayground();
  await chooseTask(page, 'text-to-speech');
  // As a data URI of WAV, and as base64 of MP3.
  const models = ['google/gemini-3.1-flash-tts', '@cf/myshell-ai/melotts'];
  await setColumns(page, models);
  await run(page, 'It is a fine day, and the ships are coming home. '.repeat(16));
  for (const model of models) {
    await waitForState(columnOf(page, model), 'done');
    await decodedLength(columnOf(page, model).getByTestId('output-audio'));
  }
  const sizes = await page.evaluate(() =>
    Promise.all(
      [...document.querySelectorAll('audio')].map(
        async ({ src }) => (await (await fetch(src)).arrayBuffer()).byteLength,
      ),
    ),
  );
  expect(Math.max(...sizes)).toBeGreaterThan(2_000_000);
  expect(longestBase64(frames)).toBeLessThan(LIMIT);
});

it('a recording of 2 MB goes in by address', async () => {
  const { page, frames } = await openPlayground();
  await chooseTask(page, 'speech-recognition');
  await setColumns(page, ['@cf/openai/whisper-large-v3-turbo']);
  const samples = Int16Array.from({ length: 70 * 16_000 }, () => Math.round(20_000 * (Math.random() - 0.5)));
  await attach(page, fileOf('noise.wav', 'audio/wav', encodeWav({ samples, sampleRate: 16_000 })));
  await page.getByTestId('run-button').click();
  await waitForState(columnOf(page, '@cf/openai/whisper-large-v3-turbo'), 'done', 'failed');
  expect(longestBase64(frames)).toBeLessThan(LIMIT);
});
