/**
 * The contract's table of outcomes, row by row, seen from outside the client.
 */
import { describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../../src/core/inference/error';
import { answerTo, chunk, FakeBody, FakeHost, requestTo, settle, sse, start, streamed } from './support';

const OK = sse(chunk('Hello', 'stop'), '[DONE]');
const json = (status: number, body: unknown, headers: HeadersInit = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const v4 = (code: number, message = 'server words') => ({
  success: false,
  errors: [{ code, message }],
  messages: [],
  result: null,
});

/** Rows: status, Cloudflare code, reason, retried, and what the next step must speak of. */
const REFUSALS: readonly (readonly [number, number | undefined, FailureReason, boolean, RegExp])[] = [
  [401, 10000, 'auth', false, /Account > Workers AI > Read/],
  [401, undefined, 'auth', false, /Account > Workers AI > Read/],
  [401, 2009, 'auth', false, /provider/],
  [403, 5016, 'permission', false, /licence/],
  [403, 5018, 'permission', false, /private/],
  [403, 3041, 'permission', false, /private/],
  [403, 3023, 'permission', false, /blocked/],
  [403, undefined, 'permission', false, /token/],
  [402, undefined, 'billing', false, /credits.*own provider key/],
  [402, 2021, 'billing', false, /credits.*own provider key/],
  [403, 5035, 'billing', false, /Workers Paid/],
  [429, 3036, 'billing', false, /free neurons.*00:00 UTC/],
  [424, 2016, 'blocked', false, /guardrails blocked the prompt/],
  [422, 2017, 'blocked', false, /guardrails blocked the answer/],
  [424, undefined, 'blocked', false, /guardrails/],
  [429, undefined, 'rate-limit', true, /limit/],
  [429, 9999, 'rate-limit', true, /limit/],
  [429, 3040, 'capacity', true, /capacity/],
  [400, undefined, 'bad-request', false, /model id and the parameters/],
  [400, 7003, 'bad-request', false, /model/],
  [400, 5004, 'bad-request', false, /parameters/],
  [400, 3003, 'bad-request', false, /parameters/],
  [422, undefined, 'bad-request', false, /parameters/],
  [405, 5019, 'bad-request', false, /parameters/],
  [400, 5007, 'not-found', false, /No such model/],
  [404, 3042, 'not-found', false, /No such model/],
  [404, undefined, 'not-found', false, /base URL/],
  [413, 3006, 'too-large', false, /Shorten/],
  [413, undefined, 'too-large', false, /Shorten/],
  [408, 3007, 'server', true, /took too long/],
  [408, 3008, 'server', true, /server/],
  [503, 7013, 'server', true, /guardrails/],
  [500, undefined, 'server', true, /server/],
  [503, undefined, 'server', true, /server/],
  [529, undefined, 'server', true, /server/],
];

describe('a refused request', () => {
  it.each(REFUSALS)('%i with code %s is %s', async (status, code, reason, retried, step) => {
    const host = new FakeHost([
      () => json(status, code === undefined ? { error: { message: 'server words' } } : v4(code)),
    ]);
    const watched = start(host);
    await host.clock.advance(60);
    await watched.done;
    expect(watched.error).toMatchObject({ reason, status, retryable: retried });
    expect(watched.error?.code).toBe(code);
    expect(watched.error?.message).toContain('server words');
    expect(watched.error?.nextStep).toMatch(step);
    expect(host.sent).toHaveLength(retried ? 3 : 1);
  });

  it.each([
    ['the v4 envelope', v4(3040, 'no room')],
    ['the gateway', { internalCode: 3040, name: 'AiGatewayError', description: 'd', message: 'no room' }],
    ['the gateway without a message', { internalCode: 3040, name: 'AiGatewayError', description: 'no room' }],
    ['OpenAI', { error: { message: 'no room', type: 'x', code: '3040' } }],
    ['Anthropic', { type: 'error', error: { type: 'overloaded_error', message: 'no room', code: 3040 } }],
    [
      'a v4 envelope whose first error has no code',
      { success: false, errors: [{ message: 'x' }, { code: 3040, message: 'no room' }] },
    ],
  ])('is read from the envelope of %s', async (_, body) => {
    const watched = await answerTo(() => json(429, body));
    expect(watched.error).toMatchObject({ reason: 'capacity', code: 3040 });
    expect(watched.error?.message).toContain('no room');
  });

  it.each([
    ['{"error":"plain words"}', 'plain words'],
    ['"plain words"', 'plain words'],
    ['plain words', 'plain words'],
    ['{"message":"plain words"}', 'plain words'],
  ])('quotes %s', async (body, words) => {
    const watched = await answerTo(() => new Response(body, { status: 400 }));
    expect(watched.error).toMatchObject({ reason: 'bad-request', message: `The API answered 400: ${words}` });
  });

  it('with an HTML page is the server, and the page is not shown', async () => {
    const page = '\n<!DOCTYPE html><html><title>502 Bad gateway</title></html>';
    const host = new FakeHost([() => new Response(page, { status: 502, headers: { 'content-type': 'text/html' } })]);
    const watched = start(host);
    await host.clock.advance(60);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'server', status: 502 });
    expect(JSON.stringify(watched.events)).not.toContain('<html>');
    expect(host.sent).toHaveLength(3);
  });

  it('is told with the log id', async () => {
    const watched = await answerTo(() => json(500, v4(1), { 'cf-aig-log-id': 'log-7', 'cf-aig-request-id': 'req-7' }));
    expect(watched.error?.logId).toBe('log-7');
    const other = await answerTo(() => json(500, v4(1), { 'cf-ai-req-id': 'req-8' }));
    expect(other.error?.logId).toBe('req-8');
  });

  it('is not followed elsewhere when it is a redirect', async () => {
    const host = new FakeHost([
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
    ]);
    const watched = start(host);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'protocol', status: 302 });
    expect(host.sent.map(({ init }) => init.redirect)).toEqual(['manual']);
  });

  it('cuts a message that is too long to read', async () => {
    const watched = await answerTo(() => json(400, { error: { message: 'x'.repeat(100_000) } }));
    expect(watched.error?.message.length).toBeLessThan(700);
  });
});

describe('the network', () => {
  const socketError = (code: string) =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET', 'ENOTFOUND'])(
    '%s before headers is retried',
    async (code) => {
      const host = new FakeHost([() => Promise.reject(socketError(code)), () => streamed([OK])]);
      const watched = start(host);
      await host.clock.advance(10);
      await watched.done;
      expect(watched.types).toEqual(['started', 'retrying', 'started', 'headers', 'text', 'finished']);
      expect(watched.events[1]).toMatchObject({ error: { reason: 'network', retryable: true } });
      expect(JSON.stringify(watched.events[1])).toContain(code);
    },
  );

  it('a certificate that is not accepted is not retried', async () => {
    const host = new FakeHost([() => Promise.reject(socketError('SELF_SIGNED_CERT_IN_CHAIN'))]);
    const watched = start(host);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'network', retryable: false });
    expect(host.sent).toHaveLength(1);
  });

  it('breaking in mid-stream keeps the text and is not retried', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await settle();
    await body.write(sse(chunk('Half an')));
    await body.fail(socketError('ECONNRESET'));
    await watched.done;
    expect(watched.text).toBe('Half an');
    expect(watched.error).toMatchObject({ reason: 'network' });
    expect(host.sent).toHaveLength(1);
  });

  it('breaking after the finish reason changes nothing', async () => {
    const body = new FakeBody();
    const host = new FakeHost([() => new Response(body.stream)]);
    const watched = start(host);
    await settle();
    await body.write(sse(chunk('All', 'stop')));
    await body.fail(socketError('ECONNRESET'));
    await watched.done;
    expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'stop' });
  });
});

describe('an answer that goes wrong', () => {
  it.each([
    ['OpenAI', sse({ error: { message: 'engine died', type: 'server_error' } }), 'server'],
    [
      'Anthropic',
      `event: error\n${sse({ type: 'error', error: { type: 'overloaded_error', message: 'engine died' } })}`,
      'server',
    ],
    ['Responses', sse({ type: 'error', code: 'server_error', message: 'engine died', sequence_number: 3 }), 'server'],
    [
      'a failed response',
      sse({ type: 'response.failed', response: { status: 'failed', error: { code: 'x', message: 'engine died' } } }),
      'server',
    ],
    ['the v4 envelope', sse(v4(3040, 'engine died')), 'capacity'],
    ['the gateway', sse({ internalCode: 2017, name: 'AiGatewayError', message: 'engine died' }), 'blocked'],
    ['a named event', `event: error\n${sse({ message: 'engine died' })}`, 'server'],
  ])('with an error event of %s keeps its text and is not retried', async (_, event, reason) => {
    const host = new FakeHost([
      () => streamed([sse(chunk('Half')), event, sse(chunk('never'))], { 'cf-aig-log-id': 'log-1' }),
    ]);
    const watched = start(host);
    await watched.done;
    expect(watched.text).toBe('Half');
    expect(watched.error).toMatchObject({ reason, logId: 'log-1', status: 200 });
    expect(watched.error?.message).toContain('engine died');
    expect(host.sent).toHaveLength(1);
  });

  it('closes the socket after an error event', async () => {
    const body = new FakeBody();
    const watched = start(new FakeHost([() => new Response(body.stream)]));
    await settle();
    await body.write(sse({ error: 'gone' }));
    await watched.done;
    expect(body.cancelled).toBe(true);
  });

  it('skips malformed events with one warning that counts them', async () => {
    const watched = await answerTo(() =>
      streamed([sse('{"broken', chunk('A'), 'null', '[1]', chunk('B', 'stop'), '[DONE]')]),
    );
    expect(watched.text).toBe('AB');
    expect(watched.last?.type).toBe('finished');
    const warnings = watched.events.filter((event) => event.type === 'warning');
    expect(warnings).toMatchObject([
      { code: 'malformed-event', message: '3 events of the answer could not be read and were skipped.' },
    ]);
  });

  it('is a protocol failure when nothing valid arrived', async () => {
    const watched = await answerTo(() => streamed([sse('{"broken', 'nonsense')]));
    expect(watched.error).toMatchObject({ reason: 'protocol' });
    expect(watched.warnings()).toEqual(['malformed-event']);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\n'],
    ['comments', ': hi\n\n: hi\n\n'],
    ['another format', sse({ hello: 'world' })],
    ['a page', '<html></html>'],
    ['broken JSON', '{"a":'],
    ['other JSON', '{"a":1}'],
    ['a list', '[1,2]'],
  ])('is a protocol failure when it holds %s', async (_, body) => {
    const watched = await answerTo(() => streamed([body]));
    expect(watched.error).toMatchObject({ reason: 'protocol', status: 200 });
    expect(watched.types.filter((type) => type === 'text')).toEqual([]);
  });

  it('without a body is a protocol failure', async () => {
    expect((await answerTo(() => new Response(null, { status: 204 }))).error?.reason).toBe('protocol');
  });

  it('without finish reason and end mark is done, but truncated', async () => {
    const watched = await answerTo(() => streamed([sse(chunk('Half a sent'))]));
    expect(watched.warnings()).toEqual(['truncated']);
    expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'unknown' });
  });

  it.each([
    ['a finish reason', sse(chunk('Done', 'stop')), 'stop'],
    ['an end mark', sse(chunk('Done'), '[DONE]'), 'unknown'],
    ['a Messages stop', sse(chunk('Done'), { type: 'message_stop' }), 'unknown'],
  ])('with %s alone is not truncated', async (_, body, finishReason) => {
    const watched = await answerTo(() => streamed([body]));
    expect(watched.warnings()).toEqual([]);
    expect(watched.last).toMatchObject({ type: 'finished', finishReason });
  });

  it('with a cut last event is truncated and malformed', async () => {
    const watched = await answerTo(() => streamed([sse(chunk('Half')), 'data: {"choices":[{"delta":{"cont']));
    expect(watched.text).toBe('Half');
    expect(watched.warnings().toSorted()).toEqual(['malformed-event', 'truncated']);
  });

  it('without usage says nothing of usage', async () => {
    expect((await answerTo(() => streamed([OK]))).types).not.toContain('usage');
  });

  it('with senseless counts says nothing of them', async () => {
    const usage = { prompt_tokens: -1, completion_tokens: 'many', prompt_tokens_details: { cached_tokens: null } };
    const watched = await answerTo(() => streamed([sse({ ...(chunk('Hi', 'stop') as object), usage })]));
    expect(watched.types).not.toContain('usage');
  });

  it('with DeepSeek cache counts reports them', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 2, prompt_cache_hit_tokens: 6, prompt_cache_miss_tokens: 4 };
    const watched = await answerTo(() => streamed([sse({ ...(chunk('Hi', 'stop') as object), usage })]));
    expect(watched.events).toContainEqual(
      expect.objectContaining({ usage: { inputTokens: 10, outputTokens: 2, cachedReadTokens: 6 } }),
    );
  });

  it('keeps what can be read of invalid UTF-8', async () => {
    const [head = '', tail = ''] = sse(chunk('a#b', 'stop')).split('#');
    const encode = (text: string) => new TextEncoder().encode(text);
    const watched = await answerTo(() => streamed([encode(head), Uint8Array.of(0xff, 0xc3), encode(tail)]));
    expect(watched.text).toMatch(/^a\ufffd+b$/);
    expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'stop' });
  });
});

describe('a huge event', { timeout: 30_000 }, () => {
  const pieces = function* (length: number) {
    yield 'data: {"choices":[{"delta":{"content":"';
    for (let left = length; left > 0; left -= 65536) yield 'x'.repeat(Math.min(left, 65536));
    yield '"},"finish_reason":"stop"}]}\n\n';
  };

  it('of 10 MB is accepted', async () => {
    const watched = await answerTo(() => streamed(pieces(10_000_000)));
    expect(watched.text.length).toBe(10_000_000);
    expect(watched.last?.type).toBe('finished');
  });

  it('of more than 16 MiB is a protocol failure, found before it ends', async () => {
    let read = 0;
    const endless = function* () {
      for (const piece of pieces(64 * 1024 * 1024)) {
        read += piece.length;
        yield piece;
      }
    };
    const watched = await answerTo(() => streamed(endless()));
    expect(watched.error).toMatchObject({ reason: 'protocol' });
    expect(read).toBeLessThan(18 * 1024 * 1024);
  });

  it('is counted whole when it has many lines', async () => {
    const line = `data: ${'x'.repeat(1024 * 1024)}\n`;
    const watched = await answerTo(() => streamed(Array.from({ length: 20 }, () => line)));
    expect(watched.error).toMatchObject({ reason: 'protocol' });
  });
});

describe('what cannot be sent', () => {
  const base = requestTo().endpoint;
  it.each([
    ['a token with a line break', { token: 'abc\ndef' }, 'auth'],
    ['no token', { token: '' }, 'auth'],
    ['a gateway id with a space', { gatewayId: 'my gateway' }, 'bad-request'],
    ['a base that is no URL', { baseUrl: 'nowhere' }, 'bad-request'],
  ])('%s fails before anything is sent', async (_, endpoint, reason) => {
    const host = new FakeHost([() => streamed([OK])]);
    const watched = start(host, requestTo({}, { endpoint: { ...base, ...endpoint } }));
    await watched.done;
    expect(watched.types).toEqual(['failed']);
    expect(watched.error?.reason).toBe(reason);
    expect(JSON.stringify(watched.events)).not.toContain('abc');
    expect(host.sent).toEqual([]);
  });
});
