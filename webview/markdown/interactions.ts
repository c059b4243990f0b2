/** Clicks inside rendered Markdown: links go to the host, copy buttons copy. Nothing navigates. */
import { markdownStrings as strings } from './strings';

/** Seconds for which "Copied" stays. */
const FEEDBACK_SECONDS = 2;

async function copy(button: HTMLElement): Promise<void> {
  const frame = button.closest('.md-code');
  const code = frame?.querySelector('code')?.textContent ?? '';
  const said = frame?.querySelector('.md-said');
  let outcome = strings.copied;
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    outcome = strings.copyFailed;
  }
  button.textContent = outcome;
  if (said) said.textContent = outcome;
  setTimeout(() => {
    button.textContent = strings.copy;
    if (said) said.textContent = '';
  }, FEEDBACK_SECONDS * 1000);
}

/** Listens on `container` until `signal` aborts. Enter on a link or button arrives as a click. */
export function listen(container: HTMLElement, onLink: (url: string) => void, signal: AbortSignal): void {
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a');
    if (link) {
      // VS Code's webview opens links by itself from a listener further up.
      event.preventDefault();
      event.stopPropagation();
      if (event.button <= 1) onLink(link.href);
      return;
    }
    const button = target?.closest<HTMLElement>('.md-copy');
    if (button && event.type === 'click') void copy(button);
  };
  container.addEventListener('click', onClick, { signal });
  container.addEventListener('auxclick', onClick, { signal });
  // A dragged link would be opened by whatever it is dropped on.
  const onDrag = (event: DragEvent): void => {
    if (event.target instanceof Element && event.target.closest('a')) event.preventDefault();
  };
  container.addEventListener('dragstart', onDrag, { signal });
}
