// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dress } from '../../../../webview/markdown/dress';
import { noDefinitions, toHtml } from '../../../../webview/markdown/markup';
import { createMarkdownView } from '../../../../webview/markdown/render';
import { sanitise } from '../../../../webview/markdown/sanitise';
import { streamed } from './texts';

function view(onLink: (url: string) => void = () => undefined) {
  const container = document.createElement('div');
  document.body.replaceChildren(container);
  return { container, ...createMarkdownView(container, { onLink }) };
}

/** The blocks on the page, whatever parts they stand in. */
function blocksOf(container: Element): string {
  return [...container.children].map((part) => part.innerHTML).join('');
}

/** The page after `text` arrived in the given pieces. */
function shownAfter(text: string, cuts: readonly number[]): string {
  const { container, update } = view();
  for (const cut of cuts) update(text.slice(0, cut), false);
  update(text, true);
  return blocksOf(container);
}

/** The same text read by the parser in one go, without any cutting into blocks. */
function readAtOnce(text: string): string {
  const root = sanitise(toHtml(text.replace(/\r\n?/g, '\n'), noDefinitions()));
  dress(root);
  return root.innerHTML;
}

describe('Markdown view', () => {
  it('ends up the same whatever way a text arrives', () => {
    fc.assert(
      fc.property(streamed(8), ({ text, cuts }) => {
        expect(shownAfter(text, cuts)).toBe(readAtOnce(text));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 100) },
    );
  });
});
