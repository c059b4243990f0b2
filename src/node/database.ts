/**
 * A SQLite file (`node:sqlite`) that several hosts may share: write-ahead logging, short transactions, and patience when
 * another one writes. A damaged file is set aside, never deleted.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Disposable, Log } from '../app/ports';

/** Milliseconds to wait for another process's write. */
const BUSY_TIMEOUT = 5_000;

/** SQLite result codes (low byte) that mean the file is not a healthy database: CORRUPT, NOTADB. */
const damageCodes: ReadonlySet<number> = new Set([11, 26]);

/** What a file holds. */
export interface DatabaseKind<Statements> {
  /** What is in it, in words for messages: "playground data". */
  readonly name: string;
  /** Each step runs once, in order; `user_version` counts those done. Never edit a step that was released. */
  readonly migrations: readonly string[];
  /** Called whenever the file was opened. */
  prepare(database: DatabaseSync): Statements;
}

/** An open file. */
export interface Database<Statements> extends Disposable {
  /** Uses the statements. Damage found meanwhile costs what was stored: the body then runs again, on a new file. */
  attempt<T>(body: (statements: Statements) => T): T;
}

function migrate(database: DatabaseSync, { name, migrations }: DatabaseKind<unknown>): void {
  // Takes the write lock before looking, so that two hosts starting together do not both migrate.
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > migrations.length) {
      throw new Error(`The ${name} was written by a newer version of Unified Inference. Update this one.`);
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function open<Statements>(file: string, kind: DatabaseKind<Statements>) {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    migrate(database, kind);
    return { statements: kind.prepare(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' && damageCodes.has(code & 0xff);
}

/** Renames the file and its companions out of the way. */
function setAside(file: string): string {
  const name = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, name + suffix);
  return name;
}

/**
 * Opens the file, making it and its folder when they are missing. Damage, now or later, is logged and the file kept
 * under another name. Throws when the folder cannot be written or the data is of a newer version.
 */
export function openDatabase<Statements>(file: string, kind: DatabaseKind<Statements>, log: Log): Database<Statements> {
  mkdirSync(path.dirname(file), { recursive: true });

  function rebuild(error: unknown): ReturnType<typeof open<Statements>> {
    if (!isDamage(error)) throw error;
    const name = setAside(file);
    log.warn(`The ${kind.name} was damaged and starts anew; the damaged file was kept as ${name}`);
    return open(file, kind);
  }

  function openOrRebuild(): ReturnType<typeof open<Statements>> {
    try {
      return open(file, kind);
    } catch (error) {
      return rebuild(error);
    }
  }

  let database = openOrRebuild();
  return {
    attempt(body) {
      try {
        return body(database.statements);
      } catch (error) {
        if (!isDamage(error)) throw error;
        database.close();
        database = rebuild(error);
        return body(database.statements);
      }
    },
    dispose: () => database.close(),
  };
}
