/** Sounds: speech that comes as bytes and by address, music; heard, drawn, and compared at the same place. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { columnOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground } from './harness';
import { chooseTask, decodedLength, play } from './media-drive';

const AURA = '@cf/deepgram/aura-2-en';
const TTS = 'openai/tts-1';
const TEXT = 'Good morning. Would you like some tea? It is a fine day, and the ships are coming home.';

function state(sound: Locator): Promise<{ readonly paused: boolean; readonly at: number; readonly muted: boolean }> {
  return sound.evaluate((element) => {
    const { paused, currentTime: at, muted } = element as HTMLAudioElement;
    return { paused, at, muted };
  });
}

/** Whether a waveform with more than one height is drawn. */
function isDrawn(column: Locator): Promise<boolean> {
  return column.getByTestId('waveform').evaluate((container) => {
    const canvases: HTMLCanvasElement[] = [];
    const search = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLCanvasElement) canvases.push(element);
        if (element.shadowRoot) search(element.shadowRoot);
      }
    };
    search(container);
    return canvases.some((canvas) => {
      const { width, height } = canvas;
      const context = canvas.getContext('2d');
      if (width === 0 || !context) return false;
      const { data } = context.getImageData(0, 0, width, height);
      const rows = new Set<number>();
      for (let pixel = 3; pixel < data.length; pixel += 4)
        if ((data[pixel] ?? 0) > 0) rows.add(Math.floor(pixel / 4 / width));
      return rows.size > 4;
    });
  });
}

describe('text to speech', () => {
  it('is heard, whether it comes as bytes or by address, with its waveform and figures', async () => {
    const { page, playground } = await openPlayground();
    await chooseTask(page, 'text-to-speech');
    await setColumns(page, [AURA, TTS]);
    await run(page, TEXT);
    for (const model of [AURA, TTS]) {
      const column = columnOf(page, model);
      await waitForState(column, 'done');
      const sound = column.getByTestId('output-audio');
      const length = await decodedLength(sound);
      // Fifteen characters a second are usual speech.
      expect(length).toBeGreaterThan(TEXT.length / 30);
      expect(length).toBeLessThan(TEXT.length / 6);
      const source = await sound.evaluate((element) => (element as HTMLAudioElement).currentSrc);
      expect(new URL(source).origin).toBe(new URL(playground.url).origin);
      await expect.poll(() => isDrawn(column)).toBe(true);
      await play(sound);
      const factor = await valueOf(column, 'metric-real-time-factor');
      expect(factor).toBeGreaterThan(0);
    }
    // The second was started, so the first is silent.
    expect((await state(columnOf(page, AURA).getByTestId('output-audio'))).paused).toBe(true);
  });

  it('is compared at the same place: one plays, then the other', async () => {
    const { page } = await openPlayground();
    await chooseTask(page, 'text-to-speech');
    await setColumns(page, [AURA, TTS]);
    await run(page, TEXT);
    const [one, two] = [columnOf(page, AURA), columnOf(page, TTS)];
    for (const column of [one, two]) await waitForState(column, 'done');
    const [a, b] = [one.getByTestId('output-audio'), two.getByTestId('output-audio')];
    await decodedLength(b);
    await play(a);
    await expect.poll(async () => (await state(a)).at).toBeGreaterThan(1);
    await one.getByTestId('audio-switch').click();
    await expect.poll(async () => (await state(b)).paused).toBe(false);
    const heard = await state(a);
    expect(heard.paused).toBe(true);
    expect((await state(b)).at).toBeGreaterThan(heard.at - 0.15);
    expect((await state(b)).at).toBeLessThan(heard.at + 2);
    // And back.
    await one.getByTestId('audio-switch').click();
    await expect.poll(async () => [(await state(a)).paused, (await state(b)).paused]).toEqual([false, true]);
    expect((await state(a)).at).toBeGreaterThan((await state(b)).at - 0.15);

    // A click in the waveform moves its player.
    await a.evaluate((element) => void (element as HTMLAudioElement).pause());
    const wave = one.getByTestId('waveform');
    const box = await wave.boundingBox();
    await wave.click({ position: { x: (box?.width ?? 0) / 2, y: 20 } });
    const half = (await decodedLength(a)) / 2;
    await expect.poll(async () => Math.abs((await state(a)).at - half)).toBeLessThan(0.3);
  });
});

it('music is played and saved', async () => {
  const { page } = await openPlayground();
  await chooseTask(page, 'music-generation');
  await setColumns(page, ['minimax/music-2.6']);
  await run(page, 'A slow waltz for piano');
  const column = columnOf(page, 'minimax/music-2.6');
  await waitForState(column, 'done');
  expect(await decodedLength(column.getByTestId('output-audio'))).toBeCloseTo(10, 0);
  await play(column.getByTestId('output-audio'));
  await expect.poll(() => isDrawn(column)).toBe(true);
  const download = page.waitForEvent('download');
  await column.getByTestId('media-save').click();
  expect((await download).suggestedFilename()).toMatch(/\.mp3$/);
});
