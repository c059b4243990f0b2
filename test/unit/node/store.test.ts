import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialRun } from '../../../src/core/run/reducer';
import type { RunStatus } from '../../../src/core/run/state';
import { openStore } from '../../../src/node/store';
import type { RunView } from '../../../src/protocol/api';
import { fakePorts, model } from '../../fakes/ports';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'store-'));
  file = path.join(folder, 'data', 'playground.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { log, logged } = fakePorts();

function run(runId: string, columnId: string, text = '', status: RunStatus = 'done'): RunView {
  const state = { ...initialRun(runId), status, text };
  return { columnId, runId, model: model('@cf/a/b'), simulated: true, prompt: 'p', state, restored: false };
}

const intent = { task: 'text-generation', prompt: 'Grüße 👋', system: '', columns: [] } as const;

describe('the store', () => {
  it('makes its folder, and has nothing at first', () => {
    const store = openStore(file, log);
    expect(store.loadIntent()).toBeUndefined();
    expect(store.lastRuns(['a'])).toEqual([]);
    store.dispose();
  });

  it('keeps intent and runs over a restart', () => {
    const store = openStore(file, log);
    store.saveIntent({ ...intent, prompt: 'old' });
    store.saveIntent(intent);
    store.saveRun(run('1', 'a', 'one'));
    store.dispose();
    const again = openStore(file, log);
    expect(again.loadIntent()).toEqual(intent);
    expect(again.lastRuns(['a'])).toEqual([run('1', 'a', 'one')]);
    again.dispose();
  });

  it('gives the newest run of each column asked for; saving again replaces and does not make it newer', () => {
    const store = openStore(file, log);
    store.saveRun(run('1', 'a', 'first', 'answering'));
    store.saveRun(run('2', 'a', 'second'));
    store.saveRun(run('3', 'b', 'other'));
    store.saveRun(run('1', 'a', 'first, complete'));
    expect(store.lastRuns(['b', 'a', 'none']).map(({ state }) => state.text)).toEqual(['other', 'second']);
    store.dispose();
  });

  it('keeps a vote with its run, also when the run is not shown any more', () => {
    const store = openStore(file, log);
    store.saveRun(run('1', 'a', 'one'));
    store.saveRun(run('2', 'b', 'two'));
    store.saveVotes([
      { runId: '1', verdict: 'won', comment: 'It\'s "good" \\ 👋' },
      { runId: 'gone', verdict: 'lost', comment: '' },
    ]);
    expect(store.lastRuns(['a', 'b']).map(({ vote }) => vote)).toEqual([
      { verdict: 'won', comment: 'It\'s "good" \\ 👋' },
      undefined,
    ]);
    store.dispose();
  });

  it('does not show what was cleared, even when the run ends afterwards; history keeps it', () => {
    const store = openStore(file, log);
    store.saveRun(run('1', 'a', 'part', 'answering'));
    store.clearColumns();
    store.saveRun(run('1', 'a', 'whole'));
    expect(store.lastRuns(['a'])).toEqual([]);
    store.saveRun(run('2', 'a', 'new'));
    expect(store.lastRuns(['a']).map(({ runId }) => runId)).toEqual(['2']);
    store.dispose();
    const rows = new DatabaseSync(file).prepare('SELECT run_id, cleared, value FROM runs ORDER BY position').all();
    expect(rows.map((row) => [row['run_id'], row['cleared']])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
    expect(String(rows[0]?.['value'])).toContain('whole');
  });

  it('serves two hosts at once, each seeing what the other wrote', () => {
    const one = openStore(file, log);
    const two = openStore(file, log);
    for (let index = 0; index < 50; index++) {
      one.saveRun(run(`one-${index}`, 'a', String(index)));
      two.saveRun(run(`two-${index}`, 'b', String(index)));
    }
    expect(one.lastRuns(['b'])[0]?.state.text).toBe('49');
    expect(two.lastRuns(['a'])[0]?.state.text).toBe('49');
    one.dispose();
    two.dispose();
  });

  it('waits for another process that is writing', async () => {
    const store = openStore(file, log);
    const code = `
      const { DatabaseSync } = require('node:sqlite');
      const db = new DatabaseSync(${JSON.stringify(file)});
      db.exec('BEGIN IMMEDIATE');
      console.log('locked');
      setTimeout(() => { db.exec('COMMIT'); db.close(); }, 300);`;
    const other = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = new Promise((resolve) => other.on('exit', resolve));
    await new Promise((resolve) => other.stdout.once('data', resolve));
    store.saveRun(run('1', 'a', 'patient'));
    expect(store.lastRuns(['a'])[0]?.state.text).toBe('patient');
    store.dispose();
    await gone;
  });
});

describe('a damaged file', () => {
  const aside = () => readdirSync(path.dirname(file)).filter((name) => name.includes('.damaged-'));

  it.each([
    ['text', Buffer.from('this is not a database, '.repeat(100))],
    ['a header and then noise', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xa5)])],
  ])('(%s) is set aside, logged, and a new one is made', (_what, bytes) => {
    openStore(file, log).dispose();
    writeFileSync(file, bytes);
    logged.length = 0;
    const store = openStore(file, log);
    store.saveIntent(intent);
    expect(store.loadIntent()).toEqual(intent);
    store.dispose();
    expect(aside()).toHaveLength(1);
    expect(readFileSync(path.join(path.dirname(file), aside()[0] ?? ''))).toEqual(bytes);
    expect(logged.join()).toContain('was damaged');
  });

  it('found only while it is used costs what was stored, not the playground', () => {
    const store = openStore(file, log);
    for (let index = 0; index < 200; index++) store.saveRun(run(`r${index}`, 'a', 'x'.repeat(2000)));
    store.dispose();
    const bytes = readFileSync(file);
    // The schema stays readable; the pages of the table do not.
    bytes.fill(0xa5, 4096 * 4);
    writeFileSync(file, bytes);
    logged.length = 0;
    const again = openStore(file, log);
    again.saveRun(run('new', 'a', 'new'));
    expect(again.lastRuns(['a']).map(({ runId }) => runId)).toEqual(['new']);
    again.dispose();
    expect(aside()).toHaveLength(1);
    expect(logged.join()).toContain('was damaged');
  });

  it('is not what a newer version has written: that is left alone', () => {
    openStore(file, log).dispose();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => openStore(file, log)).toThrow('newer version');
    expect(aside()).toEqual([]);
    expect(existsSync(file)).toBe(true);
  });
});
