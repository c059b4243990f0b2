/**
 * GET /models names the models. POST / with `{"messages": [{"role": "user", "content": "…"}]}` answers
 * `{"model": "…", "text": "…"}`; `"model"` asks one of them alone, `"stream": true` for server-sent events.
 */
import { chat } from './chat';
import { errorResponse, InputError, readJson, requireMethod } from './http';
import { messagesOf } from './messages';
import { MODELS, type Model } from './models';
import { eventResponse } from './sse';

export default {
  async fetch(request, env): Promise<Response> {
    try {
      switch (new URL(request.url).pathname) {
        case '/models':
          requireMethod(request, 'GET');
          return Response.json({ models: MODELS.map(({ id }) => id) });
        case '/':
          requireMethod(request, 'POST');
          return await answer(env, await readJson(request), request.signal);
        default:
          throw new InputError('There are / and /models.', 404);
      }
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

async function answer(env: Env, body: Record<string, unknown>, signal: AbortSignal): Promise<Response> {
  const stream = body['stream'] === true;
  const { model, words } = await chat(env, modelsFor(body['model']), messagesOf(body), { stream, signal });
  if (stream) return eventResponse(pieces(words), { 'x-model': model });
  let text = '';
  for await (const piece of words) text += piece;
  return Response.json({ model, text });
}

/** All of them, or the one that is asked for: only those that are listed can be paid for. */
function modelsFor(wish: unknown): readonly [Model, ...Model[]] {
  if (wish === undefined) return MODELS;
  const model = MODELS.find(({ id }) => id === wish);
  if (model === undefined) throw new InputError('"model" must be one of /models.');
  return [model];
}

async function* pieces(words: AsyncIterable<string>): AsyncGenerator<{ readonly text: string }> {
  for await (const text of words) yield { text };
}
