/**
 * OpenAI Chat Completions: `/ai/v1/chat/completions`, and the native path of newer models (cloudflare-api.md 2.2).
 */
import type { Step } from '../exchange';
import type { Fields } from '../fields';
import type { Answer } from '../generate';
import type { SimModel } from '../models';
import { effortOf, readTurns, samplingSettings, type TextRequest } from '../text-request';
import { createdAt, done, event, keepAlive, preambleAt } from './sse';

/** Vendors whose usage tells the tokens of pictures apart. */
const countsImages = /^(?:xai|google|alibaba)\//;
const wantsCompletionLimit = /^(?:openai|xai)\//;

/** Reads and checks a Chat Completions body. Throws a `Refusal` (400). */
export function readChat(sim: SimModel, fields: Fields): TextRequest {
  const turns = readTurns(fields, 'messages');
  if (fields.has('max_tokens') && wantsCompletionLimit.test(sim.model.id)) {
    throw fields.refuse(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  }
  const limits = { min: 1, integer: true, ...(sim.model.maxOutputTokens && { max: sim.model.maxOutputTokens }) };
  const maxTokens = fields.number('max_completion_tokens', limits) ?? fields.number('max_tokens', limits);
  const effort = effortOf(fields, 'reasoning_effort');
  const thinks = fields.object('chat_template_kwargs');
  const off = thinks?.raw('enable_thinking') === false || thinks?.raw('thinking') === false;
  const effortName = fields.string('reasoning_effort');
  return {
    sim,
    turns,
    stream: fields.boolean('stream'),
    includeUsage: fields.object('stream_options')?.boolean('include_usage') ?? false,
    maxTokens: maxTokens ?? (sim.native === 'classic' && sim.model.hosting === 'hosted' ? 256 : undefined),
    stop: fields.strings('stop'),
    effort: off ? 0 : effort,
    marksCache: false,
    settings: [
      ...samplingSettings(fields, ['temperature', 'top_p', 'seed', 'frequency_penalty', 'presence_penalty']),
      ...(effortName === undefined ? [] : [['reasoning_effort', effortName] as const]),
    ],
  };
}

/** The whole answer as a `chat.completion`. */
export function wholeChat(answer: Answer, sim: SimModel): Record<string, unknown> {
  const reasoning = answer.reasoningText === '' ? {} : { [reasoningField(sim)]: answer.reasoningText };
  return {
    id: `chatcmpl-${answer.id}`,
    object: 'chat.completion',
    created: createdAt,
    model: answer.modelId,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answer.text, refusal: null, ...reasoning },
        logprobs: null,
        finish_reason: finishReason(answer),
      },
    ],
    usage: chatUsage(answer),
  };
}

/** The answer as `chat.completion.chunk`s: a role-only chunk first, usage in a last one without choices. */
export function* streamChat(answer: Answer, sim: SimModel, includeUsage: boolean): Generator<Step> {
  const { schedule } = answer;
  const chunk = (choices: unknown[], rest: object = {}): object => ({
    id: `chatcmpl-${answer.id}`,
    object: 'chat.completion.chunk',
    created: createdAt,
    model: answer.modelId,
    choices,
    ...rest,
  });
  const delta = (value: object, finish: string | null = null): object =>
    chunk([{ index: 0, delta: value, logprobs: null, finish_reason: finish }], includeUsage ? { usage: null } : {});

  yield event(preambleAt(answer), 'role', delta({ role: 'assistant', content: '' }));
  yield* keepAlive(answer);
  for (const piece of schedule.reasoning) {
    yield event(piece.at, 'reasoning', delta({ [reasoningField(sim)]: piece.text }));
  }
  for (const piece of schedule.answer) yield event(piece.at, 'text', delta({ content: piece.text }));
  yield event(schedule.endsAt, 'finish', delta({}, finishReason(answer)));
  if (includeUsage) yield event(schedule.endsAt, 'usage', chunk([], { usage: chatUsage(answer) }));
  yield done(schedule.endsAt);
}

/** Usage by OpenAI's convention: `prompt_tokens` includes cached tokens, `completion_tokens` includes reasoning. */
export function chatUsage({ usage, modelId }: Answer): Record<string, unknown> {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead,
      ...(usage.images > 0 && countsImages.test(modelId) ? { image_tokens: usage.images } : {}),
    },
    ...(usage.reasoning > 0 ? { completion_tokens_details: { reasoning_tokens: usage.reasoning } } : {}),
  };
}

function reasoningField(sim: SimModel): string {
  return sim.thinking === 'reasoning' ? 'reasoning' : 'reasoning_content';
}

function finishReason({ finish }: Answer): string {
  return finish === 'length' ? 'length' : 'stop';
}
