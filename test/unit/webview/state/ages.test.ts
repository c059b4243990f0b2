import { describe, expect, it } from 'vitest';
import { ageOf, dateOf, dayOf } from '../../../../webview/state/ages';

const now = Date.parse('2026-11-22T22:00:00Z');

describe('ages', () => {
  it.each([
    ['2026-11-22T21:59:30Z', 'just now'],
    // A clock that is ahead of ours.
    ['2026-11-22T22:05:00Z', 'just now'],
    ['2026-11-22T21:59:00Z', '1 minute ago'],
    ['2026-11-22T21:57:01Z', '2 minutes ago'],
    ['2026-11-22T20:00:00Z', '2 hours ago'],
    ['2026-11-20T22:00:00Z', '2 days ago'],
    ['2026-10', '2026-10'],
    ['no date', 'no date'],
  ])('%s is %s', (asOf, words) => expect(ageOf(asOf, now)).toBe(words));
});

it('dates tell their time zone, and months stay months', () => {
  expect(dateOf('2026-11-22T21:40:59.123Z')).toBe('2026-11-22 21:40 UTC');
  expect(dateOf('2026-10')).toBe('2026-10');
  expect(dayOf(now)).toBe('2026-11-22');
});
