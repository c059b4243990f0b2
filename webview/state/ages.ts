/**
 * Dates in words.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `YYYY-MM-DD`, UTC: the day that decides what is retired. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** `just now`, `3 minutes ago`, `2 days ago`; what is no full date (`2026-10`) as it stands. */
export function ageOf(asOf: string, now: number): string {
  const then = asOf.includes('T') ? Date.parse(asOf) : NaN;
  if (Number.isNaN(then)) return asOf;
  const age = now - then;
  if (age < MINUTE) return 'just now';
  const [unit, length] =
    age < HOUR ? (['minute', MINUTE] as const) : age < DAY ? (['hour', HOUR] as const) : (['day', DAY] as const);
  const count = Math.floor(age / length);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** A date for a sentence: `2026-11-22 21:40 UTC`, or as it stands when it is no full date. */
export function dateOf(asOf: string): string {
  const then = asOf.includes('T') ? Date.parse(asOf) : NaN;
  return Number.isNaN(then) ? asOf : `${new Date(then).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
