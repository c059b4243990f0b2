/**
 * Requirements files of pip, as far as Cog looks at them.
 */
import type { Span } from './problem';

/** One requirement. */
export interface Requirement {
  /** In small letters, with `-` for `_` and `.`. */
  readonly name: string;
  /** `2.10.0` of `torch==2.10.0`; undefined: not pinned to one version. */
  readonly pinned?: string;
  /** As it is written, without markers and comment. */
  readonly text: string;
  readonly span: Span;
}

const LINE = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:\(?([^;#()]*)\)?)?/;

/** The requirements of a text, line by line. Options, addresses and paths are passed over. */
export function readRequirements(text: string): readonly Requirement[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => requirementOf(line, index + 1, 1) ?? []);
}

/** One line; the span begins where it stands. */
export function requirementOf(line: string, number: number, column: number): Requirement | undefined {
  const lead = /^[\s\uFEFF]*/.exec(line)?.[0].length ?? 0;
  const content = line
    .slice(lead)
    .replace(/(?:^|\s)#.*$/, '')
    .replace(/\s--hash.*$|\\$/, '')
    .trimEnd();
  if (content === '' || content.startsWith('-') || /^[\w+]+:\/\/|^[./\\]/.test(content)) return undefined;
  const [, name, condition = ''] = LINE.exec(content) ?? [];
  if (name === undefined) return undefined;
  const pinned = /^={2,3}\s*([\w.+!-]+)\s*$/.exec(condition.trim())?.[1];
  const text = content.replace(/\s*;.*$/, '');
  return {
    name: name.toLowerCase().replace(/[._]+/g, '-'),
    ...(pinned !== undefined && { pinned }),
    text,
    span: { line: number, column: column + lead, endLine: number, endColumn: column + lead + text.length },
  };
}

/** Whether one version is later than another, part by part. What follows `+` says how it was built. */
export function isLater(version: string, than: string): boolean {
  const parts = (one: string) => (one.split('+')[0] ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [parts(version), parts(than)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const step = (a[at] ?? 0) - (b[at] ?? 0);
    if (step !== 0) return step > 0;
  }
  return false;
}
