/**
 * Parameters that only the model itself knows: sent under the names that its schema gives them.
 */
import { freeWords, inputsOf, slotFields } from '../catalog/inputs';
import type { JsonValue } from '../catalog/schema';
import type { Wire } from '../run/events';
import type { InferenceRequest } from './request';

const isEnveloped = (wire: Wire): boolean => wire === 'run' || wire === 'cog';

/** A body's part that holds the model's own fields: `input` in the envelopes of `/ai/run` and of Cog, elsewhere all of it. */
export function modelFields(wire: Wire, body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return isEnveloped(wire) ? (body['input'] as Record<string, unknown>) : body;
}

/** Filled in by the client whenever the wire wants them, so that their absence means something too. */
const OURS = new Set(['__proto__', 'model', 'prompt', 'messages', 'input', 'contents', 'system', 'instructions']);
const STREAMING = new Set(['stream', 'stream_options']);
/** One limit in several words: a second one would contradict it. */
const LIMITS = new Set(['max_tokens', 'max_completion_tokens', 'max_output_tokens']);

/**
 * The body with the user's extra parameters in their place, and the names of those that have none, because the client
 * fills them in itself. One with the name of a shared parameter replaces it: it is what the model's own schema asks for,
 * as a `reasoning_effort` with more choices than ours; only the output limit is always ours. In a form every value is text, so that lists and objects are sent as JSON; null is left out.
 */
export function withExtra(
  { model, schema }: Pick<InferenceRequest, 'model' | 'schema'>,
  wire: Wire,
  body: Record<string, unknown>,
  extra: Readonly<Record<string, JsonValue>> = {},
  isForm = false,
): { body: Record<string, unknown>; refused: readonly string[] } {
  const own = modelFields(wire, body);
  const hasLimit = Object.keys(own).some((name) => LIMITS.has(name));
  const slots = slotFields(inputsOf(model, schema));
  const free = freeWords(model, schema);
  const isOfCall = (name: string): boolean =>
    (OURS.has(name) && !free.has(name)) || STREAMING.has(name) || (hasLimit && LIMITS.has(name));
  // All fields of a server of the user's own are its model's.
  const isOurs = (name: string): boolean => slots.has(name) || (wire !== 'cog' && isOfCall(name));
  const entries = Object.entries(extra);
  const sent = entries
    .filter(([name, value]) => !isOurs(name) && !(isForm && value === null))
    .map(([name, value]) => [name, isForm && typeof value === 'object' ? JSON.stringify(value) : value] as const);
  const fields = { ...own, ...Object.fromEntries(sent) };
  return {
    body: isEnveloped(wire) ? { ...body, input: fields } : fields,
    refused: entries.map(([name]) => name).filter(isOurs),
  };
}
