import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../../src/core/run/events';
import { workerSnippet } from '../../../../src/core/snippets/worker';

const base = 'https://api.cloudflare.com/client/v4/accounts/abc';
const request = (path: string, body: Record<string, unknown>, headers: Record<string, string> = {}): RawRequest => ({
  method: 'POST',
  url: `${base}/${path}`,
  headers: { 'content-type': 'application/json', 'cf-aig-gateway-id': 'team', ...headers },
  body,
});

type Run = (...args: unknown[]) => unknown;
interface Worker {
  fetch(request: Request, env: { AI: { run: Run } }): Promise<Response>;
}

/** Compiles the snippet and calls its handler; tells what the binding was given and what came back. */
async function call(snippet: string, answer: unknown): Promise<{ args: unknown[]; response: Response }> {
  const { code } = transformSync(snippet, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} as { default: Worker } };
  // The snippet is our own, and running it is the point.
  new Function('module', 'exports', code)(module, module.exports);
  let args: unknown[] = [];
  const run: Run = (...given) => {
    args = given;
    return Promise.resolve(answer);
  };
  const response = await module.exports.default.fetch(new Request('https://worker.example'), { AI: { run } });
  return { args, response };
}

const sse = (): ReadableStream => new Response('data: {"response":"hi"}\n\ndata: [DONE]\n\n').body as ReadableStream;

describe('workerSnippet', () => {
  it('is a Worker that one would write by hand', () => {
    const raw = request(
      'ai/v1/chat/completions',
      {
        model: '@cf/zai-org/glm-4.7-flash',
        messages: [{ role: 'user', content: "What's up?" }],
        stream: true,
        max_tokens: 64,
      },
      { 'cf-aig-metadata': '{"team":"web"}' },
    );
    expect(workerSnippet(raw)).toBe(`// A plain string, because the types of \`Ai\` do not know every model and field.
const MODEL: string = "@cf/zai-org/glm-4.7-flash";

export interface Env {
  AI: Ai;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    const stream: unknown = await env.AI.run(
      MODEL,
      { messages: [{ role: "user", content: "What's up?" }], stream: true, max_tokens: 64 },
      { gateway: { id: "team", metadata: { team: "web" } } },
    );
    return new Response(stream as ReadableStream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
    });
  },
} satisfies ExportedHandler<Env>;
`);
  });

  it('streams the answer of the binding as server-sent events', async () => {
    const body = { model: 'openai/gpt-5.4-mini', messages: [{ role: 'user', content: 'Hi' }], stream: true };
    const { args, response } = await call(workerSnippet(request('ai/v1/chat/completions', body)), sse());
    expect(args).toEqual([
      'openai/gpt-5.4-mini',
      { messages: [{ role: 'user', content: 'Hi' }], stream: true },
      { gateway: { id: 'team' } },
    ]);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toContain('data: [DONE]');
  });

  it.each([
    [
      'ai/v1/messages',
      {
        model: 'anthropic/claude-sonnet-4.5',
        system: 'Be brief.',
        messages: [{ role: 'user', content: 'Hi' }],
        max_tokens: 9,
        stream: true,
      },
    ],
    [
      'ai/v1/responses',
      {
        model: 'openai/gpt-5.6-luna',
        instructions: 'Be brief.',
        input: [{ role: 'user', content: 'Hi' }],
        max_output_tokens: 9,
        stream: true,
      },
    ],
  ])('keeps the input of %s, which such models take through the binding too', async (path, body) => {
    const { args } = await call(workerSnippet(request(path, body)), sse());
    const { model, ...input } = body;
    expect(args.slice(0, 2)).toEqual([model, input]);
  });

  it("turns a chat with a google model into Gemini's own input", async () => {
    const body = {
      model: 'google/gemini-3.5-flash',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: 'Bye' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 64,
      temperature: 0,
      stop: ['END'],
    };
    const { args } = await call(workerSnippet(request('ai/v1/chat/completions', body)), sse());
    expect(args[1]).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'Bye' }] },
      ],
      generationConfig: { maxOutputTokens: 64, temperature: 0, stopSequences: ['END'] },
      stream: true,
    });
  });

  it('takes the model from the path of the native endpoint, and returns JSON or the bytes of a picture', async () => {
    const raw = request('ai/run/@cf/black-forest-labs/flux-1-schnell', { prompt: 'a cat', steps: 4 });
    const whole = await call(workerSnippet(raw), { image: 'aGk=' });
    expect(whole.args.slice(0, 2)).toEqual(['@cf/black-forest-labs/flux-1-schnell', { prompt: 'a cat', steps: 4 }]);
    expect(await whole.response.json()).toEqual({ image: 'aGk=' });
    const bytes = await call(workerSnippet(raw), new Response('PNG').body);
    expect(await bytes.response.text()).toBe('PNG');
  });

  it('takes model and input out of the envelope of third-party models', async () => {
    const raw = request('ai/run', { model: 'google/nano-banana', input: { prompt: 'a cat', aspect_ratio: '1:1' } });
    const { args } = await call(workerSnippet(raw), { state: 'Completed' });
    expect(args.slice(0, 2)).toEqual(['google/nano-banana', { prompt: 'a cat', aspect_ratio: '1:1' }]);
  });

  it('sends a form where the model wants one, without a gateway, which takes no streams', async () => {
    const raw = request(
      'ai/run/@cf/black-forest-labs/flux-2-dev',
      { prompt: 'a "cat"\nand `${more}`', width: 512, tags: ['x', 2] },
      { 'content-type': 'multipart/form-data' },
    );
    const { args } = await call(workerSnippet(raw), { image: 'aGk=' });
    expect(args).toHaveLength(2);
    const { multipart } = args[1] as { multipart: { body: ReadableStream; contentType: string } };
    const form = await new Response(multipart.body, { headers: { 'content-type': multipart.contentType } }).formData();
    expect([...form]).toEqual([
      // A form writes line breaks as CRLF.
      ['prompt', 'a "cat"\r\nand `${more}`'],
      ['width', '512'],
      // As the playground sends a list.
      ['tags', 'x'],
      ['tags', '2'],
    ]);
  });

  it('passes over metadata that is not readable', () => {
    expect(workerSnippet(request('ai/run', { model: 'a/b', input: {} }, { 'cf-aig-metadata': '{' }))).not.toContain(
      'metadata',
    );
  });

  it('holds any text safely', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('`${x}`', '*/', '</script>', '\u2028', "'", '\\'),
    );
    const value = fc.oneof(text, fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.dictionary(fc.oneof(text, fc.constant('__proto__')), value),
        async (content, metadata) => {
          const body = { model: 'acme/model', messages: [{ role: 'user', content }], stream: true };
          const raw = request('ai/v1/chat/completions', body, { 'cf-aig-metadata': JSON.stringify(metadata) });
          const { args } = await call(workerSnippet(raw), sse());
          const gateway = Object.keys(metadata).length > 0 ? { id: 'team', metadata } : { id: 'team' };
          expect(JSON.stringify(args)).toBe(
            JSON.stringify(['acme/model', { messages: body.messages, stream: true }, { gateway }]),
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);
});
