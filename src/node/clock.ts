import type { Clock } from '../core/inference/ports';

/** The process's monotonic clock, in seconds since it started, and timers on it. */
export const clock: Clock = {
  now: () => performance.now() / 1000,
  after(seconds, callback) {
    const timer = setTimeout(callback, seconds * 1000);
    return () => clearTimeout(timer);
  },
};
