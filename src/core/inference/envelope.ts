/**
 * Takes an answer out of its envelopes (cloudflare-api.md 1.5).
 */
import { asObject, asText, type Json } from './json';
import { errorBody, serverError, type ServerError } from './server-error';

/** What was in the envelopes. */
export interface Unwrapped {
  /** The answer itself, or undefined when there is none. */
  readonly body: unknown;
  readonly error?: ServerError;
  /** `gatewayMetadata` of the envelope. */
  readonly keySource?: unknown;
}

/** The word is `Completed`; others that mean the same do no harm. */
const DONE = /^(?:completed?|succeeded|success)$/i;
const UNDER_WAY = /queue|pending|waiting|running|progress|processing|start|submitted|created/i;

const FAILED = /fail|error|cancel|abort|reject|time.?out|expired/i;

/** Models may answer with a `state` of their own: then nothing else of an envelope is there. */
function isEnvelope(body: Json, state: string): boolean {
  return (
    ['result', 'error', 'gatewayMetadata'].some((key) => key in body) || UNDER_WAY.test(state) || FAILED.test(state)
  );
}

/** Nobody asks again: no address for it is known (cloudflare-api.md 1.5). */
function stateWords(state: string): string {
  const word = JSON.stringify(state.slice(0, 100));
  if (!UNDER_WAY.test(state)) return `the task ended in state ${word}`;
  return `the task has not finished (state ${word}), and the API offers no way to ask again`;
}

/**
 * Removes the v4 envelope `{success, result}` and inside it `{state, result}`, each only where present. A state other
 * than `Completed` is a failure.
 */
export function unwrap(value: unknown): Unwrapped {
  const outer = asObject(value);
  if (!outer) return { body: value };
  if (outer['success'] === false) return { body: undefined, error: errorBody(outer) };
  const inner = typeof outer['success'] === 'boolean' ? outer['result'] : outer;
  const body = asObject(inner);
  if (!body || typeof body['state'] !== 'string' || !isEnvelope(body, body['state'])) return { body: inner };
  if (DONE.test(body['state'])) {
    return { body: body['result'], keySource: asObject(body['gatewayMetadata'])?.['keySource'] };
  }
  const said = serverError(body) ?? {};
  return {
    body: undefined,
    error: { ...said, message: asText(said.message) ?? stateWords(body['state']) },
  };
}
