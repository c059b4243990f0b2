/**
 * Failures of a Cog server, in words for the one who runs it.
 */
import type { CogProblem } from '../cog/server';
import type { InferenceError } from './error';
import { failure } from './errors';
import { asList, asObject, asText } from './json';
import type { ServerError } from './server-error';

const LOG = "The server's log says more.";

/** All slots are taken (HTTP 409). */
export const isBusy = ({ status }: InferenceError): boolean => status === 409;

/** `setup()` has not finished, or has failed: both answer HTTP 503. */
export const isNotReady = ({ status }: InferenceError): boolean => status === 503;

/** From a response with an error status; `body` is its JSON, or text that is none. */
export function cogRefusal(status: number, body: unknown): InferenceError {
  const object = asObject(body);
  if (status === 422) {
    return failure('bad-request', {
      status,
      message: `The model does not take this: ${inputProblems(object?.['detail'])}`,
      nextStep: 'Correct the input or the parameter that is named.',
    });
  }
  const said = asText(object?.['error']) ?? asText(object?.['detail']) ?? asText(body);
  const words = said === undefined ? '' : `: ${said}`;
  if (status === 413) {
    return failure('too-large', {
      status,
      message: `The server takes no request of this size${words}.`,
      nextStep: 'Attach smaller files: Cog takes 100 MiB in all.',
    });
  }
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) {
    return failure('not-found', {
      status,
      message: `What answers there is not Cog's prediction API (HTTP ${status}).`,
      nextStep: 'Check the address of the server.',
    });
  }
  return failure(status >= 500 ? 'server' : 'bad-request', {
    status,
    message: `The server answered ${status}${words}`,
    nextStep: LOG,
    retryable: false,
  });
}

/** `detail[]` of FastAPI's kind: where and what. */
function inputProblems(detail: unknown): string {
  const problems = asList(detail).flatMap((entry) => {
    const { loc, msg } = asObject(entry) ?? {};
    const field = asList(loc).filter((part) => part !== 'body' && part !== 'input');
    const what = asText(msg);
    return what === undefined ? [] : [field.length === 0 ? what : `${field.join('.')}: ${what}`];
  });
  return problems.length === 0 ? 'the server did not say why.' : problems.slice(0, 5).join('; ');
}

/** The prediction itself failed. */
export function modelFailure({ message = 'it did not say why' }: ServerError): InferenceError {
  return failure('server', { message: `The model failed: ${message}`, nextStep: LOG, retryable: false });
}

/** The server cannot take anything. */
export function serverDown({ message, nextStep }: CogProblem): InferenceError {
  return failure('network', { message, nextStep, retryable: false });
}
