/**
 * One authenticated GET of Cloudflare's API, for the few calls that are not inference.
 */
import { RpcError } from '../protocol/rpc';

/** An answer of any status, its body parsed when it was JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The entity tag, as it may be sent back. */
  readonly etag?: string;
}

/** What else a GET may carry. */
export interface GetOptions {
  /** Entity tag of what we have: the answer may then be 304, without a body. */
  readonly etag?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes after which a body is cut off; 16 MiB unless told. */
  readonly maxBytes?: number;
  /** Where the token stands; the gateway host reads `authorization` as the provider's own key. */
  readonly tokenHeader?: 'authorization' | 'cf-aig-authorization';
}

/** Seconds a call may take, its body included. */
const TIMEOUT = 15;

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Throws `RpcError` code `bad-token` for text that cannot stand in a header. The HTTP client would refuse it as well,
 * but with a message that quotes the token.
 */
export function checkToken(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new RpcError('bad-token', 'This is not an API token: it is empty, or holds blanks or unusual characters.');
}

/** The text when it is an entity tag (RFC 9110, 8.8.3) that can stand in a header. */
export function entityTag(value: unknown): string | undefined {
  return typeof value === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(value) ? value : undefined;
}

/** The whole body; undefined when it is larger than `maxBytes`. What lies beyond is never read. */
async function readCapped(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The value, or undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * GETs `url` with the token. Redirects are refused: the token goes to the address it was given for.
 * Rejects with `RpcError`: `network` when there was no answer in time, `server` when it is too large, `cancelled` when
 * the signal said so. An answer with an error status resolves.
 */
export async function apiGet(
  fetch: typeof globalThis.fetch,
  url: string,
  token: string,
  { etag, signal, maxBytes = MAX_BYTES, tokenHeader = 'authorization' }: GetOptions = {},
): Promise<ApiAnswer> {
  checkToken(token);
  const { origin } = new URL(url);
  const controller = new AbortController();
  const stop = () => controller.abort();
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop);
  // Not `AbortSignal.timeout`: its timer outlives the answer, and whoever closes the host waits for it.
  const timer = setTimeout(stop, TIMEOUT * 1000);
  let response: Response;
  let text: string | undefined;
  try {
    response = await fetch(url, {
      headers: {
        [tokenHeader]: `Bearer ${token}`,
        accept: 'application/json',
        ...(etag !== undefined && { 'if-none-match': etag }),
      },
      redirect: 'error',
      signal: controller.signal,
    });
    text = await readCapped(response, maxBytes);
  } catch {
    if (signal?.aborted === true) throw cancelled();
    throw new RpcError('network', `${origin} did not answer. Check the network, a proxy, and the API base URL.`, true);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
  if (text === undefined) {
    // Its socket would stay open until the rest had come.
    stop();
    throw new RpcError('server', `${origin} sent more than ${Math.round(maxBytes / 1024 / 1024)} MiB.`);
  }
  const tag = entityTag(response.headers.get('etag'));
  return { status: response.status, body: parseJson(text), ...(tag !== undefined && { etag: tag }) };
}

/** What a call that was stopped rejects with. */
export function cancelled(): RpcError {
  return new RpcError('cancelled', 'This was stopped before it was done.', true);
}

/** `result` of a v4 envelope that says `success: true`, else undefined. */
export function resultOf(answer: ApiAnswer): unknown {
  const { body } = answer;
  if (answer.status >= 400 || typeof body !== 'object' || body === null) return undefined;
  const envelope = body as { success?: unknown; result?: unknown };
  return envelope.success === true ? envelope.result : undefined;
}
