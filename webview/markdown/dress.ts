/** Adds to sanitised blocks what only we may add: link safety, code frames with a copy button, scrolling tables. */
import { markdownStrings as strings } from './strings';

/** Lines of a code chunk. Long code is laid out chunk by chunk, so that appending to its end stays cheap. */
export const CHUNK_LINES = 60;

/** Characters up to which code stays one piece (and is highlighted). */
export const WHOLE_CODE_LIMIT = 60_000;

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** A part of a long code block: a block of its own for the layout. */
export function codeChunk(text: string): HTMLElement {
  const chunk = element('span', 'md-chunk');
  chunk.append(text);
  return chunk;
}

/** `code` cut into pieces of `CHUNK_LINES` lines, each with its newlines. */
export function cutCode(code: string): string[] {
  return code.match(new RegExp(`(?:[^\\n]*\\n){1,${CHUNK_LINES}}|[^\\n]+$`, 'g')) ?? [];
}

function languageOf(code: Element): string {
  return /^language-(.+)$/.exec(code.className)?.[1] ?? '';
}

function dressCode(pre: HTMLElement): void {
  const code = pre.querySelector('code');
  if (!code) return;
  const language = languageOf(code);
  const frame = element('div', 'md-code');
  const head = element('div', 'md-code-head');
  const name = element('span', 'md-code-name');
  name.textContent = language;
  const button = element('button', 'md-copy');
  button.setAttribute('type', 'button');
  button.setAttribute('aria-label', strings.copyCode(language));
  button.textContent = strings.copy;
  const said = element('span', 'md-said');
  said.setAttribute('role', 'status');
  head.append(name, said, button);
  pre.replaceWith(frame);
  pre.dir = 'ltr';
  makeScrollable(pre, strings.codeIn(language));
  frame.append(head, pre);
  const chunks = cutCode(code.textContent ?? '');
  if (chunks.length > 1) code.replaceChildren(...chunks.map(codeChunk));
}

/** Reachable by keyboard because it may scroll sideways; a group, not a landmark: an answer can hold dozens. */
function makeScrollable(target: HTMLElement, label: string): void {
  target.tabIndex = 0;
  target.setAttribute('role', 'group');
  target.setAttribute('aria-label', label);
}

function dressTable(table: HTMLElement): void {
  const frame = element('div', 'md-table');
  table.replaceWith(frame);
  makeScrollable(frame, strings.table);
  frame.append(table);
}

function dressLink(link: HTMLAnchorElement): void {
  if (link.protocol !== 'https:') {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.rel = 'noopener noreferrer';
  link.title = link.href;
}

/** Completes the sanitised blocks inside `root` in place. */
export function dress(root: HTMLElement): void {
  for (const link of root.querySelectorAll('a')) dressLink(link);
  for (const table of root.querySelectorAll('table')) dressTable(table);
  for (const pre of root.querySelectorAll('pre')) dressCode(pre);
  // Only the outermost: looking for its direction, an element passes over children that have a `dir` of their own.
  for (const block of root.querySelectorAll<HTMLElement>(':scope > :not(div, hr), td, th')) block.dir = 'auto';
}
