import fc from 'fast-check';
import type { Event } from './runs';
import { failed, failure, finished, headers, picture, started } from './runs';

const usage = fc.record({ inputTokens: fc.nat(1000), outputTokens: fc.nat(1000) }, { requiredKeys: [] });
/** Like those of a tokenizer, with empty ones and code points of two units among them. */
const piece = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('', '🙂', 'é', '\n'));

/** Any event but the first and the last, without its time. */
const inner: fc.Arbitrary<(at: number) => Event> = fc.oneof(
  { weight: 8, arbitrary: piece.map((text) => (at: number): Event => ({ type: 'text', at, text })) },
  { weight: 5, arbitrary: piece.map((text) => (at: number): Event => ({ type: 'reasoning', at, text })) },
  {
    weight: 5,
    arbitrary: fc
      .record(
        { index: fc.nat(2), arguments: piece, id: fc.string(), name: fc.string() },
        { requiredKeys: ['index', 'arguments'] },
      )
      .map(
        (call) =>
          (at: number): Event =>
            ({ type: 'toolCall', at, ...call }) as Event,
      ),
  },
  { weight: 3, arbitrary: usage.map((value) => (at: number): Event => ({ type: 'usage', at, usage: value })) },
  { weight: 3, arbitrary: piece.map((text) => (at: number): Event => ({ type: 'log', at, text })) },
  fc
    .constantFrom('setup' as const, 'queue' as const)
    .map((phase) => (at: number): Event => ({ type: 'phase', at, phase })),
  fc.nat(10).map((predict) => (at: number): Event => ({ type: 'serverTime', at, predict })),
  fc.constant((at: number): Event => picture(at, 512, 512)),
  fc.constant((at: number): Event => headers(at, { logId: 'log' })),
  fc.constant((at: number): Event => ({ type: 'gateway', at, gateway: { step: 1 } })),
  fc.constant((at: number): Event => ({ type: 'warning', at, code: 'malformed-event', message: 'Skipped.' })),
  fc.constant((at: number): Event => ({ type: 'retrying', at, attempt: 1, wait: 1, error: failure('capacity') })),
  fc.constant((at: number): Event => started(at, 2)),
);

/** Events in order of time, several of which may share a time; mostly, but not always, a well-formed run. */
export const runEvents: fc.Arbitrary<Event[]> = fc
  .record({
    inner: fc.array(fc.tuple(inner, fc.constantFrom(0, 0, 0.25, 1)), { maxLength: 40 }),
    begins: fc.boolean(),
    end: fc.constantFrom('finished', 'failed', 'none'),
  })
  .map(({ inner: events, begins, end }) => {
    let at = 10;
    const list: Event[] = begins ? [started(at)] : [];
    for (const [make, gap] of events) list.push(make((at += gap)));
    if (end === 'finished') list.push(finished(at + 1));
    if (end === 'failed') list.push(failed(at + 1, 'aborted'));
    return list;
  });
