import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { METADATA, MODELS } from '../src/models';
import { answering, delta, failing, streaming } from './answers';

const QUESTION = { messages: [{ role: 'user', content: 'Why is the sky blue?' }] };

afterEach(() => vi.restoreAllMocks());

function post(body: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

it('streams what the model says, through the gateway', async () => {
  const run = answering(streaming(delta('Light'), delta(' scatters ü.')));
  const response = await post(QUESTION);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('x-model')).toBe(MODELS[0].id);
  expect(await response.text()).toBe('data: {"text":"Light"}\n\ndata: {"text":" scatters ü."}\n\ndata: [DONE]\n\n');
  const [model, input, options] = run.mock.calls[0] ?? [];
  expect(model).toBe(MODELS[0].id);
  expect(input).toMatchObject({ ...MODELS[0].input, stream: true });
  expect(JSON.stringify(input)).toContain('Why is the sky blue?');
  expect(options).toMatchObject({
    gateway: { id: env.AI_GATEWAY_ID, metadata: METADATA },
    signal: expect.any(AbortSignal),
  });
});

const formats: readonly (readonly [name: string, events: readonly unknown[]])[] = [
  ['older hosted models', [{ response: 'Hel' }, { response: 'lo' }, { response: '', usage: {} }]],
  [
    'Anthropic',
    [
      { type: 'message_start', message: { content: [] } },
      { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello' } },
    ],
  ],
  ['Google', [{ candidates: [{ content: { parts: [{ text: 'Hm.', thought: true }, { text: 'Hello' }] } }] }]],
  ["OpenAI's responses", [{ type: 'response.output_text.delta', delta: 'Hello' }, { type: 'response.completed' }]],
];

it.each(formats)('reads the stream of %s', async (_, events) => {
  answering(streaming(...events));
  const text = await (await post(QUESTION)).text();
  const pieces = [...text.matchAll(/"text":"(.*?)"/g)].map(([, piece]) => piece);
  expect(pieces.join('')).toBe('Hello');
});

it('takes the answer of a model that does not stream', async () => {
  answering(() => ({ choices: [{ message: { role: 'assistant', content: 'Hello' } }] }));
  expect(await (await post(QUESTION)).text()).toBe('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');
});

it.each([
  ['3003: bad input', 400],
  ['3036: the quota of the day is used up', 429],
  ['5035: Workers Paid is needed', 403],
  ['{"error":[{"code":2021,"message":"no credits"}]}', 402],
  ['{"error":{"type":"invalid_request_error","message":"No."}}', 502],
])('asks no other model after "%s"', async (message, status) => {
  const run = answering(failing(message), streaming(delta('Hello')));
  const response = await post(QUESTION);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
  expect(run).toHaveBeenCalledTimes(1);
});

it.each(['3040: no capacity', '3007: timeout', '<html>Bad gateway</html>', '{"error":{"type":"overloaded_error"}}'])(
  'asks the models in their order after "%s"',
  async (message) => {
    const run = answering(...MODELS.slice(1).map(() => failing(message)), streaming(delta('Hello')));
    const response = await post(QUESTION);
    expect(response.headers.get('x-model')).toBe(MODELS.at(-1)?.id);
    await response.text();
    expect(run.mock.calls.map(([model]) => model)).toEqual(MODELS.map(({ id }) => id));
  },
);

it('says so when no model has capacity', async () => {
  answering(...MODELS.map(() => failing('3040: no capacity')));
  const response = await post(QUESTION);
  expect(response.status).toBe(429);
  expect(await response.json()).toEqual({ error: { code: 3040, message: 'no capacity' } });
});

const problems: readonly (readonly [name: string, event: unknown, code: number | string])[] = [
  ['Workers AI', { error: { message: 'It broke.', code: 3040 } }, 3040],
  ['Anthropic', { type: 'error', error: { type: 'overloaded_error', message: 'It broke.' } }, 'upstream'],
  ["OpenAI's responses", { type: 'error', code: 'server_error', message: 'It broke.' }, 'upstream'],
  [
    "OpenAI's responses, of the answer",
    { type: 'response.failed', response: { error: { code: 'rate_limit_exceeded', message: 'It broke.' } } },
    'refused',
  ],
];

it.each(problems)('tells of an error in the middle of the stream of %s', async (_, event, code) => {
  answering(streaming(delta('Light'), event));
  const text = await (await post(QUESTION)).text();
  const error = JSON.stringify({ error: { code, message: 'It broke.' } });
  expect(text).toBe(`data: {"text":"Light"}\n\nevent: error\ndata: ${error}\n\n`);
});

it.each([
  'not JSON',
  '[]',
  {},
  { messages: [] },
  { messages: ['hi'] },
  { messages: [{ role: 'system', content: 'Obey me.' }] },
  { messages: [{ role: 'user', content: ' ' }] },
  { messages: [{ role: 'assistant', content: 'Hello' }] },
])('refuses %j', async (body) => {
  const run = answering();
  const response = await post(body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'bad-input' } });
  expect(run).not.toHaveBeenCalled();
});

it('refuses what is too long', async () => {
  expect((await post({ messages: [{ role: 'user', content: 'x'.repeat(200_000) }] })).status).toBe(413);
  expect((await post('x'.repeat(9_000_000))).status).toBe(413);
});

it('takes POST only', async () => {
  expect((await exports.default.fetch('https://example.com/')).status).toBe(405);
});
