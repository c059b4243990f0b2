/**
 * One authenticated GET of Cloudflare's v4 API, for the few calls that are not inference.
 */
import { RpcError } from '../protocol/rpc';

/** A v4 answer of any status, its body parsed when it was JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Throws `RpcError` code `bad-token` for text that cannot stand in a header. The HTTP client would refuse it as well,
 * but with a message that quotes the token.
 */
export function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new RpcError('bad-token', 'This is not an API token: it is empty, or holds blanks or unusual characters.');
}

/** Milliseconds a call may take. */
const TIMEOUT = 15_000;

/**
 * GETs `url` with the token. Redirects are refused: the token goes to the address it was given for.
 * Rejects with `RpcError` code `network` when there was no answer; an answer with an error status resolves.
 */
export async function apiGet(fetch: typeof globalThis.fetch, url: string, token: string): Promise<ApiAnswer> {
  checkToken(token);
  const controller = new AbortController();
  // Not `AbortSignal.timeout`: its timer outlives the answer, and whoever closes the host waits for it.
  const timer = setTimeout(() => controller.abort(), TIMEOUT);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      redirect: 'error',
      signal: controller.signal,
    });
    text = await response.text();
  } catch {
    throw new RpcError(
      'network',
      `${new URL(url).origin} did not answer. Check the network, a proxy, and the API base URL.`,
      true,
    );
  } finally {
    clearTimeout(timer);
  }
  try {
    return { status: response.status, body: JSON.parse(text) as unknown };
  } catch {
    return { status: response.status, body: undefined };
  }
}

/** `result` of a v4 envelope that says `success: true`, else undefined. */
export function resultOf(answer: ApiAnswer): unknown {
  const { body } = answer;
  if (answer.status >= 400 || typeof body !== 'object' || body === null) return undefined;
  const envelope = body as { success?: unknown; result?: unknown };
  return envelope.success === true ? envelope.result : undefined;
}
