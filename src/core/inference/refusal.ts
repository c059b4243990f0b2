/**
 * From a response with an error status to a failure.
 */
import type { AttemptGuard } from './attempt-guard';
import type { Wire } from '../run/events';
import { cogRefusal } from './cog-failure';
import type { InferenceError } from './error';
import { failure, reasonOf } from './errors';
import { bestLogId, gatewayInfo } from './gateway-headers';
import { retryAfterSeconds } from './retry';
import { errorBody, type ServerError } from './server-error';

/** More than this of an error body is not read, bytes. */
const MAX_ERROR_BODY = 256 * 1024;
/** Most of a body that is neither JSON nor HTML and is quoted, characters. */
const MAX_QUOTE = 300;

/** Reads the body, as far as it matters, and says what failed. */
export async function refusal(response: Response, guard: AttemptGuard, wire: Wire): Promise<InferenceError> {
  const { status, headers } = response;
  const text = (await errorText(response, guard)).trim();
  const details = { status, logId: bestLogId(gatewayInfo(headers)), retryAfter: retryAfterSeconds(headers) };
  if (wire === 'cog') return cogRefusal(status, text.startsWith('<') ? undefined : parsed(text));
  if (text.startsWith('<')) {
    const message = `The API answered ${status} with an HTML page instead of an answer.`;
    return failure('server', { ...details, message });
  }
  if (status < 400) {
    return failure('protocol', {
      ...details,
      message: `The API answered ${status}, a redirect, which is not followed.`,
    });
  }
  const { message, code } = wordsOf(text);
  const known = code === undefined ? `${status}` : `${status} (code ${code})`;
  return failure(reasonOf(status, code), {
    ...details,
    code,
    message: message === undefined ? `The API answered ${known}.` : `The API answered ${known}: ${message}`,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, MAX_QUOTE);
  }
}

function wordsOf(text: string): ServerError {
  try {
    return errorBody(JSON.parse(text));
  } catch {
    return text === '' ? {} : { message: text.slice(0, MAX_QUOTE) };
  }
}

/** What could be read: a body that breaks off is no other failure than the status it came with. */
async function errorText(response: Response, guard: AttemptGuard): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  guard.watch(reader);
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  try {
    while (length <= MAX_ERROR_BODY) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      length += value.byteLength;
    }
    void reader.cancel().catch(() => {});
  } catch {
    // The status stands.
  }
  return text;
}
