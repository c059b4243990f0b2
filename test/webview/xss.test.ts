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
    for (const [index, payload] of corpus.entries()) {
      await run(page, `[[echo]]number ${index}\n\n${payload}\n\nafter`);
      const output = column.getByTestId('column-output');
      await expect.poll(() => output.innerText()).toContain(`number ${index}`);
      await waitForState(column, 'done');
      const bad = await output.evaluate((element) => {
        const active =
          'script,iframe,object,embed,form,base,meta,link,style,svg,math,template,frame,applet,input,textarea';
        const elements = [...element.querySelectorAll(active)].map((node) => node.outerHTML.slice(0, 200));
        const attributes = [...element.querySelectorAll('*')].flatMap((node) =>
          [...node.attributes].map(({ name, value }) => `${name}=${value}`),
        );
        const addresses = /^(?:href|src|action|formaction|xlink:href|poster|background)=(?!https:)/i;
        return [
          ...elements,
          ...attributes.filter((text) => /^(?:on|style=|srcdoc=|ping=|srcset=)/i.test(text) || addresses.test(text)),
        ];
      });
      expect.soft(bad, payload).toEqual([]);
    }
    expect(outside).toEqual([]);
    expect(page.url()).toBe(address);
    expect(page.context().pages()).toHaveLength(1);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /xss|pwned|hacked/i.test(name)))).toEqual([]);
    // A run for each of well over a hundred strings.
  }, 180_000);
});
