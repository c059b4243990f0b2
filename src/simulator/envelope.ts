/**
 * Cloudflare's v4 envelope, `{ result, success, errors, messages }` (cloudflare-api.md 1.5 and 1.6).
 */
import { jsonReply, type Reply } from './exchange';

/** A refusal: thrown by whatever finds the request wanting, answered by the router. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** Cloudflare's numeric code. Absent: the envelope carries none. */
    readonly code: number | undefined,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Paging facts of a list (`result_info`). */
export interface ResultInfo {
  readonly page: number;
  readonly per_page: number;
  readonly count: number;
  readonly total_count: number;
  readonly total_pages: number;
}

/** A successful envelope around `result`. */
export function success(result: unknown, info?: ResultInfo): Record<string, unknown> {
  return { result, success: true, errors: [], messages: [], ...(info === undefined ? {} : { result_info: info }) };
}

/** A successful reply around `result`. */
export function ok(result: unknown, info?: ResultInfo): Reply {
  return jsonReply(200, success(result, info));
}

/** A failed reply. */
export function refused(refusal: Refusal): Reply {
  const error = { ...(refusal.code === undefined ? {} : { code: refusal.code }), message: refusal.message };
  const body = { result: null, success: false, errors: [error], messages: [] };
  return jsonReply(refusal.status, body, { headers: refusal.headers });
}

/** One page of `items` by the `page` and `per_page` of `query`, with its `result_info`. */
export function paged(
  items: readonly unknown[],
  query: URLSearchParams,
  size: { readonly usual: number; readonly largest: number },
): Reply {
  const page = positive(query.get('page'), 1);
  const perPage = Math.min(positive(query.get('per_page'), size.usual), size.largest);
  const slice = items.slice((page - 1) * perPage, page * perPage);
  return ok(slice, {
    page,
    per_page: perPage,
    count: slice.length,
    total_count: items.length,
    total_pages: Math.ceil(items.length / perPage),
  });
}

function positive(text: string | null, fallback: number): number {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : fallback;
}
