/**
 * Anthropic Messages: `/ai/v1/messages`, and `anthropic/*` through `/ai/run` (cloudflare-api.md 2.4).
 */
import type { Step, StepKind } from '../exchange';
import type { Fields } from '../fields';
import type { Answer } from '../generate';
import type { SimModel } from '../models';
import { hash } from '../random';
import { readContent, readTurns, samplingSettings, type TextRequest, type Turn } from '../text-request';
import { event, keepAlive, preambleAt } from './sse';

/** Reads and checks a Messages body; `max_tokens` is required. Throws a `Refusal` (400). */
export function readMessages(sim: SimModel, fields: Fields): TextRequest {
  const limits = { min: 1, integer: true, ...(sim.model.maxOutputTokens && { max: sim.model.maxOutputTokens }) };
  const maxTokens = fields.number('max_tokens', limits);
  if (maxTokens === undefined) throw fields.refuse('max_tokens: Field required');
  const turns = readTurns(fields, 'messages');
  const wrong = turns.find((turn) => turn.role !== 'user' && turn.role !== 'assistant');
  if (wrong !== undefined) throw fields.refuse(`messages: role '${wrong.role}' is not allowed; use top-level 'system'`);
  const system: Turn[] = fields.has('system')
    ? [{ role: 'system', ...readContent(fields, fields.raw('system'), 'system') }]
    : [];
  return {
    sim,
    turns: [...system, ...turns],
    stream: fields.boolean('stream'),
    includeUsage: true,
    maxTokens,
    stop: fields.strings('stop_sequences'),
    effort: thinkingEffort(fields),
    marksCache: JSON.stringify([fields.raw('system'), fields.raw('messages')]).includes('"cache_control"'),
    settings: samplingSettings(fields, ['temperature', 'top_p', 'top_k']),
  };
}

/** The whole answer as a `message`. */
export function wholeMessage(answer: Answer): Record<string, unknown> {
  const thinking =
    answer.reasoningText === ''
      ? []
      : [{ type: 'thinking', thinking: answer.reasoningText, signature: signature(answer) }];
  return {
    ...frame(answer),
    content: [...thinking, { type: 'text', text: answer.text }],
    stop_reason: stopReason(answer),
    stop_sequence: answer.stopSequence ?? null,
    usage: { ...inputUsage(answer), output_tokens: answer.usage.output },
  };
}

/** The answer as Anthropic's named events; no `[DONE]`. */
export function* streamMessage(answer: Answer): Generator<Step> {
  const { schedule } = answer;
  const start = preambleAt(answer);
  const message = {
    ...frame(answer),
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...inputUsage(answer), output_tokens: 1 },
  };
  yield named(start, 'role', { type: 'message_start', message });
  yield named(start, 'marker', { type: 'ping' });
  yield* keepAlive(answer);

  let index = 0;
  const first = schedule.reasoning[0];
  if (first !== undefined) {
    const block = { type: 'thinking', thinking: '', signature: '' };
    yield named(first.at, 'marker', { type: 'content_block_start', index, content_block: block });
    for (const piece of schedule.reasoning) {
      const delta = { type: 'thinking_delta', thinking: piece.text };
      yield named(piece.at, 'reasoning', { type: 'content_block_delta', index, delta });
    }
    const end = schedule.reasoning.at(-1)?.at ?? first.at;
    const delta = { type: 'signature_delta', signature: signature(answer) };
    yield named(end, 'marker', { type: 'content_block_delta', index, delta });
    yield named(end, 'marker', { type: 'content_block_stop', index });
    index++;
  }
  const textAt = schedule.answer[0]?.at ?? schedule.endsAt;
  const textBlock = { type: 'text', text: '' };
  yield named(textAt, 'marker', { type: 'content_block_start', index, content_block: textBlock });
  for (const piece of schedule.answer) {
    const delta = { type: 'text_delta', text: piece.text };
    yield named(piece.at, 'text', { type: 'content_block_delta', index, delta });
  }
  yield named(schedule.endsAt, 'marker', { type: 'content_block_stop', index });
  yield named(schedule.endsAt, 'finish', {
    type: 'message_delta',
    delta: { stop_reason: stopReason(answer), stop_sequence: answer.stopSequence ?? null },
    usage: { output_tokens: answer.usage.output },
  });
  yield named(schedule.endsAt, 'done', { type: 'message_stop' });
}

/** Every event names itself twice: in `event:` and in its `type`. */
interface Payload {
  readonly type: string;
  readonly [field: string]: unknown;
}

function named(at: number, kind: StepKind, payload: Payload): Step {
  return event(at, kind, payload, payload.type);
}

function thinkingEffort(fields: Fields): number | undefined {
  const thinking = fields.object('thinking');
  const type = thinking?.string('type');
  if (thinking === undefined || type === undefined) return undefined;
  if (type === 'disabled') return 0;
  if (type === 'adaptive') return 1;
  if (type !== 'enabled') throw fields.refuse("thinking.type must be 'enabled', 'adaptive' or 'disabled'");
  const budget = thinking.number('budget_tokens', { min: 1024, integer: true });
  if (budget === undefined) throw fields.refuse('thinking.budget_tokens: Field required');
  return 1;
}

function frame(answer: Answer): Record<string, unknown> {
  return { id: `msg_${answer.id}`, type: 'message', role: 'assistant', model: answer.modelId.replace(/^[^/]+\//, '') };
}

/** Anthropic's convention: `input_tokens` excludes what was read from or written to the cache. */
function inputUsage({ usage }: Answer): Record<string, number> {
  return {
    input_tokens: usage.input - usage.cacheRead - usage.cacheWrite,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
  };
}

function stopReason({ finish }: Answer): string {
  if (finish === 'length') return 'max_tokens';
  return finish === 'stop-sequence' ? 'stop_sequence' : 'end_turn';
}

function signature({ id }: Answer): string {
  return `simulated-${hash(id).toString(16)}`;
}
