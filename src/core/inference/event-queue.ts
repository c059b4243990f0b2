/**
 * A queue between the socket and whoever watches a run. The producer never waits, so that a slow watcher does not
 * falsify the times of arrival.
 */

/** An async iterator fed by `push`. Handing out a queued event costs one resolved promise. */
export class EventQueue<T> implements AsyncIterableIterator<T> {
  private readonly queued: (T | undefined)[] = [];
  private head = 0;
  private waiting: ((result: IteratorResult<T>) => void)[] = [];
  private closed = false;
  private started = false;

  /** `start` is called at the first `next`, `cancel` when the watcher leaves early. */
  constructor(
    private readonly start: () => void,
    private readonly cancel: () => void,
  ) {}

  push(event: T): void {
    if (this.waiting.length > 0) this.waiting.shift()?.({ done: false, value: event });
    else if (!this.closed) this.queued.push(event);
  }

  /** No event will follow. */
  close(): void {
    this.closed = true;
    for (const waiter of this.waiting.splice(0)) waiter({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.head < this.queued.length) {
      const value = this.queued[this.head] as T;
      this.queued[this.head] = undefined;
      this.head += 1;
      if (this.head === this.queued.length) {
        this.queued.length = 0;
        this.head = 0;
      }
      return Promise.resolve({ done: false, value });
    }
    if (this.closed) return Promise.resolve({ done: true, value: undefined });
    const result = new Promise<IteratorResult<T>>((resolve) => this.waiting.push(resolve));
    if (!this.started) {
      this.started = true;
      this.start();
    }
    return result;
  }

  /** The watcher leaves: what is queued is dropped and the producer told. */
  return(): Promise<IteratorResult<T>> {
    this.started = true;
    this.queued.length = 0;
    this.head = 0;
    this.close();
    this.cancel();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
