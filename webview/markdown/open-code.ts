/** The code block at the end of a streaming answer whose fence is still open: text is appended, nothing is parsed. */
import { closesFence, openingFence, type Fence } from './blocks';
import { CHUNK_LINES, codeChunk } from './dress';

/** Offset behind the last line that can not turn out to be the closing fence. */
function visibleEnd(source: string, fence: Fence): number {
  const lineStart = source.lastIndexOf('\n') + 1;
  const rest = source.slice(lineStart).trim();
  const mark = fence.marker.charAt(0);
  return rest && rest === mark.repeat(rest.length) ? lineStart : source.length;
}

/** Appends to one open code block. */
export interface OpenCode {
  /** Shows `source` (the block so far, an extension of the former one); false when its fence has been closed. */
  extend(source: string): boolean;
}

/**
 * Takes over `code`, the element that shows the block `source`; undefined when `source` is no unindented open fence
 * with a complete first line (an indented one needs its lines shortened: left to the parser).
 */
export function openCode(code: Element, source: string): OpenCode | undefined {
  const contentStart = source.indexOf('\n') + 1;
  const fence = contentStart > 0 ? openingFence(source.slice(0, contentStart - 1)) : undefined;
  if (!fence || fence.indent > 0) return undefined;

  let checked = contentStart;
  let shown = contentStart;
  let lines = 0;
  let chunk = codeChunk('');
  code.replaceChildren(chunk);

  const append = (text: string): void => {
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      if (lines >= CHUNK_LINES) {
        chunk = codeChunk('');
        code.append(chunk);
        lines = 0;
      }
      (chunk.firstChild as Text).appendData(line);
      if (line.endsWith('\n')) lines++;
    }
  };

  return {
    extend(whole) {
      for (let end = whole.indexOf('\n', checked); end >= 0; end = whole.indexOf('\n', checked)) {
        if (closesFence(whole.slice(checked, end), fence)) return false;
        checked = end + 1;
      }
      const until = visibleEnd(whole, fence);
      if (until > shown) {
        append(whole.slice(shown, until));
        shown = until;
      }
      return true;
    },
  };
}
