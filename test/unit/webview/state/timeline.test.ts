import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MediaRef, RunEvent } from '../../../../src/core/run/events';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import { axisEnd, elapsedOf, segmentsOf } from '../../../../webview/state/timeline';

type Event = RunEvent<MediaRef>;

const request = { method: 'POST', url: 'http://127.0.0.1/x', headers: {}, body: {} } as const;
const started = (at: number, attempt = 1): Event => ({
  type: 'started',
  at,
  attempt,
  maxAttempts: 3,
  wire: 'chat-completions',
  request,
});
const error = { reason: 'rate-limit', message: 'Slow down.', nextStep: 'Wait.', retryable: true } as const;
const fold = (...events: Event[]) => reduceAll(initialRun('r'), events);

describe('the bar under a column', () => {
  it('is empty before anything was sent', () => {
    expect(segmentsOf(initialRun('r'), 10)).toEqual([]);
    expect(elapsedOf(initialRun('r'), 10)).toBe(0);
  });

  it('grows in waiting until the first output', () => {
    expect(segmentsOf(fold(started(10)), 10.5)).toEqual([{ phase: 'waiting', from: 0, to: 0.5 }]);
  });

  it('tells waiting, thinking and answer apart', () => {
    const run = fold(started(10), { type: 'reasoning', at: 10.5, text: 'hm' }, { type: 'text', at: 12, text: 'so' });
    expect(segmentsOf(run, 13)).toEqual([
      { phase: 'waiting', from: 0, to: 0.5 },
      { phase: 'thinking', from: 0.5, to: 2 },
      { phase: 'answer', from: 2, to: 3 },
    ]);
  });

  it('ends a finished answer with its last output, whatever the time is now', () => {
    const run = fold(
      started(10),
      { type: 'text', at: 11, text: 'a' },
      { type: 'text', at: 12, text: 'b' },
      { type: 'finished', at: 15, finishReason: 'stop' },
    );
    expect(elapsedOf(run, 99)).toBe(2);
  });

  it('ends a failed one when it failed: silence was waited for too', () => {
    const run = fold(started(10), { type: 'text', at: 11, text: 'a' }, { type: 'failed', at: 15, error });
    expect(elapsedOf(run, 99)).toBe(5);
  });

  it('shows the time before the attempt that counts apart, also while waiting for it', () => {
    const retrying: Event = { type: 'retrying', at: 11, attempt: 1, wait: 2, error };
    expect(segmentsOf(fold(started(10), retrying), 12)).toEqual([{ phase: 'retry', from: 0, to: 2 }]);
    const run = fold(started(10), retrying, started(13, 2), { type: 'text', at: 14, text: 'a' });
    expect(segmentsOf(run, 15)).toEqual([
      { phase: 'retry', from: 0, to: 3 },
      { phase: 'waiting', from: 3, to: 4 },
      { phase: 'answer', from: 4, to: 5 },
    ]);
  });

  it('has no gaps and no overlaps, whatever happened', () => {
    const step = fc.record({
      gap: fc.double({ min: 0, max: 5, noNaN: true }),
      kind: fc.constantFrom('reasoning', 'text', 'retry', 'toolCall'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, ends) => {
        let at = 100;
        let attempt = 1;
        const events: Event[] = [started(at)];
        for (const { gap, kind } of steps) {
          at += gap;
          if (kind === 'reasoning' || kind === 'text') events.push({ type: kind, at, text: 'x' });
          else if (kind === 'toolCall') events.push({ type: kind, at, index: 0, arguments: '{' });
          else {
            events.push({ type: 'retrying', at, attempt, wait: 0.1, error });
            at += 0.1;
            events.push(started(at, ++attempt));
          }
        }
        if (ends) events.push({ type: 'finished', at: at + 1, finishReason: 'stop' });
        const segments = segmentsOf(fold(...events), at + 2);
        let end = 0;
        for (const { from, to } of segments) {
          expect(from).toBeCloseTo(end, 9);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
      }),
    );
  });
});

describe('the shared axis', () => {
  it('holds the longest bar and moves in steps', () => {
    expect([0, 0.4, 1, 1.2, 1.9, 2.4, 7, 9.5, 11, 61].map(axisEnd)).toEqual([1, 1, 1, 1.5, 2, 3, 8, 10, 15, 80]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (longest) => {
        expect(axisEnd(longest)).toBeGreaterThanOrEqual(longest);
        expect(axisEnd(longest)).toBeLessThanOrEqual(Math.max(1, longest * 2));
      }),
    );
  });
});
