/**
 * From what went wrong to the one failure shape, by the contract's table of outcomes.
 */
import type { FailureReason, InferenceError } from './error';
import { nextStep } from './next-steps';
import type { ServerError } from './server-error';

/** Cloudflare's codes (cloudflare-api.md 1.6). A code says more than a status, so it decides first. */
const REASON_OF_CODE: ReadonlyMap<number, FailureReason> = new Map([
  ...reason('auth', 10000, 2009),
  ...reason('permission', 5016, 5018, 3023, 3041),
  ...reason('billing', 2021, 5035, 3036),
  ...reason('blocked', 2016, 2017),
  ...reason('capacity', 3040),
  ...reason('bad-request', 7003, 5004, 3003),
  ...reason('not-found', 5007, 3042),
  ...reason('too-large', 3006),
  ...reason('server', 3007, 3008, 7013),
]);

/** Statuses that mean one thing when no known code came along. 424 is what guardrails answer with. */
const REASON_OF_STATUS: ReadonlyMap<number, FailureReason> = new Map([
  ...reason('auth', 401),
  ...reason('billing', 402),
  ...reason('permission', 403),
  ...reason('not-found', 404),
  ...reason('server', 408),
  ...reason('too-large', 413),
  ...reason('blocked', 424),
  ...reason('rate-limit', 429),
]);

/** Reasons after which the same request may succeed later. */
const PASSING: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'rate-limit',
  'capacity',
  'server',
  'network',
  'timeout-first-token',
  'timeout-idle',
]);

/** Longest message kept, characters: enough for any sentence, too short for a page. */
const MAX_MESSAGE = 600;

/** Everything known of a failure beside its reason. */
export interface FailureDetails {
  readonly message: string;
  readonly status?: number | undefined;
  readonly code?: number | undefined;
  readonly logId?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  /** Where the reason alone would mislead, for example a bad certificate. */
  readonly retryable?: boolean;
  /** A more fitting sentence than the table's. */
  readonly nextStep?: string;
}

/** Builds the failure; the next step follows from code, status and reason. */
export function failure(reason: FailureReason, details: FailureDetails): InferenceError {
  const { message, status, code, logId, retryAfter } = details;
  return {
    reason,
    message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
    nextStep: details.nextStep ?? nextStep(reason, { code, retryAfter }),
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(logId !== undefined && { logId }),
    retryable: details.retryable ?? PASSING.has(reason),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Why a response that was not accepted failed. */
export function reasonOf(status: number, code: number | undefined): FailureReason {
  const byCode = code === undefined ? undefined : REASON_OF_CODE.get(code);
  if (byCode) return byCode;
  const byStatus = REASON_OF_STATUS.get(status);
  if (byStatus) return byStatus;
  if (status >= 500) return 'server';
  return status >= 400 ? 'bad-request' : 'protocol';
}

/** A failure the server reported inside an answer it had begun: `server`, unless its code says more. */
export function reportedFailure(error: ServerError, status: number, logId: string | undefined): InferenceError {
  const reason = (error.code !== undefined && REASON_OF_CODE.get(error.code)) || 'server';
  return failure(reason, {
    message: `The API reported an error while answering: ${error.message ?? 'it did not say which'}`,
    status,
    code: error.code,
    logId,
  });
}

/** Codes of Node's TLS layer: waiting does not make a certificate good. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/**
 * A failure of the socket. `error` is what `fetch` or a read rejected with: a `TypeError` whose `cause.code` tells more
 * (ECONNREFUSED, ECONNRESET, UND_ERR_SOCKET …), where the platform gives one.
 */
export function networkFailure(error: unknown, origin: string, answering: boolean, logId?: string): InferenceError {
  const code = socketCode(error);
  // Retrying would pay twice: the request was sent, and may still be answered to nobody.
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return failure(answering ? 'timeout-idle' : 'timeout-first-token', {
      message: `${origin} sent nothing for so long that the HTTP client of this host gave up, usually after 300 s (${code}).`,
      logId,
      nextStep:
        'Run again for a shorter or smaller answer, or choose a faster model: the settings cannot change this limit.',
    });
  }
  const certificate = code !== undefined && CERTIFICATE.test(code);
  const why = code ?? (error instanceof Error ? error.message : 'unknown cause');
  const message = certificate
    ? `The certificate of ${origin} was not accepted (${why}).`
    : answering
      ? `The connection to ${origin} broke in the middle of the answer (${why}).`
      : `${origin} could not be reached, or it closed the connection before answering (${why}).`;
  return failure('network', {
    message,
    logId,
    ...(certificate && {
      retryable: false,
      nextStep: 'Check the API base URL, and whether a proxy on the way replaces certificates.',
    }),
  });
}

function socketCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

function reason(name: FailureReason, ...numbers: number[]): [number, FailureReason][] {
  return numbers.map((number) => [number, name]);
}
