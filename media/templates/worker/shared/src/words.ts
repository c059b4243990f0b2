/**
 * What a chat model says, in the format of each provider: Workers AI's older one, OpenAI's two, Anthropic's and Google's.
 */
import { ModelError, throwReported } from './errors';
import { eventData } from './sse';

/** The text of a whole answer. Throws a `ModelError` when there is none. */
export function wordsOf(answer: unknown): string {
  const { response, choices, content, candidates, output } = asObject(answer);
  if (typeof response === 'string') return response;
  // The JSON mode of older hosted models gives the object itself.
  if (typeof response === 'object' && response !== null) return JSON.stringify(response);
  if (Array.isArray(choices)) return textOf(asObject(asObject(choices[0])['message'])['content']);
  if (Array.isArray(candidates)) return textOf(asObject(asObject(candidates[0])['content'])['parts']);
  if (Array.isArray(output)) return textOf(output.map((item) => ({ text: textOf(asObject(item)['content']) })));
  if (Array.isArray(content)) return textOf(content);
  throw new ModelError("The model's answer holds no text.");
}

/** The text of an answer as it comes: a stream of events, or the whole when the model does not stream. */
export async function* wordsIn(answer: unknown): AsyncGenerator<string> {
  if (!(answer instanceof ReadableStream)) {
    yield wordsOf(answer);
    return;
  }
  for await (const data of eventData(answer)) {
    if (data === '[DONE]') return;
    const event = parsed(data);
    throwReported(event);
    const words = nextWords(event);
    if (words !== '') yield words;
  }
}

/** The text of one event of a stream; empty when it is about something else. */
function nextWords(event: unknown): string {
  const { response, choices, candidates, type, delta } = asObject(event);
  if (typeof response === 'string') return response;
  if (Array.isArray(choices)) return textOf(asObject(asObject(choices[0])['delta'])['content']);
  if (Array.isArray(candidates)) return textOf(asObject(asObject(candidates[0])['content'])['parts']);
  if (type === 'content_block_delta') return textOf(asObject(delta)['text']);
  return type === 'response.output_text.delta' ? textOf(delta) : '';
}

/** Text, or parts of which some are text. What a model thought is none. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value
    .map((part) => asObject(part))
    .map(({ text, thought }) => (typeof text === 'string' && thought !== true ? text : ''))
    .join('');
}

/** What cannot be read is left out: the rest of the answer still counts. */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
