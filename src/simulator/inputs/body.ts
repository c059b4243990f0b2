/**
 * Reads request bodies: JSON, a form, or a bare file with its options in the address.
 */
import type { SimRequest } from '../exchange';
import { badInput, isObject } from '../fields';

/** How a body came in. */
export type BodyForm = 'json' | 'form' | 'file';

/** The form of a request's body, by its content type. */
export function formOf(request: SimRequest): BodyForm {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return 'form';
  return /^(?:audio|image|video)\/|^application\/octet-stream/.test(type) ? 'file' : 'json';
}

/** The body as a JSON object. Throws a `Refusal` (400). */
export function readJson(request: SimRequest): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(request.body));
  } catch {
    throw badInput(false, 'the body is not valid JSON');
  }
  if (!isObject(value)) throw badInput(false, 'the body must be a JSON object');
  return value;
}

/** The fields of a multipart form; numbers become numbers, files become bytes. Rejects with a `Refusal` (400). */
export async function readForm(request: SimRequest): Promise<Record<string, unknown>> {
  const response = new Response(new Uint8Array(request.body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  });
  const form = await response.formData().catch(() => {
    throw badInput(true, 'the form cannot be read');
  });
  const entries = [...form].map(async ([name, value]): Promise<[string, unknown]> => {
    if (typeof value === 'string') return [name, name === 'prompt' ? value : scalar(value)];
    return [name, new Uint8Array(await value.arrayBuffer())];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A body that is one file, in the field `name`, as `{body, contentType}`; the options stand in the query. */
export function readFile(request: SimRequest, name: string): Record<string, unknown> {
  const options = [...request.query].map(([key, value]): [string, unknown] => [key, scalar(value)]);
  const contentType = request.headers['content-type'];
  return { ...Object.fromEntries(options), [name]: { body: request.body, contentType } };
}

/** A number or a boolean where the text is one. */
function scalar(text: string): unknown {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
