import type { Disposable } from './ports';

/** Something that is started when it is first needed, and then kept. */
export interface Lazy<T> extends Disposable {
  /** The running thing. A start that failed is tried again by the next call. */
  get(): Promise<T>;
}

/** Makes a lazy thing. `dispose` also catches a start that is still under way. */
export function createLazy<T extends Disposable>(start: () => Promise<T>): Lazy<T> {
  let running: Promise<T> | undefined;
  let disposed = false;
  return {
    get() {
      running ??= start().then(
        (started) => {
          if (disposed) started.dispose();
          return started;
        },
        (error: unknown) => {
          running = undefined;
          throw error;
        },
      );
      return running;
    },
    dispose() {
      disposed = true;
      running?.then(
        (started) => started.dispose(),
        () => undefined,
      );
    },
  };
}
