/**
 * The Markdown view of one answer: shows a text that grows, at the cost of what was added.
 *
 * Blocks that can not change any more are parsed, sanitised and put into the page once; only the open block at the end
 * is parsed again. Whatever way a text arrives, the page ends up the same as if it had arrived at once.
 */
import './markdown.css';
import { splitBlocks } from './blocks';
import { dress } from './dress';
import { highlightLater } from './highlighting';
import { listen } from './interactions';
import { noDefinitions, openLabels, toHtml, type Definitions } from './markup';
import { morphSiblings } from './morph';
import { openCode, type OpenCode } from './open-code';
import { sanitise } from './sanitise';
import { appendPlain, withoutLoneMarks, worthParsing } from './tail';

/** A view that shows Markdown as it streams in. */
export interface MarkdownView {
  /**
   * Shows `text`, the whole text so far, at most once a frame. `complete` says that no more will come. A text that does
   * not begin with the former one is shown from scratch.
   */
  update(text: string, complete: boolean): void;
  /** Empties the container and removes all listeners. */
  destroy(): void;
}

/** A settled block that refers to labels not defined so far. */
interface Waiting {
  source: string;
  labels: Set<string>;
  nodes: ChildNode[];
}

function render(source: string, definitions: Definitions): ChildNode[] {
  let html: string;
  try {
    html = toHtml(source, definitions);
  } catch {
    // Nesting too deep for a recursive parser: the text itself is still worth reading.
    const plain = document.createElement('pre');
    plain.textContent = source;
    return [plain];
  }
  const fragment = sanitise(html);
  dress(fragment);
  return [...fragment.childNodes];
}

/**
 * Shows Markdown inside `container` (which must hold nothing else). `onLink` gets the URL of a link that was clicked or
 * opened by keyboard; the page itself never navigates.
 */
export function createMarkdownView(container: HTMLElement, options: { onLink(url: string): void }): MarkdownView {
  const listening = new AbortController();
  container.classList.add('md');
  listen(container, options.onLink, listening.signal);

  let seen = '';
  let finished = false;
  /** Source after the last settled block, with `\n` line ends, and the length of `seen` that went into it. */
  let open = '';
  let taken = 0;
  let parsed = 0;
  /** Length of `open` that the page shows. */
  let shown = 0;
  let tail: ChildNode[] = [];
  let code: OpenCode | undefined;
  let definitions = noDefinitions();
  let waiting: Waiting[] = [];

  const reset = (): void => {
    container.replaceChildren();
    seen = open = '';
    finished = false;
    taken = parsed = shown = 0;
    tail = [];
    code = undefined;
    definitions = noDefinitions();
    waiting = [];
  };

  const take = (text: string, complete: boolean): void => {
    // A carriage return at the very end may be half of a line end.
    const end = !complete && text.endsWith('\r') ? text.length - 1 : text.length;
    open += text.slice(taken, end).replace(/\r\n?/g, '\n');
    taken = end;
    seen = text;
    finished = complete;
  };

  const settle = (sources: string[]): ChildNode[] => {
    const added: ChildNode[] = [];
    for (const source of sources) {
      const labels = source.includes('[') ? openLabels(source, definitions) : undefined;
      const nodes = render(source, definitions);
      for (const node of nodes) if (node instanceof Element) node.classList.add('md-settled');
      if (labels?.size) waiting.push({ source, labels, nodes });
      added.push(...nodes);
    }
    return added;
  };

  /** Renders again what was waiting for a label that is defined by now. */
  const resolve = (): void => {
    const isKnown = (label: string): boolean => Object.hasOwn(definitions, label);
    for (const block of waiting.filter(({ labels }) => [...labels].some(isKnown))) {
      const nodes = render(block.source, definitions);
      for (const node of nodes) if (node instanceof Element) node.classList.add('md-settled');
      block.nodes[0]?.before(...nodes);
      for (const node of block.nodes) node.remove();
      for (const node of nodes) if (node instanceof Element) highlightLater(node);
      block.nodes = nodes;
      for (const label of block.labels) if (isKnown(label)) block.labels.delete(label);
    }
    waiting = waiting.filter(({ labels }) => labels.size > 0);
  };

  const parse = (complete: boolean): void => {
    const known = Object.keys(definitions).length;
    const split = splitBlocks(open, complete);
    open = split.open;
    const added = settle(split.settled);
    const visible = withoutLoneMarks(open);
    const rest = render(visible, Object.assign(noDefinitions(), definitions));
    const nodes = morphSiblings(container, tail[0] ?? null, [...added, ...rest]);
    // Morphing keeps standing nodes, so a waiting block's nodes are those that stand where its own would.
    const standing = new Map(added.map((node, index) => [node, nodes[index]]));
    for (const block of waiting) block.nodes = block.nodes.map((node) => standing.get(node) ?? node);
    tail = nodes.slice(added.length);
    parsed = open.length;
    shown = visible.length;
    for (const node of nodes.slice(0, added.length)) if (node instanceof Element) highlightLater(node);
    if (Object.keys(definitions).length > known) resolve();
    const last = tail.at(-1);
    const element = tail.length === 1 && last instanceof Element ? last.querySelector('pre > code') : null;
    code = element ? openCode(element, open) : undefined;
    code?.extend(open);
  };

  return {
    update(text, complete) {
      if (text === seen && complete === finished) return;
      if (finished || !text.startsWith(seen)) reset();
      take(text, complete);
      if (!complete && code?.extend(open)) return;
      if (complete || worthParsing(open, parsed)) parse(complete);
      else if (appendPlain(tail, open.slice(shown))) shown = open.length;
    },
    destroy() {
      listening.abort();
      reset();
      container.classList.remove('md');
    },
  };
}
