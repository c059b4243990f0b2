/**
 * What goes wrong with models, with a code and an HTTP status.
 */

/** A model that failed, or whose answer is of no use. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(
    message: string,
    /** Cloudflare's number, or a word of our own. */
    readonly code: number | string = 'bad-answer',
    /** HTTP status for the client. */
    readonly status = 502,
  ) {
    super(message);
  }
}

/** Statuses of the documented codes. */
const STATUSES: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [400, [3003, 3039, 5004, 5007, 7003]],
  [402, [2021]],
  [403, [3023, 3041, 5016, 5018, 5035]],
  [404, [3042]],
  [405, [5005, 5019]],
  [408, [3007, 3008]],
  [413, [3006]],
  [422, [2016, 2017]],
  [429, [3036, 3040]],
];

/** No capacity, two kinds of timeout, trouble inside. */
const TEMPORARY_CODES: readonly unknown[] = [3040, 3007, 3008, 7013, 'upstream'];

/**
 * Whether another model, or the same one later, may do better. Not so for input that is refused and for the day's free
 * quota (3036), which would only be paid for twice or fail again.
 */
export function isTemporary(error: unknown): boolean {
  return error instanceof ModelError && TEMPORARY_CODES.includes(error.code);
}

/** The binding's errors have no code but the number before their message. Aborts stay what they are. */
export function asModelError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError' || error instanceof ModelError) return error;
  const { code, message } = described(error.message);
  return new ModelError(message, code, STATUSES.find(([, codes]) => codes.includes(Number(code)))?.[0]);
}

interface Description {
  readonly code: number | string;
  readonly message: string;
}

function described(text: string): Description {
  const [, number, message] = /^(\d{4,5}): (.*)$/s.exec(text) ?? [];
  if (number !== undefined) return { code: Number(number), message: message || `Error ${number}.` };
  try {
    return reported(JSON.parse(text)) ?? { code: 'refused', message: text };
  } catch {
    // A server's error page.
    return { code: 'upstream', message: text };
  }
}

/** Words by which providers say that it is their fault. */
const THEIR_FAULT = /overloaded|server_error|api_error|internal|unavailable|timeout/i;

/**
 * The error that an object reports: AI Gateway's `{"error": [{"code", "message"}]}`, or a provider's
 * `{"error": {"type", "message"}}`. Events of OpenAI's Responses are errors themselves, or hold one in `response`.
 */
function reported(value: unknown): Description | undefined {
  const { error, errors, type: event, response } = asObject(value);
  const ofEvent = event === 'error' ? value : event === 'response.failed' ? asObject(response)['error'] : undefined;
  const [first] = [error ?? errors ?? ofEvent].flat();
  if (first === undefined || first === null) return undefined;
  if (typeof first === 'string') return { code: 'upstream', message: first };
  const { code, type, status, message } = asObject(first);
  const text = typeof message === 'string' ? message : JSON.stringify(first);
  // Google's codes are HTTP statuses.
  if (typeof code === 'number' && code >= 1000) return { code, message: text };
  const isTheirs = THEIR_FAULT.test([type, status, code].join(' ')) || Number(code) >= 500;
  return { code: isTheirs ? 'upstream' : 'refused', message: text };
}

/** Throws the error that an event in the middle of a stream reports. */
export function throwReported(event: unknown): void {
  const problem = reported(event);
  if (problem !== undefined) throw new ModelError(problem.message, problem.code);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
