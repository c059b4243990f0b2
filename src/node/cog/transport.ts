/**
 * Carries predictions of Cog servers.
 */
import type { CogTransport } from '../../app/ports';
import { patientFetch } from './loopback-fetch';
import { openProgressHook } from './progress-hook';

/** `fetch` is that of the host: for servers elsewhere, with its proxies. */
export function createCogTransport(fetch: typeof globalThis.fetch): CogTransport {
  return { fetch: patientFetch(fetch), openHook: openProgressHook };
}
