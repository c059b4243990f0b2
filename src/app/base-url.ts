import { RpcError } from '../protocol/rpc';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An API base URL that may be used. */
export interface BaseUrl {
  /** Without a trailing slash. */
  readonly href: string;
  /** The only origin a token given for this base may be sent to. */
  readonly origin: string;
}

/**
 * Checks an API base URL: `https:`, or `http:` on loopback, without credentials, query or fragment.
 * Throws `RpcError` with code `bad-base-url`.
 */
export function parseBaseUrl(text: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) {
    throw new RpcError('bad-base-url', 'The API base URL is not a URL.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.has(url.hostname))) {
    throw new RpcError(
      'bad-base-url',
      'The API base URL must start with https:, or with http: on this machine (127.0.0.1 or localhost), ' +
        'because a token is sent to it.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RpcError('bad-base-url', 'The API base URL must not contain a user name, password, query or fragment.');
  }
  return { href: url.href.replace(/\/+$/, ''), origin: url.origin };
}
