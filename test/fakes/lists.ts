import { createHash } from 'node:crypto';

/** A page as a server sends it: its status and JSON, or the text of a body that is none. */
export type FakePage = { readonly status?: number; readonly json?: unknown; readonly text?: string } | 'offline';

/** Pages of each list, told by the test; a page that is not there is empty, a list that is not there is 404. */
export interface FakeLists {
  search?: readonly FakePage[];
  catalog?: readonly FakePage[];
  compat?: readonly FakePage[];
  /** JSON of a schema route by model id. */
  schemas?: Readonly<Record<string, FakePage>>;
  /** Whether pages carry an entity tag, and 304 answers a matching one. */
  tags?: boolean;
}

/** A call that was made. */
export interface ListCall {
  readonly url: URL;
  readonly headers: Headers;
  readonly redirect: string | undefined;
  /** The status of the answer. */
  status?: number;
}

/** A server of catalog lists. */
export interface ListServer {
  readonly fetch: typeof globalThis.fetch;
  readonly calls: ListCall[];
  /** May be changed at any time. */
  lists: FakeLists;
  /** While set, answers wait for it; a call that is aborted meanwhile rejects. */
  gate: Promise<unknown> | undefined;
  /** Paths with queries that were asked since the last look, with the status of each answer. */
  seen(): string[];
}

/** One page of a v4 list. */
export function v4(result: readonly unknown[], info: object = {}): FakePage {
  return { json: { success: true, errors: [], messages: [], result, result_info: info } };
}

/** An entry of `GET /ai/models/search`. */
export function hostedEntry(name: string, usd?: number, more: readonly object[] = []): unknown {
  const price = usd === undefined ? [] : [{ property_id: 'price', value: tokenPrices(usd) }];
  return { id: 'uuid', name, task: { name: 'Text Generation' }, properties: [...price, ...more] };
}

const tokenPrices = (usd: number) => [
  { unit: 'per M input tokens', price: usd, currency: 'USD' },
  { unit: 'per M output tokens', price: 2 * usd, currency: 'USD' },
];

/** An entry of `GET /ai/catalog/models`. */
export function thirdPartyEntry(id: string, usd: number): unknown {
  const pricing = { 'Input tokens (per 1M)': usd, 'Output tokens (per 1M)': 2 * usd };
  return { model_id: id, provider_id: id.split('/')[0], name: id, task: 'Text Generation', pricing, tags: [] };
}

/** Makes a server of these lists at any address. */
export function listServer(lists: FakeLists): ListServer {
  const server: ListServer = {
    calls: [],
    lists,
    gate: undefined,
    seen: () =>
      server.calls
        .splice(0)
        .map(({ url, status }) => `${url.pathname.split('/').slice(-2).join('/')}${url.search} ${status}`),
    async fetch(input, init) {
      const url = new URL(String(input));
      const headers = new Headers(init?.headers);
      const call: ListCall = { url, headers, redirect: init?.redirect };
      server.calls.push(call);
      const aborted = new Promise<never>((_, reject) => {
        const fail = () => reject(new DOMException('aborted', 'AbortError'));
        if (init?.signal?.aborted) fail();
        init?.signal?.addEventListener('abort', fail);
      });
      await Promise.race([server.gate, aborted]);
      const page = pageAt(server.lists, url);
      if (page === 'offline') throw new TypeError('fetch failed');
      const response = respond(page, server.lists.tags === true ? headers.get('if-none-match') : undefined);
      call.status = response.status;
      return response;
    },
  };
  return server;
}

function pageAt(lists: FakeLists, url: URL): FakePage {
  const path = url.pathname;
  const schema = /\/ai\/catalog\/models\/(.+)\/schema$/.exec(path)?.[1] ?? url.searchParams.get('model');
  if (schema) return lists.schemas?.[schema] ?? { status: 404, json: { success: false } };
  if (!path.includes('/ai/') && !path.endsWith('/compat/models')) return { json: { success: true, result: null } };
  const list = path.endsWith('/search') ? lists.search : path.endsWith('/compat/models') ? lists.compat : lists.catalog;
  if (list === undefined) return { status: 404, json: { success: false, errors: [{ code: 7000 }] } };
  return list[Number(url.searchParams.get('page') ?? 1) - 1] ?? v4([]);
}

/** @param known the tag that was sent; undefined: this server has no tags */
function respond(page: Exclude<FakePage, 'offline'>, known: string | null | undefined): Response {
  const body = page.text ?? JSON.stringify(page.json);
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  if (known === etag) return new Response(null, { status: 304, headers: { etag } });
  return new Response(body, { status: page.status ?? 200, headers: known === undefined ? {} : { etag } });
}
