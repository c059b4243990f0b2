/**
 * What stands in the folder of a new project already. Nothing of it is overwritten.
 */
import { nameOf, parentOf, upwards } from '../paths';
import { ScaffoldError, type Conflict, type FileCreate, type ProjectFiles, type Skip } from '../plan';
import { holdsText } from '../readable';

/** What is to be done for a folder to hold files. */
export interface Comparison {
  readonly creates: readonly FileCreate[];
  readonly skips: readonly Skip[];
  readonly conflicts: readonly Conflict[];
}

/** Compares a folder with the files that it is to hold, its configuration among them. */
export async function compareFolder(
  files: ProjectFiles,
  wanted: readonly FileCreate[],
  config: string,
): Promise<Comparison> {
  const creates: FileCreate[] = [];
  const skips: Skip[] = [];
  const conflicts: Conflict[] = (await files.list(''))
    .filter((name) => /^wrangler\.(?:jsonc?|toml)$/.test(name) && name !== config)
    .map((path) => ({ path, reason: 'The folder holds a Worker already. Choose another name for the new one.' }));
  for (const file of wanted) {
    const there = await whatIsAt(files, file.path);
    if (there === undefined) creates.push(file);
    else if (holdsText(there.text, file.text)) {
      skips.push({ path: file.path, reason: 'It is there already, with the same text.' });
    } else conflicts.push({ path: there.path, reason: `${there.is} Choose another name, or move it away.` });
  }
  return { creates, skips, conflicts };
}

interface Existing {
  readonly path: string;
  /** A sentence. */
  readonly is: string;
  /** Of a file that can be read. */
  readonly text?: string;
}

async function whatIsAt(files: ProjectFiles, path: string): Promise<Existing | undefined> {
  for (const folder of upwards(parentOf(path)).filter((one) => one !== '')) {
    const isFile = (await files.list(parentOf(folder))).includes(nameOf(folder));
    if (isFile) return { path: folder, is: 'A file stands where a folder should be.' };
  }
  if ((await files.list(parentOf(path))).includes(`${nameOf(path)}/`)) {
    return { path, is: 'A folder stands where a file should be.' };
  }
  try {
    const text = await files.read(path);
    return text === undefined ? undefined : { path, is: 'There is another file of this name.', text };
  } catch (error) {
    if (!(error instanceof ScaffoldError) || error.code !== 'unreadable') throw error;
    return { path, is: 'There is something else of this name, which cannot be read.' };
  }
}
