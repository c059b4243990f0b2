/**
 * Highlights settled code blocks that are in sight (or nearly), one at a time, when the page has nothing better to do.
 * Highlighting multiplies the elements of a block, so code that nobody looks at stays plain.
 */
import { WHOLE_CODE_LIMIT } from './dress';
import { sanitiseHighlight } from './sanitise';

/** How far out of sight code is highlighted already: whoever scrolls should find it done. */
const MARGIN = '600px';

const inSight = new Set<Element>();
let working = false;

const observer =
  typeof IntersectionObserver === 'function'
    ? new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) inSight.add(target);
            else inSight.delete(target);
          }
          start();
        },
        // The margin of scrolling boxes; older browsers take the page's own alone.
        { rootMargin: MARGIN, scrollMargin: MARGIN } as IntersectionObserverInit,
      )
    : undefined;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 0);
  });
}

function start(): void {
  if (working || inSight.size === 0) return;
  working = true;
  // A highlighter that does not load leaves code plain.
  void work()
    .catch(() => undefined)
    .finally(() => (working = false));
}

async function work(): Promise<void> {
  const { highlight } = await import('./highlight');
  for (;;) {
    await idle();
    const [code] = inSight;
    if (!code) return;
    inSight.delete(code);
    observer?.unobserve(code);
    const text = code.textContent ?? '';
    if (!code.isConnected || text.length > WHOLE_CODE_LIMIT) continue;
    const html = highlight(text, code.className.replace('language-', ''));
    if (html !== undefined) code.replaceChildren(...sanitiseHighlight(html).childNodes);
  }
}

/** Has every code block with a language inside `root` highlighted once it is in sight. */
export function highlightLater(root: ChildNode): void {
  if (!(root instanceof Element)) return;
  for (const code of root.querySelectorAll('pre > code[class^="language-"]')) {
    if (observer) observer.observe(code);
    else inSight.add(code);
  }
  start();
}
