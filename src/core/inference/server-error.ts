/**
 * Finds the server's own words and code in an error body, in whichever of the known envelopes it came.
 */
import { asList, asObject, asText, type Json } from './json';

/** What a server said of its failure. */
export interface ServerError {
  /** The server's words; absent when it gave none. */
  readonly message?: string;
  /** Cloudflare's numeric code. */
  readonly code?: number;
}

/**
 * The error in a JSON value, or undefined when there is none. Understands the v4 envelope
 * `{success:false, errors:[{code,message}]}`, the gateway's `{internalCode,name,description,message}`
 * (cloudflare-api.md 1.6), `{error:{message,code}}` of OpenAI and Anthropic, `{error:"text"}`, and an unfinished
 * `{state,error}` of `/ai/run` (1.5).
 */
export function serverError(value: unknown): ServerError | undefined {
  const body = asObject(value);
  if (!body) return undefined;
  const listed = asList(body['errors']);
  if (listed.length > 0) return read(listed.find((entry) => codeOf(asObject(entry) ?? {}) !== undefined) ?? listed[0]);
  if (body['error'] !== undefined && body['error'] !== null) return read(body['error']);
  if ('internalCode' in body || body['name'] === 'AiGatewayError') return read(body);
  if (body['success'] === false) return read(body);
  return undefined;
}

/** As `serverError`, for a body known to be an error: a bare `{message}` or `{code, message}` counts too. */
export function errorBody(value: unknown): ServerError {
  return serverError(value) ?? read(value);
}

function read(value: unknown): ServerError {
  if (typeof value === 'string') return value === '' ? {} : { message: value };
  const entry = asObject(value);
  if (!entry) return {};
  const message = asText(entry['message']) ?? asText(entry['description']) ?? asText(entry['detail']);
  const code = codeOf(entry);
  return { ...(message !== undefined && { message }), ...(code !== undefined && { code }) };
}

/** Codes come as numbers or as digits in a string; words such as `invalid_api_key` are not Cloudflare's. */
function codeOf(entry: Json): number | undefined {
  for (const value of [entry['internalCode'], entry['code']]) {
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    if (typeof value === 'string' && /^\d{4,5}$/.test(value)) return Number(value);
  }
  return undefined;
}
