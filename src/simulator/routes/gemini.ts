/**
 * Gemini's native input, `contents[].parts[].text`, in the words of Chat Completions (cloudflare-api.md 1.5).
 */
import { isObject } from '../fields';

/** The same request as a Chat Completions body. */
export function geminiAsChat(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const contents = Array.isArray(input['contents']) ? input['contents'] : [];
  const config = isObject(input['generationConfig']) ? input['generationConfig'] : {};
  const system = partsText(input['systemInstruction']);
  return {
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system }]),
      ...contents.map((content: unknown) => ({
        role: isObject(content) && content['role'] === 'model' ? 'assistant' : 'user',
        content: partsText(content),
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

function partsText(content: unknown): string {
  if (!isObject(content) || !Array.isArray(content['parts'])) return '';
  return content['parts'].map((part: unknown) => (isObject(part) ? String(part['text'] ?? '') : '')).join('');
}
