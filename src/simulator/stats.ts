/**
 * Counts what the server did, for tests and benchmarks.
 */

const mostRuns = 2000;

/** Counters of one server. */
export class Stats {
  private requests = 0;
  private completed = 0;
  private aborted = 0;
  private responses = 0;
  private readonly firstTokenWrites = new Map<string, string>();

  began(): void {
    this.requests++;
  }

  /** A response of any method has begun; the one that reports counts as well. */
  opened(): void {
    this.responses++;
  }

  /** A response of any method is over, however it ended. */
  closed(): void {
    this.responses--;
  }

  /** The response ended as planned, or the server itself cut it. */
  finished(): void {
    this.completed++;
  }

  /** The client left before the end. */
  left(): void {
    this.aborted++;
  }

  /** The first output of `run` is about to be written, at `nanoseconds` of `process.hrtime`. */
  firstToken(run: string, nanoseconds: bigint): void {
    this.firstTokenWrites.delete(run);
    this.firstTokenWrites.set(run, String(nanoseconds));
    const oldest = this.firstTokenWrites.keys().next();
    if (this.firstTokenWrites.size > mostRuns && oldest.done !== true) this.firstTokenWrites.delete(oldest.value);
  }

  /** JSON-safe: times are decimal strings, as they exceed what a JSON number holds. */
  report(): unknown {
    return {
      requests: this.requests,
      completed: this.completed,
      aborted: this.aborted,
      active: this.requests - this.completed - this.aborted,
      /** Responses of any method that are under way, besides this report. */
      open: this.responses - 1,
      firstTokenWrites: Object.fromEntries(this.firstTokenWrites),
    };
  }
}
