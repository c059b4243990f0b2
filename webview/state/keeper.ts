/**
 * Sends the newest value of something often changed, a little later: what lay in between is of no interest.
 */

/** Milliseconds between a change and its being sent. */
const DELAY = 200;

/** A latest-wins channel. */
export interface Keeper<T> {
  /** Replaces what waits. */
  keep(value: T): void;
  /** Sends what waits at once. */
  flush(): void;
  /** Whether something waits to be sent. */
  readonly pending: boolean;
}

/** Makes the channel. */
export function createKeeper<T>(send: (value: T) => void): Keeper<T> {
  let waiting: { readonly value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    send(value);
  }

  return {
    keep(value) {
      waiting = { value };
      timer ??= setTimeout(flush, DELAY);
    },
    flush,
    get pending() {
      return waiting !== undefined;
    },
  };
}
