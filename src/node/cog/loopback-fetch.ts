/**
 * `fetch` for servers on this machine. Node's own gives a request up whose headers take five minutes, and a prediction
 * that does not stream has none before its end.
 */
import http from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { isLoopback } from '../../core/cog/address';

/** Statuses of answers that have no body. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * `fetch` as it is, but for `http:` to this machine: without limits of time and proxies, redirects handed back, each call
 * over a connection of its own. Bodies are text or bytes there.
 */
export function patientFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return url.protocol === 'http:' && isLoopback(url) && !(input instanceof Request)
      ? send(url, init)
      : fetch(input, init);
  };
}

function send(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      // A socket that was kept may be of a server that has gone since.
      agent: false,
      ...(signal && { signal }),
    });
    // As `fetch` words it; who reads errors looks for the cause.
    request.once('error', (cause) => reject(new TypeError('fetch failed', { cause })));
    request.once('response', (message) => {
      const { statusCode: status = 200, statusMessage: statusText = '' } = message;
      const named = Object.entries(message.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      const hasBody = !BODILESS.has(status);
      if (!hasBody) message.resume();
      const stream = hasBody ? (Readable.toWeb(message) as ReadableStream) : null;
      try {
        resolve(new Response(stream as BodyInit | null, { status, statusText, headers: named }));
      } catch (cause) {
        // A status that is none, or a header.
        request.destroy();
        reject(new TypeError('fetch failed', { cause }));
      }
    });
    request.end(body as string | Uint8Array | null | undefined);
  });
}
