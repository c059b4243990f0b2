/** What of the unfinished last block is worth showing. */

/** Characters up to which the open block is parsed again with every update. */
const EAGER = 6_000;

/** A longer one is parsed again when it has grown by this part: total work stays linear in its length. */
const GROWTH = 1 / 8;

/** A line after a blank line that surely begins a new block (no list item, not indented). */
const NEW_BLOCK = /\n[ \t]*\n(?![ \t\n]|[-*+]|\d{1,9}[.)])/;

/** True when `open` should be parsed again; `parsed` is its length at the last time. */
export function worthParsing(open: string, parsed: number): boolean {
  if (open.length <= EAGER || open.length - parsed > parsed * GROWTH) return true;
  return !/^ {0,3}(?:```|~~~)/.test(open) && NEW_BLOCK.test(open.slice(Math.max(0, parsed - 2)));
}

/**
 * `open` without a last line of which only marks have arrived (`-`, `##`, `|--`): they would flash as a heading, rule
 * or paragraph before their meaning is known. The same for the first line of a table until its second is there.
 */
export function withoutLoneMarks(open: string): string {
  const table = /(?:^|\n)\|[^\n]*(?:\n[ \t|:-]*)?$/.exec(open);
  if (table && !/(?:^|\n)\|[^\n]*$/.test(open.slice(0, table.index))) return open.slice(0, table.index);
  return open.replace(/(^|\n)[ \t]*(?:[-=*_+>#|`~: \t]+|\d{1,9}[.)]?)$/, '$1');
}

/** Appends `text` unparsed where reading goes on in the last of `nodes`: the stand-in until the next parse. */
export function appendPlain(nodes: readonly ChildNode[], text: string): boolean {
  let block: Node | undefined | null = nodes.at(-1);
  while (block && /^(?:DIV|UL|OL|BLOCKQUOTE|TABLE|TBODY|TR|LI)$/.test(block.nodeName)) {
    const inner: Node | null = (block as Element).lastElementChild;
    if (!inner || (block.nodeName === 'LI' && !/^(?:P|UL|OL|BLOCKQUOTE|DIV)$/.test(inner.nodeName))) break;
    block = inner;
  }
  if (!block) return false;
  if (block.lastChild instanceof Text) block.lastChild.appendData(text);
  else block.appendChild(document.createTextNode(text));
  return true;
}
