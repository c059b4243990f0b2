/** Giving media and texts: files, pasted pictures, smaller pictures, masks, recordings, many texts. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPlayground } from './harness';

/** The host's refusal of a file is an answer of status 4xx, which the browser logs. */
const REFUSED = /4(?:13|22)/;

const chips = (page: Page): Locator => page.getByTestId('attachment');

async function chooseTask(page: Page, task: string): Promise<void> {
  await page.getByTestId('task-select').selectOption(task);
}

/** Makes a picture in the page and gives it to the file input. */
async function attachPicture(page: Page, width: number, height: number): Promise<void> {
  await page.getByTestId('attach-input').evaluate(
    async (input: HTMLInputElement, [width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.fillStyle = 'teal';
      context.fillRect(0, 0, width / 2, height);
      const transfer = new DataTransfer();
      transfer.items.add(new File([await canvas.convertToBlob()], 'picture.png', { type: 'image/png' }));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    [width, height] as const,
  );
  await chips(page).first().waitFor();
}

/** Looks into the picture of a chip: its size, and whether these spots are light. */
function lookInto(chip: Locator, spots: readonly (readonly [number, number])[]) {
  return chip.locator('img').evaluate(async (img: HTMLImageElement, spots) => {
    const picture = await createImageBitmap(await (await fetch(img.src)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext(
      '2d',
    ) as OffscreenCanvasRenderingContext2D;
    context.drawImage(picture, 0, 0);
    const light = spots.map(([x, y]) => (context.getImageData(x, y, 1, 1).data[0] ?? 0) > 128);
    return { size: [picture.width, picture.height], light };
  }, spots);
}

describe('attachments', () => {
  it('come from files and the clipboard, say what is wrong, can be moved, and are there after a reload', async () => {
    const { page } = await openPlayground({ speed: 0, view: { expected: REFUSED } });
    await attachPicture(page, 320, 200);
    await expect.poll(() => chips(page).innerText()).toContain('320 × 200');
    await page.getByTestId('attach-input').setInputFiles([
      { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') },
      { name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    ]);
    const problems = page.getByTestId('attachment-problem');
    await expect
      .poll(() => problems.allInnerTexts())
      .toEqual([expect.stringContaining('broken.png'), expect.stringContaining('empty.pdf')]);
    await page.getByTestId('prompt-input').focus();
    await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(30, 20);
      canvas.getContext('2d');
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await expect.poll(() => chips(page).count()).toBe(2);
    await page.locator('[data-chip]').nth(1).focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => chips(page).first().innerText()).toContain('image.png');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('image.png');
    // What is kept goes to the host a moment later.
    await expect
      .poll(async () => {
        await page.reload();
        await page.getByTestId('run-button').waitFor();
        return chips(page).allInnerTexts();
      })
      .toEqual([expect.stringContaining('image.png'), expect.stringContaining('picture.png')]);
    await page.locator('[data-chip]').first().focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => chips(page).count()).toBe(1);
  });

  it('that the task has no use for are kept and say so; others are refused at once', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await attachPicture(page, 32, 20);
    await chooseTask(page, 'speech-recognition');
    await expect.poll(() => chips(page).innerText()).toContain('not used');
    await page
      .getByTestId('attach-input')
      .setInputFiles([{ name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from('x') }]);
    await expect
      .poll(() => page.getByTestId('attachment-problem').innerText())
      .toBe('cat.png is a picture; Speech recognition takes recordings.');
  });

  it('can be made smaller', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await attachPicture(page, 1600, 800);
    await page.getByTestId('attachment-more').click();
    await page.getByTestId('scale-down').click();
    await page.getByTestId('scale-width').fill('400');
    await expect.poll(() => page.getByTestId('scale-height').inputValue()).toBe('200');
    await expect.poll(() => page.getByTestId('scale-bytes').innerText()).toMatch(/KB|bytes/);
    await page.getByTestId('scale-use').click();
    await expect.poll(() => chips(page).innerText()).toContain('400 × 200');
    expect(await lookInto(chips(page), [])).toMatchObject({ size: [400, 200] });
  });

  it('get a mask of the size of the picture, white where one painted', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await chooseTask(page, 'image-to-image');
    await attachPicture(page, 640, 400);
    await page.getByTestId('attachment-more').click();
    await page.getByTestId('paint-mask').click();
    const canvas = page.getByTestId('mask-canvas');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('There is no canvas.');
    const at = (x: number, y: number) => [box.x + (x / 640) * box.width, box.y + (y / 400) * box.height] as const;
    await page.mouse.move(...at(100, 100));
    await page.mouse.down();
    await page.mouse.move(...at(300, 100), { steps: 5 });
    await page.mouse.up();
    for (const [side, value] of Object.entries({ x: 600, y: 380, width: 100, height: 100 }))
      await page.getByTestId(`mask-${side}`).fill(String(value));
    await page.getByTestId('mask-fill').click();
    // The brush stands in the middle for those who paint with keys; this takes the line away again.
    await canvas.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ControlOrMeta+z');
    await page.getByTestId('mask-use').click();
    const mask = page.locator('[data-testid="attachment"][data-role="mask"]');
    await mask.waitFor();
    const spots = [
      [200, 100],
      [630, 390],
      [590, 390],
      [200, 300],
    ] as const;
    expect(await lookInto(mask, spots)).toEqual({ size: [640, 400], light: [true, true, false, false] });
  });
});

describe('recordings', () => {
  it('are WAV files at 16 kHz that one has heard before they are sent', async () => {
    const before = (): void => {
      // A microphone that hears a tone.
      navigator.mediaDevices.getUserMedia = () => {
        const sound = new AudioContext();
        const tone = sound.createOscillator();
        const ear = sound.createMediaStreamDestination();
        tone.connect(ear);
        tone.start();
        return Promise.resolve(ear.stream);
      };
    };
    const { page } = await openPlayground({ speed: 0, view: { before } });
    await chooseTask(page, 'speech-recognition');
    await page.getByTestId('record-button').click();
    const main = page.getByTestId('recorder-start');
    await main.click();
    await page.locator('[data-testid="recorder"][data-status="recording"]').waitFor();
    await expect
      .poll(() => page.getByTestId('recorder-level').evaluate((meter: HTMLMeterElement) => meter.value))
      .toBeGreaterThan(0.5);
    await expect.poll(() => page.getByTestId('recorder-elapsed').innerText()).toContain('0:01');
    await page.getByTestId('recorder-stop').click();
    await page.getByTestId('recorder-player').waitFor();
    await page.getByTestId('recorder-use').click();
    await chips(page).waitFor();
    expect(await chips(page).getAttribute('data-kind')).toBe('audio');
    await chips(page).locator('[data-chip]').click();
    const heard = await page.locator('audio').evaluate(async ({ src }: HTMLAudioElement) => {
      const bytes = await (await fetch(src)).arrayBuffer();
      const rate = new DataView(bytes).getUint32(24, true);
      const { duration, numberOfChannels } = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes);
      return { rate, numberOfChannels, isLongEnough: duration > 0.4 };
    });
    expect(heard).toEqual({ rate: 16_000, numberOfChannels: 1, isLongEnough: true });
  });

  it('say what to do when the microphone is denied', async () => {
    const before = (): void => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    };
    const { page } = await openPlayground({ speed: 0, view: { before } });
    await chooseTask(page, 'speech-recognition');
    await page.getByTestId('record-button').click();
    await page.getByTestId('recorder-start').click();
    await expect.poll(() => page.getByTestId('recorder-note').innerText()).toContain('Allow it for this page');
  });
});

describe('texts', () => {
  it('are added by Enter and by pasting many lines', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await chooseTask(page, 'reranking');
    const items = page.getByTestId('text-item');
    await items.first().fill('one');
    await items.first().press('Enter');
    await expect.poll(() => items.count()).toBe(2);
    await items.nth(1).evaluate((area: HTMLTextAreaElement) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'two\n\nthree\nfour');
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    });
    await items.nth(1).fill('two\n\nthree\nfour');
    await page.getByTestId('split-lines').click();
    await expect
      .poll(() => items.evaluateAll((all) => all.map((area) => (area as HTMLTextAreaElement).value)))
      .toEqual(['one', 'two', 'three', 'four']);
  });
});
