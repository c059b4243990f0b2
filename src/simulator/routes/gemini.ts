/**
 * Gemini's native input, `contents[].parts[]`, in the words of Chat Completions (cloudflare-api.md 1.5).
 */
import { isObject } from '../fields';

/** The same request as a Chat Completions body. */
export function geminiAsChat(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const contents = Array.isArray(input['contents']) ? input['contents'] : [];
  const config = isObject(input['generationConfig']) ? input['generationConfig'] : {};
  const system = partsOf(input['systemInstruction']);
  return {
    messages: [
      ...(system.length === 0 ? [] : [{ role: 'system', content: inChat(system) }]),
      ...contents.map((content: unknown) => ({
        role: isObject(content) && content['role'] === 'model' ? 'assistant' : 'user',
        content: inChat(partsOf(content)),
      })),
    ],
    stream: input['stream'],
    max_tokens: config['maxOutputTokens'],
    temperature: config['temperature'],
    top_p: config['topP'],
    seed: config['seed'],
    stop: config['stopSequences'],
  };
}

function partsOf(content: unknown): Record<string, unknown>[] {
  if (!isObject(content) || !Array.isArray(content['parts'])) return [];
  return content['parts'].filter(isObject);
}

/** A string where all parts are text; else a list of parts. */
function inChat(parts: readonly Record<string, unknown>[]): unknown {
  const converted = parts.map(partInChat);
  const isPlain = converted.every((part) => part['type'] === 'text');
  return isPlain ? converted.map((part) => part['text']).join('') : converted;
}

function partInChat(part: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const data = part['inlineData'] ?? part['inline_data'] ?? part['fileData'] ?? part['file_data'];
  if (!isObject(data)) return { type: 'text', text: String(part['text'] ?? '') };
  const type = String(data['mimeType'] ?? data['mime_type'] ?? '');
  if (type.startsWith('image/')) return { type: 'image_url', image_url: data };
  return type.startsWith('audio/') ? { type: 'input_audio', input_audio: data } : { type: 'file', file: data };
}
