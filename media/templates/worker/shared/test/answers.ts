/**
 * Answers that models give in tests.
 */
import { env } from 'cloudflare:workers';
import { vi } from 'vitest';

/**
 * Answers calls one after the other; an error is thrown. They are made when they are asked for: a Worker's request may
 * only read streams that were made in it.
 */
export function answering(...answers: readonly (() => unknown)[]) {
  const run = vi.spyOn(env.AI, 'run').mockRejectedValue(new Error('The test expects no further call.'));
  for (const answer of answers) run.mockImplementationOnce((async () => answer()) as never);
  return run;
}

/** What `env.AI.run` throws. */
export function failing(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

/** A stream of server-sent events, in pieces of a few bytes. */
export function streaming(...events: readonly unknown[]): () => ReadableStream<Uint8Array> {
  const text = [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
  const bytes = new TextEncoder().encode(text);
  return () => {
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) controller.close();
        else controller.enqueue(bytes.slice(at, (at += 7)));
      },
    });
  };
}

/** An event of a stream in the format of newer chat models. */
export function delta(content: string): unknown {
  return { choices: [{ index: 0, delta: { content } }] };
}
