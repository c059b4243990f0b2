/**
 * What the streams of all wires share.
 */
import type { Step, StepKind } from '../exchange';
import type { Answer } from '../generate';

/** One server-sent event with a JSON payload; `event` names it where the wire has named events. */
export function event(at: number, kind: StepKind, payload: unknown, name?: string): Step {
  const head = name === undefined ? '' : `event: ${name}\n`;
  return { type: 'write', at, kind, data: `${head}data: ${JSON.stringify(payload)}\n\n` };
}

/** OpenAI's end mark. */
export function done(at: number): Step {
  return { type: 'write', at, kind: 'done', data: 'data: [DONE]\n\n' };
}

/** Seconds of silence after which servers send a comment to keep the connection. */
const silence = 0.8;

/** A comment between headers and a late first token. */
export function* keepAlive({ schedule }: Answer): Generator<Step> {
  const first = schedule.reasoning[0] ?? schedule.answer[0];
  if (first === undefined || first.at - schedule.headersAt < silence) return;
  yield { type: 'write', at: schedule.headersAt + silence / 2, kind: 'comment', data: ': keep-alive\n\n' };
}

/** When the events before the first token leave: while the prompt is still being read. */
export function preambleAt({ schedule }: Answer): number {
  const first = schedule.reasoning[0] ?? schedule.answer[0];
  const next = first?.at ?? schedule.endsAt;
  return schedule.headersAt + Math.min(0.3 * (next - schedule.headersAt), silence / 4);
}

/** Fixed creation time of every answer (Unix seconds), so that the same request gives the same bytes. */
export const createdAt = 1_790_000_000;
