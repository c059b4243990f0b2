/**
 * What the client needs of the world. Core reads no clock, socket or dice of its own.
 */

/** A monotonic clock and its timers. */
export interface Clock {
  /** Seconds since an arbitrary origin; never goes backwards. */
  now(): number;
  /** Calls back once after `seconds`; the returned function cancels it. */
  after(seconds: number, callback: () => void): () => void;
}

/** Everything a run borrows from its host. */
export interface InferencePorts {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1): the jitter of retries. */
  readonly random: () => number;
  /** Aborting closes the socket and ends the run with reason `aborted`. */
  readonly signal: AbortSignal;
}
