// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createMarkdownView } from '../../../../webview/markdown/render';
import { sanitise } from '../../../../webview/markdown/sanitise';
import corpus from '../../../fixtures/xss-corpus.json';

const ELEMENTS =
  'a blockquote br button code del div em h3 h4 h5 h6 hr li ol p pre span strong table tbody td th thead tr ul'.split(
    ' ',
  );
const ATTRIBUTES = 'aria-label class dir href rel role scope start tabindex title type'.split(' ');
const OWN_CLASS = /^(?:md-[a-z0-9-]+|language-[\w+#.-]+|hljs-[\w-]+|[\w-]+_)$/;

/** What a hostile text could have put on the page: empty when all is well. */
function foreignParts(container: Element): string[] {
  const found: string[] = [];
  for (const element of container.querySelectorAll('*')) {
    const name = element.localName;
    if (!ELEMENTS.includes(name)) found.push(`<${name}>`);
    if (name === 'button' && element.className !== 'md-copy') found.push('a button that is not ours');
    for (const { name: attribute, value } of element.attributes) {
      if (!ATTRIBUTES.includes(attribute)) found.push(`${attribute}="${value}"`);
      if (attribute === 'href' && !value.startsWith('https://')) found.push(`href="${value}"`);
    }
    for (const own of element.classList) if (!OWN_CLASS.test(own)) found.push(`class ${own}`);
  }
  return found;
}

describe('hostile text', () => {
  it.each(corpus)('stays text while it streams and after: %j', (markdown) => {
    const container = document.createElement('div');
    document.body.replaceChildren(container);
    const { update } = createMarkdownView(container, { onLink: () => undefined });
    const step = Math.ceil(markdown.length / 5);
    for (let end = step; end < markdown.length; end += step) {
      update(markdown.slice(0, end), false);
      expect(foreignParts(container)).toEqual([]);
    }
    update(markdown, true);
    expect(foreignParts(container)).toEqual([]);
    expect(globalThis).not.toHaveProperty('xss');
  });
});

describe('the second wall', () => {
  it.each(corpus)('holds alone, should the parser ever let markup through: %j', (markup) => {
    const root = sanitise(markup);
    expect(foreignParts(root)).toEqual([]);
    expect(foreignParts(sanitise(root.innerHTML))).toEqual([]);
  });
});

describe('what hostile text looks like', () => {
  it.each([
    ['raw HTML', '<b onclick=x>hi</b>', '<b onclick=x>hi</b>'],
    ['a link that may not be followed', '[click](javascript:alert(1))', 'click'],
    ['a remote picture', '![cat](https://example.com/cat.png)', 'cat'],
  ])('shows %s as text', (_name, markdown, text) => {
    const container = document.createElement('div');
    createMarkdownView(container, { onLink: () => undefined }).update(markdown, true);
    expect(container.textContent).toBe(text);
  });
});
