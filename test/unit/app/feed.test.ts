import { describe, expect, it } from 'vitest';
import { createFeed } from '../../../src/app/feed';
import type { MediaRef } from '../../../src/core/media/media';
import type { RunEvent } from '../../../src/core/run/events';
import type { Batch } from '../../../src/core/run/outbox';
import { fakeClock } from '../../fakes/clock';

const text = (at: number, words: string): RunEvent<MediaRef> => ({ type: 'text', at, text: words });
const headers = (at: number): RunEvent<MediaRef> => ({ type: 'headers', at, status: 200, gateway: {} });
const finished = (at: number): RunEvent<MediaRef> => ({ type: 'finished', at, finishReason: 'stop' });

function open() {
  const clock = fakeClock(0);
  const batches: Batch[] = [];
  const feed = createFeed(clock, (batch) => batches.push(batch));
  const seq = feed.restart();
  /** What was sent, as `run:text` per frame. */
  const sent = () =>
    batches.map(({ frames }) =>
      frames.map(
        ({ runId, events }) => `${runId}:${events.map((e) => (e.type === 'text' ? e.text : e.type)).join('+')}`,
      ),
    );
  return { clock, feed, batches, seq, sent };
}

describe('pacing', () => {
  it('sends the first token at once', () => {
    const { feed, batches, clock } = open();
    feed.push('a', text(0, 'Hi'));
    expect(batches).toMatchObject([{ seq: 1, now: 0 }]);
    expect(clock.pending).toBe(0);
  });

  it('sends the first token of a second column at once, a moment after the first', async () => {
    const { feed, sent, clock } = open();
    feed.push('a', text(0, 'Hi'));
    feed.ack(1);
    await clock.advance(0.001);
    feed.push('b', text(0.001, 'Ho'));
    expect(sent()).toEqual([['a:Hi'], ['b:Ho']]);
  });

  it('lets headers wait for a frame, so that they do not hold up the first token', async () => {
    const { feed, sent } = open();
    feed.push('a', headers(0));
    expect(sent()).toEqual([]);
    feed.push('a', text(0.001, 'Hi'));
    expect(sent()).toEqual([['a:headers+Hi']]);
    const other = open();
    other.feed.push('b', headers(0));
    await other.clock.advance(0.016);
    expect(other.sent()).toEqual([['b:headers']]);
  });

  it('then sends one batch a frame for all columns together, merged', async () => {
    const { feed, batches, sent, clock } = open();
    feed.push('a', text(0, 'A'));
    feed.ack(1);
    feed.push('b', text(0, 'B'));
    feed.ack(2);
    for (let ms = 1; ms <= 160; ms++) {
      await clock.advance(0.001);
      feed.push('a', text(clock.now(), 'a'));
      feed.push('b', text(clock.now(), 'b'));
      feed.ack(batches.at(-1)?.seq ?? 0);
    }
    const later = batches.slice(2);
    expect(later.length).toBeGreaterThanOrEqual(9);
    expect(later.length).toBeLessThanOrEqual(10);
    for (const batch of later) expect(batch.frames.map(({ events }) => events.length)).toEqual([1, 1]);
    const gaps = later.slice(1).map((batch, index) => batch.now - (later[index]?.now ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(0.016 - 1e-9);
    expect(
      sent()
        .flat()
        .filter((frame) => frame.startsWith('a:'))
        .join(''),
    ).toMatch(/^a:A(a:a+)+$/);
  });

  it('sends nothing before the last batch is acknowledged, and everything in one batch then', async () => {
    const { feed, sent, clock } = open();
    feed.push('a', text(0, '1'));
    for (let index = 2; index < 10; index++) {
      await clock.advance(1);
      feed.push('a', text(clock.now(), String(index)));
    }
    feed.push('a', finished(clock.now()));
    await clock.advance(1);
    expect(sent()).toEqual([['a:1']]);
    feed.ack(1);
    expect(sent()).toEqual([['a:1'], ['a:23456789+finished']]);
    expect(clock.pending).toBe(0);
  });

  it('is not confused by acknowledgements of other numbers', async () => {
    const { feed, sent, clock } = open();
    feed.push('a', text(0, '1'));
    feed.push('a', text(0, '2'));
    for (const seq of [0, 2, 99]) feed.ack(seq);
    await clock.advance(1);
    expect(sent()).toEqual([['a:1']]);
    feed.ack(1);
    feed.ack(1);
    await clock.advance(1);
    expect(sent()).toEqual([['a:1'], ['a:2']]);
  });

  it('sends nothing while held, and what waited on release', async () => {
    const { feed, sent, clock } = open();
    feed.hold();
    feed.push('a', text(0, '1'));
    await clock.advance(1);
    expect(sent()).toEqual([]);
    feed.release();
    expect(sent()).toEqual([['a:1']]);
  });

  it('leaves no timer behind', async () => {
    const { feed, clock, sent } = open();
    feed.push('a', headers(0));
    expect(clock.pending).toBe(1);
    feed.dispose();
    expect(clock.pending).toBe(0);
    feed.push('a', text(0, '1'));
    await clock.advance(1);
    expect(sent()).toEqual([]);
  });
});

describe('restart', () => {
  it('forgets what the snapshot holds, and numbers on', async () => {
    const { feed, batches, seq, clock } = open();
    expect(seq).toBe(0);
    feed.push('a', text(0, 'lost on the way'));
    feed.push('a', text(0, 'waiting'));
    expect(feed.restart()).toBe(1);
    await clock.advance(1);
    feed.push('a', text(1, 'new'));
    expect(batches.at(-1)).toMatchObject({ seq: 2, frames: [{ runId: 'a', events: [{ text: 'new' }] }] });
  });

  it('is not opened by an acknowledgement from before', async () => {
    const { feed, sent, clock } = open();
    feed.push('a', text(0, 'first'));
    feed.restart();
    await clock.advance(1);
    feed.push('a', text(1, 'second'));
    feed.ack(1);
    feed.push('a', text(1, 'third'));
    await clock.advance(1);
    expect(sent()).toEqual([['a:first'], ['a:second']]);
  });

  it('takes nothing before the first one', () => {
    const batches: Batch[] = [];
    const feed = createFeed(fakeClock(0), (batch) => batches.push(batch));
    feed.push('a', text(0, 'unseen'));
    feed.restart();
    feed.ack(0);
    expect(batches).toEqual([]);
  });
});
