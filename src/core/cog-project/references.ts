/**
 * The classes of a project that its configuration can name: `run.py:Runner`.
 */
import type { ProjectFiles } from '../scaffold/plan';
import type { PythonFacts } from './python-facts';

/** Files that are read, at most: this is for a list to choose from. */
const MOST = 40;

/** The references to the classes in the project's own folder that have the method, files in order of their names. */
export async function referencesIn(
  files: ProjectFiles,
  readPython: (source: string) => PythonFacts,
  method: 'run' | 'predict',
): Promise<readonly string[]> {
  const names = (await files.list('')).filter((name) => name.endsWith('.py')).slice(0, MOST);
  const found = await Promise.all(
    names.map(async (name) => {
      const source = await files.read(name).catch(() => undefined);
      const { classes } = source === undefined ? { classes: [] } : readPython(source);
      const runners = classes.filter(({ methods }) => methods.some((one) => one.name === method));
      return runners.map((runner) => `${name}:${runner.name}`);
    }),
  );
  return found.flat();
}
