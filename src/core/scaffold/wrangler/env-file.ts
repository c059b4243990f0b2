/**
 * Finds the file whose `Env` type a Worker uses.
 */
import { parentOf, resolve, under } from '../paths';
import type { FileEdit, ProjectFiles } from '../plan';
import { readable } from '../readable';
import { addToEnv, type EnvEdit } from './env-interface';
import { isGenerated } from './find-configs';

/** What is to be done about the type. */
export interface EnvPlan {
  readonly edits: readonly FileEdit[];
  readonly notes: readonly string[];
}

/** More would be slow to read in a workspace that is far away. */
const MOST_FILES = 200;

/**
 * Adds the binding to the `Env` that the entry declares or imports; else, when wrangler does not write it, to the one in
 * the type files beside the configuration and in the folder of the sources. Where there are several, to none of them.
 */
export async function planEnv(files: ProjectFiles, folder: string, main: unknown, binding: string): Promise<EnvPlan> {
  const entry = typeof main === 'string' ? resolve(folder, main) : undefined;
  const text = entry === undefined || !SOURCE.test(entry) ? undefined : await readable(files, entry);
  if (entry !== undefined && text !== undefined) {
    for (const path of [entry, ...importedFrom(parentOf(entry), text)]) {
      const found = await look(files, path, binding);
      if (found !== undefined) return planOf(found, binding);
    }
  }
  const beside = await files.list(folder);
  if (beside.includes(WRITTEN_BY_WRANGLER)) return nothing;
  const sources = entry === undefined || parentOf(entry) === folder ? under(folder, 'src') : parentOf(entry);
  const types = beside.filter((name) => name.endsWith('.d.ts')).map((name) => under(folder, name));
  const paths = [...types, ...(await typeScriptIn(files, sources, MOST_FILES))].slice(0, MOST_FILES);
  const found: Found[] = [];
  for (const path of new Set(paths)) {
    const one = path === entry ? undefined : await look(files, path, binding);
    if (one !== undefined) found.push(one);
  }
  const [first, ...others] = found;
  if (first === undefined) return nothing;
  if (others.length === 0) return planOf(first, binding);
  // One of them is complete, and so very likely the one.
  if (found.some(({ result }) => result.kind === 'there')) return nothing;
  const names = found.map(({ path }) => path).join(', ');
  return { edits: [], notes: [`Several files declare Env (${names}): add ${binding}: Ai to the one of this Worker.`] };
}

const SOURCE = /\.[cm]?tsx?$/;
const TEST = /(?:^|\/)(?:tests?|__tests__)\/|\.(?:test|spec)\./;
const WRITTEN_BY_WRANGLER = 'worker-configuration.d.ts';
const nothing: EnvPlan = { edits: [], notes: [] };

/** A file that declares the type. */
interface Found {
  readonly path: string;
  readonly before: string;
  readonly result: Exclude<EnvEdit, { kind: 'none' }>;
}

async function look(files: ProjectFiles, path: string, binding: string): Promise<Found | undefined> {
  const before = await readable(files, path);
  if (before === undefined) return undefined;
  const result = addToEnv(before, binding);
  return result.kind === 'none' ? undefined : { path, before, result };
}

function planOf({ path, before, result }: Found, binding: string): EnvPlan {
  if (result.kind === 'edited') return { edits: [{ path, before, after: result.text }], notes: [] };
  if (result.kind === 'inherited' || /^(?:Ai(?:<.*>)?(?:\s*\|\s*undefined)?|any)$/s.test(result.type)) return nothing;
  const note = `Env in ${path} declares ${binding} as ${result.type}, not as Ai: it is left as it is.`;
  return { edits: [], notes: [note] };
}

/** Files that may be meant by the import of `Env`; by the rules of Node and of bundlers. */
function importedFrom(folder: string, text: string): readonly string[] {
  const specifier = /\bimport\s[^;"']*\bEnv\b[^;"']*\bfrom\s*["'](\.[^"']*)["']/.exec(text)?.[1];
  const path = specifier === undefined ? undefined : resolve(folder, specifier);
  if (path === undefined) return [];
  const stem = path.replace(/\.[cm]?[jt]s$/, '');
  return [`${stem}.ts`, `${stem}.d.ts`, `${stem}.mts`, `${stem}.tsx`, `${path}/index.ts`];
}

async function typeScriptIn(files: ProjectFiles, folder: string, most: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of [...(await files.list(folder))].sort()) {
    const path = under(folder, name);
    if (found.length >= most || isGenerated(path) || TEST.test(path)) continue;
    if (name.endsWith('/')) found.push(...(await typeScriptIn(files, path.slice(0, -1), most - found.length)));
    else if (SOURCE.test(name) && name !== WRITTEN_BY_WRANGLER) found.push(path);
  }
  return found;
}
