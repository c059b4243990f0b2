/**
 * When and how long to wait before the next attempt (contract "Outcomes"). Only for failures before a response was
 * accepted: after that an answer may have been paid for.
 */
import type { FailureReason, InferenceError } from './error';

/** Reasons that another attempt may cure. A silent server is not asked again: it was given its time. */
const RETRIED: ReadonlySet<FailureReason> = new Set<FailureReason>(['rate-limit', 'capacity', 'server', 'network']);

/** Longest wait for the first retry, seconds; doubles with each. */
const BASE = 0.5;
/** Longest wait of our own choosing, seconds. */
const CAP = 8;
/** Longest wait a server may ask for, seconds; a longer one is shown to the user instead. */
const MAX_RETRY_AFTER = 60;

/**
 * Seconds to wait before the next attempt, or undefined when there shall be none. `attempt` is the number of the one
 * that failed, from 1; `random` is uniform in [0, 1). Full jitter: anything between zero and the current limit.
 */
export function retryWait(
  error: InferenceError,
  attempt: number,
  maxAttempts: number,
  random: () => number,
): number | undefined {
  if (attempt >= maxAttempts || !error.retryable || !RETRIED.has(error.reason)) return undefined;
  if (error.retryAfter !== undefined) return error.retryAfter <= MAX_RETRY_AFTER ? error.retryAfter : undefined;
  return random() * Math.min(CAP, BASE * 2 ** (attempt - 1));
}

/**
 * `Retry-After` in seconds. It comes as seconds or as an HTTP date (RFC 9110, 10.2.3); a date is taken relative to the
 * response's own `Date`, since our clock may disagree with the server's. Undefined when there is none to be understood.
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
