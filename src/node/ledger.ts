/**
 * What this machine has spent and measured, in SQLite. One file for all windows, so that a budget holds over all of them.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Ledger, Log } from '../app/ports';
import type { Measured } from '../protocol/api';
import { openDatabase, type Database } from './database';

/** Milliseconds. */
const DAY = 86_400_000;
/** Days after which a run is forgotten. */
const KEPT_DAYS = 90;
/** Runs behind a median. */
const MEASURED_RUNS = 50;

const kind = {
  name: 'record of spending',
  migrations: [
    `CREATE TABLE runs (
       run_id TEXT PRIMARY KEY,
       model_id TEXT NOT NULL,
       at INTEGER NOT NULL,
       owner TEXT NOT NULL,
       wallet TEXT NOT NULL CHECK (wallet IN ('neurons', 'credits')),
       usd REAL,
       accrued_usd REAL,
       measured INTEGER NOT NULL,
       ttft REAL,
       ttfa REAL,
       decode REAL,
       e2e REAL,
       output_tokens REAL
     ) STRICT;
     CREATE INDEX runs_by_owner ON runs (owner, at);
     CREATE INDEX runs_by_model ON runs (owner, model_id, at) WHERE measured = 1;
     CREATE TABLE recent_models (model_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
     CREATE TABLE favourites (position INTEGER PRIMARY KEY AUTOINCREMENT, model_id TEXT NOT NULL UNIQUE) STRICT;`,
  ],
  prepare(database: DatabaseSync) {
    const now = Date.now();
    // A clock that once ran ahead must not leave runs that count as today's for ever.
    database.prepare('DELETE FROM runs WHERE at < ? OR at > ?').run(now - KEPT_DAYS * DAY, now + DAY);
    return {
      add: database.prepare(
        `INSERT OR REPLACE INTO runs
           (run_id, model_id, at, owner, wallet, usd, accrued_usd, measured, ttft, ttfa, decode, e2e, output_tokens)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      touch: database.prepare(
        `INSERT INTO recent_models (model_id, at) VALUES (?, ?)
         ON CONFLICT (model_id) DO UPDATE SET at = MAX(at, excluded.at)`,
      ),
      spent: database.prepare(
        `SELECT wallet, COALESCE(SUM(usd), 0) AS known, SUM(usd IS NULL) AS unknown,
           COALESCE(SUM(CASE WHEN usd IS NULL THEN accrued_usd END), 0) AS accrued
         FROM runs WHERE owner = ? AND at >= ? GROUP BY wallet`,
      ),
      measuredModels: database.prepare('SELECT DISTINCT model_id FROM runs WHERE owner = ? AND measured = 1'),
      measured: database.prepare(
        `SELECT ttft, ttfa, decode, e2e, output_tokens AS outputTokens FROM runs
         WHERE owner = ? AND model_id = ? AND measured = 1 ORDER BY at DESC LIMIT ${MEASURED_RUNS}`,
      ),
      recent: database.prepare('SELECT model_id FROM recent_models ORDER BY at DESC, rowid DESC LIMIT ?'),
      favourites: database.prepare('SELECT model_id FROM favourites ORDER BY position DESC'),
      addFavourite: database.prepare('INSERT OR IGNORE INTO favourites (model_id) VALUES (?)'),
      removeFavourite: database.prepare('DELETE FROM favourites WHERE model_id = ?'),
    };
  },
};

type Row = Record<string, SQLOutputValue>;

/** The middle of the figures that are known; of an even number, halfway between the two. */
function median(rows: readonly Row[], field: string): number | undefined {
  const values = rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : [])).sort((a, b) => a - b);
  const upper = values[Math.floor(values.length / 2)];
  const lower = values[Math.floor((values.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

function mediansOf(rows: readonly Row[]): Measured {
  const medians = ['ttft', 'ttfa', 'decode', 'e2e', 'outputTokens'].flatMap((field) => {
    const value = median(rows, field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { runs: rows.length, ...Object.fromEntries(medians) };
}

function openOrForget(file: string, log: Log): Database<ReturnType<typeof kind.prepare>> {
  try {
    return openDatabase(file, kind, log);
  } catch (error) {
    log.error(
      `The record of spending ${file} cannot be used. What is spent is known of this window alone, until it closes.`,
      error,
    );
    return openDatabase(':memory:', kind, log);
  }
}

/**
 * Opens the ledger, making its folder and file when they are missing. A damaged file is set aside; one that cannot be
 * used is logged, and this process then remembers only what it sees itself.
 */
export function openLedger(file: string, log: Log): Ledger {
  const { attempt, dispose } = openOrForget(file, log);
  const modelIds = (rows: readonly Row[]) => rows.map((row) => String(row['model_id']));
  return {
    add: ({ runId, modelId, at, owner, wallet, usd, accruedUsd, measured }) =>
      attempt(({ add, touch }) => {
        const { ttft, ttfa, decode, e2e, outputTokens } = measured ?? {};
        const figures = [usd, accruedUsd, measured ? 1 : 0, ttft, ttfa, decode, e2e, outputTokens];
        add.run(runId, modelId, at, owner, wallet, ...figures.map((figure) => figure ?? null));
        touch.run(modelId, at);
      }),
    spent: (owner, since) =>
      attempt(({ spent }) => {
        const rows = spent.all(owner, since);
        const sum = (field: string, wallet?: string): number =>
          rows.reduce((total, row) => total + (wallet && row['wallet'] !== wallet ? 0 : Number(row[field])), 0);
        return {
          byWallet: { neurons: sum('known', 'neurons'), credits: sum('known', 'credits') },
          unknownRuns: sum('unknown'),
          accrued: { neurons: sum('accrued', 'neurons'), credits: sum('accrued', 'credits') },
        };
      }),
    measured: (owner, modelId) =>
      attempt(({ measuredModels, measured }) => {
        const ids = modelId === undefined ? modelIds(measuredModels.all(owner)) : [modelId];
        const found = ids.map((id) => [id, measured.all(owner, id)] as const);
        return Object.fromEntries(found.flatMap(([id, rows]) => (rows.length > 0 ? [[id, mediansOf(rows)]] : [])));
      }),
    recentModels: (count) => attempt(({ recent }) => modelIds(recent.all(count))),
    favourites: () => attempt(({ favourites }) => modelIds(favourites.all())),
    setFavourite: (modelId, favourite) =>
      attempt(({ addFavourite, removeFavourite }) => void (favourite ? addFavourite : removeFavourite).run(modelId)),
    dispose,
  };
}
