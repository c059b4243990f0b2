import { describe, expect, it } from 'vitest';
import { createRuns, type RunStart } from '../../../src/app/runs';
import type { RunEvent } from '../../../src/core/run/events';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, model } from '../../fakes/ports';

/** Name of the first file that the fake host keeps. */
const MADE = `${'1'.padStart(64, '0')}.png`;

const why = { message: 'Stopped by the budget.', nextStep: 'Raise it.' };

function start(...ids: string[]) {
  const ports = fakePorts();
  const server = fakeInfer(() => ports.clock.now());
  const runs = createRuns(ports, server.infer, []);
  const ends: RunEvent<unknown>[] = [];
  runs.onEvent(({ event }) => {
    if (event.type === 'failed' || event.type === 'finished') ends.push(event);
  });
  const endpoint = { baseUrl: 'https://api.example', accountId: 'a', token: 't', gatewayId: 'default', metadata: {} };
  const policy = { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 };
  runs.start(
    ids.map((id): RunStart => ({
      columnId: id,
      prompt: 'p',
      simulated: true,
      request: { runId: id, model: model(id), messages: [], parameters: {}, endpoint, policy },
    })),
  );
  const state = (id: string) => runs.of([id])[0]?.state;
  return { ports, server, runs, ends, state };
}

describe('stopping with a reason', () => {
  it('ends the run once, in these words, with its text, and closes the socket', async () => {
    const { server, runs, ends, state } = start('a', 'b');
    server.to('a').accept();
    server.to('a').text('part');
    await settle();
    runs.stop(['a'], why);
    await settle();
    expect(ends).toEqual([expect.objectContaining({ type: 'failed' })]);
    expect(state('a')).toMatchObject({
      status: 'stopped',
      text: 'part',
      error: { reason: 'aborted', ...why, retryable: false },
    });
    expect([server.to('a').signal.aborted, server.to('b').signal.aborted]).toEqual([true, false]);
    expect(runs.running().map(({ runId }) => runId)).toEqual(['b']);
  });

  it('gives the words of who stopped first', async () => {
    const { runs, state } = start('a', 'b');
    runs.stop(['a']);
    runs.stop(['a', 'b'], why);
    runs.stop(['b'], { message: 'Later.', nextStep: 'Later.' });
    runs.stop();
    await settle();
    expect(state('a')?.error?.message).toBe('Stopped.');
    expect(state('b')?.error?.message).toBe(why.message);
  });

  it('leaves another failure its own words, and a finished run as it is', async () => {
    const { server, runs, state } = start('a', 'b');
    server.to('a').emit({
      type: 'failed',
      at: 101,
      error: { reason: 'server', message: 'Broken.', nextStep: 'Wait.', retryable: true },
    });
    server.to('b').finish();
    runs.stop(['a', 'b'], why);
    await settle();
    expect(state('a')?.error?.message).toBe('Broken.');
    expect(state('b')?.status).toBe('done');
  });

  it('is a stop of the whole run: no picture that was being kept is lost', async () => {
    const { ports, server, runs, state } = start('a');
    let saved = () => {};
    const { save } = ports.media;
    ports.media.save = (media) => new Promise((resolve) => (saved = () => resolve(save(media))));
    server.to('a').accept();
    const media = { kind: 'image', mediaType: 'image/png', bytes: new Uint8Array(3) } as const;
    server.to('a').emit({ type: 'media', at: 101, media });
    await settle();
    runs.stop(['a'], why);
    await settle();
    saved();
    await settle();
    expect(state('a')).toMatchObject({ status: 'stopped', media: [{ file: MADE }], error: why });
  });
});
