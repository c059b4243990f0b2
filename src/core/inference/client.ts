/**
 * The unified client: one call to one model as a stream of timed events.
 */
import type { RunEvent } from '../run/events';
import { attempt } from './attempt';
import { buildRequest, type BuiltRequest } from './build';
import type { InferenceError } from './error';
import { failure } from './errors';
import { EventQueue } from './event-queue';
import type { InferencePorts } from './ports';
import { redactor } from './redact';
import { performOwn } from './own-client';
import { pause } from './pause';
import { tokenOf, type Endpoint, type InferenceRequest } from './request';
import { retryWait } from './retry';
import { sendable } from './sendable';

/**
 * Runs the request, starting at the first `next`. Never throws; the last event is `finished` or `failed`. Leaving the
 * loop early closes the socket.
 */
export function run(request: InferenceRequest, ports: InferencePorts): AsyncIterable<RunEvent> {
  const left = new AbortController();
  const signal = AbortSignal.any([ports.signal, left.signal]);
  const redact = redactor(tokenOf(request));
  const queue: EventQueue<RunEvent> = new EventQueue<RunEvent>(
    () => {
      void perform(request, { ...ports, signal }, (event) => queue.push(redact(event))).finally(() => queue.close());
    },
    () => left.abort(),
  );
  return queue;
}

async function perform(
  request: InferenceRequest,
  ports: InferencePorts,
  emit: (event: RunEvent) => void,
): Promise<void> {
  const { clock, signal } = ports;
  if (request.endpoint.kind === 'own') return performOwn(request, request.endpoint, ports, emit);
  const fail = (error: InferenceError) => emit({ type: 'failed', at: clock.now(), error });
  const { endpoint } = request;
  const unsendable = endpointProblem(endpoint);
  if (unsendable) return fail(unsendable);
  const built = buildRequest(request);
  const maxAttempts = Math.max(1, request.policy.maxAttempts);
  for (let number = 1; !signal.aborted; number += 1) {
    const init = sendable(built.raw, endpoint.token, request.media);
    // Runs that start together all write their bodies before any is sent: writing tens of megabytes takes a tenth of a
    // second, in which the clocks of those already sent would run while nobody reads.
    await Promise.resolve();
    if (signal.aborted) break;
    const started = clock.now();
    emit({ type: 'started', at: started, attempt: number, maxAttempts, wire: built.wire, request: built.raw });
    if (number === 1) warn(built, started, emit);
    const outcome = await attempt(request, built, ports, init, started, emit);
    if (outcome.type === 'finished') return emit({ ...outcome, at: clock.now() });
    const { error, accepted } = outcome;
    const wait = accepted ? undefined : retryWait(error, number, maxAttempts, ports.random);
    if (wait === undefined) return fail(error);
    emit({ type: 'retrying', at: clock.now(), attempt: number, wait, error });
    await pause(wait, ports);
  }
  fail(failure('aborted', { message: 'The run was stopped.' }));
}

function warn(built: BuiltRequest, at: number, emit: (event: RunEvent) => void): void {
  for (const warning of built.warnings) emit({ type: 'warning', at, ...warning });
}

/** What no HTTP client could put into a header, or into a URL. */
function endpointProblem(endpoint: Endpoint): InferenceError | undefined {
  const printable = /^[\x21-\x7e]+$/;
  if (!printable.test(endpoint.token)) {
    return failure('auth', { message: 'The API token is empty, or holds characters that no token has.' });
  }
  if (!printable.test(endpoint.gatewayId)) {
    return failure('bad-request', {
      message: 'The gateway id is empty, or holds characters that no gateway id has.',
      nextStep: 'Set the gateway id in the settings; "default" is always there.',
    });
  }
  if (!URL.canParse(endpoint.baseUrl)) {
    return failure('bad-request', {
      message: 'The API base URL is not a URL.',
      nextStep: 'Correct the API base URL in the settings.',
    });
  }
  return undefined;
}
