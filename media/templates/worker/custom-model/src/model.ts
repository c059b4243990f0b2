/**
 * A model of your own: at Cloudflare under the id in `MODEL_ID`, or in a container that speaks Cog's HTTP interface at
 * `MODEL_URL`. The rest of the Worker does not know which.
 */
import { runModel } from './ai';
import { ModelError } from './errors';

/** Gives the model its input and returns its output. Throws a `ModelError`, or an `AbortError` when the client has gone. */
export async function callModel(env: Env, input: Record<string, unknown>, signal: AbortSignal): Promise<unknown> {
  // Types of variables are their values; these are meant to change.
  const url: string = env.MODEL_URL;
  return url === '' ? runModel(env, env.MODEL_ID, input, { signal }) : predict(url, input, signal);
}

/** Statuses by which Cog says that the input is wrong, and that it is busy. */
const STATUSES: Readonly<Record<number, number>> = { 400: 400, 409: 429, 413: 413, 422: 400 };

async function predict(url: string, input: Record<string, unknown>, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(new URL('predictions', url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input }),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ModelError('The model cannot be reached.', 'upstream');
  });
  if (!response.ok) {
    const text = (await response.text()).slice(0, 500);
    throw new ModelError(text || `HTTP ${response.status}`, 'upstream', STATUSES[response.status]);
  }
  const { status, output, error } = await response.json<Record<string, unknown>>().catch((problem: unknown) => {
    if (signal.aborted) throw problem;
    throw new ModelError('The model did not answer with JSON.');
  });
  if (status !== 'succeeded') throw new ModelError(typeof error === 'string' ? error : 'The model failed.', 'failed');
  return output;
}
