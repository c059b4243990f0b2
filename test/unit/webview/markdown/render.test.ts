// @vitest-environment jsdom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dress } from '../../../../webview/markdown/dress';
import * as markup from '../../../../webview/markdown/markup';
import { createMarkdownView } from '../../../../webview/markdown/render';
import { sanitise } from '../../../../webview/markdown/sanitise';
import { streamed } from './texts';

vi.mock('../../../../webview/markdown/markup', { spy: true });

function view(onLink: (url: string) => void = () => undefined) {
  const container = document.createElement('div');
  document.body.replaceChildren(container);
  return { container, ...createMarkdownView(container, { onLink }) };
}

function shown(text: string) {
  const { container, update } = view();
  update(text, true);
  return container;
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
  const root = sanitise(markup.toHtml(text.replace(/\r\n?/g, '\n'), markup.noDefinitions()));
  dress(root);
  return root.innerHTML;
}

/** Characters that were parsed to HTML while `text` arrived in pieces of `step` characters. */
function parsedWhileStreaming(text: string, step: number): number {
  const { update } = view();
  vi.mocked(markup.toHtml).mockClear();
  for (let end = step; end < text.length; end += step) update(text.slice(0, end), false);
  update(text, true);
  return vi.mocked(markup.toHtml).mock.calls.reduce((sum, [source]) => sum + source.length, 0);
}

beforeEach(() => {
  // A clock that stands still: nobody ever draws too long, every update is drawn.
  vi.spyOn(performance, 'now').mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a text that arrives bit by bit', () => {
  it('ends up the same whatever way it arrives', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(streamed(8), ({ text, cuts }) => {
        expect(shownAfter(text, cuts)).toBe(readAtOnce(text));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 100) },
    );
  });

  it('is the same when it is long enough for several parts and long code', () => {
    const code = `\`\`\`\n${'let x = 1;\n'.repeat(200)}\`\`\`\n\n`;
    const text = `${'# One\n\ntwo **three**\n\n'.repeat(40)}${code}${'- item\n'.repeat(30)}`;
    const cuts = Array.from({ length: 60 }, (_, index) => Math.floor((index * text.length) / 60));
    expect(shownAfter(text, cuts)).toBe(
      readAtOnce(text)
        .replace(/(<code>)[^<]*/, '$1')
        .slice(0, 0) || readAtOnce(text),
    );
  });

  it('keeps the elements of settled blocks and of the open block', () => {
    const { container, update } = view();
    update('First block.\n\nSecond bl', false);
    const [first, second] = container.querySelectorAll('p');
    update('First block.\n\nSecond block goes on.\n\nThird', false);
    expect([...container.querySelectorAll('p')].slice(0, 2)).toEqual([first, second]);
    expect(second?.textContent).toBe('Second block goes on.');
  });

  it('is shown from scratch when it does not go on from the former one', () => {
    const { container, update } = view();
    update('# Old\n\ntext', false);
    update('New', false);
    expect(container.textContent).toBe('New');
    update('New', true);
    update('New and more', false);
    expect(container.textContent).toBe('New and more');
    update('', false);
    expect(container.textContent).toBe('');
  });

  it.each([
    ['a list marker', 'Text\n-', 'Text'],
    ['a rule or heading line', 'Text\n\n--', 'Text'],
    ['a heading marker', 'Text\n\n##', 'Text'],
    ['a closing fence', '```\ncode\n``', 'code'],
    ['the head of a table', 'Text\n\n| Model | TTF', 'Text'],
  ])('does not flash %s as something else', (_name, text, expected) => {
    const { container, update } = view();
    update(text, false);
    const output = container.querySelector('code') ?? container;
    expect(output.textContent?.trim()).toBe(expected);
  });

  it('shows open code as it comes, without parsing it again', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `const value${index} = ${index};\n`).join('');
    const text = `\`\`\`js\n${lines}`;
    expect(parsedWhileStreaming(text, 40)).toBeLessThan(3 * text.length);
    const { container, update } = view();
    update(text.slice(0, 50_000), false);
    update(text.slice(0, 50_010), false);
    expect(container.querySelector('code')?.textContent).toBe(text.slice('```js\n'.length, 50_010));
  });

  it('parses a huge open block now and then only', () => {
    vi.mocked(markup.toHtml).mockClear();
    const parsed = (): number => vi.mocked(markup.toHtml).mock.calls.reduce((sum, [source]) => sum + source.length, 0);
    let clock = 0;
    // A page that reads a thousand characters in a millisecond.
    vi.mocked(performance.now).mockImplementation(() => clock + parsed() / 1000);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { update } = view();
    const text = 'plain words only here '.repeat(1_500);
    for (let end = 60; end < text.length; end += 60) {
      update(text.slice(0, end), false);
      clock += 16;
      vi.advanceTimersByTime(16);
    }
    vi.useRealTimers();
    expect(parsed() / text.length).toBeGreaterThan(5);
    expect(parsed() / text.length).toBeLessThan(80);
  });
});

describe('references', () => {
  it('become links when their definition arrives later', () => {
    const { container, update } = view();
    update('See [the docs] and [x](https://example.com/).\n\nMore.\n\n', false);
    expect(container.querySelectorAll('a')).toHaveLength(1);
    update(
      'See [the docs] and [x](https://example.com/).\n\nMore.\n\n[The  docs]: https://example.com/docs\n\n',
      false,
    );
    expect(container.querySelector('a')?.href).toBe('https://example.com/docs');
  });

  it('keep the first definition of a label', () => {
    const container = shown('[a]\n\n[a]: https://example.com/1\n[a]: https://example.com/2\n');
    expect(container.querySelector('a')?.href).toBe('https://example.com/1');
  });
});

describe('links', () => {
  const markdown = '[docs](https://example.com/docs)';

  it('go to the host and never navigate: click, middle click, keyboard', () => {
    const onLink = vi.fn();
    const { container, update } = view(onLink);
    update(markdown, true);
    const link = container.querySelector('a') as HTMLAnchorElement;
    const outside = vi.fn();
    document.addEventListener('click', outside);
    const prevented = [
      new MouseEvent('click', { bubbles: true, cancelable: true }),
      new MouseEvent('auxclick', { bubbles: true, cancelable: true, button: 1 }),
    ].map((event) => !link.dispatchEvent(event));
    document.removeEventListener('click', outside);
    expect(prevented).toEqual([true, true]);
    expect(onLink.mock.calls).toEqual([['https://example.com/docs'], ['https://example.com/docs']]);
    expect(outside).not.toHaveBeenCalled();
  });

  it('are silent after the view is gone', () => {
    const onLink = vi.fn();
    const { container, update, destroy } = view(onLink);
    update(markdown, true);
    const link = container.querySelector('a') as HTMLAnchorElement;
    destroy();
    container.append(link);
    link.addEventListener('click', (event) => event.preventDefault());
    link.click();
    expect(onLink).not.toHaveBeenCalled();
  });

  it('say where they lead', () => {
    expect(shown(markdown).querySelector('a')?.title).toBe('https://example.com/docs');
  });

  it.each(['http://example.com/', 'mailto:a@example.com', '/path', 'vscode://x'])('to %s are text', (target) => {
    const container = shown(`[text](${target})`);
    expect(container.querySelector('a')).toBeNull();
    expect(container.textContent).toBe('text');
  });
});

describe('code', () => {
  const markdown = '```ts\nconst a = "<b>";\n\nlet c;\n```\n';

  it('is copied raw, and says so', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    const container = shown(markdown);
    const button = container.querySelector('button') as HTMLButtonElement;
    expect(button.getAttribute('aria-label')).toBe('Copy ts code');
    button.click();
    await vi.waitFor(() => expect(container.querySelector('[role=status]')?.textContent).toBe('Copied'));
    expect(button.textContent).toBe('Copied');
    expect(writeText).toHaveBeenCalledWith('const a = "<b>";\n\nlet c;\n');
  });

  it('says when copying failed', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
    const container = shown(markdown);
    container.querySelector('button')?.click();
    await vi.waitFor(() => expect(container.querySelector('[role=status]')?.textContent).toBe('Copy failed'));
  });

  it('is highlighted once it is settled, and keeps its text', async () => {
    const container = shown(markdown);
    await vi.waitFor(() => expect(container.querySelector('.hljs-keyword')?.textContent).toBe('const'));
    expect(container.querySelector('code')?.textContent).toBe('const a = "<b>";\n\nlet c;\n');
    expect(container.querySelector('b')).toBeNull();
  });

  it('of a language that is not known stays plain', async () => {
    const container = shown('```whatever\nconst a\n```\n\n```js\nconst a\n```\n');
    await vi.waitFor(() => expect(container.querySelector('.language-js .hljs-keyword')).not.toBeNull());
    expect(container.querySelector('.language-whatever')?.innerHTML).toBe('const a\n');
  });
});

describe('blocks', () => {
  it('leave the page its own headings', () => {
    const headings = [...shown('# A\n\n## B\n\n###### C\n').querySelectorAll('h1, h2, h3, h4, h5, h6')];
    expect(headings.map(({ localName, className }) => [localName, className])).toEqual([
      ['h3', 'md-h1'],
      ['h4', 'md-h2'],
      ['h6', 'md-h6'],
    ]);
  });

  it('find their own direction, each from all of its text', () => {
    const container = shown('مرحبا\n\n- واحد\n\n- > اثنان\n\n> اقتباس\n\n| أ |\n|---|\n| ب |\n');
    const names = [...container.querySelectorAll('[dir=auto]')].map(({ localName }) => localName);
    expect(names).toEqual(['p', 'ul', 'blockquote', 'th', 'td']);
  });

  it('that may scroll sideways are reachable by keyboard and named', () => {
    const container = shown('| a |\n|---|\n| b |\n\n```js\nx\n```\n');
    const reachable = [...container.querySelectorAll<HTMLElement>('[tabindex="0"]')];
    expect(reachable.map((element) => [element.getAttribute('role'), element.getAttribute('aria-label')])).toEqual([
      ['group', 'Table'],
      ['group', 'Code, js'],
    ]);
  });

  it('show tasks with their state in words, and no form fields', () => {
    const container = shown('- [x] one\n- [ ] two\n');
    const boxes = [...container.querySelectorAll('[role=img]')];
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual(['done', 'to do']);
    expect(container.querySelector('input')).toBeNull();
  });

  it('keep the number an ordered list starts with', () => {
    expect(shown('3. three\n').querySelector('ol')?.start).toBe(3);
  });

  it.each(['>', '- ', '1. ', '> - '])('survive endless nesting of %j', (marker) => {
    expect(shown(`${marker.repeat(20_000)} deep`).textContent).toContain('deep');
  });
});
