/**
 * `.dockerignore` and `.gitignore` of an existing project: made where they are not, and otherwise left to people.
 */
import type { FileCreate, ProjectFiles, Skip } from '../plan';
import { readable } from '../readable';

/** What becomes of one of the files. */
export interface IgnoreFile {
  readonly create?: FileCreate;
  readonly skip?: Skip;
  /** A sentence with the lines to add. */
  readonly note?: string;
}

/** Compares the file with the text of a new project's, but for lines that would leave out folders of this project. */
export async function ignoreFile(files: ProjectFiles, path: string, template: string): Promise<IgnoreFile> {
  const own = await ownFolders(files);
  const text = template
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => !own.has(sameLine(line)))
    .join('\n');
  if (!(await files.list('')).includes(path)) return { create: { path, text } };
  const there = (await readable(files, path)) ?? '';
  const known = new Set(linesOf(there).map(sameLine));
  const missing = linesOf(text).filter((line) => !known.has(sameLine(line)));
  const skip = { path, reason: 'It is there already.' };
  return missing.length === 0
    ? { skip }
    : { skip, note: `${path} is there already. Lines that it lacks: ${missing.join('  ')}` };
}

/** Folders that may hold what the model imports or loads: all but hidden ones, environments and what tools write. */
async function ownFolders(files: ProjectFiles): Promise<ReadonlySet<string>> {
  const own = new Set<string>();
  for (const name of await files.list('')) {
    const folder = name.slice(0, -1);
    if (!name.endsWith('/') || /^\.|^(?:node_modules|__pycache__)$/.test(folder)) continue;
    if (!(await files.list(folder)).includes('pyvenv.cfg')) own.add(folder);
  }
  return own;
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('!'));
}

// As far as a word of advice needs to know, `/.venv/` and one with stars before it leave out the same as `.venv`.
function sameLine(line: string): string {
  return line.replace(/^(?:\/|\*\*\/)+/, '').replace(/\/(?:\*\*)?$/, '');
}
