/**
 * `/ai/run/@cf/…`, Workers AI's native path: the model's own input at the top level (cloudflare-api.md 1, 2.1, 4.4 A).
 */
import type { Answer } from '../answer';
import { finishReason } from '../finish';
import { asObject, asText, type Json } from '../json';
import { present } from '../parameters';
import { openAiUsage } from '../usage';
import { readToolCalls } from './chat-completions';
import type { BodyInput, WireFormat } from './format';
import { taskInput } from './task-input';

export const runModel: WireFormat = {
  path: (modelId) => `ai/run/${modelId}`,

  body(input: BodyInput) {
    return input.request.model.task === 'text-generation' ? textInput(input) : taskInput(input);
  },

  decoder: (answer) => ({
    event: (chunk) => readNative(chunk, answer),
    whole: (body) => readNative(body, answer),
  }),
};

/** The classic text-generation schema. */
function textInput({ request, parameters, limit }: BodyInput): Record<string, unknown> {
  return {
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    [limit.field]: limit.tokens,
    ...present({
      temperature: parameters.take('temperature'),
      top_p: parameters.take('topP'),
      seed: parameters.take('seed'),
      frequency_penalty: parameters.take('frequencyPenalty'),
      presence_penalty: parameters.take('presencePenalty'),
    }),
  };
}

/** One of these is in every native chunk. */
const NATIVE_KEYS = ['response', 'tool_calls', 'usage', 'finish_reason'];
/** These belong to other formats, which have a usage too. */
const FOREIGN_KEYS = ['type', 'choices', 'output'];

/** One native chunk or a whole native answer. Unknown keys, such as the padding `p`, are ignored. */
function readNative(chunk: Json, answer: Answer): boolean {
  if (!NATIVE_KEYS.some((key) => key in chunk) || FOREIGN_KEYS.some((key) => key in chunk)) return false;
  answer.reasoning(asText(chunk['reasoning_content']) ?? chunk['reasoning']);
  answer.text(responseText(chunk['response']));
  readToolCalls(chunk['tool_calls'], answer);
  answer.report(openAiUsage(chunk['usage']));
  answer.keySource(asObject(chunk['gatewayMetadata'])?.['keySource']);
  const reason = asText(chunk['finish_reason']);
  if (reason !== undefined) answer.finishReason = finishReason(reason);
  return true;
}

/** `response` is text, or a number, or an object in structured-output mode (cloudflare-api.md 2.1). */
function responseText(response: unknown): string | undefined {
  if (response === null || response === undefined) return undefined;
  if (typeof response === 'string') return response;
  return JSON.stringify(response);
}
