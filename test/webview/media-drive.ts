/**
 * Gives files to the playground and looks at what came out of it, as a person does.
 */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A file of a test. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A file from bytes. */
export function fileOf(name: string, mimeType: string, bytes: Uint8Array): TestFile {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}

/** Shows the columns of a task. */
export async function chooseTask(page: Page, task: string): Promise<void> {
  await page.getByTestId('task-select').selectOption(task);
  await expect.poll(() => page.getByTestId('column').count()).toBeGreaterThan(0);
}

/** Adds a column of a model of another task beside those that are shown. */
export async function mixModel(page: Page, model: string): Promise<void> {
  const before = await page.getByTestId('column').count();
  await page.getByTestId('add-model').first().click();
  await page.getByTestId('filter-task').selectOption('');
  await page.getByTestId('model-search').fill(model);
  const option = page.locator(`[data-testid="model-option"][data-model="${model}"]`).first();
  await option.hover();
  await option.getByTestId('mix-model').click();
  await expect.poll(() => page.getByTestId('column').count()).toBe(before + 1);
}

/** Attaches files through the browser's file dialog, and waits until they are kept. */
export async function attach(page: Page, ...files: readonly TestFile[]): Promise<void> {
  const before = await page.getByTestId('attachment').count();
  await attachWithoutWaiting(page, ...files);
  await expect.poll(() => page.getByTestId('attachment').count(), { timeout: 15_000 }).toBe(before + files.length);
}

/** Chooses files in the browser's file dialog. */
export async function attachWithoutWaiting(page: Page, ...files: readonly TestFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByTestId('attach-button').click();
  await page.getByRole('menuitem', { name: /computer/i }).click();
  await (await chooser).setFiles([...files]);
}

/** Drops files onto the composer, as from a file manager. */
export async function drop(page: Page, ...files: readonly TestFile[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (all) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of all) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      return data;
    },
    files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
  );
  const target = page.locator('section:has(> .composer)');
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
}

/** Size of a picture as the browser decoded it, pixels; waits until it did. */
export async function decodedSize(image: Locator): Promise<readonly [width: number, height: number]> {
  const read = () =>
    image.first().evaluate((element) => {
      const { naturalWidth, naturalHeight } = element as HTMLImageElement;
      return [naturalWidth, naturalHeight] as const;
    });
  await expect.poll(async () => (await read())[0], { timeout: 15_000 }).toBeGreaterThan(0);
  return read();
}

/** Length in seconds of a sound or video as the browser decoded it; waits until it did. */
export async function decodedLength(media: Locator): Promise<number> {
  const read = () => media.first().evaluate((element) => (element as HTMLMediaElement).duration);
  await expect.poll(read, { timeout: 15_000 }).toBeGreaterThan(0);
  return read();
}

/** Plays a sound or video and waits until time passes in it. */
export async function play(media: Locator): Promise<void> {
  await media.first().evaluate((element) => {
    const player = element as HTMLMediaElement;
    player.muted = true;
    return player.play();
  });
  const time = () => media.first().evaluate((element) => (element as HTMLMediaElement).currentTime);
  await expect.poll(time, { timeout: 15_000 }).toBeGreaterThan(0.2);
}

/** Longest run of base64 in these messages: media that crossed the channel would show as one. */
export function longestBase64(frames: readonly string[]): number {
  let longest = 0;
  for (const frame of frames) {
    for (const [run] of frame.matchAll(/[A-Za-z0-9+/_-]{1000,}/g)) longest = Math.max(longest, run.length);
  }
  return longest;
}
