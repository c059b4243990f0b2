/**
 * Cuts a growing Markdown text into blocks that can not change any more and the open tail.
 *
 * Pure. Only whole lines decide (a lone `-` may become a list, a rule or a heading), and a block is settled when the
 * block after it has begun or when its own end is unmistakable.
 */
import type { Token } from 'marked';
import { lexBlocks } from './markup';

/** An open code fence at the start of the tail. */
export interface Fence {
  /** The opening run, such as three backticks. */
  marker: string;
  /** Spaces before the opening run. */
  indent: number;
}

/** A text cut into settled blocks and the rest. */
export interface Split {
  /** Sources of blocks that no further text can change, in order. Blank lines between blocks are left out. */
  settled: string[];
  /** What follows; starts at a block. */
  open: string;
}

/** The code fence that `line` opens, if it does. */
export function openingFence(line: string): Fence | undefined {
  const found = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})/.exec(line);
  return found ? { indent: found[1]?.length ?? 0, marker: found[2] ?? '' } : undefined;
}

/** True when `line` (without its newline) ends a block opened by `fence`. */
export function closesFence(line: string, fence: Fence): boolean {
  const found = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line);
  return found?.[1]?.startsWith(fence.marker) ?? false;
}

function fenceIsClosed(raw: string): boolean {
  const lines = raw.replace(/\n+$/, '').split('\n');
  const fence = openingFence(lines[0] ?? '');
  return fence !== undefined && lines.length > 1 && closesFence(lines.at(-1) ?? '', fence);
}

/** True when `token` has ended although nothing but blank lines (`blankAfter`) followed so far. */
function hasEnded(token: Token, blankAfter: boolean): boolean {
  switch (token.type) {
    case 'heading':
    case 'hr':
      return true;
    case 'code':
      return token.codeBlockStyle !== 'indented' && fenceIsClosed(token.raw);
    case 'list':
      return false;
    default:
      return blankAfter;
  }
}

/**
 * Cuts `text`, which starts at a block and has `\n` line ends. With `complete` nothing more will follow and
 * everything is settled. Cutting is stable: the settled blocks of a text are the first settled blocks of every
 * longer text that begins with it.
 */
export function splitBlocks(text: string, complete: boolean): Split {
  const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const tokens = lexBlocks(whole);
  let last = tokens.length - 1;
  while (last >= 0 && tokens[last]?.type === 'space') last--;
  const final = tokens[last];
  const end = complete || (final && hasEnded(final, last < tokens.length - 1)) ? last + 1 : last;
  const settled: string[] = [];
  let at = 0;
  for (const token of tokens.slice(0, Math.max(0, end))) {
    if (token.type !== 'space') settled.push(text.slice(at, at + token.raw.length));
    at += token.raw.length;
  }
  return { settled, open: text.slice(at).replace(/^(?:[ \t]*\n)+/, '') };
}
