/**
 * Which Python an existing project is for, by what tools keep of it.
 */
import type { ProjectFiles } from '../plan';
import { readable } from '../readable';

/** The version for `cog.yaml`. */
export interface PythonChoice {
  readonly version: string;
  /** A sentence, where the project asks for what Cog has not. */
  readonly note?: string;
}

/** Minor versions of Python 3 that Cog builds with, the preferred first (scaffolding.md 2.1). */
const KNOWN = [12, 11, 13, 10] as const;

/** The version that the project names, else the newest that its ranges allow, else 3.12. */
export async function pythonOf(files: ProjectFiles): Promise<PythonChoice> {
  for (const [file, pattern] of EXACT) {
    const minor = pattern.exec((await readable(files, file)) ?? '')?.[1];
    if (minor !== undefined)
      return chosen(
        file,
        `3.${minor}`,
        KNOWN.filter((one) => one === Number(minor)),
      );
  }
  for (const [file, pattern] of RANGES) {
    const range = pattern.exec((await readable(files, file)) ?? '')?.[1];
    if (range !== undefined)
      return chosen(
        file,
        range,
        KNOWN.filter((minor) => allows(range, minor)),
      );
  }
  return { version: `3.${KNOWN[0]}` };
}

const EXACT: readonly (readonly [string, RegExp])[] = [
  ['.python-version', /^\s*(?:cpython-)?3\.(\d+)/m],
  ['runtime.txt', /^\s*python-3\.(\d+)/m],
  ['.tool-versions', /^\s*python\s+3\.(\d+)/m],
];

const RANGES: readonly (readonly [string, RegExp])[] = [
  ['pyproject.toml', /^\s*requires-python\s*=\s*["']([^"'\n]*)["']/m],
  // Poetry's own, among the dependencies.
  ['pyproject.toml', /^\s*python\s*=\s*["']([^"'\n]*)["']/m],
  ['setup.cfg', /^\s*python_requires\s*=\s*(.+)$/m],
  ['setup.py', /\bpython_requires\s*=\s*["']([^"'\n]*)["']/],
];

function chosen(file: string, wanted: string, known: readonly number[]): PythonChoice {
  const [minor] = known;
  if (minor !== undefined) return { version: `3.${minor}` };
  const version = `3.${KNOWN[0]}`;
  return {
    version,
    note: `${file} asks for Python ${wanted.trim()}, which Cog does not have: cog.yaml says ${version}.`,
  };
}

/** Whether a range of versions allows 3.minor. What is not understood forbids nothing. */
function allows(range: string, minor: number): boolean {
  return range.split(',').every((part) => {
    const [, sign = '==', major, limit = '0', rest] =
      /^\s*(>=|<=|==|!=|~=|\^|~|>|<)?\s*(\d+)(?:\.(\d+))?(\.[\d*]+)?/.exec(part) ?? [];
    if (major === undefined) return true;
    if (Number(major) !== 3)
      return sign.startsWith('<') ? Number(major) > 3 : sign.startsWith('>') && Number(major) < 3;
    const other = Number(limit);
    switch (sign) {
      case '>=':
      case '^':
        return minor >= other;
      case '>':
        // Above 3.11.2 there is 3.11.3.
        return rest === undefined ? minor > other : minor >= other;
      case '<':
        return rest === undefined ? minor < other : minor <= other;
      case '<=':
        return minor <= other;
      case '!=':
        return rest !== undefined && rest !== '.*' ? true : minor !== other;
      case '~=':
        return rest === undefined ? minor >= other : minor === other;
      default:
        return minor === other;
    }
  });
}
