import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostApi, Snapshot, ViewApi } from '../../../src/protocol/api';
import { connectHost, RpcError, serveView } from '../../../src/protocol/rpc';
import { channelPair } from '../../fakes/channel';
import { settle } from '../../fakes/clock';

const idleHost: HostApi = {
  ready: () => Promise.resolve({ seq: 7 } as Snapshot),
  run: () => Promise.resolve([]),
  stop: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  saveIntent: () => Promise.resolve(),
  ack: () => Promise.resolve(),
  snippet: () => Promise.resolve('code'),
  useInWorker: () => Promise.resolve(),
  openLink: () => Promise.resolve(),
  connect: () => Promise.resolve(),
  refreshCatalog: () => Promise.resolve({ models: 1, added: 0, removed: 0 }),
  cancelRefresh: () => Promise.resolve(),
  modelSchema: () => Promise.resolve(null),
  setFavourite: () => Promise.resolve(),
  changeBudget: () => Promise.resolve(),
  uploadChunk: () => Promise.resolve(null),
  attachUrl: () => Promise.reject(new Error('not here')),
  pickFiles: () => Promise.resolve([]),
  saveMedia: () => Promise.resolve(false),
  saveText: () => Promise.resolve(false),
  openMedia: () => Promise.resolve(),
  addCogServer: () => Promise.reject(new Error('not here')),
  cogTools: () => Promise.reject(new Error('not here')),
  startCogServer: () => Promise.resolve(null),
  stopCogServer: () => Promise.resolve(),
  removeCogServer: () => Promise.resolve(),
  updateCogServer: () => Promise.resolve(),
  showCogLog: () => Promise.resolve(null),
  vote: () => Promise.resolve(),
};

const idleView: ViewApi = {
  batch() {},
  connection() {},
  models() {},
  catalogStatus() {},
  personal() {},
  estimate() {},
  showModel() {},
  cogServers() {},
  showAddCog() {},
  sessionCost() {},
  intent() {},
  runs() {},
  cleared() {},
  voted() {},
};

function connect(host: Partial<HostApi> = {}, view: Partial<ViewApi> = {}) {
  const pair = channelPair();
  const answers: string[] = [];
  const served = serveView(pair.host, { ...idleHost, ...host }, (method) => answers.push(method));
  const connected = connectHost(pair.view, { ...idleView, ...view });
  return { ...pair, answers, served, connected, host: connected.host, viewApi: served.view };
}

/** Sends what no typed caller could, and returns the answers. */
async function sendRaw(message: unknown, host: Partial<HostApi> = {}): Promise<unknown[]> {
  const pair = channelPair();
  serveView(pair.host, { ...idleHost, ...host });
  pair.host.deliver(message);
  await settle();
  return pair.host.posted;
}

describe('calls to the host', () => {
  it('answers with the value, and with nothing for a method without one', async () => {
    const { host } = connect();
    expect(await host.ready()).toEqual({ seq: 7 });
    expect(await host.snippet('curl', { prompt: '', system: '', columns: [] }, 'a')).toBe('code');
    expect(await host.clear()).toBeUndefined();
  });

  it('carries name, message, code and retryable of a refusal', async () => {
    const refusal = new RpcError('no-token', 'There is no token.', true);
    const { host } = connect({ run: () => Promise.reject(refusal) });
    const error = await host.run({ prompt: '', system: '', columns: [] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RpcError);
    expect(error).toMatchObject({ name: 'RpcError', message: 'There is no token.', code: 'no-token', retryable: true });
  });

  it('sends exactly four fields of an error', async () => {
    const refusal = Object.assign(new RpcError('no-token', 'No.'), { secret: 's3cret' });
    const [answer] = await sendRaw({ t: 'q', i: '1', m: 'clear', a: [] }, { clear: () => Promise.reject(refusal) });
    expect(answer).toEqual({
      t: 's',
      i: '1',
      r: { ok: false, error: { name: 'RpcError', message: 'No.', code: 'no-token', retryable: false } },
    });
  });

  it.each([
    ['an error with a code', Object.assign(new Error('Gone.'), { code: 'gone' }), 'gone'],
    ['an error without one', new Error('Gone.'), 'internal'],
    ['something that is no error', 'Gone.', 'internal'],
    ['undefined', undefined, 'internal'],
  ])('answers when %s is thrown', async (_what, thrown, code) => {
    const throws = () => {
      throw thrown as Error;
    };
    const { host } = connect({ clear: throws });
    await expect(host.clear()).rejects.toMatchObject({ name: 'RpcError', code });
  });

  it.each(['nothing', 'constructor', '__proto__', 'toString', 'then', '$close'])(
    'answers that there is no method "%s"',
    async (method) => {
      const [answer] = await sendRaw({ t: 'q', i: '1', m: method, a: [] });
      expect(answer).toMatchObject({ i: '1', r: { ok: false, error: { code: 'unknown-method' } } });
    },
  );

  it('reaches only what the interface names, whatever else the host object can do', async () => {
    const host = { ...idleHost, deleteEverything: () => Promise.resolve('done') };
    const [answer] = await sendRaw({ t: 'q', i: '1', m: 'deleteEverything', a: [] }, host);
    expect(answer).toMatchObject({ r: { error: { code: 'unknown-method' } } });
  });

  it('rejects what is under way and all that follows when it is closed', async () => {
    const { host, connected } = connect({ ready: () => new Promise(() => {}) });
    const pending = host.ready();
    await settle();
    connected.dispose();
    await expect(pending).rejects.toMatchObject({ code: 'closed', retryable: true });
    await expect(host.clear()).rejects.toMatchObject({ code: 'closed' });
  });

  it('rejects when the answer is not an answer', async () => {
    const { host, view } = connect({ ready: () => new Promise(() => {}) });
    const pending = host.ready();
    await settle();
    const [request] = view.posted as { i: string }[];
    view.deliver({ t: 's', i: request?.i, r: 'hello' });
    await expect(pending).rejects.toMatchObject({ code: 'protocol' });
  });

  it('tells the host when an answer has left, failures included, and what follows arrives after it', async () => {
    const order: string[] = [];
    const pair = channelPair();
    const { view } = serveView(pair.host, { ...idleHost, clear: () => Promise.reject(new Error('no')) }, () =>
      view.cleared(),
    );
    const { host } = connectHost(pair.view, { ...idleView, cleared: () => order.push('event') });
    await host.ready().then(() => order.push('ready'));
    await host.clear().catch(() => order.push('failed'));
    await settle();
    expect(pair.host.posted.map((message) => (message as { t: string }).t)).toEqual(['s', 'q', 's', 'q']);
    expect(order.filter((entry) => entry === 'event')).toHaveLength(2);
  });
});

describe('events to the view', () => {
  it('arrive in the order they were sent, without an answer', async () => {
    const seen: string[] = [];
    const { viewApi, view } = connect(
      {},
      { cleared: () => void seen.push('cleared'), models: (models) => void seen.push(`models ${models.length}`) },
    );
    viewApi.models([]);
    viewApi.cleared();
    viewApi.models([]);
    await settle();
    expect(seen).toEqual(['models 0', 'cleared', 'models 0']);
    expect(view.posted).toEqual([]);
  });

  it('report a handler that throws as an uncaught error instead of swallowing it', async () => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', listener);
    try {
      const { viewApi } = connect(
        {},
        {
          cleared: () => {
            throw new Error('drawing failed');
          },
        },
      );
      viewApi.cleared();
      await settle();
    } finally {
      process.off('uncaughtException', listener);
      for (const other of others) process.on('uncaughtException', other);
    }
    expect(uncaught).toMatchObject([{ message: 'drawing failed' }]);
  });
});

describe('messages that are not ours', () => {
  it('are ignored, and the connection goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (garbage) => {
        const { host, view, ...pair } = connect();
        for (const message of garbage) {
          view.deliver(message);
          pair.served.view.cleared();
        }
        expect(await host.ready()).toEqual({ seq: 7 });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    null,
    undefined,
    'text',
    [],
    { t: 'q' },
    { t: 'q', i: 1, m: 'ready', a: [] },
    { t: 'q', i: '1', m: 'ready', a: {} },
    { t: 'q', i: '1', m: 5, a: [] },
    { t: 's', i: 'unknown', r: { ok: true } },
    { t: 'x', i: '1', m: 'ready', a: [] },
  ])('get no answer: %j', async (message) => {
    expect(await sendRaw(message)).toEqual([]);
  });
});
