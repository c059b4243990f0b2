/**
 * Takes an answer out of its envelopes (cloudflare-api.md 1.5).
 */
import { asObject, asText, type Json } from './json';
import { errorBody, serverError, type ServerError } from './server-error';

/** What was in the envelopes. */
export interface Unwrapped {
  /** The answer itself, or undefined when there is none. */
  readonly body: Json | undefined;
  readonly error?: ServerError;
  /** `gatewayMetadata` of the envelope. */
  readonly keySource?: unknown;
}

/**
 * Removes the v4 envelope `{success, result}` and inside it `{state, result}`, each only where present. A state other
 * than `Completed` is a failure.
 */
export function unwrap(value: unknown): Unwrapped {
  const outer = asObject(value);
  if (!outer) return { body: undefined };
  if (outer['success'] === false) return { body: undefined, error: errorBody(outer) };
  const body = typeof outer['success'] === 'boolean' ? asObject(outer['result']) : outer;
  if (!body || typeof body['state'] !== 'string') return { body };
  if (body['state'] === 'Completed') {
    return { body: asObject(body['result']), keySource: asObject(body['gatewayMetadata'])?.['keySource'] };
  }
  const said = serverError(body) ?? {};
  return {
    body: undefined,
    error: { ...said, message: asText(said.message) ?? `the task ended in state "${body['state']}"` },
  };
}
