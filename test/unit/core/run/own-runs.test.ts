/** Runs on the user's own servers: their waits, their log, their money. */
import { describe, expect, it } from 'vitest';
import { cogModel } from '../../../../src/core/cog/model';
import { costOf, estimateCost, wallet } from '../../../../src/core/run/cost';
import { metricsOf } from '../../../../src/core/run/metrics';
import { metricsForTask } from '../../../../src/core/run/metric-table';
import { createOutbox } from '../../../../src/core/run/outbox';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import { RUN_LOG_KEPT } from '../../../../src/core/run/state';
import type { Event } from './runs';
import { failed, finished, headers, runOf, started, text } from './runs';

const own = (at: number): Event => ({ ...started(at), wire: 'cog' }) as Event;
const phase = (at: number, name: 'setup' | 'queue'): Event => ({ type: 'phase', at, phase: name });
const log = (at: number, words: string): Event => ({ type: 'log', at, text: words });
const predicted = (at: number, predict: number): Event => ({ type: 'serverTime', at, predict });
const model = (pricePerHourUsd?: number) =>
  cogModel({
    modelId: 'cog/m',
    name: 'M',
    task: 'text-generation',
    isStreaming: true,
    ...(pricePerHourUsd !== undefined && { pricePerHourUsd }),
  });

describe('waiting', () => {
  it('is summed by its kind, and is part of no other time', () => {
    const state = runOf(
      phase(0, 'setup'),
      own(3),
      phase(4, 'queue'),
      own(5),
      phase(5.5, 'queue'),
      own(7),
      text(8),
      finished(9),
    );
    const { setupTime, queueTime, ttft, e2e, isOwn, retryWait } = metricsOf(state);
    expect({ setupTime, queueTime, ttft, e2e, isOwn, retryWait }).toEqual({
      setupTime: 3,
      queueTime: 2.5,
      ttft: 1,
      e2e: 1,
      isOwn: true,
      retryWait: undefined,
    });
  });

  it('ends with the run that is given up', () => {
    const state = runOf(phase(1, 'setup'), failed(4, 'aborted'));
    expect([state.phase, state.waited]).toEqual([undefined, { setup: 3 }]);
  });

  it('has its rows on own servers only', () => {
    expect(metricsOf(runOf(failed(0, 'network')), model()).isOwn).toBe(true);
    const rows = ['predict-time', 'setup-time', 'queue-time'];
    const shown = (isOwn: boolean) =>
      metricsForTask('text-generation', { sendsPictures: false, isOwn }).filter((id) => rows.includes(id));
    expect([shown(true), shown(false)]).toEqual([rows, []]);
  });
});

describe('the log', () => {
  it('is kept to its end, alike whether its pieces were merged or not', () => {
    const events = [own(0), ...['a', 'b', 'c'].map((one, at) => log(at, one.repeat(RUN_LOG_KEPT / 2 + 1)))];
    const outbox = createOutbox();
    for (const event of events) outbox.push('r', event);
    const merged = outbox.take(9)?.frames[0]?.events ?? [];
    expect(merged).toHaveLength(2);
    const { log: kept = '' } = reduceAll(initialRun('r'), events);
    expect(kept).toHaveLength(RUN_LOG_KEPT);
    expect(kept.endsWith('c')).toBe(true);
    expect(kept.startsWith('b')).toBe(true);
    expect(reduceAll(initialRun('r'), merged).log).toBe(kept);
  });

  it('is no output: the first token is not here yet', () => {
    const state = runOf(own(0), headers(1), log(2, 'thinking'));
    expect([state.status, metricsOf(state).ttft]).toEqual(['waiting', undefined]);
  });

  it('and the time of an attempt that did not count are forgotten', () => {
    const state = runOf(own(0), log(1, 'x'), predicted(2, 5), own(3));
    expect([state.log, state.predictSeconds]).toEqual([undefined, undefined]);
  });
});

describe('money', () => {
  it("is the machine's price for the time of the prediction by the server's clock: an estimate", () => {
    const state = runOf(own(0), text(1), predicted(10, 5), finished(10));
    expect(costOf(state, model(3.6))).toEqual({ provenance: 'estimated', usd: expect.closeTo(0.005, 12) as number });
  });

  it('is by our own clock where the server tells nothing, without what was waited', () => {
    const state = runOf(phase(0, 'setup'), own(100), text(101), finished(110));
    expect(costOf(state, model(3.6))).toEqual({ provenance: 'estimated', usd: expect.closeTo(0.01, 12) as number });
  });

  it('is unknown, never nothing: without a price, before the end, and for what was cut off', () => {
    const done = runOf(own(0), text(1), predicted(10, 5), finished(10));
    expect(costOf(done, model())).toMatchObject({
      provenance: 'unknown',
      why: expect.stringContaining('price') as string,
    });
    expect(costOf(runOf(own(0), text(1)), model(3.6)).provenance).toBe('unknown');
    expect(costOf(runOf(own(0), failed(5)), model(3.6)).provenance).toBe('unknown');
    expect(estimateCost(model(3.6), { outputTokens: 5 } as never).provenance).toBe('unknown');
  });

  it('comes from no wallet', () => {
    expect(wallet(model(3.6))).toBeUndefined();
  });

  it('of nothing an hour is nothing, because the user said so', () => {
    expect(costOf(runOf(own(0), predicted(1, 5), finished(2)), model(0))).toEqual({ provenance: 'estimated', usd: 0 });
  });
});
