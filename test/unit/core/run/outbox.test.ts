import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../../src/core/run/metrics';
import { createOutbox } from '../../../../src/core/run/outbox';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import { runEvents } from './arbitraries';
import type { Event } from './runs';
import { finished, headers, reasoning, started, text, usage, words } from './runs';

describe('outbox', () => {
  it('has nothing to take at first', () => {
    expect(createOutbox().take(0)).toBeUndefined();
  });

  it('numbers batches, and gives the next one only after the last was acknowledged', () => {
    const outbox = createOutbox();
    outbox.push('a', started(1));
    expect(outbox.take(1.5)).toEqual({ seq: 1, now: 1.5, frames: [{ runId: 'a', events: [started(1)] }] });
    outbox.push('a', headers(2));
    expect(outbox.take(2)).toBeUndefined();
    outbox.ack(7);
    expect(outbox.take(2)).toBeUndefined();
    outbox.ack(1);
    expect(outbox.take(2)?.seq).toBe(2);
    outbox.ack(2);
    expect(outbox.take(3)).toBeUndefined();
  });

  it('keeps runs apart', () => {
    const outbox = createOutbox();
    outbox.push('a', text(1, 'x'));
    outbox.push('b', text(2, 'y'));
    outbox.push('a', text(3, 'z'));
    expect(outbox.take(3)?.frames.map(({ runId, events }) => [runId, events.length])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('merges neighbouring deltas and keeps their count, last time, largest gap and first length', () => {
    const outbox = createOutbox();
    for (const event of [text(1, 'ab'), text(1.5, 'c'), text(4, 'd')]) outbox.push('a', event);
    expect(outbox.take(5)?.frames[0]?.events).toEqual([
      { type: 'text', at: 1, text: 'abcd', merged: { count: 3, lastAt: 4, maxGap: 2.5, firstLength: 2 } },
    ]);
  });

  it('does not merge text with reasoning', () => {
    const outbox = createOutbox();
    for (const event of [reasoning(1), text(2), reasoning(3)]) outbox.push('a', event);
    expect(outbox.take(5)?.frames[0]?.events).toHaveLength(3);
  });

  it('holds few events however many arrive, also from a server that reports usage with every chunk', () => {
    const outbox = createOutbox();
    for (let index = 0; index < 5000; index++) {
      outbox.push('a', text(index));
      outbox.push('a', usage(index, { outputTokens: index }));
    }
    const events = outbox.take(0)?.frames[0]?.events;
    expect(events).toHaveLength(2);
    expect(events?.[1]).toEqual(usage(4999, { outputTokens: 4999 }));
  });

  it('forgets everything at a reset and goes on numbering', () => {
    const outbox = createOutbox();
    outbox.push('a', started(1));
    outbox.take(1);
    outbox.push('a', text(2));
    expect(outbox.reset()).toBe(1);
    expect(outbox.take(3)).toBeUndefined();
    outbox.push('a', finished(3));
    expect(outbox.take(3)).toMatchObject({ seq: 2, frames: [{ events: [{ type: 'finished' }] }] });
  });

  it('does not touch a batch it has given out', () => {
    const outbox = createOutbox();
    outbox.push('a', text(1, 'x'));
    const batch = outbox.take(1);
    outbox.push('a', text(2, 'y'));
    expect(batch?.frames[0]?.events).toEqual([text(1, 'x')]);
  });

  it('lets a view fold the same state and metrics as the host, however the events fall into batches', () => {
    const plan = fc.tuple(runEvents, fc.infiniteStream(fc.boolean()));
    fc.assert(
      fc.property(plan, ([events, takes]) => {
        const outbox = createOutbox();
        const arrived: Event[] = [];
        const take = (): void => {
          const batch = outbox.take(0);
          if (!batch) return;
          outbox.ack(batch.seq);
          for (const frame of JSON.parse(JSON.stringify(batch.frames)) as { events: Event[] }[])
            arrived.push(...frame.events);
        };
        for (const event of events) {
          outbox.push('r', event);
          if (takes.next().value) take();
        }
        take();
        const host = reduceAll(initialRun('r'), events);
        const view = reduceAll(initialRun('r'), arrived);
        expect(view).toEqual(host);
        expect(metricsOf(view)).toEqual(metricsOf(host));
      }),
      { numRuns: 1000 },
    );
  });

  it('folds a long merged answer to the same metrics as the raw one', () => {
    const events = [
      started(0),
      headers(0.1),
      ...words(0.5, 0.02, 300),
      usage(6.5, { outputTokens: 300 }),
      finished(6.5),
    ];
    const outbox = createOutbox();
    for (const event of events) outbox.push('r', event);
    const merged = outbox.take(9)?.frames[0]?.events ?? [];
    expect(merged).toHaveLength(5);
    const view = metricsOf(reduceAll(initialRun('r'), merged));
    expect(view).toEqual(metricsOf(reduceAll(initialRun('r'), events)));
    expect(view.decode).toBeCloseTo(299 / (299 * 0.02), 6);
  });
});
