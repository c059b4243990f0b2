/**
 * The outline of a YAML text by its indentation: which keys and list items each line opens. It is for texts that are
 * being typed, and so mostly not valid: what is not understood opens nothing. It knows block style, as people write
 * configurations; what is between brackets has no outline.
 */

/** A key, or an item of a list. */
export interface Opening {
  /** `undefined`: an item. */
  readonly key: string | undefined;
  /** Where it begins in its line, in UTF-16 units from 0; an item at its dash. */
  readonly column: number;
  /** Where the key ends, before the colon; for an item behind the dash. */
  readonly end: number;
}

/** One line. */
export interface OutlineLine {
  readonly openings: readonly Opening[];
  /** Where the content behind the openings begins; the end of the line where there is none. */
  readonly content: number;
  /** Where the content ends: before a comment, and before the spaces in front of it. */
  readonly contentEnd: number;
  /** Where the comment begins. */
  readonly comment: number | undefined;
}

const KEY = /("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'&*!|>%@`[\]{},-][^#\n]*?|-[^\s#][^#\n]*?)[ \t]*:(?=[ \t]|$)/y;

/** Reads one line that is not part of a block of text. */
export function outlineOf(text: string): OutlineLine {
  const comment = commentStart(text);
  const body = text.slice(0, comment).trimEnd();
  const openings: Opening[] = [];
  let at = /^[ \t]*/.exec(body)?.[0].length ?? 0;
  for (; /^-(?:[ \t]|$)/.test(body.slice(at)); at = skipSpaces(body, at + 1)) {
    openings.push({ key: undefined, column: at, end: at + 1 });
  }
  KEY.lastIndex = at;
  const match = KEY.exec(body);
  if (match?.[1] !== undefined) {
    openings.push({ key: unquoted(match[1]), column: at, end: at + match[1].length });
    at = skipSpaces(body, KEY.lastIndex);
  }
  return { openings, content: at, contentEnd: Math.max(body.length, at), comment };
}

/** Whether the content behind a line's openings begins a block of text, which goes on while lines are indented more. */
export function beginsBlock(text: string, { content, contentEnd }: OutlineLine): boolean {
  return /^(?:[&!]\S*[ \t]+)*[|>][-+0-9]*$/.test(text.slice(content, contentEnd));
}

/** A comment begins at a `#` at the start or behind a space, outside of quotes. */
function commentStart(text: string): number | undefined {
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const before = text[at - 1];
    if (quote !== undefined) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = undefined;
    } else if ((char === '"' || char === "'") && (before === undefined || /[\s,:[{-]/.test(before))) quote = char;
    else if (char === '#' && (before === undefined || /\s/.test(before))) return at;
  }
  return undefined;
}

function skipSpaces(text: string, at: number): number {
  let after = at;
  while (text[after] === ' ' || text[after] === '\t') after++;
  return after;
}

function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key;
}
