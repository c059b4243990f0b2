/**
 * Reading files that a planner can do without.
 */
import { ScaffoldError, type ProjectFiles } from './plan';

/** The text of a file; undefined for what is not there, and for what is no text. */
export async function readable(files: ProjectFiles, path: string): Promise<string | undefined> {
  try {
    return await files.read(path);
  } catch (error) {
    if (error instanceof ScaffoldError && error.code === 'unreadable') return undefined;
    throw error;
  }
}

/** Whether a file holds a text of ours, in which Git may have changed the line ends. */
export function holdsText(there: string | undefined, ours: string): boolean {
  return there?.replaceAll('\r\n', '\n') === ours;
}
