/** Accessibility by axe-core of what models make, in every theme, with its dialogs, faults and blind comparisons. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawPicture } from '../../src/simulator/images/draw';
import { violations } from './axe';
import { columnOf, run, setColumns, waitForState } from './drive';
import { openPlayground } from './harness';
import { attach, chooseTask, decodedLength, decodedSize, fileOf } from './media-drive';

const THEMES = ['dark', 'light', 'high-contrast'] as const;

const FLUX = '@cf/black-forest-labs/flux-1-schnell';
const VECTOR = 'recraft/recraftv4-vector';
const EDIT = 'pruna/p-image-edit';
const TALKING = 'alibaba/wan-2.7-i2v';
const [VIDEO, OTHER_VIDEO] = ['pruna/p-video', 'vidu/q3-turbo'];
const [SPEECH, OTHER_SPEECH] = ['openai/tts-1', '@cf/myshell-ai/melotts'];
const MUSIC = 'minimax/music-2.6';

/** A folder for pictures of the page, for people to look at. */
const shots = process.env['SHOTS'];

/** Every rule in the first theme; what differs in the others is their colours. */
async function expectFine(page: Page, what: string, themes: readonly string[] = THEMES): Promise<void> {
  for (const theme of themes) {
    // As VS Code does it when the theme changes.
    await page.evaluate(
      ([all, one]) => {
        document.body.classList.remove(...all.map((name) => `vscode-${name}`));
        document.body.classList.add(`vscode-${one}`);
      },
      [THEMES, theme] as const,
    );
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${what.replaceAll(' ', '-')}-${theme}.png` });
    const found = await violations(page, theme === 'dark' ? {} : { coloursOf: [] });
    expect.soft(found, `${what}, ${theme}`).toEqual([]);
  }
  // Nothing is cut at the side of the page.
  expect
    .soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what)
    .toBeLessThanOrEqual(0);
}

async function make(page: Page, task: string, models: readonly string[], prompt = 'A lighthouse at dusk') {
  await chooseTask(page, task);
  await setColumns(page, models);
  await run(page, prompt);
  for (const model of models) await waitForState(columnOf(page, model), 'done');
}

describe('without a fault for those who see, hear or move otherwise', () => {
  it('pictures and their dialogs', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await make(page, 'text-to-image', [FLUX, VECTOR]);
    for (const model of [FLUX, VECTOR]) await decodedSize(columnOf(page, model).getByTestId('output-image'));
    await expectFine(page, 'pictures');
    await columnOf(page, FLUX).getByTestId('picture-zoom').click();
    await decodedSize(page.getByTestId('zoomed-image'));
    await expectFine(page, 'zoom', ['dark']);
    await page.keyboard.press('Escape');
    await columnOf(page, FLUX).getByTestId('picture-swipe').click();
    await page.getByTestId('swipe').waitFor();
    await expectFine(page, 'swipe', ['dark']);
  });

  it('a blind comparison', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await make(page, 'text-to-image', [FLUX, VECTOR]);
    await page.getByTestId('blind-toggle').click();
    await run(page, '[[simulate media=cut]] A lighthouse at dusk');
    await expect.poll(() => page.getByTestId('vote-bar').getAttribute('data-ready')).toBe('true');
    await expectFine(page, 'vote');
    await page.getByTestId('vote-comment').fill('sharper');
    await page.getByTestId('vote-a').click();
    await page.getByTestId('vote-mark').first().waitFor();
    await expectFine(page, 'voted', ['dark']);
  });

  it('videos and sounds', async () => {
    const { page } = await openPlayground({ speed: 0 });
    await make(page, 'text-to-video', [VIDEO, OTHER_VIDEO]);
    for (const model of [VIDEO, OTHER_VIDEO]) await decodedLength(columnOf(page, model).getByTestId('output-video'));
    await page.getByTestId('play-together').waitFor();
    await expectFine(page, 'videos');
    await make(page, 'text-to-video', [VIDEO], '[[simulate media=undecodable]] A boat');
    await page.getByTestId('unplayable').waitFor();
    await expectFine(page, 'undecodable', ['dark']);
    await make(page, 'text-to-speech', [SPEECH, OTHER_SPEECH], 'It is a fine day, and the ships are coming home.');
    await page.getByTestId('waveform').nth(1).waitFor();
    await expectFine(page, 'speech');
    await make(page, 'music-generation', [MUSIC]);
    await decodedLength(columnOf(page, MUSIC).getByTestId('output-audio'));
    await expectFine(page, 'music');
  });

  it('pictures and videos made from a picture, in a narrow window', async () => {
    const { page } = await openPlayground({ speed: 0, view: { viewport: { width: 320, height: 800 } } });
    await chooseTask(page, 'image-to-image');
    const bytes = await drawPicture({ prompt: 'photo', modelId: '', seed: 1, width: 320, height: 200 });
    await attach(page, fileOf('photo.png', 'image/png', bytes));
    await expectFine(page, 'narrow input', ['dark']);
    await make(page, 'image-to-image', [EDIT]);
    await decodedSize(columnOf(page, EDIT).getByTestId('output-image'));
    await expectFine(page, 'narrow picture', ['dark']);
    await make(page, 'image-to-video', [TALKING]);
    await decodedLength(columnOf(page, TALKING).getByTestId('output-video'));
    await expectFine(page, 'narrow video');
  });
});
