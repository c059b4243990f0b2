/**
 * Server-sent events: reads those of models, writes those for clients.
 */
import { asModelError } from './errors';
import { errorBody } from './http';

/**
 * The `data` of each event of a model's answer, of the last one even when no empty line ends it. Whoever stops reading
 * cancels the body. Throws a `ModelError` when the connection breaks.
 */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of linesOf(body)) {
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    if (line !== '' || data.length === 0) continue;
    yield data.join('\n');
    data = [];
  }
  if (data.length > 0) yield data.join('\n');
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw asModelError(error);
  }
  yield rest;
}

/**
 * A response that sends each value as an event of JSON, and `[DONE]` at the end. An error on the way becomes an event
 * `error` with the body that an error response would have.
 */
export function eventResponse(values: AsyncIterable<unknown>, headers: Record<string, string> = {}): Response {
  return new Response(streamOf(encoded(values)), {
    headers: {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      // Whatever compresses on the way would hold events back.
      'cache-control': 'no-cache, no-transform',
    },
  });
}

/** A stream of values that are made as they are read. */
export function streamOf<T>(values: AsyncGenerator<T, undefined>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await values.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await values.return(undefined);
    },
  });
}

async function* encoded(values: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  try {
    for await (const value of values) yield encoder.encode(`data: ${JSON.stringify(value)}\n\n`);
    yield encoder.encode('data: [DONE]\n\n');
  } catch (error) {
    const { code, message } = errorBody(error);
    yield encoder.encode(`event: error\ndata: ${JSON.stringify({ error: { code, message } })}\n\n`);
  }
  return undefined;
}
