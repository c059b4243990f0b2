/**
 * What a REST request becomes as a call of the `env.AI` binding (cloudflare-api.md 1.5 and 3.2).
 */
import type { RawRequest } from '../run/events';
import { mediumOf } from './media-marks';

type Json = Readonly<Record<string, unknown>>;

/** Arguments of `env.AI.run`. */
export interface BindingCall {
  readonly model: string;
  readonly input: Json;
  readonly gateway: { readonly id: string; readonly metadata?: Json };
}

/** Reads model and input out of the wire's own place for them. */
export function bindingCall({ url, headers, body }: RawRequest): BindingCall {
  const metadata = parseObject(headers['cf-aig-metadata']);
  const gateway = { id: headers['cf-aig-gateway-id'] ?? 'default', ...(metadata && { metadata }) };
  // `/ai/run/@cf/…`: the model is in the path and the body is its input.
  const inPath = /\/ai\/run\/(.+)$/.exec(new URL(url).pathname)?.[1];
  if (inPath !== undefined) {
    const model = decodeURIComponent(inPath);
    return { model, input: mediumOf(body) === undefined ? body : fileInput(model, url, body), gateway };
  }
  const { model, ...rest } = body;
  const input = isObject(body['input']) ? body['input'] : rest;
  return { model: String(model), input: String(model).startsWith('google/') ? geminiInput(input) : input, gateway };
}

/** A body that is one file, with its parameters in the address, is a field of the input in the binding. */
function fileInput(model: string, url: string, file: Json): Json {
  const medium = mediumOf(file);
  const { kind = 'audio', mediaType } = medium ?? {};
  // Whisper knows no stream (cloudflare-api.md 4.4 A).
  const asNumbers = kind !== 'audio' || /whisper/.test(model);
  const value = asNumbers ? { $media: { ...medium, encoding: 'numbers' } } : { body: file, contentType: mediaType };
  const { searchParams } = new URL(url);
  const parameters = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name).map(typed);
    return [name, values.length === 1 ? values[0] : values];
  });
  return { [kind]: value, ...(Object.fromEntries(parameters) as Json) };
}

/** In an address every value is text. */
function typed(text: string): unknown {
  return /^(?:true|false|-?\d{1,15}(?:\.\d{1,15})?)$/.test(text) ? JSON.parse(text) : text;
}

/**
 * Models of `google/` take Gemini's own input through the binding, where REST takes Chat Completions. Of its fields only
 * those that the playground sends are carried over. Inputs that are no chat, as for pictures, stay as they are.
 */
function geminiInput(input: Json): Json {
  const { messages, stream, max_tokens, max_completion_tokens, temperature, top_p, stop, seed } = input;
  if (!Array.isArray(messages)) return input;
  const turns = (messages as unknown[]).filter(isObject);
  const system = turns.filter(({ role }) => role === 'system').map(({ content }) => ({ text: content }));
  const config = {
    maxOutputTokens: max_tokens ?? max_completion_tokens,
    temperature,
    topP: top_p,
    stopSequences: stop,
    seed,
  };
  return {
    ...(system.length > 0 && { systemInstruction: { parts: system } }),
    contents: turns
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: geminiParts(content) })),
    generationConfig: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)),
    ...(stream !== undefined && { stream }),
  };
}

/** Parts of a message; media stand within them as base64. */
function geminiParts(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) return [{ text: content }];
  return content.filter(isObject).map((part) => {
    const medium = [part['image_url'], part['video_url'], part['input_audio'], part['file']]
      .filter(isObject)
      .flatMap((value) => Object.values(value))
      .map(mediumOf)
      .find((one) => one !== undefined);
    if (medium === undefined) return { text: part['text'] };
    return { inlineData: { mimeType: medium.mediaType, data: { $media: { ...medium, encoding: 'base64' } } } };
  });
}

function parseObject(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
