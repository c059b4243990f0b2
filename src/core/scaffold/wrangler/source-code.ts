/**
 * TypeScript without its comments and texts: enough to find a declaration, with no compiler in the bundle.
 */

const PLAIN = /[^"'`/{}]+/y;
const QUOTED = /"(?:\\[\s\S]|[^"\\\r\n]+)*"?|'(?:\\[\s\S]|[^'\\\r\n]+)*'?/y;
const COMMENT = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\\r\n[])+\//y;
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$]+)*/y;
/** A slash behind these begins a regular expression and divides nothing. */
const BEFORE_REGEX = /(?:[(,=:[!&|?;+*%~^{-]|=>|\b(?:return|case|typeof))\s*$/;

/**
 * The same text with spaces for comments and for what stands between quotes, line breaks in them included, so that every
 * offset stays. A line break that is left ends a line of code. What is no TypeScript gives no sense, and no error.
 */
export function codeOf(text: string): string {
  const parts: string[] = [];
  let at = 0;
  /** Of each template that is open: how many braces of its expression are open. */
  const templates: number[] = [];

  const add = (part: string) => {
    parts.push(part);
    at += part.length;
  };
  /** Takes what a pattern finds here, with spaces for all but this many characters at both ends. */
  const blank = (pattern: RegExp, edge: number): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    const edges = Math.min(edge, Math.floor(found.length / 2));
    add(found.slice(0, edges) + ' '.repeat(found.length - 2 * edges) + found.slice(found.length - edges));
    return found !== '';
  };
  /** The text of a template, up to its end or into its next expression. */
  const template = () => {
    blank(TEMPLATE, 0);
    const opens = text.startsWith('${', at);
    if (opens) templates.push(0);
    add(text.slice(at, at + (opens ? 2 : 1)));
  };
  const count = (by: number) => {
    const open = templates.pop();
    if (open !== undefined) templates.push(open + by);
  };

  while (at < text.length) {
    PLAIN.lastIndex = at;
    add(PLAIN.exec(text)?.[0] ?? '');
    const letter = text[at] ?? '';
    if (letter === '"' || letter === "'") {
      blank(QUOTED, 1);
      continue;
    }
    if (letter === '/') {
      if (blank(COMMENT, 0)) continue;
      if (BEFORE_REGEX.test(text.slice(Math.max(0, at - 40), at)) && blank(REGEX, 1)) continue;
    }
    add(letter);
    if (letter === '`') template();
    else if (letter === '{') count(1);
    else if (letter === '}' && templates.at(-1) !== 0) count(-1);
    else if (letter === '}') {
      templates.pop();
      template();
    }
  }
  return parts.join('');
}
