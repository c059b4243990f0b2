/**
 * Keeps the credential out of what servers say: some echo it in their errors.
 */
import type { RunEvent } from '../run/events';

/** What stands in its place. */
const MASK = '[token]';

/** Copies of events in which the token is masked. Model output and our own request pass untouched: they never hold it. */
export function redactor(token: string | undefined): (event: RunEvent) => RunEvent {
  return (event) => {
    switch (event.type) {
      case 'retrying':
      case 'headers':
      case 'gateway':
      case 'warning':
      case 'failed':
        return token === undefined || token === '' ? event : (mask(event, token) as RunEvent);
      default:
        return event;
    }
  };
}

function mask(value: unknown, token: string): unknown {
  if (typeof value === 'string') return value.replaceAll(token, MASK);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mask(inner, token)]));
}
