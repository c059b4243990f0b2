/**
 * The call for a picture, whatever the model wants to be asked in.
 */
import type { Model } from './models';

/** Input of `env.AI.run`. */
export interface PictureCall {
  readonly input: Record<string, unknown>;
  /** The input is a stream, which AI Gateway does not take: such a call goes without it. */
  readonly isStreamed: boolean;
}

/** Prompt and settings as JSON, or as a form for hosted FLUX.2, which takes nothing else. */
export function pictureCall(model: Model, prompt: string): PictureCall {
  const fields = { ...model.input, prompt };
  if (!model.id.startsWith('@cf/black-forest-labs/flux-2')) return { input: fields, isStreamed: false };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  // A response encodes the form and makes up the boundary.
  const encoded = new Response(form);
  return {
    input: { multipart: { body: encoded.body, contentType: encoded.headers.get('content-type') } },
    isStreamed: true,
  };
}

/** The same for the same model, settings and prompt, in hexadecimal. */
export async function cacheKey(model: Model, prompt: string): Promise<string> {
  const text = JSON.stringify([model.id, model.input, prompt]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
