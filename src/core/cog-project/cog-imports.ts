/**
 * Bringing a name of `cog` into a file that uses it.
 */
import type { PythonFacts } from './python-facts';
import type { FixEdit } from './problem';
import { placeAt } from './source-place';

/** The edits that import a name from `cog`: none where it is there. They go together with what uses the name. */
export function importEdits(name: string, source: string, { imports }: PythonFacts): readonly FixEdit[] {
  if (imports.some((one) => one.module === 'cog' && (one.name === name || one.name === '*') && one.as === undefined)) {
    return [];
  }
  const insert = (line: number, column: number, text: string): FixEdit => ({
    kind: 'replace',
    file: '',
    span: { line, column, endLine: line, endColumn: column },
    text,
  });
  const from = imports.findLast((one) => one.module === 'cog' && one.name !== undefined);
  if (from === undefined) {
    const future = imports.findLast(({ module }) => module === '__future__');
    // In front of other imports, which stand behind what the file says of itself.
    const line = future === undefined ? (imports[0]?.span.line ?? 1) : future.span.endLine + 1;
    return [insert(line, 1, `from cog import ${name}${eolOf(source)}`)];
  }
  const { endLine, endColumn } = from.span;
  const before = source.slice(0, placeAt(source, endLine, endColumn));
  const isBracketed = before.endsWith(')');
  const text = isBracketed && /,\s*\)$/.test(before) ? ` ${name}` : `, ${name}`;
  return [insert(endLine, isBracketed ? endColumn - 1 : endColumn, text)];
}

/** How the lines of a source end. */
export function eolOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}
