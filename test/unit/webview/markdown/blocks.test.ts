import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../webview/markdown/blocks';
import { noDefinitions, toHtml } from '../../../../webview/markdown/markup';
import { markdown } from './texts';

const RUNS = Number(process.env['RUNS'] ?? 500);

/** Texts that look finished and are not, too rare to be found by chance. */
const EXAMPLES: [string][] = [
  ['[a]: https://example.com/\n"one\n\ntwo"\n\n[a]\n'],
  ['[a]:\nhttps://example.com/\n\n[a]\n'],
  ['text\n-\tlist\n===\n'],
];

/** The blocks of `text` when every newline is followed by a cut. */
function lineByLine(text: string): string[] {
  const blocks: string[] = [];
  let open = '';
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const split = splitBlocks(open + line, false);
    blocks.push(...split.settled);
    open = split.open;
  }
  return [...blocks, ...splitBlocks(open, true).settled];
}

/** Blocks rendered one by one, twice, so that definitions behind a reference are known. */
function htmlOf(blocks: string[]): string {
  const definitions = noDefinitions();
  for (const block of blocks) toHtml(block, definitions);
  return blocks.map((block) => toHtml(block, definitions)).join('');
}

/** Whether the newline after a block counts as its own means nothing. */
function trimmed(blocks: readonly string[]): string[] {
  return blocks.map((block) => block.replace(/\n+$/, ''));
}

const text = markdown.map((any) => any.replace(/\r\n?/g, '\n'));

describe('splitBlocks', () => {
  it('never changes its mind about a settled block', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(text, (whole) => {
        const all = trimmed(splitBlocks(whole, true).settled);
        for (const { index } of whole.matchAll(/\n/g)) {
          for (const end of [index, index + 1]) {
            const { settled } = splitBlocks(whole.slice(0, end), false);
            expect(all.slice(0, settled.length)).toEqual(trimmed(settled));
          }
        }
      }),
      { numRuns: RUNS, examples: EXAMPLES },
    );
  });

  it('gives blocks that read the same one by one as together', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(htmlOf(lineByLine(whole))).toBe(htmlOf([whole]));
      }),
      { numRuns: RUNS, examples: EXAMPLES },
    );
  });

  it.each([
    ['a paragraph', 'one\ntwo\n\nthr', ['one\ntwo\n'], 'thr'],
    ['a heading at once', '# One\ntw', ['# One\n'], 'tw'],
    ['a closed fence at once', '```js\na\n\nb\n```\nnext', ['```js\na\n\nb\n```\n'], 'next'],
    ['no open fence', '```js\na\n\nb\n\n# c\n', [], '```js\na\n\nb\n\n# c\n'],
    ['no inner fence as the end of an outer one', '````\n```\n\n```\nx\n', [], '````\n```\n\n```\nx\n'],
    ['no list before something else begins', '- a\n\n- b\n\n  more\n', [], '- a\n\n- b\n\n  more\n'],
    ['a list that something else followed', '- a\n\n- b\n\nText\n', ['- a\n\n- b\n\n'], 'Text\n'],
    ['no line without its end', 'one\n\n---', ['one'], '---'],
    ['no table that may get rows', '| a |\n|---|\n| 1 |\n', [], '| a |\n|---|\n| 1 |\n'],
    ['no lazily continued quote', '> a\nb\n', [], '> a\nb\n'],
  ])('settles %s', (_name, source, settled, open) => {
    const split = splitBlocks(source, false);
    expect(trimmed(split.settled)).toEqual(trimmed(settled));
    expect(split.open).toBe(open);
  });
});
