/**
 * What scaffolds wrote and what was there before, so that they can be undone: also by another window, in which a new
 * project is often opened. Each scaffold is a file of its own, because several windows write at once.
 */
import * as vscode from 'vscode';
import { decode, encode, entriesOf, statOf } from './disk';

/** Scaffolds that are kept. */
const MAX_ENTRIES = 10;

/** A file that a scaffold wrote. */
export interface WrittenFile {
  /** Relative to the root. */
  readonly path: string;
  /** The text that it had; absent where there was no file. */
  readonly before?: string;
  readonly after: string;
}

/** What is known of a scaffold before it is applied. */
export interface ScaffoldDraft {
  /** For people: what was scaffolded. */
  readonly label: string;
  /** URI of the folder that the paths are relative to. */
  readonly root: string;
  readonly files: readonly WrittenFile[];
  /** URIs of folders that were not there before, each before those inside it. */
  readonly folders: readonly string[];
}

/** One scaffold. */
export interface Scaffold extends ScaffoldDraft {
  readonly id: string;
  /** Undone already; kept for comparing what was written with what stands. */
  readonly undone: boolean;
}

/** All scaffolds of this machine. */
export interface Journal {
  /** Adds a scaffold and forgets the oldest ones. */
  begin(draft: ScaffoldDraft): Promise<Scaffold>;
  /** Replaces a scaffold by its id. */
  save(scaffold: Scaffold): Promise<void>;
  /** Forgets a scaffold. What cannot be removed now is, with time, among the oldest. */
  remove(id: string): Promise<void>;
  /** The newest first. Files that are no scaffolds are left out. */
  all(): Promise<readonly Scaffold[]>;
}

/** A journal in a folder; `now` in milliseconds. */
export function createJournal(folder: vscode.Uri, now: () => number): Journal {
  const { fs } = vscode.workspace;
  const at = (id: string): vscode.Uri => vscode.Uri.joinPath(folder, `${id}.json`);

  const save = async (scaffold: Scaffold): Promise<void> => {
    await fs.createDirectory(folder);
    // Whoever reads meanwhile, and a crash, meet the scaffold as it was or as it is, never half of it.
    const draft = vscode.Uri.joinPath(folder, `${scaffold.id}.tmp`);
    await fs.writeFile(draft, encode(JSON.stringify(scaffold)));
    await fs.rename(draft, at(scaffold.id), { overwrite: true });
  };

  const remove = async (id: string): Promise<void> => {
    try {
      await fs.delete(at(id));
    } catch {
      // Another window was faster, or the next scaffold removes it.
    }
  };

  /** Ids in the order of time, the newest first. */
  const ids = async (): Promise<string[]> => {
    const names = (await entriesOf(folder)).map(([name]) => name);
    return names.flatMap((name) => /^(\d{15})\.json$/.exec(name)?.[1] ?? []).sort((a, b) => (a < b ? 1 : -1));
  };

  return {
    async begin(draft) {
      let time = now();
      while ((await statOf(at(idOf(time)))) !== undefined) time += 1;
      const scaffold = { ...draft, id: idOf(time), undone: false };
      await save(scaffold);
      await Promise.all((await ids()).slice(MAX_ENTRIES).map(remove));
      return scaffold;
    },
    save,
    remove,
    async all() {
      const read = async (id: string): Promise<Scaffold[]> => {
        try {
          const value: unknown = JSON.parse(decode(await fs.readFile(at(id))));
          return isScaffold(value) ? [value] : [];
        } catch {
          // Damaged, or just removed by another window.
          return [];
        }
      };
      return (await Promise.all((await ids()).map(read))).flat();
    },
  };
}

/** Of one length, so that names sort by time. */
const idOf = (time: number): string => String(time).padStart(15, '0');

function isScaffold(value: unknown): value is Scaffold {
  return (
    isRecord(value) &&
    ['id', 'label', 'root'].every((key) => typeof value[key] === 'string') &&
    typeof value['undone'] === 'boolean' &&
    Array.isArray(value['folders']) &&
    value['folders'].every((folder) => typeof folder === 'string') &&
    Array.isArray(value['files']) &&
    value['files'].every(isWrittenFile)
  );
}

function isWrittenFile(value: unknown): value is WrittenFile {
  return (
    isRecord(value) &&
    typeof value['path'] === 'string' &&
    typeof value['after'] === 'string' &&
    (value['before'] === undefined || typeof value['before'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
