import type { FixEdit } from '../../../../src/core/cog-project/problem';
import { placeAt } from '../../../../src/core/cog-project/source-place';
import type { ProjectFiles } from '../../../../src/core/scaffold/plan';
import type { Project } from './corpus';

/** A project in memory. */
export function filesOf(project: Project): ProjectFiles {
  return {
    read: (path) => Promise.resolve(Object.hasOwn(project, path) ? project[path] : undefined),
    list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const names = Object.keys(project)
        .filter((path) => path.startsWith(start))
        .map((path) => path.slice(start.length).replace(/\/.*$/s, '/'));
      return Promise.resolve([...new Set(names)]);
    },
  };
}

/** A project after a fix. */
export function fixed(project: Project, edits: readonly FixEdit[]): Project {
  const texts: Record<string, string> = { ...project };
  const inOrder = edits.toSorted((a, b) =>
    a.kind === 'replace' && b.kind === 'replace' ? b.span.line - a.span.line || b.span.column - a.span.column : 0,
  );
  for (const edit of inOrder) {
    const text = texts[edit.file] ?? '';
    if (edit.kind === 'create') texts[edit.file] = edit.text;
    else {
      const { line, column, endLine, endColumn } = edit.span;
      texts[edit.file] =
        text.slice(0, placeAt(text, line, column)) + edit.text + text.slice(placeAt(text, endLine, endColumn));
    }
  }
  return texts;
}
