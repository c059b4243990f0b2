/**
 * OpenAI Responses: `/ai/v1/responses` (cloudflare-api.md 2.3).
 */
import type { Step, StepKind } from '../exchange';
import { type Fields, isObject } from '../fields';
import type { Answer } from '../generate';
import type { SimModel } from '../models';
import { effortOf, readContent, readTurns, samplingSettings, type TextRequest, type Turn } from '../text-request';
import { createdAt, event, keepAlive, preambleAt } from './sse';

/** Reads and checks a Responses body; `input` is a string or a list of messages. Throws a `Refusal` (400). */
export function readResponses(sim: SimModel, fields: Fields): TextRequest {
  if (!fields.has('input')) throw fields.refuse("required property 'input' is missing");
  for (const stranger of ['max_tokens', 'max_completion_tokens', 'messages']) {
    if (fields.has(stranger)) throw fields.refuse(`Unknown parameter: '${stranger}'.`);
  }
  const instructions = fields.string('instructions');
  const system: Turn[] = instructions === undefined ? [] : [{ role: 'system', text: instructions, attachments: [] }];
  const reasoning = fields.object('reasoning');
  const effortName = reasoning?.string('effort');
  const limits = { min: 1, integer: true, ...(sim.model.maxOutputTokens && { max: sim.model.maxOutputTokens }) };
  return {
    sim,
    turns: [...system, ...readInput(fields)],
    stream: fields.boolean('stream'),
    includeUsage: true,
    maxTokens: fields.number('max_output_tokens', limits),
    stop: [],
    effort: reasoning === undefined ? undefined : effortOf(reasoning, 'effort'),
    marksCache: false,
    settings: [
      ...samplingSettings(fields, ['temperature', 'top_p']),
      ...(effortName === undefined ? [] : [['reasoning.effort', effortName] as const]),
    ],
  };
}

/** The whole answer as a `response`. */
export function wholeResponse(answer: Answer): Record<string, unknown> {
  const cut = answer.finish === 'length';
  return {
    ...frame(answer),
    status: cut ? 'incomplete' : 'completed',
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    output: [...(answer.reasoningText === '' ? [] : [reasoningItem(answer)]), messageItem(answer)],
    usage: {
      input_tokens: answer.usage.input,
      input_tokens_details: { cached_tokens: answer.usage.cacheRead },
      output_tokens: answer.usage.output,
      output_tokens_details: { reasoning_tokens: answer.usage.reasoning },
      total_tokens: answer.usage.input + answer.usage.output,
    },
  };
}

/** The answer as typed events with sequence numbers; no `[DONE]`. */
export function* streamResponse(answer: Answer): Generator<Step> {
  const { schedule } = answer;
  let sequence = 0;
  const send = (at: number, kind: StepKind, type: string, rest: object): Step =>
    event(at, kind, { type, sequence_number: sequence++, ...rest }, type);

  const start = preambleAt(answer);
  const pending = { ...frame(answer), status: 'in_progress', incomplete_details: null, output: [], usage: null };
  yield send(start, 'role', 'response.created', { response: pending });
  yield send(start, 'marker', 'response.in_progress', { response: pending });
  yield* keepAlive(answer);

  let index = 0;
  const firstThought = schedule.reasoning[0];
  if (firstThought !== undefined) {
    const place = { item_id: `rs_${answer.id}`, output_index: index, content_index: 0 };
    const open = { ...reasoningItem(answer), content: [], status: 'in_progress' };
    const part = (text: string): object => ({ type: 'reasoning_text', text });
    yield send(firstThought.at, 'marker', 'response.output_item.added', { output_index: index, item: open });
    yield send(firstThought.at, 'marker', 'response.content_part.added', { ...place, part: part('') });
    for (const piece of schedule.reasoning) {
      yield send(piece.at, 'reasoning', 'response.reasoning_text.delta', { ...place, delta: piece.text });
    }
    const end = schedule.reasoning.at(-1)?.at ?? firstThought.at;
    yield send(end, 'marker', 'response.reasoning_text.done', { ...place, text: answer.reasoningText });
    yield send(end, 'marker', 'response.content_part.done', { ...place, part: part(answer.reasoningText) });
    yield send(end, 'marker', 'response.output_item.done', { output_index: index, item: reasoningItem(answer) });
    index++;
  }

  const place = { item_id: `msg_${answer.id}`, output_index: index, content_index: 0 };
  const textAt = schedule.answer[0]?.at ?? schedule.endsAt;
  const open = { ...messageItem(answer), content: [], status: 'in_progress' };
  yield send(textAt, 'marker', 'response.output_item.added', { output_index: index, item: open });
  yield send(textAt, 'marker', 'response.content_part.added', { ...place, part: textPart('') });
  for (const piece of schedule.answer) {
    yield send(piece.at, 'text', 'response.output_text.delta', { ...place, delta: piece.text, logprobs: [] });
  }
  const end = schedule.endsAt;
  yield send(end, 'marker', 'response.output_text.done', { ...place, text: answer.text, logprobs: [] });
  yield send(end, 'marker', 'response.content_part.done', { ...place, part: textPart(answer.text) });
  yield send(end, 'marker', 'response.output_item.done', { output_index: index, item: messageItem(answer) });
  const type = answer.finish === 'length' ? 'response.incomplete' : 'response.completed';
  yield send(end, 'done', type, { response: wholeResponse(answer) });
}

function readInput(fields: Fields): Turn[] {
  const input = fields.raw('input');
  if (typeof input === 'string') return [{ role: 'user', text: input, attachments: [] }];
  const messages = fields.list('input') ?? [];
  // Items that are no messages (earlier reasoning, tool calls) carry no role and count for nothing here.
  if (!messages.some((item) => isObject(item) && item['role'] !== undefined)) return readTurns(fields, 'input');
  return messages.flatMap((item): Turn[] => {
    if (!isObject(item) || typeof item['role'] !== 'string') return [];
    return [{ role: item['role'], ...readContent(fields, item['content'], 'input.content') }];
  });
}

function frame(answer: Answer): Record<string, unknown> {
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: createdAt,
    model: answer.modelId,
    error: null,
    instructions: null,
    metadata: {},
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
  };
}

function reasoningItem(answer: Answer): Record<string, unknown> {
  return {
    id: `rs_${answer.id}`,
    type: 'reasoning',
    summary: [],
    content: [{ type: 'reasoning_text', text: answer.reasoningText }],
    status: 'completed',
  };
}

function messageItem(answer: Answer): Record<string, unknown> {
  return {
    id: `msg_${answer.id}`,
    type: 'message',
    role: 'assistant',
    status: answer.finish === 'length' ? 'incomplete' : 'completed',
    content: [textPart(answer.text)],
  };
}

function textPart(text: string): Record<string, unknown> {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}
