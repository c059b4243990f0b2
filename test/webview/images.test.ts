/** Pictures: made side by side by models that send them each in their own way, from words, pictures and masks. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../../src/simulator/images/draw';
import { columnOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground } from './harness';
import { attach, chooseTask, decodedSize, fileOf, type TestFile } from './media-drive';
import { inputOf, startRecordingApi } from './recording-api';

const FLUX = '@cf/black-forest-labs/flux-1-schnell';
const PHOENIX = '@cf/leonardo/phoenix-1.0';
const QWEN = 'alibaba/qwen-image-3.0-pro';
const VECTOR = 'recraft/recraftv4-vector';
const BANANA = 'google/nano-banana';
const INPAINTING = '@cf/runwayml/stable-diffusion-v1-5-inpainting';
const PROMPT = 'A lighthouse at dusk';

/** A picture as a camera would give it. */
async function photo(name = 'photo.png', width = 320, height = 200): Promise<TestFile> {
  const bytes = await drawPicture({ prompt: name, modelId: '', seed: 1, width, height });
  return fileOf(name, 'image/png', bytes);
}

/** Sets a field of a column's form. */
async function setParameter(page: Page, column: Locator, name: string, value: string): Promise<void> {
  await column.getByTestId('parameters-button').click();
  const field = page.getByTestId(`parameter-${name}`);
  const isChoice = await field.evaluate((element) => element.tagName === 'SELECT');
  if (isChoice) await field.selectOption({ label: value });
  else await field.fill(value);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByTestId('parameters-form').count()).toBe(0);
}

describe('text to image', () => {
  it('shows what each family sends: base64, bytes, several by address, a drawing', async () => {
    const { page, playground } = await openPlayground();
    await chooseTask(page, 'text-to-image');
    await setColumns(page, [FLUX, PHOENIX, QWEN, VECTOR]);
    await setParameter(page, columnOf(page, PHOENIX), 'width', '640');
    await setParameter(page, columnOf(page, PHOENIX), 'height', '384');
    await setParameter(page, columnOf(page, QWEN), 'n', '3');
    await run(page, PROMPT);
    for (const model of [FLUX, PHOENIX, QWEN, VECTOR]) await waitForState(columnOf(page, model), 'done');

    expect(await decodedSize(columnOf(page, FLUX).getByTestId('output-image'))).toEqual([1024, 1024]);
    expect(await decodedSize(columnOf(page, PHOENIX).getByTestId('output-image'))).toEqual([640, 384]);
    expect(await decodedSize(columnOf(page, VECTOR).getByTestId('output-image'))).toEqual([1024, 1024]);
    const several = columnOf(page, QWEN).getByTestId('output-image');
    await expect.poll(() => several.count()).toBe(3);
    for (const picture of await several.all()) expect((await decodedSize(picture))[0]).toBeGreaterThan(255);
    const sources = await several.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).currentSrc));
    // Three pictures, all from the host.
    expect(new Set(sources).size).toBe(3);
    expect(new Set(sources.map((source) => new URL(source).origin))).toEqual(new Set([new URL(playground.url).origin]));
    for (const model of [FLUX, PHOENIX, QWEN, VECTOR])
      expect(await valueOf(columnOf(page, model), 'metric-ttfa')).toBeGreaterThan(0);
  });

  it('keeps the room: what is being made is as large as what comes, and other columns stay where they are', async () => {
    const { page } = await openPlayground({ speed: 3 });
    await chooseTask(page, 'text-to-image');
    await setColumns(page, [FLUX, PHOENIX]);
    await run(page, PROMPT);
    const column = columnOf(page, FLUX);
    await page.getByTestId('compare-toggle').waitFor();
    const before = await column.getByTestId('arriving').boundingBox();
    const foot = await column.locator('footer').boundingBox();
    await waitForState(column, 'done');
    const picture = column.getByTestId('output-image');
    await decodedSize(picture);
    const after = await picture.boundingBox();
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect.soft(Math.abs((after?.[side] ?? 0) - (before?.[side] ?? -99)), side).toBeLessThan(3);
    expect(await column.locator('footer').boundingBox()).toEqual(foot);
  });

  it('is enlarged, compared, saved and used again', async () => {
    const { page } = await openPlayground();
    await chooseTask(page, 'text-to-image');
    await setColumns(page, [FLUX, BANANA]);
    await run(page, PROMPT);
    for (const model of [FLUX, BANANA]) await waitForState(columnOf(page, model), 'done');
    const column = columnOf(page, BANANA);
    await decodedSize(column.getByTestId('output-image'));

    await column.getByTestId('picture-zoom').focus();
    await page.keyboard.press('Enter');
    const zoomed = page.getByTestId('zoomed-image');
    await decodedSize(zoomed);
    const level = page.getByTestId('zoom-level');
    const box = page.getByRole('region', { name: 'Enlarged picture' });
    await box.focus();
    await page.keyboard.press('1');
    await expect.poll(() => level.getAttribute('data-value')).toBe('1');
    expect((await zoomed.boundingBox())?.width).toBe(1024);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    expect(Number(await level.getAttribute('data-value'))).toBeCloseTo(2.25);
    const place = (): Promise<readonly number[]> =>
      box.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
    const [left = 0, top = 0] = await place();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(place).toEqual([left + 60, top + 60]);
    await page.keyboard.press('0');
    await expect.poll(async () => Number(await level.getAttribute('data-value'))).toBeLessThan(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => zoomed.count()).toBe(0);
    // The focus is where it was.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('picture-zoom');

    await column.getByTestId('picture-swipe').click();
    const slider = page.getByTestId('swipe-slider');
    await slider.focus();
    await page.keyboard.press('Home');
    expect(await slider.inputValue()).toBe('0');
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toBe('B: 3 %');
    for (const picture of await page.getByTestId('swipe').locator('img').all())
      expect((await decodedSize(picture))[0]).toBe(1024);
    await page.keyboard.press('Escape');

    const download = page.waitForEvent('download');
    await column.getByTestId('media-save').click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^Nano-Banana\.(?:png|jpe?g)$/i);
    const bytes = await readFile(await saved.path());
    const shown = await column
      .getByTestId('output-image')
      .evaluate(async (image) => (await (await fetch((image as HTMLImageElement).src)).arrayBuffer()).byteLength);
    expect(bytes.length).toBe(shown);

    await column.getByTestId('media-use').click();
    const attachment = page.getByTestId('attachment');
    await expect.poll(() => attachment.count()).toBe(1);
    expect(await attachment.getAttribute('data-kind')).toBe('image');
    // The other model takes no picture: said before anything is sent.
    await expect.poll(() => page.getByTestId('needs').innerText()).toContain('A');
  });
});

describe('image to image', () => {
  it('sends several pictures to work from, in order', async () => {
    const api = await startRecordingApi();
    const { page } = await openPlayground({ env: api.env });
    await chooseTask(page, 'image-to-image');
    await setColumns(page, ['pruna/p-image-edit']);
    const [one, two] = [await photo('one.png'), await photo('two.png', 200, 320)];
    await attach(page, one, two);
    await run(page, 'Both in one picture');
    const column = columnOf(page, 'pruna/p-image-edit');
    await waitForState(column, 'done');
    await decodedSize(column.getByTestId('output-image'));
    const calls = api.inferences();
    expect(calls).toHaveLength(1);
    const { images } = inputOf(calls[0] as (typeof calls)[number]) as { images: readonly string[] };
    const sent = images.map((image) => Buffer.from(image.slice(image.indexOf(',') + 1), 'base64'));
    expect(sent.map((bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)])).toEqual([
      [320, 200],
      [200, 320],
    ]);
  });

  it('the painted mask reaches the wire, as large as the picture and white where it was painted', async () => {
    const api = await startRecordingApi();
    const { page } = await openPlayground({ env: api.env });
    await chooseTask(page, 'text-to-image');
    await setColumns(page, [INPAINTING]);
    await attach(page, await photo());
    await page.getByTestId('attachment-more').click();
    await page.getByTestId('paint-mask').click();
    const canvas = page.getByTestId('mask-canvas');
    await canvas.waitFor();
    for (const [side, value] of Object.entries({ x: '40', y: '20', width: '120', height: '100' }))
      await page.getByTestId(`mask-${side}`).fill(value);
    await page.getByTestId('mask-fill').click();
    // A stroke by hand, away from the box.
    const at = await canvas.boundingBox();
    if (!at) throw new Error('The canvas is not shown.');
    const spot = (x: number, y: number) => [at.x + (x / 320) * at.width, at.y + (y / 200) * at.height] as const;
    await page.mouse.move(...spot(220, 160));
    await page.mouse.down();
    await page.mouse.move(...spot(290, 160), { steps: 4 });
    await page.mouse.up();
    await page.getByTestId('mask-use').click();
    await expect.poll(() => page.getByTestId('attachment').count()).toBe(2);
    await run(page, 'A red door');
    const column = columnOf(page, INPAINTING);
    await waitForState(column, 'done');
    await decodedSize(column.getByTestId('output-image'));

    const [call, ...more] = api.inferences();
    if (!call) throw new Error('Nothing was sent.');
    expect(more).toEqual([]);
    const { mask, image_b64: picture } = inputOf(call) as { mask: readonly number[]; image_b64: string };
    const painted = await page.evaluate(async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      const at = (x: number, y: number) => (context.getImageData(x, y, 1, 1).data[0] ?? 0) > 127;
      const { data } = context.getImageData(0, 0, 160, 150);
      let inBox = 0;
      for (let pixel = 0; pixel < data.length; pixel += 4) if ((data[pixel] ?? 0) > 127) inBox++;
      return {
        size: [bitmap.width, bitmap.height],
        inBox,
        corners: [at(41, 21), at(158, 118), at(38, 18), at(162, 122)],
        stroke: [at(250, 160), at(250, 130)],
      };
    }, mask);
    expect(painted.size).toEqual([320, 200]);
    expect(painted.corners).toEqual([true, true, false, false]);
    expect(Math.abs(painted.inBox - 120 * 100)).toBeLessThan(300);
    expect(painted.stroke).toEqual([true, false]);
    const sent = Buffer.from(picture, 'base64');
    expect([sent.readUInt32BE(16), sent.readUInt32BE(20)]).toEqual([320, 200]);
  });
});
