/**
 * POST /documents with `{"documents": [{"id": "…", "text": "…"}]}` keeps documents, DELETE /documents?id=… forgets one, and
 * GET /search?q=…&k=5 finds those that are nearest in meaning. Vectorize takes some seconds until what it was given is
 * found.
 */
import { runModel } from './ai';
import { documentsOf, type Document } from './documents';
import { BATCH, embeddingInput, vectorsOf } from './embed';
import { errorResponse, InputError, readJson, requireMethod } from './http';
import { MODEL } from './models';

const LONGEST_QUERY = 1000;
const MOST_MATCHES = 20;

export default {
  async fetch(request, env): Promise<Response> {
    try {
      const { pathname, searchParams } = new URL(request.url);
      switch (pathname) {
        case '/documents':
          if (request.method === 'DELETE') return await forget(env, searchParams);
          requireMethod(request, 'POST');
          return await keep(env, documentsOf(await readJson(request)), request.signal);
        case '/search':
          requireMethod(request, 'GET');
          return await search(env, searchParams, request.signal);
        default:
          throw new InputError('There are /documents and /search.', 404);
      }
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

async function keep(env: Env, documents: readonly Document[], signal: AbortSignal): Promise<Response> {
  for (let at = 0; at < documents.length; at += BATCH) {
    const batch = documents.slice(at, at + BATCH);
    const vectors = await embed(
      env,
      batch.map(({ text }) => text),
      'document',
      signal,
    );
    // The text lies beside its vector, so that a search needs no other store.
    await env.VECTORIZE.upsert(
      batch.map(({ id, text }, index) => ({ id, values: vectors[index] ?? [], metadata: { text } })),
    );
  }
  return Response.json({ kept: documents.length }, { status: 202 });
}

async function forget(env: Env, parameters: URLSearchParams): Promise<Response> {
  const id = parameters.get('id') ?? '';
  if (id === '') throw new InputError('"id" must be that of a document.');
  await env.VECTORIZE.deleteByIds([id]);
  return new Response(null, { status: 204 });
}

async function search(env: Env, parameters: URLSearchParams, signal: AbortSignal): Promise<Response> {
  const query = parameters.get('q')?.trim() ?? '';
  const most = Number(parameters.get('k') ?? 5);
  if (query === '' || query.length > LONGEST_QUERY) {
    throw new InputError(`"q" must be a text of 1 to ${LONGEST_QUERY} characters.`);
  }
  if (!Number.isInteger(most) || most < 1 || most > MOST_MATCHES) {
    throw new InputError(`"k" must be 1 to ${MOST_MATCHES}.`);
  }
  const [vector = []] = await embed(env, [query], 'query', signal);
  const { matches } = await env.VECTORIZE.query(vector, { topK: most, returnMetadata: 'all' });
  return Response.json({
    matches: matches.map(({ id, score, metadata }) => ({ id, score, text: metadata?.['text'] })),
  });
}

async function embed(
  env: Env,
  texts: readonly string[],
  as: 'document' | 'query',
  signal: AbortSignal,
): Promise<number[][]> {
  return vectorsOf(await runModel(env, MODEL.id, embeddingInput(MODEL, texts, as), { signal }), texts.length);
}
