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

/** An address of this machine at which a server tells how far it is, until it is closed. */
export interface ProgressHook {
  readonly url: string;
  /** Afterwards nothing is heard. */
  close(): void;
}

/** Opens an address; each JSON value that is posted there is handed to `heard`. Undefined: none can be opened. */
export type OpenProgressHook = (heard: (body: unknown) => void) => Promise<ProgressHook | undefined>;

/** Everything a run borrows from its host. */
export interface InferencePorts {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Uniform in [0, 1): the jitter of retries. */
  readonly random: () => number;
  /** For servers on this machine; absent: nothing is heard of a prediction before it is over. */
  readonly openHook?: OpenProgressHook;
  /** Aborting closes the socket and ends the run with reason `aborted`. */
  readonly signal: AbortSignal;
}
