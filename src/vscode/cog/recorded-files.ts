/**
 * Files as checks read them. They remember what was asked of them: what a check has not looked at cannot change what it
 * found.
 */
import type { ProjectFiles } from '../../core/scaffold/plan';

/** The files, and what was asked of them so far. */
export interface RecordedFiles extends ProjectFiles {
  /** Whether a change at this path, or of whole folders above it, can change what a check of these files finds. */
  dependsOn(path: string): boolean;
}

/** Records what is asked of `files`, also what is not there. */
export function recorded(files: ProjectFiles): RecordedFiles {
  const read = new Set<string>();
  const listed = new Set<string>();
  return {
    read(path) {
      read.add(path);
      return files.read(path);
    },
    list(folder) {
      listed.add(folder.replace(/\/$/, ''));
      return files.list(folder);
    },
    dependsOn(path) {
      const within = (one: string) => one.startsWith(`${path}/`);
      return read.has(path) || listed.has(parentOf(path)) || [...read, ...listed].some(within);
    },
  };
}

/** Texts as editors have them, without the byte order mark, so that columns are those of the editor. */
export function asDocuments(files: ProjectFiles): ProjectFiles {
  return {
    read: async (path) => (await files.read(path))?.replace(/^\uFEFF/, ''),
    list: (folder) => files.list(folder),
  };
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
