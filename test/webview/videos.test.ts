/** Videos: made from words and pictures, really played, together across columns; long jobs that can be waited for. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../../src/simulator/images/draw';
import { answerOf, columnOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground, temporaryFolder } from './harness';
import { attach, chooseTask, decodedLength, fileOf, mixModel, play, type TestFile } from './media-drive';
import { inputOf, startRecordingApi } from './recording-api';

const PRUNA = 'pruna/p-video';
const VIDU = 'vidu/q3-turbo';
const GROK = 'xai/grok-imagine-video';
const LLAMA = '@cf/meta/llama-3.2-3b-instruct';
const PROMPT = 'A sailing boat in a storm';

async function frame(name: string, width: number, height: number): Promise<TestFile> {
  return fileOf(name, 'image/png', await drawPicture({ prompt: name, modelId: '', seed: 1, width, height }));
}

/** How far apart the two videos are, seconds; undefined unless both play. */
function distance(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const [a, b] = [...document.querySelectorAll('video')];
    if (!a || !b || a.paused || b.paused || a.ended || b.ended) return undefined;
    return Math.abs(a.currentTime - b.currentTime);
  });
}

describe('text to video', () => {
  it('plays, alone and together with the other column', async () => {
    const { page, playground } = await openPlayground();
    await chooseTask(page, 'text-to-video');
    await setColumns(page, [PRUNA, VIDU]);
    await run(page, PROMPT);
    const [one, two] = [columnOf(page, PRUNA), columnOf(page, VIDU)];
    for (const column of [one, two]) await waitForState(column, 'done');
    const [first, second] = [one.getByTestId('output-video'), two.getByTestId('output-video')];
    for (const video of [first, second]) {
      expect(await decodedLength(video)).toBeGreaterThan(1);
      expect(await video.evaluate((element) => (element as HTMLVideoElement).videoWidth)).toBeGreaterThan(100);
      // From the host, never from the model's own server.
      const source = await video.evaluate((element) => (element as HTMLVideoElement).currentSrc);
      expect(new URL(source).origin).toBe(new URL(playground.url).origin);
    }
    expect(await valueOf(one, 'metric-ttfa')).toBeGreaterThan(0);

    await play(first);
    await play(second);
    // Starting the second stopped the first.
    expect(await first.evaluate((element) => (element as HTMLVideoElement).paused)).toBe(true);

    await page.getByTestId('play-restart').click();
    for (const video of [first, second]) await video.evaluate((element) => void (element as HTMLVideoElement).pause());
    await page.getByTestId('play-all').click();
    await expect.poll(() => page.getByTestId('play-together').getAttribute('data-playing')).toBe('true');
    const places = (): Promise<number> => first.evaluate((element) => (element as HTMLVideoElement).currentTime);
    await expect.poll(places, { interval: 50 }).toBeGreaterThan(0.6);
    await expect.poll(() => distance(page), { interval: 50 }).toBeLessThan(0.15);
    // One is pushed away: it comes back.
    await second.evaluate((element) => {
      (element as HTMLVideoElement).currentTime = 2;
    });
    await expect.poll(async () => (await places()) >= 2, { interval: 50 }).toBe(true);
    await expect.poll(() => distance(page), { interval: 50 }).toBeLessThan(0.15);
    await page.getByTestId('play-all').click();
    for (const video of [first, second])
      expect(await video.evaluate((element) => (element as HTMLVideoElement).paused)).toBe(true);

    // A column that goes away takes its player along.
    await two.getByTestId('remove-column').click();
    await expect.poll(() => page.getByTestId('play-together').count()).toBe(0);
  });

  it('that the browser cannot decode is said in its column; the sibling answers', async () => {
    const { page } = await openPlayground();
    await chooseTask(page, 'text-to-video');
    await setColumns(page, [PRUNA]);
    await mixModel(page, LLAMA);
    await run(page, `[[simulate media=undecodable]] ${PROMPT}`);
    const broken = columnOf(page, PRUNA);
    await waitForState(broken, 'done');
    await waitForState(columnOf(page, LLAMA), 'done');
    expect(await answerOf(columnOf(page, LLAMA))).not.toBe('');
    await broken.getByTestId('unplayable').waitFor();
    expect(await broken.getByTestId('unplayable').innerText()).toMatch(/cannot play this video \(video\/mp4\)/);
    // It can still be saved.
    expect(await broken.getByTestId('media-save').count()).toBe(1);
    expect(await broken.getByTestId('output-video').isVisible()).toBe(false);
  });
});

describe('image to video', () => {
  it('sends the start and the end frame by their roles, and plays what comes', async () => {
    const api = await startRecordingApi();
    const { page } = await openPlayground({ env: api.env });
    await chooseTask(page, 'text-to-video');
    await setColumns(page, [VIDU]);
    await attach(page, await frame('end.png', 300, 200), await frame('start.png', 320, 180));
    await page.getByTestId('attachment-role').first().click();
    await page.getByRole('menuitem', { name: 'end frame' }).click();
    await run(page, PROMPT);
    const column = columnOf(page, VIDU);
    await waitForState(column, 'done');
    await play(column.getByTestId('output-video'));
    const [call, ...more] = api.inferences();
    expect(more).toEqual([]);
    const input = call ? inputOf(call) : {};
    const width = (field: string): number =>
      Buffer.from(String(input[field]).replace(/^data:[^,]*,/, ''), 'base64').readUInt32BE(16);
    expect([width('start_image'), width('end_image')]).toEqual([320, 300]);
  });

  it('of a model that needs a picture', async () => {
    const { page } = await openPlayground();
    await chooseTask(page, 'image-to-video');
    await setColumns(page, ['alibaba/wan-2.7-i2v']);
    expect(await page.getByTestId('input-hint').innerText()).toMatch(/picture|image/i);
    await attach(page, await frame('still.png', 320, 180));
    await run(page, PROMPT);
    const column = columnOf(page, 'alibaba/wan-2.7-i2v');
    await waitForState(column, 'done');
    expect(await decodedLength(column.getByTestId('output-video'))).toBeGreaterThan(1);
  });
});

describe('a long job', () => {
  it('shows the time that passes, and can be cancelled alone', async () => {
    const { page } = await openPlayground({ speed: 1 });
    await chooseTask(page, 'text-to-video');
    await setColumns(page, [PRUNA, VIDU]);
    await run(page, `[[simulate first=60]] ${PROMPT}`);
    const column = columnOf(page, PRUNA);
    await waitForState(column, 'waiting');
    await column.getByTestId('arriving').waitFor();
    const seconds = async (): Promise<number> => {
      const words = await column.locator('footer').innerText();
      return Math.max(0, ...[...words.matchAll(/([\d.]+)\s*s\b/g)].map(([, figure]) => Number(figure)));
    };
    await expect.poll(seconds).toBeGreaterThan(0.3);
    const before = await seconds();
    await expect.poll(seconds).toBeGreaterThan(before);
    await column.getByTestId('stop-column').click();
    await waitForState(column, 'stopped');
    expect(await column.getByTestId('arriving').count()).toBe(0);
    expect(await columnOf(page, VIDU).getAttribute('data-state')).toBe('waiting');
  });

  it('that outlives its page is there on return', async () => {
    const data = temporaryFolder();
    const { page, playground } = await openPlayground({ data, speed: 3 });
    await chooseTask(page, 'text-to-video');
    await setColumns(page, [GROK]);
    await run(page, PROMPT);
    const column = columnOf(page, GROK);
    await waitForState(column, 'waiting');
    await page.goto('about:blank');
    await page.goto(playground.url);
    await waitForState(column, 'waiting', 'done');
    await waitForState(column, 'done');
    await play(column.getByTestId('output-video'));
  });
});
