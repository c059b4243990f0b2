/**
 * Gets a file from an address that the user gave. The host does it, so it must not be led into its own network.
 */
import { isReachable } from '../core/inference/download-policy';
import { readAll } from '../core/inference/body';
import type { Clock } from '../core/inference/ports';
import { fileNameOf } from '../core/media/file-name';
import { MAX_INPUT } from '../core/media/limits';
import { isHtml } from '../core/media/looks-like';
import { RpcError } from '../protocol/rpc';

/** Seconds for all of it. */
const TIMEOUT = 30;

const MAX_REDIRECTS = 5;

const MAX_BYTES = Math.max(...Object.values(MAX_INPUT));

/** What fetching needs. */
export interface FetchPorts {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** A fetched file. */
export interface FetchedFile {
  readonly bytes: Uint8Array;
  /** As the server calls it, else by its address. */
  readonly name: string;
}

/**
 * The file at an `https:` address, without cookies, each redirect checked. `apiOrigin` may be fetched whatever it is.
 * Rejects with `RpcError`: `not-allowed` for an address that is not public, `network` when nothing came in time,
 * `bad-media` when there is no file, a web page, or too much.
 */
export async function fetchFile(url: string, { fetch, clock }: FetchPorts, apiOrigin = ''): Promise<FetchedFile> {
  checkAllowed(url, apiOrigin);
  const controller = new AbortController();
  const stopTimer = clock.after(TIMEOUT, () => controller.abort());
  try {
    // A fetch that does not mind its signal must not keep the caller.
    return await Promise.race([get(url, fetch, controller.signal, apiOrigin), aborted(controller.signal)]);
  } catch (error) {
    if (error instanceof RpcError) throw error;
    const { host } = new URL(url);
    const happened = controller.signal.aborted ? `sent no whole file in ${TIMEOUT} seconds` : 'cannot be reached';
    throw new RpcError(
      'network',
      `${host} ${happened}. Check the address and the network, or attach the file itself.`,
      true,
    );
  } finally {
    stopTimer();
    // Also closes what was not read to its end.
    controller.abort();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The time is over.')), { once: true });
  });
}

function checkAllowed(url: string, apiOrigin: string): void {
  if (isReachable(url, apiOrigin)) return;
  if (!URL.canParse(url)) throw new RpcError('not-allowed', 'This is not an address. It must begin with https://.');
  const { protocol, host } = new URL(url);
  if (protocol === 'https:') {
    throw new RpcError('not-allowed', `${host} is not a public address, so it is not fetched. Attach the file itself.`);
  }
  throw new RpcError('not-allowed', 'Only https addresses are fetched. Attach the file itself.');
}

async function get(
  start: string,
  fetch: FetchPorts['fetch'],
  signal: AbortSignal,
  apiOrigin: string,
): Promise<FetchedFile> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    // Redirects are followed here, not by `fetch`: each may lead into our own network.
    const response = await fetch(url, { redirect: 'manual', credentials: 'omit', signal });
    const target = redirectTarget(response, url);
    if (target === undefined) return read(response, url);
    response.body?.cancel().catch(() => undefined);
    url = target;
    checkAllowed(url, apiOrigin);
  }
  throw new RpcError(
    'bad-media',
    `The address redirects more than ${MAX_REDIRECTS} times. Use the one of the file itself.`,
  );
}

function redirectTarget({ status, headers }: Response, url: string): string | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  return URL.canParse(location, url) ? new URL(location, url).href : location;
}

async function read(response: Response, url: string): Promise<FetchedFile> {
  const { host } = new URL(url);
  const { status, ok, headers, body } = response;
  if (!ok) throw new RpcError('bad-media', `${host} answered ${status}: ${meaning(status)}`);
  const isPage = /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '');
  if (isPage) throw webPage();
  if (Number(headers.get('content-length') ?? 0) > MAX_BYTES) throw tooMuch(host);
  const reader = body?.getReader();
  const bytes = reader ? await readAll(() => reader.read(), MAX_BYTES) : new Uint8Array();
  if (bytes === undefined) throw tooMuch(host);
  if (isHtml(bytes)) throw webPage();
  return { bytes, name: nameOf(headers, url) };
}

function meaning(status: number): string {
  if (status === 404 || status === 410) return 'there is no file at this address, or not any more.';
  if (status === 401 || status === 403) return 'the file needs a login, or the address has expired. Get a new one.';
  return status >= 500 ? 'the server has a problem. Try again later.' : 'it did not send the file.';
}

function webPage(): RpcError {
  return new RpcError(
    'bad-media',
    'The address answered a web page, not a file. Use the address of the file itself, or save it and attach that.',
  );
}

function tooMuch(host: string): RpcError {
  return new RpcError(
    'bad-media',
    `${host} sends more than ${MAX_BYTES / 1024 / 1024} MiB. Make the file smaller first.`,
  );
}

/** `content-disposition` (RFC 6266), else the last part of the path, else the host. */
function nameOf(headers: Headers, url: string): string {
  const disposition = headers.get('content-disposition') ?? '';
  const extended = /filename\*\s*=\s*UTF-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  const { pathname, hostname } = new URL(url);
  const given = extended === undefined ? (plain?.[1] ?? plain?.[2]) : decoded(extended);
  return fileNameOf(given || decoded(pathname.split('/').at(-1) ?? '') || hostname);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
