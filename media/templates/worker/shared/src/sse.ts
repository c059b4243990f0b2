/**
 * Server-sent events: reads those of models, writes those for clients.
 */
import { errorBody } from './http';

/** The `data` of each event of a body. Whoever stops reading cancels the body. */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      if (line !== '' || data.length === 0) continue;
      yield data.join('\n');
      data = [];
    }
  }
}

/**
 * A response that sends each value as an event of JSON, and `[DONE]` at the end. An error on the way becomes an event
 * `error` with the body that an error response would have.
 */
export function eventResponse(values: AsyncIterable<unknown>, headers: Record<string, string> = {}): Response {
  const events = encoded(values);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await events.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      // Whatever compresses on the way would hold events back.
      'cache-control': 'no-cache, no-transform',
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
