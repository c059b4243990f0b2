import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../src/app/catalog';
import { createConnection } from '../../../src/app/connection';
import { settle } from '../../fakes/clock';
import { fakePorts, MODELS, TOKEN, type FakePorts } from '../../fakes/ports';

const live = (name: string) => ({ id: 'uuid', name, task: { name: 'Text Generation' }, properties: [] });

function page(names: readonly string[], total?: number): Response {
  const result_info = total === undefined ? undefined : { total_count: total };
  return Response.json({ success: true, result: names.map(live), errors: [], messages: [], result_info });
}

function setup(fetch: typeof globalThis.fetch, prepare: (ports: FakePorts) => void = () => {}) {
  const asked: string[] = [];
  const ports: FakePorts = fakePorts({
    fetch: (input, init) => {
      asked.push(String(input));
      return fetch(input, init);
    },
  });
  prepare(ports);
  const connection = createConnection(ports);
  const catalog = createCatalog(ports, connection);
  const ids = () => catalog.models.map(({ id }) => id);
  return { ports, connection, catalog, ids, asked };
}

const bundledIds = MODELS.map(({ id }) => id);

describe('the catalog', () => {
  it('is the bundled one at once, and asks nobody', async () => {
    const { catalog, ids, asked } = setup(() => Promise.reject(new Error('nobody asked')));
    await catalog.load();
    expect([ids(), asked]).toEqual([bundledIds, []]);
  });

  it('gains the models that the account lists and the bundle does not know, from all pages', async () => {
    const first = Array.from({ length: 100 }, (_, index) => `@cf/live/m${index}`);
    const { catalog, ids, asked, ports } = setup((input) =>
      Promise.resolve(
        String(input).includes('page=1&') ? page(first, 102) : page(['@cf/live/last', '@cf/test/alpha'], 102),
      ),
    );
    const told: number[] = [];
    catalog.onDidChange((models) => told.push(models.length));
    await catalog.refresh();
    expect(ids()).toEqual([...bundledIds, ...first, '@cf/live/last']);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('http://127.0.0.1:4999/client/v4/accounts/simulator/ai/models/search?page=1');
    expect(told).toEqual([bundledIds.length + 101]);
    await catalog.refresh();
    expect(asked).toHaveLength(2);
    expect(ports.logged).toEqual([]);
  });

  it('stops asking a server that repeats itself or never ends', async () => {
    const same = setup(() => Promise.resolve(page(['@cf/live/same'])));
    await same.catalog.refresh();
    expect(same.asked).toHaveLength(2);
    let next = 0;
    const endless = setup(() => Promise.resolve(page([`@cf/live/${next++}`])));
    await endless.catalog.refresh();
    expect(endless.asked).toHaveLength(20);
  });

  it('logs a list that cannot be read, keeps the bundle, and tries again the next time', async () => {
    let down = true;
    const { catalog, ids, ports } = setup(() =>
      down ? Promise.reject(new TypeError('offline')) : Promise.resolve(page(['@cf/live/new'])),
    );
    await catalog.refresh();
    expect(ids()).toEqual(bundledIds);
    expect(ports.logged.join()).toContain('live model list');
    down = false;
    await catalog.refresh();
    expect(ids()).toContain('@cf/live/new');
  });

  it('belongs to the connection: models of the simulator do not outlive it', async () => {
    const { catalog, ids, ports } = setup((input) =>
      Promise.resolve(page([String(input).includes('127.0.0.1') ? '@cf/simulator/reset' : '@cf/real/one'])),
    );
    await catalog.refresh();
    expect(ids()).toContain('@cf/simulator/reset');
    ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    await settle();
    expect(ids()).not.toContain('@cf/simulator/reset');
    expect(ids()).toContain('@cf/real/one');
    ports.change({ connection: 'simulator' });
    await settle();
    expect(ids()).toContain('@cf/simulator/reset');
    expect(ids()).not.toContain('@cf/real/one');
  });

  it('drops the models of the connection before at once, even when the new one does not answer', async () => {
    const { catalog, ids, ports } = setup((input) =>
      String(input).includes('127.0.0.1')
        ? Promise.resolve(page(['@cf/simulator/reset']))
        : Promise.reject(new TypeError('offline')),
    );
    await catalog.refresh();
    ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    await settle();
    expect(ids()).toEqual(bundledIds);
  });

  it('waits for the live list before it says that a model does not exist', async () => {
    const { catalog, asked } = setup(() => Promise.resolve(page(['@cf/simulator/stall-first'])));
    expect(await catalog.find('@cf/test/alpha')).toMatchObject({ id: '@cf/test/alpha' });
    expect(asked).toEqual([]);
    expect(await catalog.find('@cf/simulator/stall-first')).toMatchObject({ id: '@cf/simulator/stall-first' });
    expect(await catalog.find('@cf/none/such')).toBeUndefined();
  });

  it('does without a bundle that cannot be read', async () => {
    const { catalog, ids, ports } = setup(
      () => Promise.resolve(page(['@cf/live/new'])),
      (given) => Object.assign(given, { bundledCatalog: () => Promise.reject(new Error('ENOENT')) }),
    );
    await catalog.refresh();
    expect(ids()).toEqual(['@cf/live/new']);
    expect(ports.logged.join()).toContain('bundled model catalog');
  });
});
