import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MediaRef } from '../../../../src/core/media/media';
import type { RunEvent } from '../../../../src/core/run/events';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import { bytesOf } from '../../../../webview/state/download-words';
import { axisEnd, elapsedOf, segmentsOf, stepOf } from '../../../../webview/state/timeline';

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

  it('tells the making of a file from its way here', () => {
    const media: MediaRef = { kind: 'video', mediaType: 'video/mp4', file: 'a.mp4', byteLength: 9 };
    const coming = fold(started(10), { type: 'progress', at: 40, received: 1, total: 9 });
    const bar = [
      { phase: 'waiting', from: 0, to: 30 },
      { phase: 'download', from: 30, to: 32 },
    ];
    expect(segmentsOf(coming, 42)).toEqual(bar);
    const come = reduceAll(coming, [
      { type: 'media', at: 42, firstAt: 40, media },
      { type: 'finished', at: 43, finishReason: 'stop' },
    ]);
    expect(segmentsOf(come, 99)).toEqual(bar);
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

describe('the step of a long job', () => {
  const job: Event = { ...started(10), wire: 'run' } as Event;

  it('is work, then the download, then what the status says', () => {
    const working = fold(job);
    expect(stepOf(working)).toEqual({ is: 'working' });
    const coming = reduceAll(working, [{ type: 'progress', at: 12, received: 5 }]);
    expect(stepOf(coming)).toEqual({ is: 'downloading', received: 5 });
    const media: MediaRef = { kind: 'image', mediaType: 'image/png', file: 'a.png', byteLength: 9 };
    expect(stepOf(reduceAll(coming, [{ type: 'media', at: 13, media }]))).toBeUndefined();
    expect(stepOf(reduceAll(coming, [{ type: 'failed', at: 13, error }]))).toBeUndefined();
  });

  it('is none of a chat, which shows what it does, and none between two attempts', () => {
    expect(stepOf(fold(started(10)))).toBeUndefined();
    expect(stepOf(fold(job, { type: 'retrying', at: 11, attempt: 1, wait: 2, error }))).toBeUndefined();
  });

  it('counts bytes in the unit of the whole', () => {
    const MB = 1024 * 1024;
    expect(bytesOf(2.1 * MB, 4 * MB)).toEqual({ received: '2.1', total: '4.0 MB' });
    expect(bytesOf(310 * 1024, 640 * 1024)).toEqual({ received: '310', total: '640 KB' });
    expect(bytesOf(2.1 * MB, undefined)).toEqual({ received: '2.1 MB' });
    expect(bytesOf(100, 4 * MB)).toEqual({ received: '0.0', total: '4.0 MB' });
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
