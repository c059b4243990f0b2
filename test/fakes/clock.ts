import type { Clock } from '../../src/core/inference/ports';

/** A clock that stands still until told. */
export interface FakeClock extends Clock {
  /** Moves on by `seconds`, calling what comes due in order, each at its own time; promises settle in between. */
  advance(seconds: number): Promise<void>;
  /** Timers that wait. */
  readonly pending: number;
}

/** Lets everything run that promises and messages have made ready: some rounds of the event loop, no waiting. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Makes a clock that shows `start` seconds. */
export function fakeClock(start = 100): FakeClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = start;
  return {
    now: () => now,
    after(seconds, callback) {
      const timer = { at: now + seconds, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(seconds) {
      const end = now + seconds;
      await settle();
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await settle();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
  };
}
