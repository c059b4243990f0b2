import { describe, expect, it } from 'vitest';
import { createPersonal, measuredOf } from '../../../src/app/personal';
import { createPlayground } from '../../../src/app/playground';
import type { LedgerEntry } from '../../../src/app/ports';
import type { Personal } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, model } from '../../fakes/ports';
import { attachView } from '../../fakes/view';
import { approximate, failed, finished, headers, retrying, runOf, started, text, usage, words } from '../core/run/runs';

const answer = [started(10), headers(10.2), ...words(10.5, 0.1, 31)];
const usual = usage(14, { inputTokens: 5, outputTokens: 61 });
const measured = (...events: Parameters<typeof runOf>) =>
  measuredOf({ state: runOf(...events), model: model('@cf/a/b') });

describe('what a run is measured as', () => {
  it('is its times, speed and length', () => {
    expect(measured(answer, usual, finished(15))).toEqual({
      ttft: expect.closeTo(0.5, 9),
      ttfa: expect.closeTo(0.5, 9),
      decode: expect.closeTo(20, 9),
      e2e: expect.closeTo(3.5, 9),
      outputTokens: 61,
    });
  });

  it.each([
    ['failed', [answer, failed(15)]],
    ['was stopped', [answer, usual, failed(15, 'aborted')]],
    [
      'came from the gateway’s cache',
      [started(10), headers(10.2, { cacheStatus: 'HIT' }), text(11), usual, finished(15)],
    ],
    ['was retried', [started(8), retrying(8.5, 1, 1), started(10, 2), text(11), usual, finished(15)]],
    ['was answered by a fallback', [started(10), headers(10.2, { step: 1 }), text(11), usual, finished(15)]],
  ] as const)('is nothing when it %s', (_what, events) => {
    expect(measured(...(events as unknown as Parameters<typeof runOf>))).toBeUndefined();
  });

  it('has no speed when we counted the tokens ourselves', () => {
    const figures = measured(answer, approximate(15, { inputTokens: 5, outputTokens: 61 }), finished(15));
    expect(figures).toHaveProperty('outputTokens', 61);
    expect(figures).not.toHaveProperty('decode');
  });
});

describe('personal figures', () => {
  let ids = 0;
  const entry = (modelId: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
    runId: `run-${++ids}`,
    modelId,
    at: ids,
    owner: 'me',
    wallet: 'neurons',
    ...more,
  });

  function start() {
    const ports = fakePorts();
    let owner = 'me';
    const personal = createPersonal(ports.ledger, ports.log, () => owner);
    const told: Personal[] = [];
    personal.onDidChange((now) => told.push(now));
    return { ports, personal, told, become: (next: string) => void (owner = next) };
  }

  it('are what the ledger has', () => {
    const { ports, personal } = start();
    ports.ledger.setFavourite('a', true);
    ports.ledger.add(entry('a', { measured: { ttft: 1 } }));
    ports.ledger.add(entry('b'));
    expect(personal.now).toEqual({ favourites: ['a'], recent: ['b', 'a'], measured: { a: { runs: 1, ttft: 1 } } });
  });

  it('follow each run, and keep the ten models used last', () => {
    const { ports, personal, told } = start();
    expect(personal.now.recent).toEqual([]);
    for (let index = 0; index < 12; index++) {
      ports.ledger.add(entry(`m${index}`, { measured: { e2e: index } }));
      personal.ran(`m${index}`);
    }
    expect(told).toHaveLength(12);
    expect(told.at(-1)?.recent).toEqual(Array.from({ length: 10 }, (_, index) => `m${11 - index}`));
    expect(Object.keys(personal.now.measured)).toHaveLength(12);
  });

  it('change with the favourites, and say so once', () => {
    const { personal, told } = start();
    personal.setFavourite('a', true);
    personal.setFavourite('b', true);
    personal.setFavourite('b', true);
    personal.setFavourite('a', false);
    expect(told.map(({ favourites }) => favourites)).toEqual([['a'], ['b', 'a'], ['b']]);
  });

  it('are those of the account shown: simulated figures are never mixed with measured ones', () => {
    const { ports, personal, become, told } = start();
    ports.ledger.add(entry('a', { measured: { ttft: 1 } }));
    ports.ledger.add(entry('a', { owner: 'simulator', measured: { ttft: 0.01 } }));
    expect(personal.now.measured).toEqual({ a: { runs: 1, ttft: 1 } });
    become('simulator');
    personal.reload();
    expect(told.at(-1)?.measured).toEqual({ a: { runs: 1, ttft: 0.01 } });
    personal.reload();
    expect(told).toHaveLength(1);
  });

  it('of a ledger that cannot be read are empty', () => {
    const { ports, personal } = start();
    ports.ledger.measured = () => {
      throw new Error('disk I/O error');
    };
    expect(personal.now).toEqual({ favourites: [], recent: [], measured: {} });
    expect(ports.logged.join()).toContain('disk I/O error');
  });
});

describe('a session', () => {
  it('measures each answer and tells its views; the next estimate knows the typical length', async () => {
    const ports = fakePorts();
    const server = fakeInfer(() => ports.clock.now());
    const view = attachView(createPlayground(ports, server.infer));
    await view.ready();
    const columns = [{ id: 'a', modelId: '@cf/test/alpha', parameters: {} }];
    await view.host.run({ prompt: 'say hello', system: '', columns });
    const call = server.to('@cf/test/alpha');
    call.accept();
    await ports.clock.advance(1);
    call.text('one two three');
    view.received.length = 0;
    call.finish();
    await ports.clock.advance(1);
    expect(view.received).toEqual(expect.arrayContaining(['personal', 'sessionCost', 'estimate']));
    const { personal, estimate } = await view.ready();
    expect(personal.recent).toEqual(['@cf/test/alpha']);
    expect(personal.measured['@cf/test/alpha']).toMatchObject({ runs: 1, ttft: 1, outputTokens: 3 });
    expect(estimate?.columns.find(({ columnId }) => columnId === 'a')?.typical).toEqual({
      provenance: 'estimated',
      usd: expect.closeTo(0.000008, 12) as number,
    });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    await settle();
    expect((await view.ready()).personal.measured).toEqual({});
  });
});
