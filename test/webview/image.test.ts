/** The image slice: the playground compares pictures as it compares text. */
import { describe, expect, it } from 'vitest';
import { columnOf, metricsOf, modelsOf, run, setColumns, waitForState } from './drive';
import { openPlayground } from './harness';

const HOSTED = '@cf/black-forest-labs/flux-1-schnell';
const THIRD_PARTY = 'google/nano-banana';

describe('text to image', () => {
  it.each([
    [HOSTED, 'base64 in the answer'],
    [THIRD_PARTY, 'an address that the host fetches'],
  ])('%s shows its picture, from %s', async (model) => {
    const { page, playground } = await openPlayground();
    await page
      .getByTestId('task-select')
      .selectOption('text-to-image')
      .catch(async () => {
        await page.getByTestId('task-select').click();
        await page.getByRole('option', { name: /text.to.image/i }).click();
      });
    await expect.poll(async () => (await modelsOf(page)).length).toBeGreaterThan(0);
    await setColumns(page, [model]);
    await run(page, 'A lighthouse at dusk');
    const column = columnOf(page, model);
    await waitForState(column, 'done');
    const image = column.getByTestId('output-image').first();
    const shown = image.locator('xpath=descendant-or-self::img').first();
    await expect
      .poll(() => shown.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(255);
    const size = await shown.evaluate((element) => {
      const { naturalWidth, naturalHeight, currentSrc } = element as HTMLImageElement;
      return { naturalWidth, naturalHeight, currentSrc };
    });
    // The picture comes from the host, never from the model's own server.
    expect(new URL(size.currentSrc).origin).toBe(new URL(playground.url).origin);
    expect(await column.innerText()).toContain(`${size.naturalWidth} × ${size.naturalHeight}`);
    const m = await metricsOf(column);
    expect(m.ttfa).toBeGreaterThan(0);
    expect(m.cost === undefined || m.cost > 0).toBe(true);
  });

  it('shows the same picture after a reload', async () => {
    const { page } = await openPlayground();
    await page
      .getByTestId('task-select')
      .selectOption('text-to-image')
      .catch(async () => {
        await page.getByTestId('task-select').click();
        await page.getByRole('option', { name: /text.to.image/i }).click();
      });
    await setColumns(page, [HOSTED]);
    await run(page, 'A lighthouse at dusk');
    await waitForState(columnOf(page, HOSTED), 'done');
    await page.reload();
    const shown = columnOf(page, HOSTED)
      .getByTestId('output-image')
      .first()
      .locator('xpath=descendant-or-self::img')
      .first();
    await expect
      .poll(() => shown.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(255);
  });
});
