/**
 * Ends an attempt from outside: the user's stop and the two timers of patience (metrics.md 3, rule 10).
 */
import type { InferencePorts } from './ports';
import type { CallPolicy } from './request';

/** Why an attempt was ended. `settled`: the answer was complete, only the server did not hang up. */
export type StopReason = 'aborted' | 'timeout-first-token' | 'timeout-idle' | 'settled';

/** Seconds left to a server to close after its terminal event. A closed stream leaves a socket that can be used again. */
const CLOSING_TIME = 1;

/** Watches over one attempt. Whatever ends it closes the socket. */
export class AttemptGuard {
  /** Set once the attempt was ended. */
  stopReason: StopReason | undefined;
  /** Resolves when the attempt is ended. */
  readonly stopped: Promise<void>;

  private readonly controller = new AbortController();
  private readonly onAbort = () => this.stop('aborted');
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private resolveStopped!: () => void;
  private cancelTimer: () => void = () => {};
  private deadline: number;
  private awaited: StopReason = 'timeout-first-token';

  /** `started` is `t0`; the first-token timer runs from there. */
  constructor(
    private readonly ports: InferencePorts,
    private readonly policy: CallPolicy,
    started: number,
  ) {
    this.stopped = new Promise((resolve) => (this.resolveStopped = resolve));
    this.deadline = started + policy.firstTokenTimeout;
    ports.signal.addEventListener('abort', this.onAbort);
    this.arm(started);
  }

  /** Aborts the fetch when the attempt is ended. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on this reader is cancelled when the attempt is ended. */
  watch(reader: ReadableStreamDefaultReader<Uint8Array>): void {
    this.reader = reader;
  }

  /** Output has come, or comes: the next one is due within the idle timeout. Before the first, only output counts. */
  heard(at: number, hasOutput: boolean): void {
    if (this.awaited === 'timeout-idle') {
      this.deadline = at + this.policy.idleTimeout;
    } else if (this.awaited === 'timeout-first-token' && hasOutput) {
      this.expect('timeout-idle', at, this.policy.idleTimeout);
    }
  }

  /** The terminal event has come: only the end of the stream is awaited, and not for long. */
  closing(at: number): void {
    if (this.awaited !== 'settled') this.expect('settled', at, CLOSING_TIME);
  }

  /** Ends the attempt; the first reason stands. */
  stop(reason: StopReason): void {
    if (this.stopReason) return;
    this.stopReason = reason;
    // A body whose stream already broke refuses to be cancelled: there is nothing left to close then.
    this.reader?.cancel().catch(() => {});
    this.controller.abort();
    this.resolveStopped();
  }

  /** Gives timer and listener back. */
  dispose(): void {
    this.cancelTimer();
    this.ports.signal.removeEventListener('abort', this.onAbort);
  }

  private expect(reason: StopReason, at: number, seconds: number): void {
    this.awaited = reason;
    this.deadline = at + seconds;
    this.arm(at);
  }

  /** The deadline moves with every event, the timer does not: it looks again when it rings. */
  private arm(now: number): void {
    this.cancelTimer();
    this.cancelTimer = this.ports.clock.after(Math.max(0, this.deadline - now), () => {
      const ringing = this.ports.clock.now();
      if (ringing < this.deadline) this.arm(ringing);
      else this.stop(this.awaited);
    });
  }
}
