/**
 * The token goes into one header and nowhere else, even when a server echoes it.
 */
import { describe, expect, it } from 'vitest';
import { chunk, FakeHost, requestTo, sse, start, streamed, TOKEN, type Sent } from './support';

const ECHO = `you sent Bearer ${TOKEN}, ${TOKEN}!`;

const ECHOES: readonly (readonly [string, () => Response | Promise<Response>])[] = [
  ['a refusal', () => new Response(JSON.stringify({ errors: [{ code: 10000, message: ECHO }] }), { status: 401 })],
  ['a refusal that is retried', () => new Response(ECHO, { status: 500 })],
  ['a header', () => streamed([sse(chunk('x', 'stop'))], { 'cf-aig-log-id': TOKEN, 'cf-aig-model': ECHO })],
  ['an error header', () => new Response('{}', { status: 400, headers: { 'cf-ai-req-id': TOKEN } })],
  ['an error event', () => streamed([sse(chunk('x'), { error: { message: ECHO } })])],
  [
    'gateway metadata',
    () => streamed([sse({ ...(chunk('x', 'stop') as object), gatewayMetadata: { keySource: ECHO } })]),
  ],
  [
    'a rejected fetch',
    () => Promise.reject(new TypeError(`Headers.append: "Bearer ${TOKEN}" is an invalid header value.`)),
  ],
  [
    'a broken body',
    () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error(ECHO)) })),
  ],
];

describe('the token', () => {
  it.each(ECHOES)('is in no event after %s', async (_, answer) => {
    const host = new FakeHost([answer]);
    const watched = start(host);
    await host.clock.advance(30);
    await watched.done;
    expect(watched.types.at(-1)).toMatch(/finished|failed/);
    expect(JSON.stringify(watched.events)).not.toContain(TOKEN);
  });

  it('leaves the rest of the server’s words', async () => {
    const host = new FakeHost([() => new Response(JSON.stringify({ error: ECHO }), { status: 401 })]);
    const watched = start(host);
    await watched.done;
    expect(watched.error?.message).toBe('The API answered 401: you sent Bearer [token], [token]!');
  });

  it('is sent as the authorization, and in nothing else', async () => {
    const sent: Sent[] = [];
    const host = new FakeHost([(call) => (sent.push(call), streamed([sse(chunk('x', 'stop'))]))]);
    await start(host, requestTo()).done;
    const { authorization, ...headers } = sent[0]?.init.headers as Record<string, string>;
    expect(authorization).toBe(`Bearer ${TOKEN}`);
    expect(JSON.stringify([sent[0]?.url, headers, sent[0]?.init.body])).not.toContain(TOKEN);
  });
});
