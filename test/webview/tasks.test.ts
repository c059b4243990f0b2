/** Changing the task and coming back: nothing of the other task is lost, and what runs there goes on. */
import { expect, it } from 'vitest';
import { answerOf, columnOf, columns, run, setColumns, waitForState } from './drive';
import { openPlayground } from './harness';

const LLAMA = '@cf/meta/llama-3.2-3b-instruct';

it('a run goes on while another task is shown, and its answer is there after a reload of that', async () => {
  const { page } = await openPlayground({ speed: 1 });
  await setColumns(page, [LLAMA]);
  const words = Array.from({ length: 200 }, (_, n) => `word${n}`).join(' ');
  await run(page, `[[simulate rate=400 first=0.2]] [[echo]]${words}`);
  await waitForState(columnOf(page, LLAMA), 'answering');
  await page.getByTestId('task-select').selectOption('text-to-image');
  await expect.poll(() => columnOf(page, LLAMA).count()).toBe(0);
  await page.reload();
  await expect.poll(() => columns(page).count()).toBeGreaterThan(0);
  expect(await page.getByTestId('task-select').inputValue()).toBe('text-to-image');
  await page.getByTestId('task-select').selectOption('text-generation');
  await waitForState(columnOf(page, LLAMA), 'done');
  expect((await answerOf(columnOf(page, LLAMA))).replace(/\s+/g, ' ').trim()).toBe(words);
});
