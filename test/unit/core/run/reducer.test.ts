import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialRun, reduce, reduceAll } from '../../../../src/core/run/reducer';
import { runEvents } from './arbitraries';
import type { Event } from './runs';
import { failed, finished, headers, picture, reasoning, retrying, runOf, started, text, usage } from './runs';

const toolCall = (at: number, index: number, args: string, rest: { id?: string; name?: string } = {}): Event => ({
  type: 'toolCall',
  at,
  index,
  arguments: args,
  ...rest,
});

describe('reduce', () => {
  it('goes from waiting over reasoning and answering to done', () => {
    const events = [started(1), headers(2), reasoning(3), text(4), finished(5)];
    let state = initialRun('r');
    const statuses = events.map((event) => (state = reduce(state, event)).status);
    expect(statuses).toEqual(['waiting', 'waiting', 'reasoning', 'answering', 'done']);
    expect(state.times).toEqual({
      requested: 1,
      started: 1,
      headers: 2,
      firstReasoning: 3,
      firstAnswer: 4,
      lastOutput: 4,
      ended: 5,
    });
    expect(state.finishReason).toBe('stop');
  });

  it('stays at answering when more reasoning follows an answer', () => {
    expect(runOf(started(0), text(1), reasoning(2)).status).toBe('answering');
  });

  it('counts chunks, characters and the largest gap over all kinds of output', () => {
    const state = runOf(started(0), reasoning(1, 'abc'), text(1.5, 'defg'), toolCall(3.5, 0, '{}'), text(4, 'h'));
    expect(state.chunks).toEqual({ count: 4, firstLength: 3, totalLength: 10, maxGap: 2 });
    expect(state.times?.lastOutput).toBe(4);
  });

  it('takes empty deltas for no output', () => {
    const state = runOf(started(0), text(1, ''), reasoning(2, ''), toolCall(3, 0, '', { name: 'f' }));
    expect(state.times).toEqual({ requested: 0, started: 0 });
    expect(state.chunks.count).toBe(0);
    expect(state.status).toBe('waiting');
    expect(state.toolCalls).toEqual([{ name: 'f', arguments: '' }]);
  });

  it('assembles tool calls by index, also when an index was skipped', () => {
    const state = runOf(
      started(0),
      toolCall(1, 1, '', { id: 'b', name: 'g' }),
      toolCall(2, 1, '{"x":'),
      toolCall(3, 1, '1}', { id: 'other' }),
    );
    expect(state.toolCalls).toEqual([{ arguments: '' }, { id: 'b', name: 'g', arguments: '{"x":1}' }]);
    expect(state.times?.firstToolCall).toBe(2);
  });

  it('starts a later attempt afresh, and remembers the earlier ones', () => {
    const waiting = runOf(started(1), retrying(2, 1, 1.5));
    expect(waiting).toMatchObject({ status: 'waiting', retryAt: 3.5 });
    const warned: Event = { type: 'warning', at: 0, code: 'unsupported-parameter', message: 'seed was not sent.' };
    const malformed: Event = { type: 'warning', at: 2, code: 'malformed-event', message: 'Skipped.' };
    const state = runOf(
      started(1),
      warned,
      malformed,
      headers(1.5, { logId: 'first' }),
      text(1.6),
      usage(1.7, { inputTokens: 1 }),
      retrying(2, 1, 1.5),
      started(3.5, 2),
      warned,
      text(4),
    );
    expect(state.times).toEqual({ requested: 1, started: 3.5, firstAnswer: 4, lastOutput: 4 });
    expect(state.retries).toMatchObject([{ attempt: 1, wait: 1.5, error: { reason: 'rate-limit' } }]);
    expect(state).toMatchObject({ attempt: 2, text: 'word', chunks: { count: 1 }, gateway: {} });
    expect(state).not.toHaveProperty('retryAt');
    expect(state).not.toHaveProperty('usage');
    expect(state.warnings).toEqual([{ code: 'unsupported-parameter', message: 'seed was not sent.' }]);
  });

  it('keeps the text of a run that was stopped or failed, and calls them by their names', () => {
    expect(runOf(started(0), text(1), failed(2, 'aborted'))).toMatchObject({ status: 'stopped', text: 'word' });
    expect(runOf(started(0), text(1), failed(2, 'network'))).toMatchObject({
      status: 'failed',
      text: 'word',
      error: { reason: 'network' },
      times: { ended: 2 },
    });
  });

  it('does not wait for a retry any more once it is stopped', () => {
    expect(runOf(started(0), retrying(1, 1, 9), failed(2, 'aborted'))).not.toHaveProperty('retryAt');
  });

  it('lets the last usage count, and adds what the gateway says in headers and body', () => {
    const state = runOf(
      started(0),
      headers(1, { cacheStatus: 'MISS', logId: 'x' }),
      usage(2, { inputTokens: 5, outputTokens: 1 }),
      usage(3, { outputTokens: 7 }),
      { type: 'gateway', at: 3, gateway: { keySource: 'BYOK' } },
    );
    expect(state.usage).toEqual({ outputTokens: 7 });
    expect(state.gateway).toEqual({ cacheStatus: 'MISS', logId: 'x', keySource: 'BYOK' });
  });

  it('takes a picture for an answer', () => {
    expect(runOf(started(0), picture(3, 512, 256))).toMatchObject({
      status: 'answering',
      times: { firstAnswer: 3, lastOutput: 3 },
      media: [{ width: 512, height: 256 }],
    });
  });

  it('changes nothing after the end', () => {
    const done = runOf(started(0), text(1), finished(2));
    expect(reduce(done, text(3))).toBe(done);
    expect(reduceAll(done, [text(3), failed(4)])).toBe(done);
  });

  it('never changes a state it was given, and folds any events, one by one or all at once, to the same JSON-safe state', () => {
    fc.assert(
      fc.property(runEvents, fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const before = reduceAll(initialRun('r'), events.slice(0, at));
        const frozen = JSON.stringify(before);
        const oneByOne = events.slice(at).reduce(reduce, before);
        const allAtOnce = reduceAll(initialRun('r'), events);
        expect(JSON.stringify(before)).toBe(frozen);
        expect(oneByOne).toEqual(allAtOnce);
        expect(JSON.parse(JSON.stringify(allAtOnce))).toEqual(allAtOnce);
      }),
      { numRuns: 500 },
    );
  });
});
