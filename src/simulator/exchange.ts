/**
 * A request and its reply as data: everything between is pure, so routes are tested without a socket.
 */

/** One HTTP request, body read. */
export interface SimRequest {
  readonly method: string;
  /** Path without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Seconds on the server's monotonic clock when the request was read. */
  readonly receivedAt: number;
}

/** What a piece of a stream is, so that a fault can be put at the right place. */
export type StepKind =
  'comment' | 'role' | 'reasoning' | 'text' | 'media' | 'marker' | 'finish' | 'usage' | 'done' | 'body';

/** One thing the server does with an open response. */
export type Step =
  /** Writes `data` at `at` seconds (natural speed) after the request was received. */
  | { readonly type: 'write'; readonly at: number; readonly kind: StepKind; readonly data: string | Uint8Array }
  /** Writes `data` again and again, every `every` seconds, until the client leaves. */
  | { readonly type: 'drip'; readonly every: number; readonly data: Uint8Array }
  /** Says nothing more and keeps the socket until the client leaves. */
  | { readonly type: 'hang' }
  /** Closes the socket without ending the response. */
  | { readonly type: 'drop'; readonly at: number };

/** A response, described. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds (natural speed) after the request was received at which the response headers leave; `Infinity`: never. */
  readonly headersAt: number;
  readonly steps: readonly Step[];
  /** Resets the connection instead of answering. */
  readonly reset?: boolean;
  /** The caller's name for the run (`run_id` in `cf-aig-metadata`), under which its first token is recorded. */
  readonly run?: string;
}

/** A whole body at once. */
export function bodyReply(
  status: number,
  contentType: string,
  data: string | Uint8Array,
  options: { headers?: Readonly<Record<string, string>>; at?: number } = {},
): Reply {
  const at = options.at ?? 0;
  return {
    status,
    headers: { 'content-type': contentType, ...options.headers },
    headersAt: at,
    steps: [{ type: 'write', at, kind: 'body', data }],
  };
}

/** A JSON body at once. */
export function jsonReply(
  status: number,
  value: unknown,
  options: { headers?: Readonly<Record<string, string>>; at?: number } = {},
): Reply {
  return bodyReply(status, 'application/json', JSON.stringify(value), options);
}

/** A server-sent event stream whose headers leave at `headersAt`. */
export function streamReply(steps: Iterable<Step>, headersAt: number): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    headersAt,
    steps: [...steps],
  };
}
