/**
 * The playground's memory in SQLite. Several hosts may share one file.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Log, PlaygroundStore } from '../app/ports';
import type { PlaygroundIntent, RunView } from '../protocol/api';
import { openDatabase } from './database';

const kind = {
  name: 'playground data',
  migrations: [
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
  ],
  prepare: (database: DatabaseSync) => ({
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
    saveVote: database.prepare(`UPDATE runs SET value = json_set(value, '$.vote', json(?)) WHERE run_id = ?`),
    clear: database.prepare('UPDATE runs SET cleared = 1 WHERE cleared = 0'),
  }),
};

/**
 * Opens the store, making its folder and file when they are missing. Damage, now or later, costs what was stored and is
 * logged; the file is kept under another name. Throws when the folder cannot be written or the data is of a newer version.
 */
export function openStore(file: string, log: Log): PlaygroundStore {
  const { attempt, dispose } = openDatabase(file, kind, log);
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
    saveVotes: (votes) =>
      attempt(({ saveVote }) => {
        for (const { runId, ...vote } of votes) saveVote.run(JSON.stringify(vote), runId);
      }),
    lastRuns: (columnIds) =>
      attempt(({ lastRun }) =>
        columnIds.flatMap((columnId) => {
          const row = lastRun.get(columnId);
          return row === undefined ? [] : [JSON.parse(String(row['value'])) as RunView];
        }),
      ),
    clearColumns: () => void attempt(({ clear }) => clear.run()),
    dispose,
  };
}
