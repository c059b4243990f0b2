/**
 * The host's clock as the view can know it. Metrics never use it; growing bars and countdowns do.
 */

/** Seconds between two steps when the reader asked for less motion. */
const CALM_STEP = 0.5;

/** Follows the host's monotonic clock by the times it stamps on what it sends. */
export class HostClock {
  /** Host time of the frame being drawn, seconds. Moves only while something grows. */
  now = $state.raw(0);
  #offset = Number.NEGATIVE_INFINITY;
  readonly #local: () => number;
  readonly #calm: () => boolean;

  /**
   * @param local the view's own monotonic clock, seconds
   * @param calm whether motion is to be reduced
   */
  constructor(local: () => number, calm: () => boolean) {
    this.#local = local;
    this.#calm = calm;
  }

  /** A new host, and with it a new clock. */
  reset(hostNow: number): void {
    this.#offset = hostNow - this.#local();
    this.now = hostNow;
  }

  /** A stamp is old by the time it took to arrive, so the largest offset seen is the closest. */
  align(hostNow: number): void {
    this.#offset = Math.max(this.#offset, hostNow - this.#local());
  }

  /** Moves `now` to the present. */
  tick(): void {
    const now = this.#local() + this.#offset;
    if (!this.#calm() || now - this.now >= CALM_STEP) this.now = now;
  }

  /** Moves `now` to the present even when motion is reduced: the last step of something that ended. */
  settle(): void {
    this.now = this.#local() + this.#offset;
  }
}
