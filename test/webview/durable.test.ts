/** What survives: reload in mid-run, restart of the server, another tab. */
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, metricsOf, modelsOf, run, setColumns, waitForState, write } from './drive';
import { openPlayground, openView, temporaryFolder } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const LLAMA = '@cf/meta/llama-3.2-3b-instruct';

const dictated = Array.from({ length: 400 }, (_, n) => `word${n}`).join(' ');
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('durability', () => {
  it('shows the whole answer after a reload in mid-run', async () => {
    const { page } = await openPlayground({ speed: 1 });
    await setColumns(page, [LLAMA]);
    await run(page, `[[simulate rate=500 first=0.2]] [[echo]]${dictated}`);
    await waitForState(columnOf(page, LLAMA), 'answering');
    await page.reload();
    await waitForState(columnOf(page, LLAMA), 'done');
    await expect.poll(async () => squeezed(await answerOf(columnOf(page, LLAMA)))).toBe(dictated);
    const before = await metricsOf(columnOf(page, LLAMA));
    await page.reload();
    await waitForState(columnOf(page, LLAMA), 'done');
    expect(await metricsOf(columnOf(page, LLAMA))).toEqual(before);
  });

  it('brings back columns, drafts, answers and numbers after a restart of the server', async () => {
    const data = temporaryFolder();
    const first = await openPlayground({ data, view: { expected: /WebSocket/ } });
    await setColumns(first.page, [GLM, LLAMA]);
    await run(first.page, `[[echo]]${dictated}`);
    for (const id of [GLM, LLAMA]) await waitForState(columnOf(first.page, id), 'done');
    const numbers = await metricsOf(columnOf(first.page, GLM));
    await write(first.page, 'prompt-input', 'A draft that was not sent');
    await first.page.getByTestId('run-button').focus();
    await expect.poll(() => first.frames.some((frame) => frame.includes('A draft that was not sent'))).toBe(true);
    expect(await first.playground.stop()).toBe(0);

    const { page } = await openPlayground({ data });
    expect(await modelsOf(page)).toEqual([GLM, LLAMA]);
    await waitForState(columnOf(page, GLM), 'done');
    expect(squeezed(await answerOf(columnOf(page, GLM)))).toBe(dictated);
    expect(await metricsOf(columnOf(page, GLM))).toEqual(numbers);
    await expect
      .poll(() =>
        page.locator('body').evaluate((body) => [...body.querySelectorAll('textarea')].map((area) => area.value)),
      )
      .toContain('A draft that was not sent');
    // What was spent belongs to the process that spent it.
    expect(await page.getByTestId('session-cost').getAttribute('data-value')).toBeNull();
  });

  it('keeps a run cut by a crash, as far as it was stored, and does not call it done', async () => {
    const data = temporaryFolder();
    const first = await openPlayground({ data, speed: 1, view: { expected: /WebSocket/ } });
    await setColumns(first.page, [LLAMA]);
    await run(first.page, '[[simulate tokens=4000 rate=100 first=0.1]] Go on.');
    const column = columnOf(first.page, LLAMA);
    await waitForState(column, 'answering');
    const begun = Date.now();
    // Stored every two seconds while it goes on.
    await expect.poll(() => Date.now() - begun, { timeout: 10_000 }).toBeGreaterThan(3000);
    await first.playground.kill();
    const { page } = await openPlayground({ data });
    await expect.poll(() => columnOf(page, LLAMA).getAttribute('data-state')).toMatch(/^(failed|stopped)$/);
    expect((await answerOf(columnOf(page, LLAMA))).length).toBeGreaterThan(100);
  });

  it('shows the same runs in two tabs, and either may stop them', async () => {
    const { page, playground } = await openPlayground({ speed: 1 });
    await setColumns(page, [GLM, LLAMA]);
    const { page: other } = await openView(playground.url);
    await expect.poll(() => modelsOf(other)).toEqual([GLM, LLAMA]);
    await run(page, '[[simulate tokens=4000 rate=100 first=0.1]] Go on.');
    await waitForState(columnOf(other, LLAMA), 'answering');
    await other.getByTestId('stop-button').click();
    for (const id of [GLM, LLAMA]) {
      await waitForState(columnOf(page, id), 'stopped');
      await waitForState(columnOf(other, id), 'stopped');
    }
    await expect.poll(() => answerOf(columnOf(other, LLAMA))).toBe(await answerOf(columnOf(page, LLAMA)));
  });

  it('says that the host is away when it dies, and keeps what is on screen', async () => {
    const { page, playground } = await openPlayground({ view: { expected: /WebSocket|ERR_CONNECTION/ } });
    await setColumns(page, [LLAMA]);
    await run(page, '[[echo]]still to be read');
    await waitForState(columnOf(page, LLAMA), 'done');
    await playground.kill();
    await page
      .getByText(/not reachable/)
      .first()
      .waitFor();
    expect(await answerOf(columnOf(page, LLAMA))).toContain('still to be read');
  });
});
