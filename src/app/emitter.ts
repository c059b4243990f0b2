import type { Disposable, Event } from './ports';

/** An event and the means to fire it. */
export interface Emitter<T> {
  readonly event: Event<T>;
  /** Calls every listener in the order they came. A listener added meanwhile is not called. */
  fire(value: T): void;
}

/** Makes an event source. */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<{ readonly call: (value: T) => void }>();
  return {
    event(listener): Disposable {
      const entry = { call: listener };
      listeners.add(entry);
      return { dispose: () => void listeners.delete(entry) };
    },
    fire(value) {
      for (const listener of [...listeners]) listener.call(value);
    },
  };
}
