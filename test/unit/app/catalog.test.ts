import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../src/app/catalog';
import { createConnection } from '../../../src/app/connection';
import type { CatalogModel } from '../../../src/core/catalog/entry';
import { settle } from '../../fakes/clock';
import { hostedEntry, listServer, thirdPartyEntry, v4, type FakeLists } from '../../fakes/lists';
import { fakePorts, MODELS, TOKEN, type FakePorts } from '../../fakes/ports';

const DAY = 86_400;
const bundledIds = MODELS.map(({ id }) => id);

const ALPHA = '@cf/test/alpha';
const FAULT = '@cf/simulator/reset';

/** A healthy server: dearer alpha, one new hosted model, gamma of another price. */
const healthy: FakeLists = {
  search: [v4([hostedEntry(ALPHA, 7), hostedEntry('@cf/live/new', 1)], { total_count: 2 })],
  catalog: [v4([thirdPartyEntry('openai/gamma', 5)], { total_pages: 1 })],
  compat: [{ json: { object: 'list', data: [] } }],
  tags: true,
};

function start(lists: FakeLists = healthy, prepare: (ports: FakePorts) => void = () => {}) {
  const server = listServer(lists);
  const ports = fakePorts({ fetch: server.fetch });
  prepare(ports);
  const connection = createConnection(ports);
  const catalog = createCatalog(ports, connection);
  const ids = () => catalog.models.map(({ id }) => id);
  const get = (id: string): CatalogModel | undefined => catalog.models.find((model) => model.id === id);
  const source = (name: string) => catalog.status.sources.find((one) => one.source === name);
  return { server, ports, connection, catalog, ids, get, source };
}

/** Ports of the real API, or of another account of it. */
function useAccount(ports: FakePorts, accountId = 'acc'): void {
  ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
  ports.change({ connection: 'cloudflare', accountId });
}

/** Closes the gate of a server; the returned function opens it. */
function closeGate(server: { gate: Promise<unknown> | undefined }): () => void {
  const gate = Promise.withResolvers<void>();
  server.gate = gate.promise;
  return () => {
    server.gate = undefined;
    gate.resolve();
  };
}

/** A copy as it stands on disk. */
const goodCopy = {
  source: 'models-search',
  asOf: '2026-11-20T12:00:00.000Z',
  pages: [{ models: [{ id: '@cf/live/new', facts: { hosting: 'hosted' } }], leftOut: 0, last: true }],
};

const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: { code: unknown }) => error.code,
  );

describe('the catalog', () => {
  it('is the bundled one at once, asks nobody, and confirms nothing', async () => {
    const { catalog, ids, get, server, source } = start();
    await catalog.load();
    expect(ids()).toEqual(bundledIds);
    expect(server.calls).toEqual([]);
    expect(get(ALPHA)?.confirmed).toBe(false);
    expect(source('bundle')).toEqual({ source: 'bundle', asOf: '2026-11-01', models: MODELS.length, leftOut: 0 });
  });

  it('takes each fact from the best source that states it, and says from which', async () => {
    const { catalog, get, ids, ports, source } = start();
    await catalog.follow();
    expect(ids()).toEqual([...bundledIds, '@cf/live/new']);
    expect(get(ALPHA)).toMatchObject({
      confirmed: true,
      pricing: [
        { label: 'per M input tokens', usd: 7 },
        { label: 'per M output tokens', usd: 14 },
      ],
      // The bundle alone says so.
      requestFormats: ['chat-completions'],
      origins: { pricing: 'models-search', requestFormats: 'bundle' },
    });
    expect(get('openai/gamma')).toMatchObject({ confirmed: true, origins: { pricing: 'third-party-catalog' } });
    expect(get('@cf/test/beta')).toMatchObject({ confirmed: false, origins: { pricing: 'bundle' } });
    expect(source('models-search')).toEqual({
      source: 'models-search',
      asOf: '2026-11-20T12:00:00.000Z',
      models: 2,
      leftOut: 0,
    });
    expect(ports.logged).toEqual([]);
  });

  it('says where a price comes from, and from when', async () => {
    const { catalog, get } = start();
    await catalog.follow();
    const originOf = (id: string) => catalog.priceOrigin(get(id) as CatalogModel);
    expect(originOf(ALPHA)).toEqual({ source: 'models-search', asOf: '2026-11-20T12:00:00.000Z' });
    expect(originOf('@cf/test/beta')).toEqual({ source: 'bundle', asOf: '2026-11-01' });
  });

  it('uses what can be read: a list that is not there is a line in the log', async () => {
    const { catalog: _, ...others } = healthy;
    const { catalog, get, ports, source } = start(others);
    await catalog.follow();
    expect(get(ALPHA)?.confirmed).toBe(true);
    expect(get('openai/gamma')).toMatchObject({ confirmed: false, origins: { pricing: 'bundle' } });
    expect(ports.logged).toEqual([
      'warn: The third-party catalog was not read: the server has no such list (HTTP 404).',
    ]);
    expect(source('third-party-catalog')).toEqual({
      source: 'third-party-catalog',
      models: 0,
      leftOut: 0,
      problem: 'The third-party catalog was not read: the server has no such list (HTTP 404).',
    });
  });

  it('does without a bundle that cannot be read', async () => {
    const { catalog, ids, ports } = start(healthy, (given) =>
      Object.assign(given, { bundledCatalog: () => Promise.reject(new Error('ENOENT')) }),
    );
    await catalog.follow();
    expect(ids().toSorted()).toEqual(['@cf/live/new', ALPHA, 'openai/gamma']);
    expect(ports.logged.join()).toContain('bundled model catalog');
  });

  it('waits for the live lists before it says that a model does not exist', async () => {
    const { catalog, server } = start();
    expect(await catalog.find(ALPHA)).toMatchObject({ id: ALPHA });
    expect(server.calls).toEqual([]);
    expect(await catalog.find('@cf/live/new')).toMatchObject({ id: '@cf/live/new' });
    expect(await catalog.find('@cf/none/such')).toBeUndefined();
  });
});

describe('a refresh', () => {
  it('tells what it changed, and asks for pages that changed alone', async () => {
    const { catalog, server, ids } = start();
    expect(await catalog.refresh()).toEqual({ models: bundledIds.length + 1, added: 1, removed: 0 });
    server.seen();
    server.lists = { ...healthy, search: [v4([hostedEntry('@cf/live/other')], { total_count: 1 })] };
    expect(await catalog.refresh()).toEqual({ models: bundledIds.length + 1, added: 1, removed: 1 });
    expect(server.seen().toSorted()).toEqual([
      'catalog/models?page=1&per_page=50 304',
      'compat/models 304',
      'models/search?page=1&per_page=100 200',
    ]);
    expect(ids()).toContain('@cf/live/other');
    expect(ids()).not.toContain('@cf/live/new');
  });

  it('keeps the very same models when nothing changed, but knows that they were confirmed again', async () => {
    const { catalog, ports, source } = start();
    await catalog.refresh();
    const { models } = catalog;
    await ports.clock.advance(100);
    expect(await catalog.refresh()).toEqual({ models: models.length, added: 0, removed: 0 });
    expect(catalog.models).toBe(models);
    expect(source('models-search')?.asOf).toBe('2026-11-20T12:01:40.000Z');
  });

  it('is one at a time: who asks meanwhile gets its result', async () => {
    const { catalog, server } = start();
    const open = closeGate(server);
    const both = [catalog.refresh(), catalog.refresh()];
    await settle();
    expect(catalog.status.refreshing).toBe(true);
    open();
    const [first, second] = await Promise.all(both);
    expect(second).toBe(first);
    expect(server.calls).toHaveLength(3);
    expect(catalog.status.refreshing).toBe(false);
  });

  it('is told of while it goes on', async () => {
    const { catalog } = start();
    await catalog.load();
    const told: boolean[] = [];
    catalog.onDidChange(() => told.push(catalog.status.refreshing));
    await catalog.refresh();
    expect(told[0]).toBe(true);
    expect(told.at(-1)).toBe(false);
  });

  it.each(['a signal', 'a call'])('can be stopped by %s, and the catalog stays as it was', async (how) => {
    const { catalog, server, ports } = start();
    await catalog.refresh();
    const { models, status } = catalog;
    server.lists = { ...healthy, search: [v4([hostedEntry('@cf/live/other')])] };
    closeGate(server);
    const controller = new AbortController();
    const refreshed = catalog.refresh(controller.signal);
    await settle();
    if (how === 'a signal') controller.abort();
    else catalog.cancelRefresh();
    expect(await code(refreshed)).toBe('cancelled');
    expect(catalog.models).toBe(models);
    expect(catalog.status).toEqual(status);
    expect(ports.logged).toEqual([]);
    server.gate = undefined;
    expect(await catalog.refresh()).toMatchObject({ added: 1, removed: 1 });
  });

  it('that was stopped before it began asks nobody', async () => {
    const { catalog, server } = start();
    expect(await code(catalog.refresh(AbortSignal.abort()))).toBe('cancelled');
    expect(server.calls).toEqual([]);
  });

  it('of which no list could be read says why; when it was not asked for, it only logs', async () => {
    const offline: FakeLists = { search: ['offline'], catalog: ['offline'], compat: ['offline'] };
    const { catalog, ids, server, ports } = start(offline);
    await catalog.follow();
    expect(ids()).toEqual(bundledIds);
    expect(ports.logged.join()).toContain('The list of hosted models was not read');
    expect(await code(catalog.refresh())).toBe('network');
    server.lists = { search: ['offline'], catalog: [{ status: 500, text: 'oops' }] };
    expect(await code(catalog.refresh())).toBe('server');
    expect(catalog.status.refreshing).toBe(false);
    // The next look tries again.
    server.lists = healthy;
    await catalog.follow();
    expect(ids()).toContain('@cf/live/new');
  });

  it('keeps the last good copy of a list that cannot be read any more', async () => {
    const { catalog, server, get, ports, source } = start();
    await catalog.refresh();
    await ports.clock.advance(60);
    server.lists = { ...healthy, search: [{ status: 200, text: '<html>' }] };
    await catalog.refresh();
    expect(get(ALPHA)?.origins.pricing).toBe('models-search');
    expect(source('models-search')).toMatchObject({
      asOf: '2026-11-20T12:00:00.000Z',
      models: 2,
      problem: 'The list of hosted models was not read: the answer is not JSON.',
    });
    expect(source('third-party-catalog')?.asOf).toBe('2026-11-20T12:01:00.000Z');
  });

  it('without a connection rejects with the reason for that', async () => {
    const { catalog, ports } = start();
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    expect(await code(catalog.refresh())).toBe('no-token');
    expect(catalog.status.refreshing).toBe(false);
  });
});

describe('the age of the catalog', () => {
  it('is looked at: after a day the lists are read again, while it is in use', async () => {
    const { catalog, server, ports } = start();
    await catalog.follow();
    await catalog.follow();
    expect(server.seen()).toHaveLength(3);
    await ports.clock.advance(DAY - 60);
    expect(server.seen()).toEqual([]);
    await ports.clock.advance(3600);
    expect(server.seen()).toHaveLength(3);
    expect(ports.clock.pending).toBe(1);
    catalog.dispose();
    expect(ports.clock.pending).toBe(0);
  });

  it('is looked at when the machine has slept: the clock on the wall counts', async () => {
    const { catalog, server, ports } = start();
    await catalog.follow();
    server.seen();
    ports.epochStart += DAY * 1000;
    await catalog.follow();
    expect(server.seen()).toHaveLength(3);
  });

  it('does not keep a list that failed waiting for a day, nor asks for it all the time', async () => {
    const { catalog, server, ports, source } = start({ ...healthy, search: [{ status: 503, text: '' }] });
    await catalog.follow();
    expect(source('models-search')?.problem).toContain('HTTP 503');
    server.seen();
    server.lists = healthy;
    await catalog.follow();
    expect(server.seen()).toEqual([]);
    await ports.clock.advance(3600);
    expect(server.seen()).toHaveLength(3);
    expect(source('models-search')?.problem).toBeUndefined();
    await ports.clock.advance(2 * 3600);
    expect(server.seen()).toEqual([]);
  });

  it('does not matter before somebody uses it', async () => {
    const { catalog, ports, server } = start();
    await catalog.load();
    await ports.clock.advance(3 * DAY);
    expect(server.calls).toEqual([]);
    expect(ports.clock.pending).toBe(0);
  });
});

describe('the copy on disk', () => {
  it('is there at the next start, when nothing answers', async () => {
    const first = start();
    await first.catalog.refresh();
    await settle();
    const { catalog, ids, get, source } = start({ search: ['offline'], catalog: ['offline'] }, (ports) =>
      Object.assign(ports, { catalogCache: first.ports.catalogCache }),
    );
    await catalog.follow();
    expect(ids()).toEqual(first.ids());
    expect(get(ALPHA)).toEqual(first.get(ALPHA));
    expect(source('models-search')).toMatchObject({ asOf: '2026-11-20T12:00:00.000Z', models: 2 });
    expect(source('models-search')?.problem).toContain('did not answer');
  });

  it('saves what has not changed since', async () => {
    const first = start();
    await first.catalog.refresh();
    await settle();
    const { catalog, server, ids } = start(healthy, (ports) =>
      Object.assign(ports, { catalogCache: first.ports.catalogCache }),
    );
    expect(await catalog.refresh()).toEqual({ models: ids().length, added: 0, removed: 0 });
    expect(server.seen().every((call) => call.endsWith('304'))).toBe(true);
    expect(ids()).toContain('@cf/live/new');
  });

  it('holds neither token nor secret', async () => {
    const { catalog, ports } = start(healthy, (given) => useAccount(given));
    await settle();
    await catalog.refresh();
    await settle();
    const kept = JSON.stringify([...ports.catalogCache.kept]);
    expect(kept).toContain('@cf/live/new');
    expect(kept).not.toContain(TOKEN);
  });

  it.each([
    ['something else', [1, 2]],
    ['of another version', { version: 9, copies: [goodCopy] }],
    ['a copy of no list', { version: 1, copies: [{ source: 'bundle', asOf: '2026-11-20T12:00:00.000Z', pages: [] }] }],
    ['a text', 'x'],
  ])('that is %s is not believed', async (_, stored) => {
    const { catalog, ids, ports } = start({}, (given) => {
      void given.catalogCache.write('simulator', stored);
    });
    await catalog.follow();
    expect(ids()).toEqual(bundledIds);
    expect(ports.logged.join()).toContain('The stored model catalog was not understood');
  });

  it('is believed when it is one', async () => {
    const { catalog, ids } = start({ search: ['offline'] }, (given) => {
      void given.catalogCache.write('simulator', { version: 1, copies: [goodCopy] });
    });
    await catalog.follow();
    expect(ids()).toEqual([...bundledIds, '@cf/live/new']);
  });

  it('is checked entry by entry: a bad one costs that model, and the page is then read in full', async () => {
    const first = start();
    await first.catalog.refresh();
    await settle();
    const { kept } = first.ports.catalogCache;
    kept.set('simulator', String(kept.get('simulator')).replace('"usd":7', '"usd":-7'));
    const { catalog, server, ids, get } = start({ ...healthy, catalog: ['offline'] }, (ports) =>
      Object.assign(ports, { catalogCache: first.ports.catalogCache }),
    );
    const open = closeGate(server);
    const followed = catalog.follow();
    await settle();
    expect(ids()).toContain('@cf/live/new');
    expect(get(ALPHA)?.pricing).not.toContainEqual({ label: 'per M input tokens', usd: -7 });
    open();
    await followed;
    expect(server.seen()).toContain('models/search?page=1&per_page=100 200');
    expect(get(ALPHA)?.pricing).toContainEqual({ label: 'per M input tokens', usd: 7 });
  });

  it('that cannot be read or written costs nothing else', async () => {
    const broken = { read: () => Promise.reject(new Error('EIO')), write: () => Promise.reject(new Error('ENOSPC')) };
    const { catalog, ids, ports } = start(healthy, (given) => Object.assign(given, { catalogCache: broken }));
    await catalog.refresh();
    await settle();
    expect(ids()).toContain('@cf/live/new');
    expect(ports.logged.join()).toContain('EIO');
    expect(ports.logged.join()).toContain('ENOSPC');
  });
});

describe('models of another connection', () => {
  const simulator: FakeLists = { search: [v4([hostedEntry(FAULT)])], catalog: [v4([])] };
  const real: FakeLists = { search: [v4([hostedEntry('@cf/real/one')])], catalog: [v4([])] };

  /** One server for both: the address tells which is asked. */
  function startBoth() {
    const started = start(simulator);
    const cloudflare = listServer(real);
    Object.assign(started.ports, {
      fetch: (input: string, init?: RequestInit) =>
        (input.includes('127.0.0.1') ? started.server : cloudflare).fetch(input, init),
    });
    const connection = createConnection(started.ports);
    const catalog = createCatalog(started.ports, connection);
    return { ...started, connection, catalog, cloudflare, ids: () => catalog.models.map(({ id }) => id) };
  }

  it('do not outlive it', async () => {
    const { catalog, ids, ports } = startBoth();
    await catalog.follow();
    expect(ids()).toContain(FAULT);
    useAccount(ports);
    await settle();
    expect(ids()).not.toContain(FAULT);
    expect(ids()).toContain('@cf/real/one');
    ports.change({ connection: 'simulator' });
    await settle();
    expect(ids()).toContain(FAULT);
    expect(ids()).not.toContain('@cf/real/one');
  });

  it('are not found any more from the moment in which the settings change', async () => {
    const { catalog, cloudflare, ports } = startBoth();
    await catalog.follow();
    cloudflare.gate = new Promise(() => undefined);
    useAccount(ports);
    const found = catalog.find(FAULT);
    await settle();
    catalog.cancelRefresh();
    expect(await found).toBeUndefined();
  });

  it('are gone at once, even when the new one does not answer', async () => {
    const { catalog, cloudflare, ids, ports } = startBoth();
    await catalog.follow();
    cloudflare.lists = { search: ['offline'], catalog: ['offline'] };
    useAccount(ports);
    await settle();
    expect(ids()).toEqual(bundledIds);
  });

  it('do not come when the connection changes while they are asked for, nor are they stored', async () => {
    const { catalog, server, ids, ports } = startBoth();
    const open = closeGate(server);
    const refreshed = code(catalog.refresh());
    await settle();
    useAccount(ports);
    await settle();
    expect(await refreshed).toBe('cancelled');
    open();
    await settle();
    expect(ids()).not.toContain(FAULT);
    expect(ids()).toContain('@cf/real/one');
    expect([...ports.catalogCache.kept.keys()]).toEqual(['https://api.example acc']);
  });

  it('are kept apart on disk, by account', async () => {
    const { catalog, ids, ports } = startBoth();
    await catalog.follow();
    useAccount(ports);
    await settle();
    useAccount(ports, 'other');
    await settle();
    expect(ids()).toContain('@cf/real/one');
    const { kept } = ports.catalogCache;
    expect([...kept.keys()]).toEqual(['simulator', 'https://api.example acc', 'https://api.example other']);
    expect(kept.get('https://api.example acc')).not.toContain(FAULT);
  });

  it('are not shown without a connection: nothing is confirmed then', async () => {
    const { catalog, ids, ports } = startBoth();
    useAccount(ports);
    await settle();
    await catalog.follow();
    expect(ids()).toContain('@cf/real/one');
    ports.setCredential(undefined);
    ports.change({ gatewayId: 'other' });
    await settle();
    expect(ids()).toEqual(bundledIds);
  });
});
