/**
 * Variables for development, which wrangler puts into `env` beside the bindings.
 */
import { under } from '../paths';
import type { ProjectFiles } from '../plan';
import { readable } from '../readable';

/** Names that are defined in a file of `NAME=value` lines; values in quotes may have several lines. */
export function dotVarNames(text: string): readonly string[] {
  const lines =
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|`[^`]*`|[^\r\n]*)/gm;
  return [...text.replace(/^\uFEFF/, '').matchAll(lines)].flatMap(([, name]) => name ?? []);
}

/** Each variable that a Worker gets in development, at the top level or in one of these environments, with its file. */
export async function variablesNear(
  files: ProjectFiles,
  folder: string,
  environments: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ends = ['', ...environments.map((name) => `.${name}`)];
  const names = ends.flatMap((end) => [`.dev.vars${end}`, `.env${end}`, `.env${end}.local`]);
  const there = new Set(await files.list(folder));
  const found = new Map<string, string>();
  for (const name of names.filter((one) => there.has(one))) {
    const text = (await readable(files, under(folder, name))) ?? '';
    for (const variable of dotVarNames(text)) if (!found.has(variable)) found.set(variable, name);
  }
  return found;
}
