/**
 * Fetches a file that an answer points to.
 */
import { MAX_OUTPUT } from '../media/limits';
import type { MediaKind } from '../media/media';
import type { Answer } from './answer';
import type { AttemptGuard } from './attempt-guard';
import { isReachable } from './download-policy';
import { failure, networkFailure } from './errors';
import { guardedFetch } from './guarded-fetch';
import { tooLarge, tooSlow, wordOf } from './media-file';
import type { Clock } from './ports';
import { receive } from './receive';
import { RunFailure } from './run-failure';

/** What to do when a file that came, or its address, cannot be used. */
export const OTHERWISE = 'Run again, perhaps with another size or output format; if it comes again, report this model.';

/** What a download needs. */
export interface DownloadContext {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly guard: AttemptGuard;
  /** Is told how far the download is. */
  readonly answer: Answer;
  /** The API's own origin. */
  readonly apiOrigin: string;
  readonly logId: string | undefined;
}

/** A file as it came. */
export interface Downloaded {
  readonly bytes: Uint8Array;
  /** As the server names it; may be empty. */
  readonly contentType: string;
  /** When its first byte came, seconds. */
  readonly firstAt: number | undefined;
}

/** Redirects that are followed: storage often has one. */
const MAX_REDIRECTS = 3;
const PAGES = /^(?:text\/html|application\/xhtml\+xml)\b/i;
const XML = /^(?:text|application)\/xml\b/i;

/**
 * The file; undefined when the attempt was ended meanwhile. Without credential, and never from an address inside the
 * network of the host, be it by a redirect. A public name that leads to a private address is not seen here: names are
 * resolved by `fetch`. Throws `RunFailure`.
 */
export async function download(
  url: string,
  kind: MediaKind,
  context: DownloadContext,
): Promise<Downloaded | undefined> {
  const { guard, logId } = context;
  const { host } = URL.canParse(url) ? new URL(url) : { host: 'The address' };
  try {
    const response = await follow(url, kind, context);
    if (!response) return undefined;
    const contentType = response.headers.get('content-type') ?? '';
    const refused = problemOf(response, contentType, host, kind, logId);
    if (refused !== undefined) {
      void response.body?.cancel().catch(() => {});
      throw new RunFailure(refused);
    }
    if (!response.body) return { bytes: new Uint8Array(), contentType, firstAt: undefined };
    const reader = response.body.getReader();
    guard.watch(reader);
    const { bytes, firstAt, gaveUp } = await receive(() => reader.read(), response, MAX_OUTPUT[kind], context);
    if (guard.stopReason) return undefined;
    if (bytes) return { bytes, contentType, firstAt };
    void reader.cancel().catch(() => {});
    return refuse((gaveUp === 'too-slow' ? tooSlow : tooLarge)(kind).problem, logId);
  } catch (error) {
    if (error instanceof RunFailure || guard.stopReason) throw error;
    throw new RunFailure(networkFailure(error, host, true, logId));
  }
}

/** The response at the end of the redirects, each of them checked. */
async function follow(url: string, kind: MediaKind, context: DownloadContext): Promise<Response | undefined> {
  let address = url;
  for (let hops = 0; ; hops += 1) {
    if (!isReachable(address, context.apiOrigin)) {
      return refuse(`The answer points to a ${wordOf[kind]} at an address that is not safe to fetch.`, context.logId);
    }
    const init: RequestInit = { redirect: 'manual', credentials: 'omit' };
    const response = await guardedFetch(context.fetch, address, init, context.guard);
    const location = response && response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (!location) return response;
    void response.body?.cancel().catch(() => {});
    if (hops === MAX_REDIRECTS || !URL.canParse(location, address)) {
      return refuse(`The address of the ${wordOf[kind]} leads from one redirect to the next.`, context.logId);
    }
    address = new URL(location, address).href;
  }
}

function problemOf(response: Response, contentType: string, host: string, kind: MediaKind, logId: string | undefined) {
  const { status, ok, headers } = response;
  const word = wordOf[kind];
  if (status === 403 || status === 404 || status === 410) {
    return failure('server', {
      message: `${host} answered ${status}: the address of the ${word} has expired or was withdrawn.`,
      nextStep: `Run again for a new ${word}: this one cannot be had any more.`,
      status,
      logId,
    });
  }
  if (!ok) return failure('server', { message: `${host} answered ${status} instead of the ${word}.`, status, logId });
  if (PAGES.test(contentType) || (XML.test(contentType) && kind !== 'image')) {
    const message = `The address answered a web page instead of the ${word}.`;
    return failure('protocol', { message, logId, nextStep: OTHERWISE });
  }
  if (Number(headers.get('content-length') ?? 0) > MAX_OUTPUT[kind]) {
    return failure('protocol', { message: tooLarge(kind).problem, logId, nextStep: OTHERWISE });
  }
  return undefined;
}

function refuse(message: string, logId: string | undefined): never {
  throw new RunFailure(failure('protocol', { message, logId, nextStep: OTHERWISE }));
}
