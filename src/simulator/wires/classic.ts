/**
 * Workers AI's own wire on `/ai/run/@cf/…` for classic models: `{response, p}` chunks (cloudflare-api.md 2.1, 4.4 A).
 */
import type { Step } from '../exchange';
import type { Fields } from '../fields';
import type { Answer } from '../generate';
import { seenBeside } from '../inputs/parts';
import type { SimModel } from '../models';
import { createRandom, hash } from '../random';
import { readTurns, samplingSettings, type TextRequest, type Turn } from '../text-request';
import { chatUsage } from './chat';
import { done, event, keepAlive } from './sse';

/** Documented default of classic schemas. */
const defaultLimit = 256;

/** Reads and checks a native body: `messages`, or a bare `prompt`. Throws a `Refusal` (400). */
export function readClassic(sim: SimModel, fields: Fields): TextRequest {
  const prompt = fields.string('prompt');
  if (prompt === undefined && !fields.has('messages')) {
    throw fields.refuse("required properties are 'prompt' or 'messages'");
  }
  return {
    sim,
    turns: withPicture(
      fields,
      fields.has('messages') ? readTurns(fields, 'messages') : [{ role: 'user', text: prompt ?? '', attachments: [] }],
    ),
    stream: fields.boolean('stream'),
    includeUsage: true,
    maxTokens: fields.number('max_tokens', { min: 1, integer: true }) ?? defaultLimit,
    stop: fields.strings('stop'),
    effort: undefined,
    marksCache: false,
    settings: samplingSettings(fields, [
      'temperature',
      'top_p',
      'top_k',
      'seed',
      'repetition_penalty',
      'frequency_penalty',
      'presence_penalty',
    ]),
  };
}

/** Llama 3.2 Vision takes its picture in a field of its own, as bytes or base64 (cloudflare-api.md 4.4 A). */
function withPicture(fields: Fields, turns: readonly Turn[]): readonly Turn[] {
  const seen = seenBeside(fields, 'image');
  const last = turns.findLastIndex(({ role }) => role === 'user');
  return turns.map((turn, index) => (index === last ? { ...turn, attachments: [...turn.attachments, ...seen] } : turn));
}

/** The whole answer. A classic model has no field of its own for reasoning: it stands in `<think>` before the answer. */
export function wholeClassic(answer: Answer): Record<string, unknown> {
  const thought = answer.reasoningText === '' ? '' : `<think>${answer.reasoningText}</think>\n\n`;
  return { response: thought + answer.text, tool_calls: [], usage: chatUsage(answer) };
}

/** The answer as native chunks; usage stands in the last one, whose text is empty. */
export function* streamClassic(answer: Answer): Generator<Step> {
  const { schedule } = answer;
  const random = createRandom(hash(answer.id));
  // The padding `p` hides the length of a token from whoever watches the encrypted stream.
  const chunk = (response: string, rest: object = {}): object => ({
    response,
    ...rest,
    p: 'abcdefghijklmnopqrstuvwxyz0123456789'.slice(0, random.between(4, 36)),
  });
  yield* keepAlive(answer);
  const { reasoning } = schedule;
  for (const [index, piece] of reasoning.entries()) {
    const open = index === 0 ? '<think>' : '';
    const close = index === reasoning.length - 1 ? '</think>\n\n' : '';
    yield event(piece.at, 'text', chunk(open + piece.text + close));
  }
  for (const piece of schedule.answer) yield event(piece.at, 'text', chunk(piece.text));
  yield event(schedule.endsAt, 'usage', chunk('', { usage: chatUsage(answer) }));
  yield done(schedule.endsAt);
}
