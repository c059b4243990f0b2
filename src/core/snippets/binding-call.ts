/**
 * What a REST request becomes as a call of the `env.AI` binding (cloudflare-api.md 1.5 and 3.2).
 */
import type { RawRequest } from '../run/events';

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
  if (inPath !== undefined) return { model: decodeURIComponent(inPath), input: body, gateway };
  const { model, ...rest } = body;
  const input = isObject(body['input']) ? body['input'] : rest;
  return { model: String(model), input: String(model).startsWith('google/') ? geminiInput(input) : input, gateway };
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
      .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
    generationConfig: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)),
    ...(stream !== undefined && { stream }),
  };
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
