/**
 * What a scaffold would do, before anything is done. Planners are pure: they read through `ProjectFiles` and answer with
 * a plan, which the user sees, applies and can undo. All paths are relative to one folder, with forward slashes.
 */

/** The folder that a planner looks at. */
export interface ProjectFiles {
  /**
   * The text of a file with every byte of it, a byte order mark included; undefined where there is none.
   * Throws `ScaffoldError` with code `unreadable` for folders, files that are not UTF-8 and files above 4 MiB.
   */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder, those of folders with a slash at the end; empty where there is none. `''` is the root. */
  list(folder: string): Promise<readonly string[]>;
}

/** A file to be made. */
export interface FileCreate {
  readonly path: string;
  readonly text: string;
}

/** A file to be changed. */
export interface FileEdit {
  readonly path: string;
  /** As it was read: when the file is another by the time of applying, nothing is written. */
  readonly before: string;
  readonly after: string;
}

/** A file that is left as it is, because nothing is to be done or the user keeps it. */
export interface Skip {
  readonly path: string;
  /** A sentence. */
  readonly reason: string;
}

/** Something that cannot be done. A plan with conflicts creates and edits nothing. */
export interface Conflict {
  readonly path: string;
  /** A sentence: what is wrong, and what to do. */
  readonly reason: string;
  /** Where in the file, both counted from 1. */
  readonly place?: Place;
  /** What to paste by hand. */
  readonly snippet?: string;
}

/** A position in a text, both counted from 1; the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A command that can be run afterwards, and is only ever offered. */
export interface PlannedCommand {
  readonly id:
    'install' | 'types' | 'check' | 'test' | 'dev' | 'dev-offline' | 'deploy' | 'build' | 'size' | 'login' | 'push';
  /** As it is typed into a shell. */
  readonly line: string;
  /** The folder to run it in; `''` is the root. */
  readonly folder: string;
}

/** Everything that a scaffold would do. */
export interface ScaffoldPlan {
  readonly creates: readonly FileCreate[];
  readonly edits: readonly FileEdit[];
  readonly skips: readonly Skip[];
  readonly conflicts: readonly Conflict[];
  readonly commands: readonly PlannedCommand[];
  /** Sentences that the user should read before applying. */
  readonly notes: readonly string[];
}

/** What a scaffold command answers (the contract's "plan result"). */
export interface PlanResult {
  readonly created: readonly string[];
  readonly edited: readonly string[];
  readonly skipped: readonly Skip[];
  readonly conflicts: readonly Pick<Conflict, 'path' | 'reason'>[];
  /** False: only planned, cancelled, or nothing to do. */
  readonly applied: boolean;
}

/** Why a scaffold cannot be planned or applied at all. Codes are kebab-case words. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
