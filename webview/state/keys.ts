/**
 * The keys of the whole page.
 */

/** What they do. */
export interface KeyActions {
  run(): void;
  stop(): void;
  focusColumn(index: number): void;
  addModel(): void;
  showShortcuts(): void;
}

/** The parts of a key event that matter here. */
export type KeyStroke = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'defaultPrevented' | 'isComposing'
>;

/** Where a key was pressed. */
export interface KeyPlace {
  /** In a field that takes text. */
  readonly typing: boolean;
  /** A dialog, menu or popover is open and has the keys to itself. */
  readonly overlay: boolean;
}

/** What a key asks for, or undefined when it is not one of ours. */
export function actionOf(event: KeyStroke, { typing, overlay }: KeyPlace): ((actions: KeyActions) => void) | undefined {
  if (event.defaultPrevented || event.isComposing || overlay) return undefined;
  const control = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter' && control && !event.altKey) return (actions) => actions.run();
  if (event.key === 'Escape') return (actions) => actions.stop();
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit !== undefined && event.altKey && !control) return (actions) => actions.focusColumn(Number(digit) - 1);
  if (typing || control || event.altKey) return undefined;
  if (event.key === '/') return (actions) => actions.addModel();
  if (event.key === '?') return (actions) => actions.showShortcuts();
  return undefined;
}

/** Looks where a key was pressed. */
export function placeOf(target: EventTarget | null): KeyPlace {
  const element = target instanceof Element ? target : undefined;
  return {
    typing: Boolean(element?.closest('textarea, input, select, [contenteditable=true], .monaco-editor')),
    overlay: document.querySelector('dialog[open], [popover=auto]:popover-open') !== null,
  };
}
