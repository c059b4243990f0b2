/**
 * The one place that calls models.
 */
import { asModelError } from './errors';
import { METADATA } from './models';

/** Options of a call. */
export interface CallOptions {
  /** Of the client's request: when it leaves, the model stops. */
  readonly signal: AbortSignal;
  /** More for the gateway; false goes without it, for input that is a stream. */
  readonly gateway?: false | Omit<GatewayOptions, 'id' | 'metadata'>;
}

/** Until the first byte of an answer, in milliseconds. */
const REQUEST_TIMEOUT = 60_000;

/** Calls a model through the gateway. Throws a `ModelError`, or an `AbortError` when the client has gone. */
export async function runModel(
  env: Env,
  model: string,
  input: Record<string, unknown>,
  { signal, gateway = {} }: CallOptions,
): Promise<unknown> {
  const through = { requestTimeoutMs: REQUEST_TIMEOUT, ...gateway, id: env.AI_GATEWAY_ID, metadata: METADATA };
  try {
    const answer: unknown = await env.AI.run(model, input, { signal, ...(gateway !== false && { gateway: through }) });
    // The binding's own signal leaves a silent stream open while somebody waits for its next bytes (seen with workerd
    // 1.20261102): the model would go on.
    return answer instanceof ReadableStream ? answer.pipeThrough(new IdentityTransformStream(), { signal }) : answer;
  } catch (error) {
    throw asModelError(error);
  }
}
