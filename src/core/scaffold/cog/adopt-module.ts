/**
 * How Python finds a file of an existing project when it is run from the project's folder.
 */
import type { PythonFacts } from '../../cog-project/python-facts';
import { nameOf, parentOf } from '../paths';
import type { ProjectFiles } from '../plan';
import type { ModuleOfFile } from './adopt-call';

/**
 * The file's module: in its package, if it is part of one, as an `__init__.py` or its relative imports say. A file in no
 * package is imported as its neighbours import each other, from its own folder.
 */
export async function moduleOf(files: ProjectFiles, file: string, facts: PythonFacts): Promise<ModuleOfFile> {
  const levels = facts.imports.map(({ module }) => /^\.*/.exec(module)?.[0].length ?? 0);
  let outermost = Math.max(0, ...levels);
  let folder = parentOf(file);
  let name = nameOf(file).replace(/\.py$/, '');
  while (folder !== '' && (outermost-- > 0 || (await files.list(folder)).includes('__init__.py'))) {
    name = name === '__init__' ? nameOf(folder) : `${nameOf(folder)}.${name}`;
    folder = parentOf(folder);
  }
  return { name, folder };
}

/** What in the project's own folder hides Cog's package from Python; undefined when nothing does. */
export async function hidesCog(files: ProjectFiles): Promise<string | undefined> {
  const names = await files.list('');
  if (names.includes('cog.py')) return 'cog.py';
  const isPackage = names.includes('cog/') && (await files.list('cog')).includes('__init__.py');
  return isPackage ? 'cog/__init__.py' : undefined;
}
