/**
 * Pictures in every form an answer can give them, and addresses that are not fetched.
 */
import { describe, expect, it } from 'vitest';
import { isReachable } from '../../../../src/core/inference/download-policy';
import {
  answerTo,
  FakeBody,
  FakeHost,
  FLUX,
  RECRAFT,
  requestTo,
  settle,
  start,
  streamed,
  TOKEN,
  type Sent,
} from './support';

const bytesOf = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)),
  );

const HEADER = bytesOf([0, 0, 0, 13], 'IHDR', [0, 0, 2, 0], [0, 0, 1, 0], [8, 2, 0, 0, 0], [0, 0, 0, 0]);
const PNG = bytesOf('\x89PNG\r\n\x1a\n', [...HEADER], [0, 0, 0, 0], 'IEND', [0, 0, 0, 0]);
const GIF = bytesOf('GIF89a', [0, 2, 0, 1, 0, 0, 0]);

const SIZE = { width: 512, height: 256 };
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
const v4 = (result: unknown) => ({ success: true, errors: [], messages: [], result });
const completed = (result: unknown) => v4({ state: 'Completed', result, gatewayMetadata: { keySource: 'Unified' } });
const image = requestTo(FLUX);
const thirdParty = requestTo(RECRAFT);

describe('a picture', () => {
  it.each([
    ['raw bytes', () => new Response(PNG, { headers: { 'content-type': 'image/png' } })],
    ['raw bytes of no type', () => new Response(PNG)],
    ['base64', () => json(v4({ image: base64(PNG) }))],
    ['base64 without an envelope', () => json({ image: base64(PNG) })],
    ['base64 in two envelopes', () => json(completed({ image: base64(PNG) }))],
    ['a data URI', () => json(completed({ image: `data:image/png;base64,${base64(PNG)}` }))],
    ['a list', () => json(completed({ images: [base64(PNG)] }))],
    ['an OpenAI list', () => json({ created: 1, data: [{ b64_json: base64(PNG) }] })],
  ])('comes as %s', async (_, answer) => {
    for (const request of [image, thirdParty]) {
      const { events, last } = await answerTo(answer, request);
      const media = events.find((event) => event.type === 'media');
      expect(media?.media).toMatchObject({ kind: 'image', mediaType: 'image/png', ...SIZE });
      expect(media?.media.bytes).toEqual(PNG);
      expect(events).toContainEqual(expect.objectContaining({ type: 'usage', usage: { images: 1 } }));
      expect(last).toMatchObject({ type: 'finished', finishReason: 'stop' });
      expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    }
  });

  it('is shown and warned of, once, when it was cut off', async () => {
    const cut = base64(PNG.subarray(0, -8));
    const { events, last } = await answerTo(() => json(completed({ images: [cut, `${cut} `] })), thirdParty);
    expect(events.filter(({ type }) => type === 'media')).toHaveLength(2);
    const warnings = events.filter((event) => event.type === 'warning');
    expect(warnings).toMatchObject([{ code: 'truncated', message: expect.stringContaining('cut off') as string }]);
    expect(last).toMatchObject({ type: 'finished' });
  });

  it('comes with what else the answer says', async () => {
    const result = { images: [base64(PNG), base64(GIF)], usage: { prompt_tokens: 4, completion_tokens: 1290 } };
    const { events } = await answerTo(() => json(completed(result)), thirdParty);
    expect(events.filter(({ type }) => type === 'media')).toHaveLength(2);
    expect(events.findLast((event) => event.type === 'usage')?.usage).toEqual({
      inputTokens: 4,
      outputTokens: 1290,
      images: 2,
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'gateway', gateway: { keySource: 'Unified' } }));
  });

  it('bears the time when its bytes are in hand', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      () => json(completed({ image: 'https://cdn.example.com/a.png' })),
      () => new Response(body.stream),
    ]);
    const watched = start(host, thirdParty);
    await host.clock.advance(5);
    await body.write(PNG.slice(0, 10));
    await host.clock.advance(50);
    await body.write(PNG.slice(10));
    await body.close();
    await watched.done;
    expect(watched.events.find(({ type }) => type === 'media')?.at).toBe(1055);
  });

  it('is fetched without credential, cookies and redirects', async () => {
    const sent: Sent[] = [];
    const answer = (call: Sent) =>
      sent.push(call) === 1 ? json(completed({ image: 'https://cdn.example.com/a.png?sig=1' })) : new Response(PNG);
    const { events } = await answerTo(answer, thirdParty);
    expect(events.some(({ type }) => type === 'media')).toBe(true);
    expect(sent[1]?.url).toBe('https://cdn.example.com/a.png?sig=1');
    expect(sent[1]?.init).toMatchObject({ redirect: 'manual', credentials: 'omit' });
    expect(sent[1]?.init.headers).toBeUndefined();
    expect(JSON.stringify(sent[1])).not.toContain(TOKEN);
  });

  it('may be fetched from the API itself, wherever that is', async () => {
    const { endpoint } = thirdParty;
    const request = { ...thirdParty, endpoint: { ...endpoint, baseUrl: 'http://127.0.0.1:8080/client/v4' } };
    let calls = 0;
    const answer = () =>
      (calls += 1) === 1 ? json(completed({ image: 'http://127.0.0.1:8080/media/a.png' })) : new Response(PNG);
    expect((await answerTo(answer, request)).last?.type).toBe('finished');
  });

  it('is not fetched from an address that is not safe', async () => {
    const host = new FakeHost([
      () => json(completed({ image: 'https://169.254.169.254/latest' })),
      () => new Response(PNG),
    ]);
    const watched = start(host, thirdParty);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'protocol' });
    expect(host.sent).toHaveLength(1);
  });

  it.each([
    ['is gone', () => new Response('', { status: 404 }), 'server'],
    ['is no picture', () => new Response('hello'), 'protocol'],
    [
      'says it is too large',
      () => new Response(PNG, { headers: { 'content-length': String(33 * 1024 * 1024) } }),
      'protocol',
    ],
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed')), 'network'],
  ])('that %s ends the run as it is, and is not paid for twice', async (_, answer, reason) => {
    const host = new FakeHost([
      () => json(completed({ image: 'https://cdn.example.com/a.png' })),
      answer as () => Response,
    ]);
    const watched = start(host, thirdParty);
    await watched.done;
    expect(watched.error).toMatchObject({ reason });
    expect(host.sent).toHaveLength(2);
  });

  it('that is larger than it may be is given up while it comes', async () => {
    let given = 0;
    const megabyte = new Uint8Array(1024 * 1024);
    const endless = function* () {
      for (; given < 100; given += 1) yield megabyte;
    };
    let calls = 0;
    const { error } = await answerTo(
      () => ((calls += 1) === 1 ? json(completed({ image: 'https://cdn.example.com/a.png' })) : streamed(endless())),
      thirdParty,
    );
    expect(error).toMatchObject({ reason: 'protocol' });
    expect(given).toBeLessThan(36);
  });

  it.each([
    ['a state that is not Completed', v4({ state: 'Failed', error: { message: 'no GPU' } }), 'server', 'no GPU'],
    ['a state without words', v4({ state: 'Queued', result: null }), 'server', 'Queued'],
    ['an error of a code', { success: false, errors: [{ code: 2017, message: 'unsafe' }] }, 'blocked', 'unsafe'],
    ['text', v4({ response: 'Sorry' }), 'protocol', 'no picture'],
    ['nothing', v4(null), 'protocol', 'format'],
    ['neither URL nor base64', v4({ image: '%%%' }), 'protocol', 'base64'],
  ])('is missing from %s', async (_, body, reason, words) => {
    const { error } = await answerTo(() => json(body), image);
    expect(error).toMatchObject({ reason });
    expect(error?.message).toContain(words);
  });

  it('has only the first-token timer, download included', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      () => json(completed({ image: 'https://cdn.example.com/a.png' })),
      () => new Response(body.stream),
    ]);
    const watched = start(host, thirdParty);
    await host.clock.advance(119);
    expect(watched.error).toBeUndefined();
    await host.clock.advance(2);
    await watched.done;
    expect(watched.error?.reason).toBe('timeout-first-token');
    expect(body.cancelled).toBe(true);
  });

  it('is let go of when the user stops', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      () => json(completed({ image: 'https://cdn.example.com/a.png' })),
      () => new Response(body.stream),
    ]);
    const watched = start(host, thirdParty);
    await settle();
    await body.write(PNG);
    host.abort.abort();
    await watched.done;
    expect(watched.error?.reason).toBe('aborted');
    expect(watched.types).not.toContain('media');
    expect(body.cancelled).toBe(true);
  });
});

describe('an address', () => {
  const api = 'http://127.0.0.1:8080';
  it.each([
    'https://cdn.example.com/a',
    'https://8.8.8.8/',
    'https://[2606:4700::1]/',
    'https://[2001:4860:4860::8888]/',
    'https://internal.example.com/',
    'https://172.32.0.1/',
    `${api}/media`,
  ])('%s may be fetched', (url) => expect(isReachable(url, api)).toBe(true));

  it.each([
    'http://cdn.example.com/a',
    'http://127.0.0.1:8081/',
    'https://127.0.0.1:8080/',
    'https://localhost/',
    'https://a.localhost/',
    'https://localhost./',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001::7f00:1]/',
    'https://intranet/',
    'https://router.local/',
    'https://metadata.google.internal/',
    'https://nas.home.arpa./',
    'https://user:pass@cdn.example.com/',
    'file:///etc/passwd',
    'ftp://cdn.example.com/',
    'nonsense',
  ])('%s may not', (url) => expect(isReachable(url, api)).toBe(false));
});
