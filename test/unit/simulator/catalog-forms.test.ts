import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseCompatModels } from '../../../src/core/catalog/sources/compat-models';
import { parseModelsSearch } from '../../../src/core/catalog/sources/models-search';
import { parseThirdPartyCatalog } from '../../../src/core/catalog/sources/third-party-catalog';
import { type RunningServer, serve } from '../../../src/simulator/http';
import { goneId, newModel, repriced } from '../../../src/simulator/listings/changed';
import { catalogForms } from '../../../src/simulator/listings/forms';
import { chat, createAsker, jsonOf, textOf } from './support';

// Sockets on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const { get, send } = createAsker();
const authorized = { authorization: 'Bearer test', 'cf-aig-authorization': 'Bearer test' };
const paths = (account: string) => ({
  search: `/client/v4/accounts/${account}/ai/models/search?page=1&per_page=100`,
  catalog: `/client/v4/accounts/${account}/ai/catalog/models?page=1&per_page=50`,
  compat: `/v1/${account}/default/compat/models`,
});
const ask = (path: string) => get(path, authorized);

async function catalogOf(account: string): Promise<any[]> {
  const items: unknown[] = [];
  for (let page = 1; page <= 4; page++) {
    items.push(...jsonOf(await ask(paths(account).catalog.replace('page=1', `page=${page}`))).result);
  }
  return items;
}

describe('accounts whose catalog is broken', () => {
  it.each(Object.keys(catalogForms))('%s can be connected: tokens, gateways and permissions are well', async (form) => {
    const base = `/client/v4/accounts/${form}`;
    for (const path of ['/tokens/verify', '/ai-gateway/gateways?per_page=1', '/ai/models/search?per_page=1']) {
      const reply = await ask(base + path);
      expect([reply.status, reply.headersAt, jsonOf(reply).success]).toEqual([200, 0, true]);
    }
    const accounts = await get('/client/v4/accounts', { authorization: `Bearer ${form}` });
    expect(jsonOf(accounts).result).toMatchObject([{ id: form }]);
  });

  it('catalog-changed: one price changed, one model new, one gone, in every listing and for inference', async () => {
    const before = new Map((await catalogOf('simulator')).map((item) => [item.model_id, JSON.stringify(item)]));
    const after = new Map((await catalogOf('catalog-changed')).map((item) => [item.model_id, JSON.stringify(item)]));
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([goneId]);
    expect([...after.keys()].filter((id) => !before.has(id))).toEqual([newModel.id]);
    expect([...after.keys()].filter((id) => before.has(id) && before.get(id) !== after.get(id))).toEqual([repriced.id]);
    const priced = parseCompatModels(jsonOf(await ask(paths('catalog-changed').compat)));
    expect(priced.find(({ id }) => id === repriced.id)?.facts.pricing?.[0]).toMatchObject({ usd: repriced.usd });
    const run = (model: string) =>
      send('/client/v4/accounts/catalog-changed/ai/v1/chat/completions', { body: chat(model, 'Hi') });
    expect((await run(newModel.id)).status).toBe(200);
    expect((await run(goneId)).status).toBe(400);
  });

  it('catalog-missing: only the unofficial catalog is missing', async () => {
    const { search, catalog, compat } = paths('catalog-missing');
    expect((await ask(catalog)).status).toBe(404);
    expect((await ask('/client/v4/accounts/catalog-missing/ai/catalog/models/openai/gpt-image-2/schema')).status).toBe(
      404,
    );
    expect((await ask(search)).status).toBe(200);
    expect((await ask(compat)).status).toBe(200);
  });

  it('catalog-malformed: nothing is a listing, though every status is 200', async () => {
    const { search, catalog, compat } = paths('catalog-malformed');
    for (const path of [search, catalog]) {
      const reply = await ask(path);
      expect(reply.status).toBe(200);
      expect(() => jsonOf(reply)).toThrow();
    }
    expect(textOf(await ask(catalog))).toContain('<!DOCTYPE html>');
    expect(jsonOf(await ask(compat)).data).toBe('none');
  });

  it('catalog-hostile: every good entry is there, and bad ones between', async () => {
    const bad: string[] = [];
    const reject = (entry: string): number => bad.push(entry);
    const { compat } = paths('catalog-hostile');
    const search = await ask('/client/v4/accounts/catalog-hostile/ai/models/search?page=1&per_page=1000');
    const hosted = parseModelsSearch(jsonOf(search), reject);
    expect(bad.length).toBeGreaterThan(15);
    const healthy = await ask('/client/v4/accounts/simulator/ai/models/search?per_page=1000');
    expect(hosted.map(({ id }) => id)).toEqual(
      expect.arrayContaining(parseModelsSearch(jsonOf(healthy)).map(({ id }) => id)),
    );
    const items = jsonOf(search).result;
    expect(items.findIndex((entry: unknown) => entry === null)).toBeGreaterThan(0);
    expect(items.findIndex((entry: unknown) => entry === null)).toBeLessThan(10);

    const thirdParty: unknown[] = [];
    for (let page = 1; page <= 5; page++) {
      thirdParty.push(
        ...jsonOf(await ask(`/client/v4/accounts/catalog-hostile/ai/catalog/models?page=${page}`)).result,
      );
    }
    const known = parseThirdPartyCatalog({ result: thirdParty }, reject).map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining((await catalogOf('simulator')).map((item) => item.model_id)));
    bad.length = 0;
    expect(parseCompatModels(jsonOf(await ask(compat)), reject).length).toBeGreaterThan(100);
    expect(bad.length).toBeGreaterThan(15);
    const schema = await ask('/client/v4/accounts/catalog-hostile/ai/models/schema?model=@cf/zai-org/glm-4.7-flash');
    expect(jsonOf(schema).result.input.properties.turned).toMatchObject({ minimum: 10, maximum: 1 });
  });

  it('catalog-empty: lists and schemas are empty', async () => {
    const { search, catalog, compat } = paths('catalog-empty');
    for (const path of [search, catalog]) {
      expect(jsonOf(await ask(path))).toMatchObject({ result: [], result_info: { total_count: 0, total_pages: 0 } });
    }
    expect(jsonOf(await ask(compat)).data).toEqual([]);
    const schema = '/client/v4/accounts/catalog-empty/ai/models/schema?model=@cf/zai-org/glm-4.7-flash';
    expect((await ask(schema)).status).toBe(404);
  });

  it('catalog-looping: every page is the first, and a next one is always promised', async () => {
    const { catalog } = paths('catalog-looping');
    const first = jsonOf(await ask(catalog));
    const late = jsonOf(await ask(catalog.replace('page=1', 'page=999')));
    expect(late.result).toEqual(first.result);
    expect(late.result_info).toMatchObject({ page: 999, count: 50 });
    expect(late.result_info.total_pages).toBeGreaterThan(999);
  });
});

describe('over HTTP', () => {
  let server: RunningServer;
  afterEach(() => server.close());
  const origin = () => `http://127.0.0.1:${server.port}`;
  const open = async (): Promise<number> =>
    ((await (await fetch(`${server.baseUrl}/simulator/stats`)).json()) as any).result.open;

  it('catalog-huge is valid JSON of more than 20 MB, written as fast as it is read and without length', async () => {
    server = await serve({ port: 0, speed: 0 });
    for (const path of Object.values(paths('catalog-huge'))) {
      const response = await fetch(origin() + path, { headers: authorized });
      expect([response.status, response.headers.get('content-length')]).toEqual([200, null]);
      const text = await response.text();
      expect(text.length).toBeGreaterThan(20e6);
      const body = JSON.parse(text) as any;
      expect((body.result ?? body.data).length).toBeGreaterThan(100_000);
    }
    // Who leaves after the first piece is not written to any more.
    const leave = new AbortController();
    const response = await fetch(origin() + paths('catalog-huge').catalog, {
      headers: authorized,
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    leave.abort();
    await vi.waitUntil(async () => (await open()) === 0);
  });

  it.each([0, 1])('catalog-slow never ends an answer, and forgets who leaves (speed %d)', async (speed) => {
    server = await serve({ port: 0, speed });
    const { search, catalog, compat } = paths('catalog-slow');
    const leave = new AbortController();
    const options = { headers: authorized, signal: leave.signal };
    const silent = [search, compat].map((path) => fetch(origin() + path, options));
    const begun = await fetch(origin() + catalog, options);
    const reader = begun.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(200);
    const rest = reader?.read();
    await vi.waitUntil(async () => (await open()) === 3);
    const first = await Promise.race([...silent, rest, new Promise((resolve) => setImmediate(() => resolve('none')))]);
    expect(first).toBe('none');
    leave.abort();
    for (const waiting of [...silent, rest]) await expect(waiting).rejects.toThrow();
    await vi.waitUntil(async () => (await open()) === 0);
  });

  it('answers 304 without a body and keeps the connection usable', async () => {
    server = await serve({ port: 0, speed: 0 });
    const url = origin() + paths('simulator').catalog;
    const etag = (await fetch(url, { headers: authorized })).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { ...authorized, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(url, { headers: authorized })).status).toBe(200);
  });
});
