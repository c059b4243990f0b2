/**
 * The address of a request as libraries want it.
 */
import { EVENT_STREAM } from '../inference/build';
import type { RawRequest, Wire } from '../run/events';

/** A request as it is built, before it is sent. */
export interface SnippetRequest {
  readonly wire: Wire;
  readonly raw: RawRequest;
}

/** The address without the path that a library adds itself. */
export function baseUrl({ url }: RawRequest, added: string): string {
  return url.endsWith(added) ? url.slice(0, -added.length) : url;
}

/** The headers that no library sends by itself. */
export function ownHeaders({ headers }: RawRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'authorization' && name !== 'content-type'),
  );
}

/** Whether the answer is asked for as it is made. */
export function streams({ wire, raw }: SnippetRequest): boolean {
  return wire === 'cog' ? raw.headers['accept'] === EVENT_STREAM : raw.body['stream'] === true;
}

/** Whether a credential goes along: a server of the user's own wants none. */
export function needsToken({ wire }: Pick<SnippetRequest, 'wire'>): boolean {
  return wire !== 'cog';
}

/** Whether the body is sent as `multipart/form-data`. */
export function isForm({ headers }: RawRequest): boolean {
  return headers['content-type']?.startsWith('multipart/form-data') ?? false;
}
