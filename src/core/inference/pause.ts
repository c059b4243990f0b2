import type { InferencePorts } from './ports';

/** Waits, or returns at once when the run is stopped. */
export function pause(seconds: number, { clock, signal }: InferencePorts): Promise<void> {
  return new Promise((resolve) => {
    let cancel = () => {};
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    cancel = clock.after(seconds, end);
    if (signal.aborted) end();
  });
}
