import { describe, expect, it } from 'vitest';
import type { MediaRef } from '../../../../src/core/media/media';
import type { RunEvent } from '../../../../src/core/run/events';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import type { RunState } from '../../../../src/core/run/state';
import { announcementOf } from '../../../../webview/state/announcement';

type Event = RunEvent<MediaRef>;

const subject = { label: 'B', model: 'GLM', summary: () => 'GLM: 240 tokens.' };
const started: Event = {
  type: 'started',
  at: 1,
  attempt: 1,
  maxAttempts: 3,
  wire: 'run',
  request: { method: 'POST', url: 'http://127.0.0.1/x', headers: {}, body: {} },
};
const error = { reason: 'capacity', message: 'No GPU free.', nextStep: 'Wait.', retryable: true } as const;

/** What is said when each of these events comes in a frame of its own. */
function heard(...events: Event[]): string[] {
  let state: RunState = initialRun('r');
  return events.flatMap((event) => {
    const before = state;
    state = reduceAll(state, [event]);
    return announcementOf(before, state, subject) ?? [];
  });
}

describe('what a screen reader hears', () => {
  it('is the first answer and the end, never the tokens between', () => {
    const tokens = Array.from({ length: 50 }, (_, index): Event => ({ type: 'text', at: 3 + index, text: 'word ' }));
    expect(heard(started, ...tokens, { type: 'finished', at: 99, finishReason: 'stop' })).toEqual([
      'First answer in column B.',
      'Column B done. GLM: 240 tokens.',
    ]);
  });

  it('does not take thinking for an answer', () => {
    expect(heard(started, { type: 'reasoning', at: 2, text: 'hm' })).toEqual([]);
  });

  it('is the cause of a failure, and a retry once', () => {
    const retrying: Event = { type: 'retrying', at: 2, attempt: 1, wait: 1, error };
    const warning: Event = { type: 'warning', at: 2.5, code: 'metadata-dropped', message: 'm' };
    expect(heard(started, retrying, warning, { type: 'failed', at: 4, error })).toEqual([
      'Column B: Out of capacity, retrying.',
      'Column B, GLM, failed: Out of capacity. No GPU free.',
    ]);
  });

  it('is the end alone when a whole answer came in one frame', () => {
    const before = reduceAll(initialRun('r'), [started]);
    const after = reduceAll(before, [
      { type: 'text', at: 2, text: 'all' },
      { type: 'finished', at: 3, finishReason: 'stop' },
    ]);
    expect(announcementOf(before, after, subject)).toBe('Column B done. GLM: 240 tokens.');
  });

  it('is that a file is on its way, once, and then the end', () => {
    const media: MediaRef = { kind: 'video', mediaType: 'video/mp4', file: 'a.mp4', byteLength: 9 };
    expect(
      heard(
        started,
        { type: 'progress', at: 3, received: 1, total: 9 },
        { type: 'progress', at: 4, received: 5, total: 9 },
        { type: 'media', at: 5, firstAt: 3, media },
        { type: 'finished', at: 5, finishReason: 'stop' },
      ),
    ).toEqual(['Column B: the file is on its way.', 'Column B done. GLM: 240 tokens.']);
  });

  it('is the first of several pictures, not each', () => {
    const media: MediaRef = { kind: 'image', mediaType: 'image/png', file: 'a.png', byteLength: 9 };
    const pictures = [3, 4, 5].map((at): Event => ({ type: 'media', at, media }));
    expect(heard(started, ...pictures)).toEqual(['First picture in column B.']);
  });

  it('is the end of an answer that is neither text nor media', () => {
    const result: Event = { type: 'result', at: 3, result: { kind: 'turn', complete: true } };
    expect(heard(started, result)).toEqual(['First answer in column B.']);
  });

  it('is not repeated for a run that has ended', () => {
    expect(heard(started, { type: 'failed', at: 2, error: { ...error, reason: 'aborted' } }, started)).toEqual([
      'Column B stopped.',
    ]);
  });
});
