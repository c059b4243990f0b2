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
import { withoutLoneMarks } from './lone-marks';
import { noDefinitions, openLabels, toHtml, type Definitions } from './markup';
import { openCode, type OpenCode } from './open-code';
import { createParts } from './parts';
import { sanitise } from './sanitise';
import { createTurn } from './turns';

/** A view that shows Markdown as it streams in. */
export interface MarkdownView {
  /**
   * Shows `text`, the whole text so far; to be called at most once a frame. `complete` says that no more will come: then
   * it stands there on return, otherwise it may take a few frames when many views stream. A text that does not begin with
   * the former one is shown from scratch.
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
  const root = sanitise(html);
  dress(root);
  return [...root.childNodes];
}

/**
 * Shows Markdown inside `container` (which must hold nothing else). `onLink` gets the URL of a link that was clicked or
 * opened by keyboard; the page itself never navigates.
 */
export function createMarkdownView(container: HTMLElement, options: { onLink(url: string): void }): MarkdownView {
  const listening = new AbortController();
  container.classList.add('md');
  listen(container, options.onLink, listening.signal);
  const parts = createParts(container);

  /** What was last asked for. */
  let wanted = '';
  let complete = false;
  /** Source after the last settled block, with `\n` line ends, and the length of `wanted` that went into it. */
  let open = '';
  let taken = 0;
  /** The open block, as long as it is a code fence. */
  let code: OpenCode | undefined;
  let definitions = noDefinitions();
  let waiting: Waiting[] = [];

  const reset = (): void => {
    parts.clear();
    open = '';
    taken = 0;
    code = undefined;
    definitions = noDefinitions();
    waiting = [];
  };

  /** Renders again what was waiting for a label that is defined by now. */
  const resolve = (): void => {
    const isKnown = (label: string): boolean => Object.hasOwn(definitions, label);
    for (const block of waiting.filter(({ labels }) => [...labels].some(isKnown))) {
      const nodes = render(block.source, definitions);
      block.nodes[0]?.before(...nodes);
      for (const node of block.nodes) node.remove();
      for (const node of nodes) highlightLater(node);
      block.nodes = nodes;
      for (const label of block.labels) if (isKnown(label)) block.labels.delete(label);
    }
    waiting = waiting.filter(({ labels }) => labels.size > 0);
  };

  const parse = (): void => {
    const known = Object.keys(definitions).length;
    const split = splitBlocks(open, complete);
    open = split.open;
    const referring: (Omit<Waiting, 'nodes'> & { from: number; to: number })[] = [];
    const settled: ChildNode[] = [];
    for (const source of split.settled) {
      const labels = openLabels(source, definitions);
      const nodes = render(source, definitions);
      if (labels.size > 0) referring.push({ source, labels, from: settled.length, to: settled.length + nodes.length });
      settled.push(...nodes);
    }
    const visible = withoutLoneMarks(open);
    const rest = render(visible, Object.assign(noDefinitions(), definitions));
    const nodes = parts.place([...settled, ...rest], settled.length);
    for (const node of nodes.slice(0, settled.length)) highlightLater(node);
    for (const { source, labels, from, to } of referring)
      waiting.push({ source, labels, nodes: nodes.slice(from, to) });
    if (Object.keys(definitions).length > known) resolve();

    const tail = nodes.slice(settled.length);
    const element = tail.length === 1 && tail[0] instanceof Element ? tail[0].querySelector('pre > code') : null;
    code = element ? openCode(element, open) : undefined;
    code?.extend(open);
  };

  const draw = (): void => {
    // A carriage return at the very end may be half of a line end.
    const end = !complete && wanted.endsWith('\r') ? wanted.length - 1 : wanted.length;
    open += wanted.slice(taken, end).replace(/\r\n?/g, '\n');
    taken = end;
    if (complete || !code?.extend(open)) parse();
  };
  const turn = createTurn(draw);

  return {
    update(text, isComplete) {
      if (text === wanted && isComplete === complete) return;
      if (complete || !text.startsWith(wanted)) reset();
      wanted = text;
      complete = isComplete;
      if (complete) turn.insist();
      else turn.ask();
    },
    destroy() {
      turn.cancel();
      listening.abort();
      reset();
      container.classList.remove('md');
    },
  };
}
