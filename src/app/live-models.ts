import { parseModelsSearch } from '../core/catalog/parse';
import type { Model } from '../core/catalog/model';
import type { Endpoint } from '../core/inference/request';
import { RpcError } from '../protocol/rpc';
import { apiGet, resultOf } from './http';

const PAGE_SIZE = 100;

/** A server that pages for ever must not keep us for ever. */
const MAX_PAGES = 20;

/**
 * Models of `GET /ai/models/search`, all pages (cloudflare-api.md 4.1: hosted models only).
 * Rejects with `RpcError`: `network` or `server`.
 */
export async function fetchLiveModels(fetch: typeof globalThis.fetch, endpoint: Endpoint): Promise<readonly Model[]> {
  const models = new Map<string, Model>();
  let listed = 0;
  const base = `${endpoint.baseUrl}/accounts/${encodeURIComponent(endpoint.accountId)}/ai/models/search`;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await apiGet(fetch, `${base}?page=${page}&per_page=${PAGE_SIZE}`, endpoint.token);
    const result = resultOf(answer);
    if (!Array.isArray(result)) {
      throw new RpcError('server', `Listing the models failed with HTTP ${answer.status}.`, answer.status >= 500);
    }
    const before = models.size;
    for (const model of parseModelsSearch(answer.body)) models.set(model.id, model);
    listed += result.length;
    const total = (answer.body as { result_info?: { total_count?: unknown } }).result_info?.total_count;
    // A page that only repeats is the last as well: some servers ignore `page`, and some do not tell a total.
    if ((typeof total === 'number' && listed >= total) || models.size === before) break;
  }
  return [...models.values()];
}
