import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { MODEL } from '../src/models';
import { cacheKey } from '../src/picture';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 1, 2);
const BASE64 = btoa(String.fromCharCode(...PNG));

afterEach(() => vi.restoreAllMocks());

/** A Worker's request may only read streams that were made in it, so the answer is made when it is asked for. */
function answering(answer: () => unknown) {
  return vi.spyOn(env.AI, 'run').mockImplementation((async () => answer()) as never);
}

function post(body: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/', { method: 'POST', body: JSON.stringify(body) });
}

const forms: readonly (readonly [name: string, answer: () => unknown])[] = [
  ['base64', () => ({ image: BASE64 })],
  ['a data URI', () => ({ image: `data:image/png;base64,${BASE64}` })],
  ['a stream', () => new Blob([PNG]).stream()],
  ['an object in a list', () => ({ result: { images: [{ b64_json: BASE64 }] } })],
];

it.each(forms)('answers with the picture when the model gives %s', async (_, answer) => {
  answering(answer);
  const response = await post({ prompt: 'a fox' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
});

it('fetches the picture when the model gives an address', async () => {
  answering(() => ({ image: 'https://files.example/fox.png' }));
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(PNG, { headers: { 'content-type': 'image/png' } }));
  const response = await post({ prompt: 'a fox' });
  expect(fetched.mock.calls[0]?.[0]).toBe('https://files.example/fox.png');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
});

it('is 502 when the picture is not at its address', async () => {
  answering(() => ({ image: 'https://files.example/fox.png' }));
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async () => new Response(PNG, { status: 404, headers: { 'content-type': 'image/png' } }),
  );
  expect((await post({ prompt: 'a fox' })).status).toBe(502);
});

it.each([{ image: btoa('{"error":"no"}') }, { image: '?' }, {}])(
  'is 502 when the answer is no picture',
  async (answer) => {
    answering(() => answer);
    expect((await post({ prompt: 'a fox' })).status).toBe(502);
  },
);

it('asks the gateway to cache by model, settings and prompt', async () => {
  const run = answering(() => ({ image: BASE64 }));
  await post({ prompt: 'a fox' });
  await post({ prompt: 'a fox', fresh: true });
  const [first, second] = run.mock.calls.map(([, , options]) => options?.gateway);
  expect(first).toMatchObject({ id: env.AI_GATEWAY_ID, cacheKey: await cacheKey(MODEL, 'a fox'), skipCache: false });
  expect(second).toMatchObject({ cacheKey: first?.cacheKey, skipCache: true });
  expect(await cacheKey(MODEL, 'a dog')).not.toBe(first?.cacheKey);
});

it.each([{}, { prompt: ' ' }, { prompt: 7 }, { prompt: 'x'.repeat(3000) }])(
  'refuses a body that is not right',
  async (body) => {
    const run = answering(() => ({}));
    expect((await post(body)).status).toBe(400);
    expect(run).not.toHaveBeenCalled();
  },
);

it('takes POST only', async () => {
  expect((await exports.default.fetch('https://example.com/')).status).toBe(405);
});
