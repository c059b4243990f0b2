/**
 * Retries, timers and stops, by a clock turned by hand.
 */
import { describe, expect, it } from 'vitest';
import { run } from '../../../../src/core/inference/client';
import { chunk, FakeBody, FakeHost, requestTo, settle, sse, start, streamed, Watched } from './support';

const OK = sse(chunk('Hello', 'stop'), '[DONE]');
const busy = (headers: HeadersInit = {}) =>
  new Response('{"errors":[{"code":3040,"message":"busy"}]}', { status: 429, headers });

describe('retries', () => {
  it('answers at last, and tells each wait', async () => {
    const host = new FakeHost([() => busy(), () => busy(), () => streamed([OK])]);
    host.random = 0.5;
    const watched = start(host);
    await host.clock.advance(10);
    await watched.done;
    expect(watched.types).toEqual([
      'started',
      'retrying',
      'started',
      'retrying',
      'started',
      'headers',
      'text',
      'finished',
    ]);
    const times = watched.events
      .filter(({ type }) => type === 'started' || type === 'retrying')
      .map(({ at }) => at - 1000);
    // Full jitter at one half: 0.25 s of 0.5 s, then 0.5 s of 1 s.
    expect(times).toEqual([0, 0, 0.25, 0.25, 0.75]);
    expect(watched.events[1]).toMatchObject({ attempt: 1, wait: 0.25, error: { reason: 'capacity' } });
    expect(watched.events[3]).toMatchObject({ attempt: 2, wait: 0.5 });
    expect(watched.events[4]).toMatchObject({ attempt: 3, maxAttempts: 3 });
  });

  it('waits never longer than 8 s of its own choosing', async () => {
    const host = new FakeHost([() => busy()]);
    host.random = 0.999;
    const watched = start(host, requestTo({}, { policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 8 } }));
    await host.clock.advance(100);
    await watched.done;
    const waits = watched.events.flatMap((event) =>
      event.type === 'retrying' ? [Math.round(event.wait * 10) / 10] : [],
    );
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 8, 8]);
    expect(host.sent).toHaveLength(8);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7],
    [
      'a date, by the server’s own clock',
      { 'retry-after': 'Wed, 21 Oct 2026 07:28:10 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      10,
    ],
    [
      'a date that has passed',
      { 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' },
      0,
    ],
    ['a date without the server’s clock', { 'retry-after': 'Wed, 21 Oct 2026 07:28:10 GMT' }, 0.25],
    ['nonsense', { 'retry-after': 'soon' }, 0.25],
    ['a negative number', { 'retry-after': '-3' }, 0.25],
  ])('honours Retry-After in %s', async (_, headers, wait) => {
    const host = new FakeHost([() => busy(headers as HeadersInit), () => streamed([OK])]);
    const watched = start(host);
    await host.clock.advance(30);
    await watched.done;
    expect(watched.events[1]).toMatchObject({ type: 'retrying', wait });
    expect(watched.last?.type).toBe('finished');
  });

  it('does not wait for a server that asks for more than a minute, and says so', async () => {
    const host = new FakeHost([() => busy({ 'retry-after': '3600' })]);
    const watched = start(host);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'capacity', retryAfter: 3600, retryable: true });
    expect(watched.error?.nextStep).toContain('3600 s');
    expect(host.sent).toHaveLength(1);
  });

  it('never sends again once a response was accepted', async () => {
    const host = new FakeHost([() => streamed([sse({ error: { message: 'busy', code: 3040 } })])]);
    const watched = start(host);
    await watched.done;
    expect(watched.error?.reason).toBe('capacity');
    expect(host.sent).toHaveLength(1);
  });

  it('sends the same request each time', async () => {
    const host = new FakeHost([() => busy(), () => busy(), () => streamed([OK])]);
    const watched = start(host);
    await host.clock.advance(10);
    await watched.done;
    expect(new Set(host.sent.map(({ url, init }) => url + String(init.body))).size).toBe(1);
  });
});

describe('the first-token timer', () => {
  it('ends a wait for headers, is not retried, and leaves no timer', async () => {
    const host = new FakeHost([() => new Promise<Response>(() => {})]);
    const watched = start(host);
    await host.clock.advance(119.9);
    expect(watched.types).toEqual(['started']);
    await host.clock.advance(0.2);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'timeout-first-token', retryable: true });
    expect(watched.last?.at).toBeCloseTo(1120);
    expect(host.sent).toHaveLength(1);
    expect(host.sent[0]?.init.signal?.aborted).toBe(true);
    expect(host.clock.pending).toBe(0);
  });

  it('is not impressed by headers, comments, roles and empty chunks', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    for (let second = 0; second < 119; second += 1) {
      await body.write(`: ping\n\n${sse(chunk(''))}`);
      await host.clock.advance(1);
    }
    expect(watched.types).toEqual(['started', 'headers']);
    await host.clock.advance(1);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'timeout-first-token' });
    expect(body.cancelled).toBe(true);
  });

  it('starts anew with each attempt', async () => {
    const late = () => new Promise<Response>((resolve) => host.clock.after(100, () => resolve(busy())));
    const host: FakeHost = new FakeHost([late, late, () => streamed([OK])]);
    const watched = start(host);
    await host.clock.advance(300);
    await watched.done;
    expect(watched.last?.type).toBe('finished');
  });

  it('covers the reading of an error body', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream, { status: 500 })]);
    const watched = start(host);
    await host.clock.advance(121);
    await watched.done;
    expect(watched.error?.reason).toBe('timeout-first-token');
    expect(body.cancelled).toBe(true);
  });
});

describe('the idle timer', () => {
  async function answering() {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await host.clock.advance(5);
    await body.write(sse(chunk('Once')));
    return { body, host, watched };
  }

  it('ends a stream that fell silent, and keeps its text', async () => {
    const { body, host, watched } = await answering();
    await host.clock.advance(59.9);
    expect(watched.error).toBeUndefined();
    await host.clock.advance(0.2);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'timeout-idle', retryable: true });
    expect(watched.text).toBe('Once');
    expect(watched.last?.at).toBeCloseTo(1065);
    expect(body.cancelled).toBe(true);
    expect(host.clock.pending).toBe(0);
  });

  it('is moved on by each output', async () => {
    const { body, host, watched } = await answering();
    for (let round = 0; round < 10; round += 1) {
      await host.clock.advance(50);
      await body.write(sse(chunk('.')));
    }
    await body.write(sse('[DONE]'));
    await body.close();
    await watched.done;
    expect(watched.text).toBe('Once..........');
    expect(watched.last?.type).toBe('finished');
  });

  it('is not moved on by comments, pings and empty chunks', async () => {
    const { body, host, watched } = await answering();
    for (let round = 0; round < 7; round += 1) {
      await host.clock.advance(9.9);
      if (!watched.error) await body.write(`: keep-alive\n\n${sse({ type: 'ping' }, chunk(''))}`);
    }
    await watched.done;
    expect(watched.error?.reason).toBe('timeout-idle');
  });

  it('is moved on by pieces of an event that is still coming', async () => {
    const { body, host, watched } = await answering();
    await body.write('data: {"choices":[{"delta":{"content":"');
    for (let round = 0; round < 5; round += 1) {
      await host.clock.advance(50);
      await body.write('xxxxxxxxxx');
    }
    await body.write('"},"finish_reason":"stop"}]}\n\n');
    await body.close();
    await watched.done;
    expect(watched.text).toHaveLength(54);
    expect(watched.last?.type).toBe('finished');
  });

  it('does not spoil an answer that has its finish reason', async () => {
    const { body, host, watched } = await answering();
    await body.write(sse(chunk('!', 'stop')));
    await host.clock.advance(61);
    await watched.done;
    expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'stop' });
    expect(body.cancelled).toBe(true);
  });
});

describe('a complete answer', () => {
  it('does not wait long for a server that does not hang up', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await settle();
    await body.write(OK);
    await host.clock.advance(1.1);
    await watched.done;
    expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'stop' });
    expect(body.cancelled).toBe(true);
  });

  it('leaves the socket to be used again when the server ends it', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await settle();
    await body.write(OK);
    await body.close();
    await watched.done;
    expect(body.cancelled).toBe(false);
    expect(host.sent[0]?.init.signal?.aborted).toBe(false);
    expect(host.clock.pending).toBe(0);
  });
});

describe('a stop', () => {
  it('before the start sends nothing', async () => {
    const host = new FakeHost([() => streamed([OK])]);
    host.abort.abort();
    const watched = start(host);
    await watched.done;
    expect(watched.types).toEqual(['failed']);
    expect(watched.error?.reason).toBe('aborted');
    expect(host.sent).toEqual([]);
  });

  it('before headers ends at once, even when fetch does not mind, and closes what comes late', async () => {
    const body = new FakeBody();
    let respond: (response: Response) => void = () => {};
    const host = new FakeHost([() => new Promise((resolve) => (respond = resolve))]);
    const watched = start(host);
    await settle();
    host.abort.abort();
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'aborted', retryable: false });
    expect(host.sent[0]?.init.signal?.aborted).toBe(true);
    respond(new Response(body.stream));
    await settle();
    expect(body.cancelled).toBe(true);
    expect(host.clock.pending).toBe(0);
  });

  it('during the wait for a retry ends at once', async () => {
    const host = new FakeHost([() => busy({ 'retry-after': '30' })]);
    const watched = start(host);
    await host.clock.advance(1);
    expect(watched.types).toEqual(['started', 'retrying']);
    host.abort.abort();
    await watched.done;
    expect(watched.error?.reason).toBe('aborted');
    expect(watched.last?.at).toBe(1001);
    expect(host.sent).toHaveLength(1);
    expect(host.clock.pending).toBe(0);
  });

  it('in mid-stream closes the socket and keeps the text', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await settle();
    await body.write(sse(chunk('Half')));
    host.abort.abort();
    await watched.done;
    expect(watched.text).toBe('Half');
    expect(watched.error?.reason).toBe('aborted');
    expect(body.cancelled).toBe(true);
    expect(host.clock.pending).toBe(0);
  });

  it('by leaving the loop closes the socket', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    void settle().then(() => body.write(sse(chunk('One'), chunk('Two'))));
    for await (const event of run(requestTo(), host.ports)) if (event.type === 'text') break;
    await settle();
    expect(body.cancelled).toBe(true);
    expect(host.sent[0]?.init.signal?.aborted).toBe(true);
    expect(host.clock.pending).toBe(0);
  });
});

describe('the order of things', () => {
  it('nothing is sent before somebody watches', async () => {
    const host = new FakeHost([() => streamed([OK])]);
    const events = run(requestTo(), host.ports);
    await settle();
    expect(host.sent).toEqual([]);
    await new Watched(events).done;
    expect(host.sent).toHaveLength(1);
  });

  it('times are those of arrival, however slowly one watches', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const events = run(requestTo(), host.ports)[Symbol.asyncIterator]();
    const seen = [await events.next()];
    await host.clock.advance(1);
    await body.write(sse(chunk('A')));
    await host.clock.advance(2);
    await body.write(sse(chunk('B', 'stop'), '[DONE]'));
    await body.close();
    await host.clock.advance(50);
    for (let next = await events.next(); !next.done; next = await events.next()) seen.push(next);
    expect(seen.map(({ value }) => [value.type, value.at - 1000])).toEqual([
      ['started', 0],
      ['headers', 0],
      ['text', 1],
      ['text', 3],
      ['finished', 3],
    ]);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('tells what the gateway said in headers', async () => {
    const headers = {
      'cf-aig-cache-status': 'hit',
      'cf-aig-log-id': 'log-1',
      'cf-aig-request-id': 'req-1',
      'cf-aig-step': '2',
      'cf-aig-model': 'gpt-5.4',
      'cf-aig-provider': 'openai',
    };
    const watched = start(new FakeHost([() => streamed([OK], headers)]));
    await watched.done;
    expect(watched.events[1]).toMatchObject({
      type: 'headers',
      status: 200,
      gateway: {
        cacheStatus: 'HIT',
        logId: 'log-1',
        requestId: 'req-1',
        step: 2,
        model: 'gpt-5.4',
        provider: 'openai',
      },
    });
  });
});
