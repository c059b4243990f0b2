/** What a page keeps. */
import type { Page } from 'playwright-core';

/** Bytes of live objects of the page, its document's included, after a forced collection. */
export async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  // What finalisers of one collection let go is freed by the next; what the last frame holds, after it.
  for (let round = 0; round < 4; round++) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    await session.send('HeapProfiler.collectGarbage');
  }
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; embedderHeapUsedSize?: number };
  return usage.usedSize + (usage.embedderHeapUsedSize ?? 0);
}
