/**
 * Twelve columns with a picture of 2 MB each, in the real playground: how soon they are painted (against a bare page that
 * loads the same files), what of it goes over the message channel, and what page and host keep. And a large file that is
 * attached (against a plain server that writes it to disk).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/chromium.mjs';
import { heap } from './heap';
import type { Row } from './limits';
import { noisePng } from './noise';
import { startPictureApi, type PictureApi } from './picture-api';
import { startServer, type BenchServer } from './server';

const COLUMNS = 12;
/** Bytes of a picture. */
const PICTURE = 2_000_000;
/** Bytes of an attachment. */
const ATTACHMENT = 20_000_000;
/** Runs of which the median counts. */
const ROUNDS = 5;

const MB = 1e6;
const name = `media, ${COLUMNS} columns × ${PICTURE / MB} MB pictures`;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/**
 * Resolves with the moment, in milliseconds as `Date.now` counts them, at which as many pictures other than those of
 * `before` are painted.
 */
function painted(page: Page, count: number, before: readonly string[]): Promise<number> {
  return page.evaluate(
    async ({ count, before }) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const arrived = (): HTMLImageElement[] =>
        [...document.querySelectorAll<HTMLImageElement>('[data-testid="output-image"]')].filter(
          ({ src, complete, naturalWidth }) => complete && naturalWidth > 0 && !before.includes(src),
        );
      while (arrived().length < count) await frame();
      await Promise.all(arrived().map((image) => image.decode()));
      await frame();
      await frame();
      return performance.timeOrigin + performance.now();
    },
    { count, before },
  );
}

/** Milliseconds in which a page with nothing else on it loads and paints the same pictures. */
async function barePage(browser: Browser, { origin }: PictureApi): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(`${origin}/bare.html`);
  const time = await page.evaluate(async (count) => {
    const start = performance.now();
    const all = Array.from({ length: count }, (_, index) => {
      const image = new Image();
      image.src = `/pictures/${index}.png`;
      document.body.append(image);
      return image;
    });
    await Promise.all(all.map((image) => image.decode()));
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  }, COLUMNS);
  await page.close();
  return time;
}

/** The playground with twelve columns of the same model, and what goes over its sockets. */
async function openPlayground(browser: Browser, url: string): Promise<{ page: Page; frames: number[] }> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const frames: number[] = [];
  page.on('websocket', (socket) => {
    const note = ({ payload }: { payload: string | Buffer }): void => void frames.push(Buffer.byteLength(payload));
    socket.on('framesent', note).on('framereceived', note);
  });
  await page.goto(url);
  await page.getByTestId('task-select').selectOption('text-to-image');
  const columns = page.getByTestId('column');
  const hosted = page.locator('[data-testid="column"][data-model^="@cf/"]');
  await hosted.first().waitFor();
  while ((await columns.count()) > 1) {
    await page.locator('[data-testid="column"]:not([data-model^="@cf/"])').first().getByTestId('remove-column').click();
  }
  for (let count = 1; count < COLUMNS; count++) {
    await hosted.first().getByTestId('duplicate-column').click();
    await columns.nth(count).waitFor();
  }
  await page.getByTestId('prompt-input').fill('A picture that is measured');
  return { page, frames };
}

/** Bytes of memory of a process: now, and at most since `forgetPeak`. Undefined where the system does not tell. */
async function residentBytes(pid: number): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [now, peak] = ['VmRSS', 'VmHWM'].map((field) => new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]);
  return now === undefined || peak === undefined ? undefined : { now: Number(now) * 1024, peak: Number(peak) * 1024 };
}

async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

async function pictures(browser: Browser, emit: (row: Row) => void): Promise<void> {
  const api = await startPictureApi(COLUMNS, PICTURE);
  const server = await startServer(api.env);
  try {
    await measurePictures(browser, api, server, emit);
  } finally {
    await server.stop();
    api.close();
  }
}

async function measurePictures(
  browser: Browser,
  api: PictureApi,
  server: BenchServer,
  emit: (row: Row) => void,
): Promise<void> {
  const { page, frames } = await openPlayground(browser, server.url);
  const heapBefore = await heap(page);
  await forgetPeak(server.pid);
  const memoryBefore = await residentBytes(server.pid);

  const times: number[] = [];
  const bareTimes: number[] = [];
  const messages: number[] = [];
  let largest = 0;
  let bytes = 0;
  // The first round loads what shows pictures, here and in the browser.
  for (let round = -1; round < ROUNDS; round++) {
    bytes = await api.prepare();
    const bare = await barePage(browser, api);
    const images = page.getByTestId('output-image');
    const before = await images.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src));
    frames.length = 0;
    await page.getByTestId('run-button').click();
    const time = (await painted(page, COLUMNS, before)) - (await api.released());
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid="column"][data-state="done"]').length === count,
      COLUMNS,
    );
    messages.push(frames.reduce((sum, length) => sum + length, 0));
    largest = Math.max(largest, ...frames);
    if (round < 0) continue;
    times.push(time);
    bareTimes.push(bare);
  }
  const memory = await residentBytes(server.pid);
  const heapAfter = await heap(page);
  await page.close();

  const ours = median(times);
  emit({
    name: `${name}, from answers to painted, median`,
    value: Math.round(ours),
    unit: 'ms',
    against: 'a bare page that loads the same files',
    ratio: Number((ours / median(bareTimes)).toFixed(2)),
  });
  emit({
    name: `${name}, messages of one run, both ways, at most`,
    value: Number((Math.max(...messages) / 1024).toFixed(1)),
    unit: 'KB',
    against: 'the pictures',
    ratio: Number((Math.max(...messages) / bytes).toFixed(4)),
  });
  emit({ name: `${name}, largest message`, value: Number((largest / 1024).toFixed(1)), unit: 'KB' });
  emit({
    name: `${name}, growth of the page's heap in ${ROUNDS + 1} runs, after collection`,
    value: Number(((heapAfter - heapBefore) / MB).toFixed(1)),
    unit: 'MB',
    against: 'the pictures shown',
    ratio: Number(((heapAfter - heapBefore) / bytes).toFixed(2)),
  });
  if (memory === undefined || memoryBefore === undefined) return;
  emit({
    name: `${name}, growth of the host's memory in ${ROUNDS + 1} runs, at its peak`,
    value: Number(((memory.peak - memoryBefore.now) / MB).toFixed(1)),
    unit: 'MB',
    against: 'the pictures of one run',
    ratio: Number(((memory.peak - memoryBefore.now) / bytes).toFixed(2)),
  });
}

/** Milliseconds until a POST of these bytes is answered. */
async function post(url: string, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<number> {
  const start = performance.now();
  const response = await fetch(url, { method: 'POST', body: bytes, headers });
  await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - start;
}

async function upload(emit: (row: Row) => void): Promise<void> {
  const api = await startPictureApi(1, 1);
  const server = await startServer();
  try {
    const { origin } = new URL(server.url);
    const entry = await fetch(server.url, { redirect: 'manual' });
    const cookie = (entry.headers.get('set-cookie') ?? '').replace(/;.*/, '');
    const times: number[] = [];
    const plainTimes: number[] = [];
    for (let round = -1; round < ROUNDS; round++) {
      // Another every time: what is stored already is not written again.
      const file = new Uint8Array(noisePng(ATTACHMENT));
      const plain = await post(`${api.origin}/keep`, file, {});
      const time = await post(`${origin}/media`, file, { origin, cookie, 'x-file-name': 'noise.png' });
      if (round < 0) continue;
      times.push(time);
      plainTimes.push(plain);
    }
    emit({
      name: `media, ${ATTACHMENT / MB} MB attached by POST, median`,
      value: Math.round(median(times)),
      unit: 'ms',
      against: 'a plain server that writes the body to disk',
      ratio: Number((median(times) / median(plainTimes)).toFixed(2)),
    });
  } finally {
    await server.stop();
    api.close();
  }
}

/** Emits time, messages and memory of pictures, and time of an attachment. */
export async function bench(emit: (row: Row) => void): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
    chromiumSandbox: false,
  });
  try {
    await pictures(browser, emit);
  } finally {
    await browser.close();
  }
  await upload(emit);
}
