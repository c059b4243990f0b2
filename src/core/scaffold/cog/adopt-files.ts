/**
 * The Python files of a folder that a model may be made of.
 */
import { nameOf, under } from '../paths';
import type { ProjectFiles } from '../plan';

/** Names of folders that hold environments, caches, and what is not the model. */
const NEVER =
  /^(?:\..*|node_modules|venv|env|site-packages|__pycache__|build|dist|tests?|docs?|examples?|notebooks?|.*\.egg-info)$/;

/** Names of files that nobody means. */
const NOT = /^(?:__init__|__main__|setup|conftest|noxfile|test_.*|.*_test|version|_version)\.py$/;

/** Names that models are kept under, the likeliest first. */
const LIKELY = [
  ...['predict', 'predictor', 'inference', 'infer', 'run', 'runner', 'generate', 'pipeline', 'model', 'app', 'main'],
  ...['demo', 'serve', 'server', 'api'],
];

/** Folders below folders that are looked into. */
const DEEPEST = 3;

/** More is not a list that anybody reads. */
const MOST = 200;

/** The files, the likeliest first: by name, then by depth, then by path. */
export async function adoptableFiles(files: ProjectFiles): Promise<readonly string[]> {
  const found: string[] = [];
  let folders = [''];
  for (let depth = 0; depth <= DEEPEST && folders.length > 0 && found.length < MOST; depth++) {
    const below: string[] = [];
    for (const folder of folders.slice(0, MOST)) {
      const names = await files.list(folder);
      // A project of its own needs no adopting.
      if (folder !== '' && names.includes('cog.yaml')) continue;
      for (const name of names) {
        if (name.endsWith('/')) {
          const bare = name.slice(0, -1);
          if (!NEVER.test(bare)) below.push(under(folder, bare));
        } else if (name.endsWith('.py') && !NOT.test(name)) found.push(under(folder, name));
      }
    }
    folders = below;
  }
  return found.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1)).slice(0, MOST);
}

function rank(path: string): number {
  const depth = path.split('/').length;
  const at = LIKELY.indexOf(nameOf(path).replace(/\.py$/, ''));
  return (at < 0 ? LIKELY.length : at) * 10 + depth;
}
