/**
 * Spoils a good answer the way a fault model promises to.
 */
import type { Reply, Step } from './exchange';
import type { Disturbance } from './faults';
import type { Answer } from './generate';

/** Bytes of padding in the event of `huge-event`. */
const hugePadding = 10_000_000;

const errorEvent = `data: ${JSON.stringify({
  error: { message: 'Simulated failure in mid-answer', type: 'server_error', code: 'internal_error' },
})}\n\n`;

/** The answer as the fault wants it before it is put on the wire. */
export function disturbAnswer(fault: Disturbance | undefined, answer: Answer): Answer {
  if (fault !== 'one-chunk') return answer;
  const whole = { at: answer.schedule.endsAt, text: answer.text, tokens: answer.usage.output };
  return { ...answer, schedule: { ...answer.schedule, answer: [whole] } };
}

/** The steps of a stream as the fault wants them. */
export function disturbStream(fault: Disturbance | undefined, steps: Iterable<Step>): Iterable<Step> {
  if (fault === undefined) return steps;
  const all = [...steps];
  const texts = all.flatMap((step, index) => (step.type === 'write' && step.kind === 'text' ? [index] : []));
  const first = texts[0] ?? all.length;
  const middle = (texts[Math.floor(texts.length * 0.4)] ?? all.length - 1) + 1;
  const before = all.slice(0, middle);
  const last = before.at(-1);
  const at = last?.type === 'write' ? last.at : 0;
  switch (fault) {
    case 'disconnect':
      return [...before, { type: 'drop', at }];
    case 'stall-first':
      return [...all.slice(0, first), { type: 'hang' }];
    case 'stall-mid':
      return [...before, { type: 'hang' }];
    case 'error-event':
      return [...before, { type: 'write', at, kind: 'marker', data: errorEvent }];
    case 'malformed': {
      const broken = 'data: {"choices":[{"index":0,"delta":{"content":"lost\n\n';
      return [...before, { type: 'write', at, kind: 'marker', data: broken }, ...all.slice(middle)];
    }
    case 'truncated':
      return all.filter((step) => step.type !== 'write' || !['finish', 'usage', 'done'].includes(step.kind));
    case 'no-usage':
      return all.filter((step) => step.type !== 'write' || step.kind !== 'usage');
    case 'byte-split':
      return splitBytes(all);
    case 'huge-event':
      return all.map((step, index) => (index === middle - 1 ? padded(step) : step));
    default:
      return all;
  }
}

/** A reply that is not streamed, as the fault wants it. */
export function disturbWhole(fault: Disturbance | undefined, reply: Reply): Reply {
  const [step] = reply.steps;
  if (step?.type !== 'write') return reply;
  switch (fault) {
    case 'stall-first':
    case 'stall-mid':
      return { ...reply, steps: [{ type: 'hang' }] };
    case 'disconnect':
      return {
        ...reply,
        steps: [
          { ...step, data: step.data.slice(0, step.data.length / 2) },
          { type: 'drop', at: step.at },
        ],
      };
    case 'byte-split':
      return { ...reply, steps: [...splitBytes([step])] };
    default:
      return reply;
  }
}

function* splitBytes(steps: readonly Step[]): Generator<Step> {
  const encoder = new TextEncoder();
  for (const step of steps) {
    if (step.type !== 'write') {
      yield step;
      continue;
    }
    const bytes = typeof step.data === 'string' ? encoder.encode(step.data) : step.data;
    for (let index = 0; index < bytes.length; index++) yield { ...step, data: bytes.subarray(index, index + 1) };
  }
}

/** The same event with a padding key, which clients ignore. */
function padded(step: Step): Step {
  if (step.type !== 'write' || typeof step.data !== 'string' || !step.data.endsWith('}\n\n')) return step;
  return { ...step, data: `${step.data.slice(0, -3)},"p":"${'x'.repeat(hugePadding)}"}\n\n` };
}
