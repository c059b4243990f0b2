/**
 * From a picture as an answer names it (URL, data URI or base64) to its bytes.
 */
import type { MediaBytes } from '../run/events';
import type { AttemptGuard } from './attempt-guard';
import { readAll } from './body';
import { isReachable } from './download-policy';
import { failure, networkFailure } from './errors';
import { guardedFetch } from './guarded-fetch';
import { sniffImage } from './image-bytes';
import { RunFailure } from './run-failure';

/** Largest picture accepted, bytes. */
const MAX_PICTURE = 32 * 1024 * 1024;

/** What fetching a picture needs. */
export interface PictureContext {
  readonly fetch: typeof globalThis.fetch;
  readonly guard: AttemptGuard;
  /** The API's own origin. */
  readonly apiOrigin: string;
  readonly logId: string | undefined;
}

/** The picture behind `source`. Throws `RunFailure`. URLs are fetched at once: how long they live is not documented. */
export async function picture(source: string, context: PictureContext): Promise<MediaBytes> {
  const bytes = /^https?:/i.test(source) ? await download(source, context) : decode(source, context);
  return mediaOf(bytes) ?? refuse('The answer holds a picture in a format that is not known.', context);
}

/** Bytes as media; undefined when they are no known picture. */
export function mediaOf(bytes: Uint8Array): MediaBytes | undefined {
  const info = sniffImage(bytes);
  return info && { kind: 'image', bytes, ...info };
}

function decode(source: string, context: PictureContext): Uint8Array {
  const base64 = source.replace(/^data:[^,]*;base64,/i, '');
  // Four characters for three bytes.
  if (base64.length > (MAX_PICTURE / 3) * 4) return tooLarge(context);
  try {
    const binary = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return refuse('The answer holds a picture that is neither a URL nor base64.', context);
  }
}

/** Without credential, without redirects, never to an address inside the network of the host. */
async function download(url: string, context: PictureContext): Promise<Uint8Array> {
  const { guard, logId } = context;
  if (!isReachable(url, context.apiOrigin)) {
    return refuse('The answer points to a picture at an address that is not safe to fetch.', context);
  }
  const { host } = new URL(url);
  try {
    const response = await guardedFetch(context.fetch, url, { redirect: 'error', credentials: 'omit' }, guard);
    if (!response) return new Uint8Array();
    if (!response.ok) {
      void response.body?.cancel().catch(() => {});
      throw new RunFailure(
        failure('server', {
          message: `${host} answered ${response.status} instead of the picture.`,
          status: response.status,
          logId,
        }),
      );
    }
    if (Number(response.headers.get('content-length') ?? 0) > MAX_PICTURE) {
      void response.body?.cancel().catch(() => {});
      return tooLarge(context);
    }
    if (!response.body) return new Uint8Array();
    const reader = response.body.getReader();
    guard.watch(reader);
    const bytes = await readAll(() => reader.read(), MAX_PICTURE);
    if (bytes) return bytes;
    void reader.cancel().catch(() => {});
    return tooLarge(context);
  } catch (error) {
    if (error instanceof RunFailure) throw error;
    throw new RunFailure(networkFailure(error, host, true, logId));
  }
}

function tooLarge(context: PictureContext): never {
  return refuse('The answer holds a picture of more than 32 MiB.', context);
}

function refuse(message: string, { logId }: PictureContext): never {
  throw new RunFailure(failure('protocol', { message, logId }));
}
