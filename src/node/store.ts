/**
 * The playground's memory in SQLite (`node:sqlite`). Several hosts may share one file: write-ahead logging, short
 * transactions, and patience when another one writes. A damaged file is set aside, never deleted.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Log, PlaygroundStore } from '../app/ports';
import type { PlaygroundIntent, RunView } from '../protocol/api';

/** Milliseconds to wait for another process's write. */
const BUSY_TIMEOUT = 5_000;

/** SQLite result codes (low byte) that mean the file is not a healthy database: CORRUPT, NOTADB. */
const damageCodes: ReadonlySet<number> = new Set([11, 26]);

/** Each step runs once, in order; `user_version` counts those done. Never edit a step that was released. */
const migrations: readonly string[] = [
  `CREATE TABLE intent (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     value TEXT NOT NULL CHECK (json_valid(value))
   ) STRICT;
   CREATE TABLE runs (
     position INTEGER PRIMARY KEY AUTOINCREMENT,
     run_id TEXT NOT NULL UNIQUE,
     column_id TEXT NOT NULL,
     model_id TEXT NOT NULL,
     status TEXT NOT NULL,
     simulated INTEGER NOT NULL,
     started_at TEXT NOT NULL,
     cleared INTEGER NOT NULL DEFAULT 0,
     value TEXT NOT NULL CHECK (json_valid(value))
   ) STRICT;
   CREATE INDEX runs_by_column ON runs (column_id, cleared, position);`,
];

function migrate(database: DatabaseSync): void {
  // Takes the write lock before looking, so that two hosts starting together do not both migrate.
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > migrations.length) {
      throw new Error('The playground data was written by a newer version of Unified Inference. Update this one.');
    }
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function open(file: string) {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    migrate(database);
    return {
      close: () => database.close(),
      loadIntent: database.prepare('SELECT value FROM intent WHERE id = 1'),
      saveIntent: database.prepare(
        'INSERT INTO intent (id, value) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value',
      ),
      // An update keeps `cleared`: a run that ends after it was cleared stays cleared.
      saveRun: database.prepare(
        `INSERT INTO runs (run_id, column_id, model_id, status, simulated, started_at, value) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (run_id) DO UPDATE SET status = excluded.status, value = excluded.value`,
      ),
      lastRun: database.prepare(
        'SELECT value FROM runs WHERE column_id = ? AND cleared = 0 ORDER BY position DESC LIMIT 1',
      ),
      clear: database.prepare('UPDATE runs SET cleared = 1 WHERE cleared = 0'),
    };
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
 * Opens the store, making its folder and file when they are missing. Damage, now or later, costs what was stored and is
 * logged; the file is kept under another name. Throws when the folder cannot be written or the data is of a newer version.
 */
export function openStore(file: string, log: Log): PlaygroundStore {
  mkdirSync(path.dirname(file), { recursive: true });

  function rebuild(error: unknown): ReturnType<typeof open> {
    if (!isDamage(error)) throw error;
    const name = setAside(file);
    log.warn(`The playground data was damaged and starts anew; the damaged file was kept as ${name}`);
    return open(file);
  }

  function openOrRebuild(): ReturnType<typeof open> {
    try {
      return open(file);
    } catch (error) {
      return rebuild(error);
    }
  }

  let database = openOrRebuild();

  function attempt<T>(body: (statements: typeof database) => T): T {
    try {
      return body(database);
    } catch (error) {
      if (!isDamage(error)) throw error;
      database.close();
      database = rebuild(error);
      return body(database);
    }
  }

  return {
    loadIntent: () =>
      attempt(({ loadIntent }) => {
        const row = loadIntent.get();
        return row === undefined ? undefined : (JSON.parse(String(row['value'])) as PlaygroundIntent);
      }),
    saveIntent: (intent) => void attempt(({ saveIntent }) => saveIntent.run(JSON.stringify(intent))),
    saveRun(run) {
      const { runId, columnId, model, simulated, state } = run;
      const startedAt = new Date().toISOString();
      const value = JSON.stringify(run);
      attempt(({ saveRun }) =>
        saveRun.run(runId, columnId, model.id, state.status, simulated ? 1 : 0, startedAt, value),
      );
    },
    lastRuns: (columnIds) =>
      attempt(({ lastRun }) =>
        columnIds.flatMap((columnId) => {
          const row = lastRun.get(columnId);
          return row === undefined ? [] : [JSON.parse(String(row['value'])) as RunView];
        }),
      ),
    clearColumns: () => void attempt(({ clear }) => clear.run()),
    dispose: () => database.close(),
  };
}
