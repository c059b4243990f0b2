/**
 * What comes in, and how errors go out: `{"error": {"code": …, "message": "…"}}`.
 */
import { ModelError } from './errors';

/** A request that cannot be answered as it is. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Throws an `InputError` when the request has another method. */
export function requireMethod(request: Request, method: string): void {
  if (request.method !== method) throw new InputError(`This takes ${method} only.`, 405);
}

/** Bytes. */
const LARGEST_BODY = 8 * 1024 * 1024;

/** The body as an object. Throws an `InputError` when it is none, or too large. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('The body must be JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError('The body must be a JSON object.');
  }
  return body as Record<string, unknown>;
}

/** Stops reading as soon as it is too much. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let text = '';
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new InputError(`The body may have ${LARGEST_BODY} bytes.`, 413);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The answer to a client whose request failed. */
export function errorResponse(error: unknown): Response {
  const { status, ...body } = errorBody(error);
  return Response.json({ error: body }, { status });
}

/** An error as clients are told it. What nobody foresaw is logged and not told. */
export function errorBody(error: unknown): { status: number; code: number | string; message: string } {
  if (error instanceof InputError) return { status: error.status, code: 'bad-input', message: error.message };
  if (error instanceof ModelError) return { status: error.status, code: error.code, message: error.message };
  // The client has gone, and nobody reads this.
  if (error instanceof Error && error.name === 'AbortError') {
    return { status: 499, code: 'aborted', message: 'The client has gone.' };
  }
  console.error(error);
  return { status: 500, code: 'internal', message: 'Something went wrong.' };
}
