import type { ProjectFiles } from '../../../../src/core/scaffold/plan';

/** A folder in memory, by path. */
export function fakeFiles(texts: Readonly<Record<string, string>>): ProjectFiles {
  return {
    read: (path) => Promise.resolve(Object.hasOwn(texts, path) ? texts[path] : undefined),
    list(folder) {
      const start = folder === '' ? '' : `${folder}/`;
      const names = Object.keys(texts).flatMap((path) => {
        if (!path.startsWith(start)) return [];
        const [name, ...rest] = path.slice(start.length).split('/');
        return rest.length === 0 ? [name ?? ''] : [`${name}/`];
      });
      return Promise.resolve([...new Set(names)]);
    },
  };
}

/** The same folder after a plan was applied. */
export function applied(
  texts: Readonly<Record<string, string>>,
  plan: {
    readonly creates: readonly { readonly path: string; readonly text: string }[];
    readonly edits: readonly { readonly path: string; readonly after: string }[];
  },
): Record<string, string> {
  return {
    ...texts,
    ...Object.fromEntries(plan.creates.map(({ path, text }) => [path, text])),
    ...Object.fromEntries(plan.edits.map(({ path, after }) => [path, after])),
  };
}
