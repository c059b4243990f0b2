/** The live lists of the simulator, over real HTTP: healthy, and in each form in which they are broken. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCatalog } from '../../../src/app/catalog';
import { createConnection } from '../../../src/app/connection';
import bundle from '../../../media/catalog.json';
import { serve, type RunningServer } from '../../../src/simulator/http';
import { catalogForms } from '../../../src/simulator/listings/forms';
import { fakePorts, TOKEN } from '../../fakes/ports';

// Sockets and megabytes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: RunningServer;
beforeAll(async () => {
  server = await serve({ port: 0, speed: 0 });
});
afterAll(() => server.close());

/** A catalog of this account of the simulator, reached as if it were Cloudflare. */
function start(accountId: string) {
  const ports = fakePorts({
    fetch: (input, init) => globalThis.fetch(input, init),
    bundledCatalog: () => Promise.resolve(bundle as unknown),
  });
  ports.setCredential({ token: TOKEN, origin: new URL(server.baseUrl).origin });
  ports.change({ connection: 'cloudflare', apiBaseUrl: server.baseUrl, accountId });
  const catalog = createCatalog(ports, createConnection(ports));
  const problems = () =>
    Object.fromEntries(catalog.status.sources.flatMap(({ source, problem }) => (problem ? [[source, problem]] : [])));
  const of = (source: string) => catalog.status.sources.find((one) => one.source === source);
  return { ports, catalog, problems, of };
}

describe('a healthy account', () => {
  it('confirms what it lists, with nothing left out, and is unchanged the second time', async () => {
    const { ports, catalog, problems, of } = start('acc');
    await catalog.refresh();
    expect(problems()).toEqual({});
    expect(ports.logged).toEqual([]);
    expect(catalog.models.length).toBeGreaterThanOrEqual(bundle.models.length);
    expect(catalog.models.filter(({ confirmed }) => confirmed).length).toBeGreaterThan(250);
    for (const source of ['models-search', 'third-party-catalog']) expect(of(source)?.models).toBeGreaterThan(50);
    const { models } = catalog;
    await catalog.refresh();
    expect(catalog.models).toBe(models);
    catalog.dispose();
  });
});

describe('an account whose catalog is broken', () => {
  const whole = Object.keys(catalogForms).filter((form) => form !== 'catalog-slow');

  it.each(whole)('%s: the bundle stands, and what can be read is used', async (form) => {
    const { ports, catalog } = start(form);
    await catalog.refresh().catch(() => undefined);
    const ids = new Set(catalog.models.map(({ id }) => id));
    expect(bundle.models.filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe(catalog.models.length);
    for (const { pricing, contextWindow } of catalog.models) {
      for (const { usd } of pricing) expect(usd >= 0 && usd < 10_000).toBe(true);
      expect(contextWindow ?? 1).toBeGreaterThan(0);
    }
    for (const line of ports.logged) {
      expect(line).not.toContain(TOKEN);
      expect(line.length).toBeLessThan(600);
    }
    catalog.dispose();
  });

  it('catalog-missing: the other lists are read', async () => {
    const { catalog, problems, of } = start('catalog-missing');
    await catalog.refresh();
    expect(problems()).toEqual({ 'third-party-catalog': expect.stringContaining('HTTP 404') as unknown });
    expect(of('models-search')?.models).toBeGreaterThan(50);
  });

  it('catalog-malformed and catalog-huge: no list can be read, and the refresh says so', async () => {
    for (const form of ['catalog-malformed', 'catalog-huge']) {
      const { catalog, problems } = start(form);
      await expect(catalog.refresh()).rejects.toMatchObject({ code: 'server' });
      expect(Object.keys(problems())).toHaveLength(3);
    }
  });

  it('catalog-hostile: bad entries are counted, in the log too, and cost nothing else', async () => {
    const { ports, catalog, problems, of } = start('catalog-hostile');
    await catalog.refresh();
    expect(problems()).toEqual({});
    expect(of('models-search')?.leftOut).toBeGreaterThan(0);
    expect(of('third-party-catalog')?.leftOut).toBeGreaterThan(0);
    expect(ports.logged.filter((line) => line.includes('left out')).length).toBeGreaterThanOrEqual(2);
    expect(of('models-search')?.models).toBeGreaterThan(50);
  });

  it('catalog-looping: reading ends', async () => {
    const { catalog, problems } = start('catalog-looping');
    await catalog.refresh();
    expect(problems()).toEqual({});
  });

  it('catalog-slow: it can be stopped at any time', async () => {
    const { catalog } = start('catalog-slow');
    const refreshed = catalog.refresh();
    await expect.poll(() => catalog.status.refreshing).toBe(true);
    catalog.cancelRefresh();
    await expect(refreshed).rejects.toMatchObject({ code: 'cancelled' });
  });
});
