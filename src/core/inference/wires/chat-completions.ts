/**
 * `/ai/v1/chat/completions`, OpenAI's Chat Completions format (cloudflare-api.md 2.2). Newer `@cf/` models stream it on
 * the native path too, and `/ai/run` turns most vendors into it (2.5).
 */
import type { Answer } from '../answer';
import { finishReason } from '../finish';
import { asList, asObject, asText, type Json } from '../json';
import { present } from '../parameters';
import { openAiUsage } from '../usage';
import { mediaFields } from '../media-parts';
import { chatParts, withMedia } from './content-parts';
import type { BodyInput, Decoder, WireFormat } from './format';

export const chatCompletions: WireFormat = {
  path: () => 'ai/v1/chat/completions',

  body(input: BodyInput) {
    const { request, inputs, assigned, parameters, limit } = input;
    return {
      model: request.model.id,
      messages: withMedia(request.messages, input, chatParts),
      ...mediaFields(assigned, request.media ?? [], inputs.prompt?.field),
      stream: true,
      stream_options: { include_usage: true },
      [limit.field]: limit.tokens,
      ...present({
        temperature: parameters.take('temperature'),
        top_p: parameters.take('topP'),
        stop: parameters.take('stop'),
        seed: parameters.take('seed'),
        frequency_penalty: parameters.take('frequencyPenalty'),
        presence_penalty: parameters.take('presencePenalty'),
        reasoning_effort: parameters.take('reasoningEffort'),
      }),
    };
  },

  decoder: (answer) => ({
    event: (chunk) => readCompletion(chunk, answer),
    whole: (body) => readCompletion(body, answer),
  }),
} satisfies WireFormat & { decoder(answer: Answer): Decoder };

/** One chunk, or a whole completion: they differ only in `delta` and `message`. Every signal of a chunk is read. */
function readCompletion(chunk: Json, answer: Answer): boolean {
  const choices = chunk['choices'];
  if (!Array.isArray(choices)) return false;
  // One answer is asked for, so there is one choice; the usage-only chunk has none.
  const choice = choices[0] as Json | null | undefined;
  if (choice !== undefined && choice !== null) readChoice(choice, answer);
  if (chunk['usage'] !== undefined && chunk['usage'] !== null) answer.report(openAiUsage(chunk['usage']));
  if (chunk['gatewayMetadata'] !== undefined) answer.keySource(asObject(chunk['gatewayMetadata'])?.['keySource']);
  return true;
}

function readChoice(choice: Json, answer: Answer): void {
  const delta = (choice['delta'] ?? choice['message']) as Json | null | undefined;
  if (delta !== undefined && delta !== null) {
    // Some servers send the same reasoning under both names.
    answer.reasoning(asText(delta['reasoning_content']) ?? delta['reasoning']);
    const content = delta['content'];
    if (typeof content === 'string') answer.text(content);
    else if (content !== undefined && content !== null)
      for (const part of asList(content)) answer.text(asObject(part)?.['text']);
    answer.text(delta['refusal']);
    if (delta['tool_calls'] !== undefined) readToolCalls(delta['tool_calls'], answer);
  }
  const reason = choice['finish_reason'];
  if (typeof reason === 'string' && reason !== '') answer.finishReason = finishReason(reason);
}

/** Tool calls of OpenAI (`function: {name, arguments}`) and of Workers AI's native wire (`name`, `arguments`). */
export function readToolCalls(value: unknown, answer: Answer): void {
  asList(value).forEach((entry, position) => {
    const call = asObject(entry);
    if (!call) return;
    const named = asObject(call['function']) ?? call;
    const index = typeof call['index'] === 'number' ? call['index'] : position;
    answer.toolCall(index, call['id'], named['name'], named['arguments']);
  });
}
