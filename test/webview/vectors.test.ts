/** Embeddings and rankings: numbers that are looked at, compared and saved. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { embed } from '../../src/simulator/embeddings';
import { columnOf, columns, setColumns, valueOf, waitForState, write } from './drive';
import { openPlayground } from './harness';
import { chooseTask } from './media-drive';
import { inputOf, startRecordingApi, type RecordingOptions } from './recording-api';

const SMALL = '@cf/baai/bge-small-en-v1.5';
const QWEN = '@cf/qwen/qwen3-embedding-0.6b';
const RERANKER = '@cf/baai/bge-reranker-base';

const TEXTS = [
  'The cat sleeps on the warm roof',
  'A cat sleeps on a roof',
  'Interest rates rose again in March',
  'The bank raised interest rates again',
] as const;

async function fillTexts(page: Page, texts: readonly string[]): Promise<void> {
  const items = page.getByTestId('text-item');
  for (const [at, text] of texts.entries()) {
    if (at > 0) await page.getByTestId('add-text').click();
    await items.nth(at).fill(text);
  }
}

async function openTask(task: string, models: readonly string[], options: RecordingOptions = {}) {
  const api = await startRecordingApi({ speed: 10, ...options });
  const opened = await openPlayground({ env: api.env });
  await chooseTask(opened.page, task);
  await setColumns(opened.page, models);
  return { api, ...opened };
}

const values = (elements: Locator) =>
  elements.evaluateAll((all) => all.map((element) => Number(element.getAttribute('data-value'))));

const cosine = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

describe('embeddings', () => {
  it('show how alike the texts are, as list, map, plane and table, and are saved', async () => {
    const { api, page } = await openTask('embeddings', [SMALL, QWEN]);
    await write(page, 'prompt-input', TEXTS[0]);
    await fillTexts(page, TEXTS.slice(1));
    await page.getByTestId('run-button').click();
    for (const [model, dimensions] of [
      [SMALL, 384],
      [QWEN, 1024],
    ] as const) {
      const column = columnOf(page, model);
      await waitForState(column, 'done');
      const vectors = TEXTS.map((text) => embed(text, dimensions));
      const output = column.getByTestId('output-embedding');
      await output.waitFor();
      expect(await output.getAttribute('data-value')).toBe(String(dimensions));
      expect(await output.getAttribute('data-count')).toBe('4');
      const rows = column.getByTestId('embedding-row');
      const expected = vectors.map((vector) => cosine(vectors[0]!, vector));
      for (const [at, value] of (await values(rows)).entries()) expect(value).toBeCloseTo(expected[at]!, 3);
      // Another text is chosen: the list follows.
      await rows.nth(2).click();
      expect((await values(rows))[3]).toBeCloseTo(cosine(vectors[2]!, vectors[3]!), 3);

      const numbers = await column.getByTestId('heat-map').locator('text.number').allTextContents();
      expect(numbers).toEqual(vectors.flatMap((one) => vectors.map((other) => cosine(one, other).toFixed(2))));

      const marks = await column.getByTestId('plane-mark').evaluateAll((all) =>
        all.map((mark) => {
          const { x, y, width, height } = mark.getBoundingClientRect();
          return [x + width / 2, y + height / 2] as const;
        }),
      );
      expect(marks).toHaveLength(4);
      const away = (one: number, other: number) =>
        Math.hypot(marks[one]![0] - marks[other]![0], marks[one]![1] - marks[other]![1]);
      expect(Math.max(away(0, 1), away(2, 3))).toBeLessThan(Math.min(away(0, 2), away(0, 3), away(1, 2), away(1, 3)));

      expect(await valueOf(column, 'metric-dimensions')).toBe(dimensions);
      expect(await valueOf(column, 'metric-vectors')).toBe(4);
      const seconds = (await valueOf(column, 'metric-e2e'))!;
      expect((await valueOf(column, 'metric-vectors-per-second'))! * seconds).toBeCloseTo(4, 1);

      const download = page.waitForEvent('download');
      await column.getByTestId('output-file').getByTestId('media-save').click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/\.json$/);
      const saved = JSON.parse(await readFile(await file.path(), 'utf8')) as { text: string; embedding: number[] }[];
      expect(saved.map(({ text }) => text)).toEqual(TEXTS);
      expect(cosine(saved[1]!.embedding, vectors[1]!)).toBeCloseTo(1, 5);
    }
    expect(api.inferences()).toHaveLength(2);
    const small = columnOf(page, SMALL);
    await small.getByTestId('similarity-table').locator('summary').click();
    await expect.poll(() => small.getByTestId('similarity-table').locator('tbody tr').count()).toBe(4);

    // The map is read with the keyboard, too.
    await small.getByTestId('heat-map').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => small.getByTestId('heat-readout').innerText()).toMatch(/^3 and 2: -?0\.\d{4}/);
  });
});

describe('rankings', () => {
  const DOCUMENTS = [
    'The harbour opens at six in the morning',
    `A recipe for bread with walnuts${'\nKnead it well'.repeat(30)}`,
    'When does the harbour open on Sunday?',
  ] as const;
  const QUERY = 'When does the harbour open';

  it('list the documents by relevance, and what moved against the other column', async () => {
    let calls = 0;
    const { api, page } = await openTask('reranking', [RERANKER], {
      // The catalog has one reranker: the second call is answered as another one would.
      answer({ method, path }) {
        if (method !== 'POST' || !path.includes('reranker') || ++calls < 2) return undefined;
        const response = [0, 2, 1].map((id, place) => ({ id, score: 0.9 - place / 10 }));
        const body = JSON.stringify({ success: true, errors: [], messages: [], result: { response } });
        return { headers: { 'content-type': 'application/json' }, body };
      },
    });
    await page.getByTestId('duplicate-column').click();
    await write(page, 'prompt-input', QUERY);
    await fillTexts(page, DOCUMENTS);
    await page.getByTestId('run-button').click();
    await expect.poll(() => page.locator('[data-testid="column"][data-state="done"]').count()).toBe(2);
    for (const request of api.inferences()) {
      expect(inputOf(request)).toMatchObject({ query: QUERY, contexts: DOCUMENTS.map((text) => ({ text })) });
    }
    const order = (column: Locator) =>
      column
        .getByTestId('ranking-row')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-index'))));
    for (const column of await columns(page).all()) await column.getByTestId('rank-movement').first().waitFor();
    // A ranking is read from its first place.
    const tops = await page
      .locator('[data-testid="column"] .box')
      .evaluateAll((all) => all.map((box) => box.scrollTop));
    expect(tops).toEqual([0, 0]);
    // Which of the two was answered by whom is the network's choice.
    const found = await Promise.all(
      (await columns(page).all()).map(async (column) => ({ column, order: await order(column) })),
    );
    const ours = found.find(({ order }) => order[0] === 2)!;
    const other = found.find(({ order }) => order[0] === 0)!;
    expect(ours.order).toEqual([2, 0, 1]);
    expect(other.order).toEqual([0, 2, 1]);
    expect(await values(ours.column.getByTestId('rank-movement'))).toEqual([1, -1, 0]);
    expect(await values(other.column.getByTestId('rank-movement'))).toEqual([1, -1, 0]);
    const scores = await values(ours.column.getByTestId('ranking-row'));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(await ours.column.getByTestId('ranking-row').first().innerText()).toContain(DOCUMENTS[2]);
    expect(await valueOf(ours.column, 'metric-e2e')).toBeGreaterThan(0);
  });
});
