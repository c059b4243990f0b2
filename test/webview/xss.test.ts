/** Hostile model output: whatever a model says is text, never code, and never reaches out. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnOf, run, setColumns, waitForState } from './drive';
import { openPlayground, root } from './harness';

const MODEL = '@cf/meta/llama-3.2-3b-instruct';
const corpus: readonly string[] = JSON.parse(readFileSync(path.join(root, 'test/fixtures/xss-corpus.json'), 'utf8'));

describe('hostile output', () => {
  it('is drawn as text: nothing runs, nothing loads, nothing navigates', async () => {
    expect(corpus.length).toBeGreaterThan(30);
    const { page, playground } = await openPlayground({ speed: 0 });
    await setColumns(page, [MODEL]);
    const column = columnOf(page, MODEL);
    const origin = new URL(playground.url).origin;
    const outside: string[] = [];
    page.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (asked !== origin && protocol !== 'data:' && protocol !== 'blob:') outside.push(request.url());
    });
    const address = page.url();
    let last = '';
    for (const payload of corpus) {
      await run(page, `[[echo]]before\n\n${payload}\n\nafter`);
      // A run is told from the one before by its column's content being set anew.
      await expect.poll(async () => (await column.getAttribute('data-state')) === 'done').toBe(true);
      await waitForState(column, 'done');
      const output = column.getByTestId('column-output');
      await expect.poll(() => output.innerText()).toContain('before');
      const bad = await output.evaluate((element) =>
        [...element.querySelectorAll('*')].flatMap((node) => {
          const found: string[] = [];
          if (
            /^(script|iframe|object|embed|form|base|meta|link|style|svg|math|template|frame|applet)$/i.test(
              node.localName,
            ) &&
            !node.closest('[data-own]')
          )
            found.push(node.outerHTML.slice(0, 200));
          for (const { name, value } of node.attributes) {
            if (/^on/i.test(name)) found.push(`${name}=${value}`);
            if (
              /^(href|src|action|formaction|xlink:href|poster|background)$/i.test(name) &&
              /^\s*(?:javascript|vbscript|data:text|file):/i.test(value)
            )
              found.push(`${name}=${value}`);
          }
          return found;
        }),
      );
      expect.soft(bad, payload).toEqual([]);
      last = payload;
    }
    expect(last).toBe(corpus.at(-1));
    expect(outside).toEqual([]);
    expect(page.url()).toBe(address);
    expect(page.context().pages()).toHaveLength(1);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /xss|pwned|hacked/i.test(name)))).toEqual([]);
  });
});
