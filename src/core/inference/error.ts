/**
 * The one shape every failure of a call takes, from socket to screen.
 */

/** Why a call failed. Shown as `data-reason`. */
export type FailureReason =
  | 'auth'
  | 'permission'
  | 'billing'
  | 'rate-limit'
  | 'capacity'
  | 'blocked'
  | 'bad-request'
  | 'not-found'
  | 'too-large'
  | 'timeout-first-token'
  | 'timeout-idle'
  | 'network'
  | 'protocol'
  | 'aborted'
  | 'server';

/** A failure as data: JSON-safe, free of secrets, complete enough to act on. */
export interface InferenceError {
  readonly reason: FailureReason;
  /** What happened, in one sentence, with the server's own words where it gave some. */
  readonly message: string;
  /** What to do next, in one sentence. */
  readonly nextStep: string;
  /** HTTP status, when there was a response. */
  readonly status?: number;
  /** Cloudflare's numeric error code, for example 3040. */
  readonly code?: number;
  /** `cf-aig-log-id`, else `cf-aig-request-id` or `cf-ai-req-id`. Opaque. */
  readonly logId?: string;
  /** Whether the same request may succeed when sent again unchanged. */
  readonly retryable: boolean;
  /** Seconds the server asked to wait (`Retry-After`). */
  readonly retryAfter?: number;
}
