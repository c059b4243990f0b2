/** Highlights settled code blocks when the page has nothing better to do, one block at a time. */
import { WHOLE_CODE_LIMIT } from './dress';
import { sanitiseHighlight } from './sanitise';

const waiting: Element[] = [];
let working = false;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 0);
  });
}

async function work(): Promise<void> {
  const { highlight } = await import('./highlight');
  for (let code = waiting.shift(); code; code = waiting.shift()) {
    await idle();
    const text = code.textContent ?? '';
    if (!code.isConnected || text.length > WHOLE_CODE_LIMIT) continue;
    const html = highlight(text, code.className.replace('language-', ''));
    if (html !== undefined) code.replaceChildren(...sanitiseHighlight(html).childNodes);
  }
}

/** Queues every code block with a language inside `root`. A failed load of the highlighter leaves code plain. */
export function highlightLater(root: ChildNode): void {
  if (!(root instanceof Element)) return;
  const found = root.querySelectorAll('pre > code[class^="language-"]');
  if (found.length === 0) return;
  waiting.push(...found);
  if (working) return;
  working = true;
  void work()
    .catch(() => undefined)
    .finally(() => (working = false));
}
