/**
 * What scaffolds wrote and what was there before, so that they can be undone: also by another window, in which a new
 * project is often opened. Each scaffold is a file of its own, because several windows write at once.
 */
import * as vscode from 'vscode';
import { decode, encode, entriesOf } from '../disk';

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
  /** URIs of the folders that the window had open, in which undoing is expected too. Older versions did not keep them. */
  readonly openFolders?: readonly string[];
}

/** One scaffold. */
export interface Scaffold extends ScaffoldDraft {
  readonly id: string;
  /** Undone already; kept for comparing what was written with what stands. */
  readonly undone: boolean;
  /** Being written or undone; after a crash or a failure, files may hold the beginning of a text only. */
  readonly unfinished?: boolean;
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
  /** One task of this window at a time: nothing is undone while the last of it is still being written. */
  inTurn<T>(task: () => Promise<T>): Promise<T>;
}

/** A journal in a folder; `now` in milliseconds. */
export function createJournal(folder: vscode.Uri, now: () => number): Journal {
  const { fs } = vscode.workspace;
  const at = (id: string): vscode.Uri => vscode.Uri.joinPath(folder, `${id}.json`);
  let turn: Promise<unknown> = Promise.resolve();

  const save = async (scaffold: Scaffold): Promise<void> => {
    await fs.createDirectory(folder);
    // Whoever reads meanwhile, and a crash, meet the scaffold as it was or as it is, never half of it.
    // Its own name: another window may undo this one at the same time.
    const draft = vscode.Uri.joinPath(folder, `${scaffold.id}-${crypto.randomUUID()}.tmp`);
    try {
      await fs.writeFile(draft, encode(JSON.stringify(scaffold)));
      await fs.rename(draft, at(scaffold.id), { overwrite: true });
    } catch (error) {
      await Promise.resolve(fs.delete(draft)).catch(() => undefined);
      throw error;
    }
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
    return names
      .flatMap((name) => /^(\d{15}(?:-[0-9a-f]{8})?)\.json$/.exec(name)?.[1] ?? [])
      .sort((a, b) => (a < b ? 1 : -1));
  };

  return {
    async begin(draft) {
      // After the newest one, also when the clock was set back.
      const newest = Number((await ids())[0]?.slice(0, TIME_LENGTH) ?? -1);
      const scaffold = { ...draft, id: idOf(Math.max(now(), newest + 1)), undone: false, unfinished: true };
      await save(scaffold);
      await Promise.all((await ids()).slice(MAX_ENTRIES).map(remove));
      return scaffold;
    },
    save,
    remove,
    inTurn(task) {
      const result = turn.then(task);
      turn = result.catch(() => undefined);
      return result;
    },
    async all() {
      const read = async (id: string): Promise<Scaffold[]> => {
        try {
          const value: unknown = JSON.parse(decode(await fs.readFile(at(id))));
          return isScaffold(value) && value.id === id ? [value] : [];
        } catch {
          // Damaged, or just removed by another window.
          return [];
        }
      };
      return (await Promise.all((await ids()).map(read))).flat();
    },
  };
}

/** Digits of the time in an id: of one length, so that names sort by time. */
const TIME_LENGTH = 15;

/** Another one for every window that asks at the same time. */
const idOf = (time: number): string => `${String(time).padStart(TIME_LENGTH, '0')}-${crypto.randomUUID().slice(0, 8)}`;

function isScaffold(value: unknown): value is Scaffold {
  return (
    isRecord(value) &&
    ['id', 'label'].every((key) => typeof value[key] === 'string') &&
    isUri(value['root']) &&
    typeof value['undone'] === 'boolean' &&
    isListOfUris(value['folders']) &&
    (value['openFolders'] === undefined || isListOfUris(value['openFolders'])) &&
    Array.isArray(value['files']) &&
    value['files'].every(isWrittenFile)
  );
}

function isWrittenFile(value: unknown): value is WrittenFile {
  return (
    isRecord(value) &&
    isInside(value['path']) &&
    typeof value['after'] === 'string' &&
    (value['before'] === undefined || typeof value['before'] === 'string')
  );
}

function isListOfUris(value: unknown): boolean {
  return Array.isArray(value) && value.every(isUri);
}

function isUri(value: unknown): boolean {
  try {
    return typeof value === 'string' && Boolean(vscode.Uri.parse(value, true));
  } catch {
    return false;
  }
}

/** Whether it is a path that stays within its root. */
function isInside(path: unknown): boolean {
  return typeof path === 'string' && path.split('/').every((part) => !['', '.', '..'].includes(part));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
