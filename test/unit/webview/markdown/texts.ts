/** Markdown made of the pieces that are hard to cut: shared by the property tests of this folder. */
import fc from 'fast-check';

const LINES = [
  '',
  '',
  '',
  ' ',
  '\t',
  'plain text',
  'more *emph* and **bold** text',
  '# Heading',
  '## Two ##',
  'Setext',
  '===',
  '---',
  '- - -',
  '***',
  '- item',
  '- [x] done',
  '- [ ] to do',
  '* star',
  '+ plus',
  '1. one',
  '2. two',
  '10) ten',
  '-',
  '- ',
  '  nested',
  '    four',
  '   - deeper',
  '  - nested item',
  '\tcode',
  '```',
  '```js',
  '````',
  '~~~',
  '~~~ts',
  '  ```',
  '    ```',
  'let a = `b`;',
  '> quote',
  '> > deeper',
  '>',
  '> - in quote',
  '> ```',
  'lazy line',
  '- ```',
  '-\tb',
  '| a | b |',
  '|---|:-:|',
  '| 1 | 2 |',
  'a | b',
  '--|--',
  'x',
  '<div>',
  '</div>',
  '<script>alert(1)</script>',
  '<!-- comment',
  '-->',
  '<details><summary>x</summary>',
  'a<br>b',
  '[one]: https://example.com/1',
  '[two]: <https://example.com/2> "T"',
  '[three]:',
  'https://example.com/3',
  '"title',
  'end"',
  'see [one], [text][two] and [three][]',
  '![pic][one]',
  '[two](https://example.com/x)',
  'https://example.com/auto',
  'www.example.com',
  '\\* escaped \\[one\\]',
  '&amp; &lt;b&gt; &#x61;',
  'مرحبا بالعالم',
  '日本語 👩‍👩‍👧',
  'two  ',
  'back\\',
  '[a [one] b]',
  '*open',
  'close*',
  '`open',
  'close`',
];

/** Any text: mostly lines with meaning, sometimes anything, with all three line ends. */
export const markdown: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { arbitrary: fc.constantFrom(...LINES), weight: 12 },
        { arbitrary: fc.string({ maxLength: 12 }), weight: 1 },
      ),
      fc.oneof(
        { arbitrary: fc.constant('\n'), weight: 12 },
        { arbitrary: fc.constantFrom('\r\n', '\r', ''), weight: 1 },
      ),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.map(([line, end]) => line + end).join(''));

/** A text and ascending offsets (at most `most`) at which an update shows what has arrived so far. */
export function streamed(most: number): fc.Arbitrary<{ text: string; cuts: number[] }> {
  return markdown.chain((text) =>
    fc
      .array(fc.nat({ max: text.length }), { maxLength: most })
      .map((cuts) => ({ text, cuts: cuts.sort((a, b) => a - b) })),
  );
}
