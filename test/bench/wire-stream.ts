/**
 * The stream that the wire benchmark reads: OpenAI's format, with chunks of the usual size.
 */

/** Events in the stream, the usage-only chunk among them. */
export const EVENTS = 100_000;

const WORDS = [
  ' the',
  ' stream',
  ' of',
  ' tokens',
  ' arrives',
  ',',
  ' one',
  ' small',
  ' chunk',
  ' at',
  ' a',
  ' time',
  '.\n',
];

/**
 * Every event as its own piece of bytes; about 200 bytes each. `padded`: each chunk ends in random padding, as OpenAI
 * sends against eavesdroppers, so that no two chunks are alike.
 */
export function streamEvents(padded = false): Uint8Array[] {
  const encoder = new TextEncoder();
  const head = `{"id":"chatcmpl-b1946ac92492d2347c6235b4d2611184","object":"chat.completion.chunk","created":1760000000,"model":"@cf/zai-org/glm-4.7-flash","choices":[`;
  const events: Uint8Array[] = [];
  const add = (data: string) => events.push(encoder.encode(`data: ${data}\n\n`));
  add(`${head}{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}`);
  for (let n = 0; n < EVENTS - 3; n += 1) {
    const content = JSON.stringify(WORDS[n % WORDS.length]);
    const padding = padded ? `,"obfuscation":"${((n * 2654435761) % 2 ** 32).toString(36)}"` : '';
    add(`${head}{"index":0,"delta":{"content":${content}},"logprobs":null,"finish_reason":null}]${padding}}`);
  }
  add(`${head}{"index":0,"delta":{},"finish_reason":"stop"}]}`);
  add(`${head}],"usage":{"prompt_tokens":12,"completion_tokens":${EVENTS - 3},"total_tokens":${EVENTS + 9}}}`);
  add('[DONE]');
  return events;
}

/** The same bytes cut every `size` bytes. */
export function recut(pieces: readonly Uint8Array[], size: number): Uint8Array[] {
  const all = Buffer.concat(pieces);
  const cut: Uint8Array[] = [];
  for (let at = 0; at < all.length; at += size) cut.push(all.subarray(at, at + size));
  return cut;
}

/** A response whose body gives these pieces, one a read. */
export function respond(pieces: readonly Uint8Array[]): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[next];
      next += 1;
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
