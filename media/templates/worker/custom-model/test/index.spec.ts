import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { callModel } from '../src/model';
import { METADATA } from '../src/models';
import { answering, delta, failing, streaming } from './answers';

afterEach(() => vi.restoreAllMocks());

function post(body: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/', { method: 'POST', body: JSON.stringify(body) });
}

it("gives the model its input and answers with the model's output", async () => {
  const run = answering(() => ({ label: 'fox' }));
  expect(await (await post({ picture: 'AQID' })).json()).toEqual({ label: 'fox' });
  const [model, input, options] = run.mock.calls[0] ?? [];
  expect(model).toBe(env.MODEL_ID);
  expect(input).toEqual({ picture: 'AQID' });
  expect(options).toMatchObject({
    gateway: { id: env.AI_GATEWAY_ID, metadata: METADATA },
    signal: expect.any(AbortSignal),
  });
});

it('passes a stream on', async () => {
  answering(streaming(delta('Hello')));
  const response = await post({ stream: true });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(await response.text()).toContain('Hello');
});

it('says what is wrong', async () => {
  answering(failing('3003: bad input'));
  const response = await post({});
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: { code: 3003, message: 'bad input' } });
  expect((await post([])).status).toBe(400);
});

/** The Worker's variables with a container's address. */
const AT_CONTAINER = { ...env, MODEL_URL: 'https://model.example/v1' } as unknown as Env;

function container(answer: () => Response) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
}

it('asks a container in the words of Cog', async () => {
  const fetched = container(() => Response.json({ status: 'succeeded', output: ['fox'] }));
  const { signal } = new AbortController();
  expect(await callModel(AT_CONTAINER, { picture: 'AQID' }, signal)).toEqual(['fox']);
  const [url, init] = fetched.mock.calls[0] ?? [];
  expect(String(url)).toBe('https://model.example/v1/predictions');
  expect(init?.body).toBe('{"input":{"picture":"AQID"}}');
});

const failures: readonly (readonly [name: string, answer: () => Response, status: number])[] = [
  ['refuses the input', () => new Response('{"detail":"picture is missing"}', { status: 422 }), 400],
  ['is busy', () => new Response('', { status: 409 }), 429],
  ['is not ready', () => new Response('', { status: 503 }), 502],
  ['is behind a page', () => new Response('<html>Welcome</html>'), 502],
  ['fails', () => Response.json({ status: 'failed', error: 'CUDA is out of memory' }), 502],
];

it.each(failures)('says so when a container %s', async (_, answer, status) => {
  container(answer);
  const { signal } = new AbortController();
  await expect(callModel(AT_CONTAINER, {}, signal)).rejects.toMatchObject({ name: 'ModelError', status });
});

it('says so when a container cannot be reached', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Network connection lost.'));
  const { signal } = new AbortController();
  await expect(callModel(AT_CONTAINER, {}, signal)).rejects.toMatchObject({ code: 'upstream' });
});
