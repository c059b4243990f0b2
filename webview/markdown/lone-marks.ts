/** What of the unfinished last block is worth showing. */

/**
 * `open` without a last line of which only marks have arrived (`-`, `##`, `|--`): they would flash as a heading, rule
 * or paragraph before their meaning is known. The same for the first line of a table until its second is there.
 */
export function withoutLoneMarks(open: string): string {
  const table = /(?:^|\n)\|[^\n]*(?:\n[ \t|:-]*)?$/.exec(open);
  if (table && !/(?:^|\n)\|[^\n]*$/.test(open.slice(0, table.index))) return open.slice(0, table.index);
  return open.replace(/(^|\n)[ \t]*(?:[-=*_+>#|`~: \t]+|\d{1,9}[.)]?)$/, '$1');
}
