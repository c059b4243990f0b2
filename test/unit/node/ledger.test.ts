import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../src/app/ports';
import { openLedger } from '../../../src/node/ledger';
import { fakePorts } from '../../fakes/ports';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ledger-'));
  file = path.join(folder, 'data', 'ledger.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { log, logged } = fakePorts();
const DAY = 86_400_000;
const now = Date.now();

let ids = 0;
const entry = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  runId: `run-${++ids}`,
  modelId: '@cf/a/b',
  at: now,
  owner: 'me',
  wallet: 'neurons',
  ...more,
});

describe('money in the ledger', () => {
  it('is summed by wallet from a moment on, for one owner; unknown costs are counted apart', () => {
    const ledger = openLedger(file, log);
    ledger.add(entry({ usd: 0.25 }));
    ledger.add(entry({ usd: 0.5, accruedUsd: 32 }));
    ledger.add(entry({ usd: 2, wallet: 'credits' }));
    ledger.add(entry({ usd: 64, at: now - 1 }));
    ledger.add(entry({ usd: 64, owner: 'simulator' }));
    ledger.add(entry({ accruedUsd: 0.125 }));
    ledger.add(entry({ accruedUsd: 4, wallet: 'credits' }));
    ledger.add(entry({}));
    expect(ledger.spent('me', now)).toEqual({
      byWallet: { neurons: 0.75, credits: 2 },
      unknownRuns: 3,
      accrued: { neurons: 0.125, credits: 4 },
    });
    expect(ledger.spent('nobody', 0)).toEqual({
      byWallet: { neurons: 0, credits: 0 },
      unknownRuns: 0,
      accrued: { neurons: 0, credits: 0 },
    });
    ledger.dispose();
  });

  it('of a run that is booked again is replaced, not added', () => {
    const ledger = openLedger(file, log);
    ledger.add(entry({ runId: 'same', accruedUsd: 1 }));
    ledger.add(entry({ runId: 'same', usd: 0.5 }));
    expect(ledger.spent('me', 0)).toMatchObject({
      byWallet: { neurons: 0.5 },
      unknownRuns: 0,
      accrued: { neurons: 0 },
    });
    ledger.dispose();
  });

  it('is shared by the windows of a machine, and kept over a restart', () => {
    const one = openLedger(file, log);
    const two = openLedger(file, log);
    one.add(entry({ usd: 1 }));
    two.add(entry({ usd: 2 }));
    expect(one.spent('me', 0).byWallet.neurons).toBe(3);
    expect(two.spent('me', 0).byWallet.neurons).toBe(3);
    one.dispose();
    two.dispose();
    const again = openLedger(file, log);
    expect(again.spent('me', 0).byWallet.neurons).toBe(3);
    again.dispose();
  });

  it('is forgotten after 90 days, and so is what a clock that ran ahead has left', () => {
    const before = openLedger(file, log);
    before.add(entry({ usd: 1, at: now - 91 * DAY }));
    before.add(entry({ usd: 2, at: now - 89 * DAY }));
    before.add(entry({ usd: 4, at: now + 30 * DAY }));
    before.dispose();
    const ledger = openLedger(file, log);
    expect(ledger.spent('me', 0).byWallet.neurons).toBe(2);
    ledger.dispose();
  });
});

describe('measured figures', () => {
  it('are medians of the runs that count, by model and owner, each over the runs that have the figure', () => {
    const ledger = openLedger(file, log);
    for (const ttft of [0.5, 0.1, 9]) ledger.add(entry({ measured: { ttft, outputTokens: 100 } }));
    ledger.add(entry({ measured: { e2e: 4, outputTokens: 200 } }));
    ledger.add(entry({ usd: 1 }));
    ledger.add(entry({ modelId: 'openai/x', measured: { ttft: 2 } }));
    ledger.add(entry({ owner: 'simulator', measured: { ttft: 0.001 } }));
    expect(ledger.measured('me')).toEqual({
      '@cf/a/b': { runs: 4, ttft: 0.5, e2e: 4, outputTokens: 100 },
      'openai/x': { runs: 1, ttft: 2 },
    });
    expect(ledger.measured('me', 'openai/x')).toEqual({ 'openai/x': { runs: 1, ttft: 2 } });
    expect(ledger.measured('me', 'openai/none')).toEqual({});
    ledger.dispose();
  });

  it('lie halfway between the two middle ones of an even number', () => {
    const ledger = openLedger(file, log);
    for (const decode of [10, 40, 20, 80]) ledger.add(entry({ measured: { decode } }));
    expect(ledger.measured('me')['@cf/a/b']).toEqual({ runs: 4, decode: 30 });
    ledger.dispose();
  });

  it('are of the newest 50 runs', () => {
    const ledger = openLedger(file, log);
    for (let index = 0; index < 80; index++) {
      ledger.add(entry({ at: now - index, measured: { ttft: index < 50 ? 1 : 1000 } }));
    }
    expect(ledger.measured('me')['@cf/a/b']).toEqual({ runs: 50, ttft: 1 });
    ledger.dispose();
  });
});

describe('favourites and models used last', () => {
  it('come with the newest first, each once', () => {
    const ledger = openLedger(file, log);
    ledger.setFavourite('a', true);
    ledger.setFavourite('b', true);
    ledger.setFavourite('a', true);
    ledger.setFavourite('c', true);
    ledger.setFavourite('b', false);
    expect(ledger.favourites()).toEqual(['c', 'a']);
    ledger.add(entry({ modelId: 'x', at: now - 3 }));
    ledger.add(entry({ modelId: 'y', at: now - 2 }));
    ledger.add(entry({ modelId: 'x', at: now - 1, owner: 'simulator' }));
    ledger.add(entry({ modelId: 'z', at: now - 4 }));
    expect(ledger.recentModels(2)).toEqual(['x', 'y']);
    ledger.dispose();
  });
});

describe('a file that cannot be used', () => {
  it('is set aside when it is damaged, and a new one is made', () => {
    openLedger(file, log).dispose();
    writeFileSync(file, 'not a database, '.repeat(100));
    logged.length = 0;
    const ledger = openLedger(file, log);
    ledger.add(entry({ usd: 1 }));
    expect(ledger.spent('me', 0).byWallet.neurons).toBe(1);
    ledger.dispose();
    expect(readdirSync(path.dirname(file)).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
    expect(logged.join()).toContain('record of spending was damaged');
  });

  it('of a newer version is left alone: this window remembers for itself, and the log says so', () => {
    openLedger(file, log).dispose();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    logged.length = 0;
    const ledger = openLedger(file, log);
    ledger.add(entry({ usd: 1 }));
    expect(ledger.spent('me', 0).byWallet.neurons).toBe(1);
    ledger.dispose();
    expect(logged.join()).toContain('known of this window alone');
    expect(logged.join()).toContain('newer version');
    const rows = new DatabaseSync(file).prepare('SELECT COUNT(*) AS n FROM runs').get();
    expect(rows?.['n']).toBe(0);
  });

  it('because its folder is a file, costs memory, not runs', () => {
    writeFileSync(path.join(folder, 'data'), '');
    logged.length = 0;
    const ledger = openLedger(file, log);
    ledger.setFavourite('a', true);
    expect(ledger.favourites()).toEqual(['a']);
    ledger.dispose();
    expect(logged.join()).toContain('cannot be used');
  });
});
