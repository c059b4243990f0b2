/**
 * The real webview, eight columns that stream 1,500 tokens a second each, in headless Chromium: how long its frames take
 * (against parsing whole answers again in every frame) and how much heap it keeps (against a bare page with the text).
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/chromium.mjs';
import { heap } from './heap';
import type { Row } from './limits';
import { startRenderHost, type RenderHost } from './render-host';
import { answer } from './render-text';

const COLUMNS = 8;
/** Tokens a second in every column. */
const RATE = 1_500;
/** Seconds of a stream. */
const SHORT = 5;
const LONG = 30;
/** Streams of which the median counts: one that something else on the machine disturbed does not. */
const ROUNDS = 3;

declare global {
  interface Window {
    frameTimes?: number[];
    rendered?: (text: string) => string;
  }
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? NaN;
}

async function open(browser: Browser, host: RenderHost, path: string, ready: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(host.url + path);
  await page.waitForSelector(ready);
  return page;
}

const playground = (browser: Browser, host: RenderHost) => open(browser, host, '/', '[data-testid="column"]');
const peer = (browser: Browser, host: RenderHost, how: string) =>
  open(browser, host, `/peer.html?how=${how}`, 'body[data-ready]');

/** Milliseconds between animation frames while `work` goes on. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = (window.frameTimes = []);
    const note = (time: number): void => {
      times.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await work();
  const times = await page.evaluate(() => window.frameTimes ?? []);
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

async function shown(page: Page): Promise<string[]> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-testid="column"][data-state="done"]').length === count,
    COLUMNS,
  );
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-testid="column-output"]')].map((output) => output.textContent ?? ''),
  );
}

const texts = (seconds: number): string[][] =>
  Array.from({ length: COLUMNS }, (_, column) => answer(column, seconds * RATE));

async function frames(browser: Browser, host: RenderHost, emit: (row: Row) => void): Promise<void> {
  const answers = texts(SHORT);
  const whole = await peer(browser, host, 'whole');
  const wholeP95 = percentile(await framesDuring(whole, () => host.stream(answers, RATE)), 0.95);

  const rounds: { readonly p95: number; readonly median: number }[] = [];
  let outputs: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await playground(browser, host);
    const times = await framesDuring(page, () => host.stream(answers, RATE));
    rounds.push({ p95: percentile(times, 0.95), median: percentile(times, 0.5) });
    outputs = await shown(page);
    await page.close();
  }
  const p95 = percentile(
    rounds.map((round) => round.p95),
    0.5,
  );
  const median = percentile(
    rounds.map((round) => round.median),
    0.5,
  );
  const wanted = await whole.evaluate(
    (all) => all.map((text) => window.rendered?.(text)),
    answers.map((tokens) => tokens.join('')),
  );
  await whole.close();

  const name = `render, ${COLUMNS} columns, ${RATE} tokens/s each, ${SHORT} s`;
  emit({
    name: `${name}, p95 frame`,
    value: Number(p95.toFixed(1)),
    unit: 'ms',
    against: 'whole-text parse per frame',
    ratio: Number((p95 / wholeP95).toFixed(2)),
  });
  const worst = Math.max(...rounds.map((round) => round.p95));
  emit({ name: `${name}, worst round of ${ROUNDS}`, value: Number(worst.toFixed(1)), unit: 'ms' });
  emit({ name: `${name}, median frame`, value: Number(median.toFixed(1)), unit: 'ms' });
  const same = outputs.filter((output, index) => output === wanted[index]).length;
  if (same !== COLUMNS) throw new Error(`the text of ${COLUMNS - same} columns is not what was sent`);
  emit({ name: `${name}, columns with identical text`, value: same, unit: 'columns' });
}

async function heaps(browser: Browser, host: RenderHost, emit: (row: Row) => void): Promise<void> {
  const answers = texts(LONG);
  const bare = await peer(browser, host, 'bare');
  await host.stream(answers, RATE);
  const bareHeap = await heap(bare);
  await bare.close();

  const page = await playground(browser, host);
  const times = await framesDuring(page, () => host.stream(answers, RATE));
  await shown(page);
  const ours = await heap(page);
  await page.close();
  const name = `render, ${COLUMNS} columns, ${RATE} tokens/s each, ${LONG} s`;
  emit({
    name: `${name}, heap after collection`,
    value: Number((ours / 1e6).toFixed(1)),
    unit: 'MB',
    against: 'a bare page that appends the same text',
    ratio: Number((ours / bareHeap).toFixed(2)),
  });
  emit({ name: `${name}, p95 frame`, value: Number(percentile(times, 0.95).toFixed(1)), unit: 'ms' });
}

/** Emits frame times, identity of text, and heap. */
export async function bench(emit: (row: Row) => void): Promise<void> {
  const host = await startRenderHost(COLUMNS);
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
    chromiumSandbox: false,
  });
  try {
    await frames(browser, host, emit);
    await heaps(browser, host, emit);
  } finally {
    await browser.close();
    host.close();
  }
}
