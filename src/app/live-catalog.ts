/**
 * Reads the live lists of models (cloudflare-api.md 4.1 and 4.3), side by side: each is read, or tells why it was not.
 */
import type { ListedModel } from '../core/catalog/entry';
import { parseCompatModels } from '../core/catalog/sources/compat-models';
import type { Rejected } from '../core/catalog/sources/entries';
import { parseModelsSearch } from '../core/catalog/sources/models-search';
import { parseThirdPartyCatalog } from '../core/catalog/sources/third-party-catalog';
import { asObject } from '../core/inference/json';
import type { Endpoint } from '../core/inference/request';
import { RpcError, toRpcError } from '../protocol/rpc';
import { MAX_ENTRIES, MAX_PAGES, type ListCopy, type ListPage, type LiveSource } from './catalog-copies';
import { apiGet, type ApiAnswer, type GetOptions } from './http';
import type { AppPorts } from './ports';

/** One list that was read, or why not. */
export type ListReading =
  | { readonly source: LiveSource; readonly copy: ListCopy }
  | {
      readonly source: LiveSource;
      /** One sentence. */
      readonly problem: string;
      /** Why the attempt failed, in one word; absent: it was not even tried. */
      readonly failure?: 'network' | 'server';
    };

/** A list and how it is asked for. */
interface LiveList {
  readonly source: LiveSource;
  /** The subject of a sentence. */
  readonly title: string;
  /** Entries of a page; absent: the list comes in one piece. */
  readonly pageSize?: number;
  readonly tokenHeader?: GetOptions['tokenHeader'];
  /** Throws an `RpcError` when there is no address that our token may be sent to. */
  url(endpoint: Endpoint): string;
  parse(json: unknown, rejected: Rejected): ListedModel[];
}

const account = ({ baseUrl, accountId }: Endpoint): string => `${baseUrl}/accounts/${encodeURIComponent(accountId)}`;

/**
 * Where the lists of the gateway host are. Cloudflare's own is gateway.ai.cloudflare.com, another origin than its API's,
 * and a token is sent to no origin but the one it was given for. So they are read only where one origin serves both: the
 * simulator, and proxies.
 */
function gatewayHost({ baseUrl, accountId, gatewayId }: Endpoint): string {
  const { origin, hostname } = new URL(baseUrl);
  if (hostname === 'api.cloudflare.com') {
    throw new RpcError('other-origin', `they are on another host, and the token is only for ${origin}`);
  }
  return `${origin}/v1/${encodeURIComponent(accountId)}/${encodeURIComponent(gatewayId)}`;
}

const lists: readonly LiveList[] = [
  {
    source: 'models-search',
    title: 'The list of hosted models was',
    pageSize: 100,
    url: (endpoint) => `${account(endpoint)}/ai/models/search`,
    parse: parseModelsSearch,
  },
  {
    source: 'third-party-catalog',
    title: 'The third-party catalog was',
    pageSize: 50,
    url: (endpoint) => `${account(endpoint)}/ai/catalog/models`,
    parse: parseThirdPartyCatalog,
  },
  {
    source: 'compat-models',
    title: 'The token prices of the gateway host were',
    tokenHeader: 'cf-aig-authorization',
    url: (endpoint) => `${gatewayHost(endpoint)}/compat/models`,
    parse: parseCompatModels,
  },
];

/**
 * Reads all lists. `known` are the copies we have: what did not change since is taken from them. Problems, and what was
 * left out of a list, are logged. Never rejects; when the signal was aborted the readings mean nothing.
 */
export async function readLiveCatalog(
  { fetch, epoch, log }: Pick<AppPorts, 'fetch' | 'epoch' | 'log'>,
  endpoint: Endpoint,
  known: readonly ListCopy[],
  signal: AbortSignal,
): Promise<readonly ListReading[]> {
  const readings = lists.map(async (list): Promise<ListReading> => {
    const { source, title, tokenHeader } = list;
    const leftOut: string[] = [];
    try {
      const url = list.url(endpoint);
      const get = (query: string, etag: string | undefined): Promise<ApiAnswer> =>
        apiGet(fetch, url + query, endpoint.token, { etag, signal, ...(tokenHeader && { tokenHeader }) });
      const copy = known.find((one) => one.source === source);
      const pages = await readPages(list, get, copy?.pages ?? [], (entry, why) => {
        leftOut.push(`${entry.slice(0, 80)} (${why})`);
      });
      return { source, copy: { source, asOf: new Date(epoch()).toISOString(), pages } };
    } catch (error) {
      const { code, message } = toRpcError(error);
      const problem = `${title} not read: ${message.replace(/\.$/, '')}.`;
      if (code === 'other-origin') return { source, problem };
      if (!signal.aborted) log.warn(problem);
      return { source, problem, failure: code === 'network' ? 'network' : 'server' };
    } finally {
      if (leftOut.length > 0 && !signal.aborted) {
        const entries = leftOut.length === 1 ? '1 entry' : `${leftOut.length} entries`;
        log.warn(`${title} not read in full: ${entries} left out: ${leftOut.slice(0, 3).join('; ')}`);
      }
    }
  });
  return Promise.all(readings);
}

/** All pages. A page that was not changed is the one of `known`, the very same object. */
async function readPages(
  list: LiveList,
  get: (query: string, etag: string | undefined) => Promise<ApiAnswer>,
  known: readonly ListPage[],
  rejected: Rejected,
): Promise<readonly ListPage[]> {
  const { pageSize } = list;
  const pages: ListPage[] = [];
  const ids = new Set<string>();
  let listed = 0;
  for (let number = 1; number <= MAX_PAGES && ids.size < MAX_ENTRIES; number++) {
    const copy = known[number - 1];
    const answer = await get(pageSize === undefined ? '' : `?page=${number}&per_page=${pageSize}`, copy?.etag);
    const isUnchanged = answer.status === 304 && copy !== undefined;
    const body = isUnchanged ? undefined : bodyOf(answer);
    const { page, bad } = isUnchanged ? { page: copy, bad: [] } : parsePage(list, answer, body);
    for (const [entry, why] of bad) rejected(entry, why);
    // Another shape, above all: what we have is better than nothing at all.
    if (page.models.length === 0 && bad.length > 0) throw new RpcError('server', 'nothing in it was understood');
    if (page.models.length === 0 && isMissing(body, number, listed, known)) {
      throw new RpcError('server', number === 1 ? 'it is empty, and was not before' : 'it ends before its end');
    }
    const before = ids.size;
    for (const { id } of page.models) ids.add(id);
    // Some servers ignore `page`, and some do not tell how many there are.
    if (number > 1 && ids.size === before) break;
    listed += entriesIn(body) ?? page.models.length;
    const last = isUnchanged ? page.last : pageSize === undefined || isLast(body, number, listed);
    pages.push(last === page.last ? page : { ...page, last });
    if (last) break;
  }
  return pages;
}

function bodyOf({ status, body }: ApiAnswer): unknown {
  if (status === 404) throw new RpcError('server', 'the server has no such list (HTTP 404)');
  if (status === 401 || status === 403) throw new RpcError('server', `the token may not read it (HTTP ${status})`);
  if (status < 200 || status > 299) throw new RpcError('server', `the server answered with HTTP ${status}`);
  if (body === undefined) throw new RpcError('server', 'the answer is not JSON');
  // Some failures come with HTTP 200 and an empty list, which is not the one that there is.
  if (asObject(body)?.['success'] === false) throw new RpcError('server', 'the server reports a failure');
  return body;
}

function parsePage(list: LiveList, { etag }: ApiAnswer, body: unknown): { page: ListPage; bad: [string, string][] } {
  const bad: [string, string][] = [];
  const models = list.parse(body, (entry, why) => bad.push([entry, why])).slice(0, MAX_ENTRIES);
  return { page: { ...(etag !== undefined && { etag }), models, leftOut: bad.length, last: false }, bad };
}

/** Whether an empty page stands where there must be models. Servers have bad minutes; we keep what we have. */
function isMissing(body: unknown, number: number, listed: number, known: readonly ListPage[]): boolean {
  const total = asObject(asObject(body)?.['result_info'])?.['total_count'];
  if (typeof total === 'number') return total > listed;
  return number === 1 && known.some(({ models }) => models.length > 0);
}

function entriesIn(body: unknown): number | undefined {
  const result = asObject(body)?.['result'];
  return Array.isArray(result) ? result.length : undefined;
}

/** Whether the envelope says that nothing follows. `listed`: entries up to this page. */
function isLast(body: unknown, number: number, listed: number): boolean {
  const { total_count: entries, total_pages: pages } = asObject(asObject(body)?.['result_info']) ?? {};
  if (typeof pages === 'number') return number >= pages;
  return typeof entries === 'number' && listed >= entries;
}
