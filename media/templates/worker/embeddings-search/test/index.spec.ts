import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { embeddingInput, vectorsOf } from '../src/embed';
import { MODEL } from '../src/models';

afterEach(() => vi.restoreAllMocks());

/** One vector for each text of a call. */
function embedding() {
  return vi.spyOn(env.AI, 'run').mockImplementation((async (_model: string, input: Record<string, unknown>) => {
    const texts = Object.values(input).find(Array.isArray) as readonly unknown[];
    return { data: texts.map((_, index) => [index, 1]) };
  }) as never);
}

function keep(documents: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/documents', {
    method: 'POST',
    body: JSON.stringify({ documents }),
  });
}

it('keeps documents beside their vectors', async () => {
  const run = embedding();
  const upsert = vi.spyOn(env.VECTORIZE, 'upsert').mockResolvedValue({} as never);
  const response = await keep([
    { id: 'a', text: 'Apples' },
    { id: 'b', text: 'Pears' },
  ]);
  expect(response.status).toBe(202);
  expect(run.mock.calls[0]?.[0]).toBe(MODEL.id);
  expect(run.mock.calls[0]?.[2]).toMatchObject({ gateway: { id: env.AI_GATEWAY_ID } });
  expect(upsert).toHaveBeenCalledWith([
    { id: 'a', values: [0, 1], metadata: { text: 'Apples' } },
    { id: 'b', values: [1, 1], metadata: { text: 'Pears' } },
  ]);
});

it('asks for many vectors in several calls', async () => {
  const run = embedding();
  const upsert = vi.spyOn(env.VECTORIZE, 'upsert').mockResolvedValue({} as never);
  await keep(Array.from({ length: 250 }, (_, index) => ({ id: `${index}`, text: 'text' })));
  expect(run).toHaveBeenCalledTimes(3);
  expect(upsert.mock.calls.flatMap(([vectors]) => vectors.map(({ id }) => id))).toHaveLength(250);
});

it('finds documents', async () => {
  embedding();
  const query = vi
    .spyOn(env.VECTORIZE, 'query')
    .mockResolvedValue({ count: 1, matches: [{ id: 'a', score: 0.9, metadata: { text: 'Apples' } }] } as never);
  const response = await exports.default.fetch('https://example.com/search?q=fruit&k=3');
  expect(await response.json()).toEqual({ matches: [{ id: 'a', score: 0.9, text: 'Apples' }] });
  expect(query).toHaveBeenCalledWith([0, 1], { topK: 3, returnMetadata: 'all' });
});

it('forgets a document', async () => {
  const forget = vi.spyOn(env.VECTORIZE, 'deleteByIds').mockResolvedValue({} as never);
  const response = await exports.default.fetch('https://example.com/documents?id=a%20b', { method: 'DELETE' });
  expect(response.status).toBe(204);
  expect(forget).toHaveBeenCalledWith(['a b']);
  expect((await exports.default.fetch('https://example.com/documents', { method: 'DELETE' })).status).toBe(400);
});

it.each([
  undefined,
  [],
  [null],
  [{ id: 'a' }],
  [{ id: 'x'.repeat(65), text: 'text' }],
  [{ id: 'a', text: 'ü'.repeat(5000) }],
  Array.from({ length: 501 }, () => ({ id: 'a', text: 'text' })),
])('refuses what it could not keep', async (documents) => {
  const run = embedding();
  expect((await keep(documents)).status).toBe(400);
  expect(run).not.toHaveBeenCalled();
});

it.each(['', '?q=', '?q=fruit&k=0', '?q=fruit&k=many'])('refuses the search %s', async (query) => {
  expect((await exports.default.fetch(`https://example.com/search${query}`)).status).toBe(400);
});

it('is 502 when there are fewer vectors than texts', async () => {
  vi.spyOn(env.AI, 'run').mockResolvedValue({ data: [[1, 2]] } as never);
  const upsert = vi.spyOn(env.VECTORIZE, 'upsert');
  const documents = ['a', 'b'].map((id) => ({ id, text: 'text' }));
  expect((await keep(documents)).status).toBe(502);
  expect(upsert).not.toHaveBeenCalled();
});

it('tells questions from documents where the model does', () => {
  const qwen = { id: '@cf/qwen/qwen3-embedding-0.6b', input: {} };
  expect(embeddingInput(qwen, ['why'], 'query')).toEqual({ queries: ['why'] });
  expect(embeddingInput(qwen, ['because'], 'document')).toEqual({ documents: ['because'] });
  expect(embeddingInput({ id: '@cf/baai/bge-m3', input: {} }, ['why'], 'query')).toEqual({ text: ['why'] });
});

it("reads OpenAI's form too", () => {
  expect(vectorsOf({ data: [{ embedding: [1, 2] }] }, 1)).toEqual([[1, 2]]);
});
