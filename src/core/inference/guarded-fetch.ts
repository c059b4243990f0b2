/**
 * `fetch` that lets go at once when its attempt is ended, even if the implementation does not mind its signal.
 */
import type { AttemptGuard } from './attempt-guard';

/** The response, or undefined when the attempt was ended first; a response that comes too late is closed. */
export async function guardedFetch(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
  guard: AttemptGuard,
): Promise<Response | undefined> {
  const pending = fetch(url, { ...init, signal: guard.signal });
  const response = await Promise.race([pending, guard.stopped]);
  if (response && !guard.stopReason) return response;
  pending.then(
    (late) => late.body?.cancel().catch(() => {}),
    () => {},
  );
  return undefined;
}
