/**
 * Stands in for the AI binding. It answers in the format of chat models, repeats what it was told, and costs nothing.
 */
import { WorkerEntrypoint } from 'cloudflare:workers';

/** What of the options of `env.AI.run` matters here. */
interface Options {
  readonly signal?: AbortSignal;
  readonly returnRawResponse?: boolean;
}

/** Time between two words, in milliseconds. */
const PACE = 40;

/** A prompt with `[3040]` in it fails with that code, every other time, so that a retry or a fallback works. */
let failures = 0;

export class FakeAi extends WorkerEntrypoint {
  run(model: string, input: Record<string, unknown>, options: Options = {}): unknown {
    const prompt = promptOf(input);
    const [, code] = /\[(\d{4})\]/.exec(prompt) ?? [];
    if (code !== undefined && failures++ % 2 === 0) throw new Error(`${code}: The fake model was told to fail.`);
    const text = `This is ${model}, played by offline/fake-ai.ts. You said: ${prompt}`;
    if (input['stream'] === true) {
      const body = this.streamed(text, options.signal);
      return options.returnRawResponse
        ? new Response(body, { headers: { 'content-type': 'text/event-stream' } })
        : body;
    }
    const answer = { choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] };
    return options.returnRawResponse ? Response.json(answer) : answer;
  }

  /** Server-sent events, a word at a time. */
  private streamed(text: string, signal?: AbortSignal): ReadableStream<Uint8Array> {
    const { readable, writable } = new IdentityTransformStream();
    this.ctx.waitUntil(write(writable, text, signal));
    return readable;
  }
}

async function write(writable: WritableStream<Uint8Array>, text: string, signal?: AbortSignal): Promise<void> {
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  const send = (data: string): Promise<void> => writer.write(encoder.encode(`data: ${data}\n\n`));
  try {
    for (const word of text.split(/(?<=\s)/)) {
      signal?.throwIfAborted();
      await send(JSON.stringify({ choices: [{ index: 0, delta: { content: word }, finish_reason: null }] }));
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    await send(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    await send('[DONE]');
    await writer.close();
  } catch (reason) {
    // Whoever read it has gone.
    await writer.abort(reason).catch(() => undefined);
  }
}

/** The last message, in the words of every provider. */
function promptOf({ messages, contents, input, prompt }: Record<string, unknown>): string {
  const turns = [messages, contents, input].find(Array.isArray) as readonly unknown[] | undefined;
  return turns ? textOf(turns.at(-1)) : textOf(prompt ?? input);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { content, parts, text } = value as Record<string, unknown>;
  return textOf(content ?? parts ?? text);
}
