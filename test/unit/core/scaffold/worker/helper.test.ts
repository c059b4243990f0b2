import { transformSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../../src/core/catalog/model';
import { buildRequest } from '../../../../../src/core/inference/build';
import type { RequestMedia } from '../../../../../src/core/inference/request';
import { sendable } from '../../../../../src/core/inference/sendable';
import { helperModule, type HelperModule } from '../../../../../src/core/scaffold/worker/helper';
import type { HelperColumn } from '../../../../../src/core/scaffold/worker/helper-call';
import { sampleMedia } from '../../../../../src/core/snippets/unsent';
import { requestTo } from '../../inference/support';
import { catalogModels, columnOf, hosted, third } from './columns';

/** All bytes, so that no encoding is right by luck. */
const BYTES = Uint8Array.from({ length: 700 }, (_, at) => (at * 7) & 255);
const picture: RequestMedia = { ...sampleMedia.image, role: 'input', bytes: BYTES };
const sound: RequestMedia = { ...sampleMedia.audio, role: 'input', bytes: BYTES };

type Run = (...args: unknown[]) => unknown;
type Exported = Record<string, (ai: { run: Run }, ...args: unknown[]) => Promise<Response>>;

/** Compiles a module and calls its function; tells what the binding was given and what came back. */
async function call(
  { functionName, typescript, javascript }: HelperModule,
  args: readonly unknown[],
  answer: unknown,
): Promise<{ args: unknown[]; response: Response }> {
  const compile = (source: string) =>
    transformSync(source, { loader: 'ts', format: 'cjs', minifyWhitespace: true }).code;
  const code = compile(typescript);
  // JavaScript is the same without its types.
  expect(compile(javascript)).toBe(code);
  expect(() => transformSync(javascript, { loader: 'js' })).not.toThrow();
  const module = { exports: {} as Exported };
  // The module is our own, and running it is the point.
  new Function('module', 'exports', code)(module, module.exports);
  expect(Object.keys(module.exports)).toEqual([functionName]);
  let given: unknown[] = [];
  const run: Run = (...all) => {
    given = all;
    return Promise.resolve(answer);
  };
  const response = await (module.exports[functionName] as Exported[string])({ run }, ...args);
  return { args: given, response };
}

/** What the playground sends for the same column, as the model's own input. */
function sent(
  { model, messages, parameters }: HelperColumn,
  media: readonly RequestMedia[],
  prompt: string,
  texts?: string[],
) {
  const turns = messages.map((message) => (message.role === 'user' ? { ...message, content: prompt } : message));
  const { raw } = buildRequest(requestTo(model, { messages: turns, parameters, media, ...(texts && { texts }) }));
  const body = JSON.parse(Buffer.from(sendable(raw, 't', media).body as Uint8Array).toString()) as Record<
    string,
    unknown
  >;
  const { model: _, ...rest } = body;
  // The envelope of `/ai/run`; the input of Responses is a list.
  return typeof body['input'] === 'object' && !Array.isArray(body['input']) ? body['input'] : rest;
}

const sse = (): ReadableStream => new Response('data: {"response":"hi"}\n\ndata: [DONE]\n\n').body as ReadableStream;

describe('the module for a Worker', () => {
  it('is one that people would write by hand', () => {
    const column = columnOf(
      {},
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Why is the sky blue?' },
        ],
        parameters: { temperature: 0.2 },
        metadata: { feature: 'chat' },
      },
    );
    expect(helperModule(column)).toEqual({
      functionName: 'ask',
      parameters: ['prompt'],
      javascript: expect.stringContaining('export async function ask(ai, prompt) {\n') as unknown,
      typescript: `// A plain string, because the types of \`Ai\` do not know every model and field.
const MODEL: string = "@cf/zai-org/glm-4.7-flash";

/**
 * The call that was set up in the playground of Unified Inference.
 * Answers with the model's server-sent events.
 */
export async function ask(ai: Ai, prompt: string): Promise<Response> {
  const stream: unknown = await ai.run(
    MODEL,
    {
      messages: [{ role: "system", content: "Be brief." }, { role: "user", content: prompt }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 1024,
      temperature: 0.2,
    },
    { gateway: { id: "team", metadata: { feature: "chat" } } },
  );
  return new Response(stream as ReadableStream, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
  });
}
`,
    });
  });

  it('streams what the model says', async () => {
    const { response } = await call(helperModule(columnOf()), ['Hi'], sse());
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toContain('data: [DONE]');
  });

  it('answers with the JSON of a model, or with its file', async () => {
    const module = helperModule(columnOf(hosted('@cf/black-forest-labs/flux-1-schnell', 'text-to-image')));
    expect(await (await call(module, ['a cat'], { image: 'aGk=' })).response.json()).toEqual({ image: 'aGk=' });
    expect(await (await call(module, ['a cat'], new Response('PNG').body)).response.text()).toBe('PNG');
  });

  const columns: readonly (readonly [string, HelperColumn, readonly RequestMedia[]])[] = [
    ['a chat', columnOf({}, { parameters: { temperature: 0, stop: ['END'], maxOutputTokens: 9, seed: 3 } }), []],
    ['a chat in Messages', columnOf({ id: 'anthropic/claude-sonnet-4.5', requestFormats: [] }), [picture]],
    ['a chat in Responses', columnOf({ id: 'openai/gpt-5.6-luna', requestFormats: ['responses'] }), [picture]],
    ['a chat with sound and a picture', columnOf(), [picture, sound]],
    ['a picture', columnOf(hosted('@cf/leonardo/phoenix-1.0', 'text-to-image'), { parameters: { width: 512 } }), []],
    ['a data URI', columnOf(third('pruna/p-image-edit', 'image-to-image')), [picture]],
    ['base64', columnOf(hosted('@cf/openai/whisper-large-v3-turbo', 'speech-recognition')), [sound]],
    ['numbers', columnOf(hosted('@cf/microsoft/resnet-50', 'image-classification')), [picture]],
    ['several pictures', columnOf(third('google/nano-banana', 'text-to-image')), [picture, picture]],
    [
      'a parameter of the model alone',
      columnOf(third('acme/x', 'text-to-image'), { parameters: { extra: { a: { b: [1] } } } }),
      [],
    ],
  ];
  it.each(columns)(
    'sends %s as the playground does, with the prompt and the files it is given',
    async (_, column, media) => {
      const module = helperModule({ ...column, media });
      const files = module.parameters.filter((name) => name !== 'prompt').map(() => BYTES.buffer);
      const given = [...(module.parameters.includes('prompt') ? ['Another one'] : []), ...files];
      const { args } = await call(module, given, sse());
      expect(args).toEqual([column.model.id, sent(column, media, 'Another one'), { gateway: { id: 'team' } }]);
    },
  );

  it.each([
    ['embeddings', hosted('@cf/baai/bge-m3', 'embeddings'), ['texts'], { text: ['one', 'two'] }],
    [
      'reranking',
      hosted('@cf/baai/bge-reranker-base', 'reranking'),
      ['query', 'documents'],
      { query: 'one', contexts: [{ text: 'two' }, { text: 'three' }] },
    ],
  ] as const)('takes lists of texts for %s', async (_, model, parameters, input) => {
    const module = helperModule(columnOf(model));
    expect(module.parameters).toEqual(parameters);
    const args = parameters.length === 1 ? [['one', 'two']] : ['one', ['two', 'three']];
    expect((await call(module, args, {})).args[1]).toEqual(input);
  });

  it("speaks Gemini's own words with a google model", async () => {
    const gemini: Partial<Model> = { id: 'google/gemini-3.5-flash', hosting: 'third-party' };
    const column = columnOf(gemini, { media: [picture], parameters: { maxOutputTokens: 64 } });
    expect((await call(helperModule(column), ['Hi', BYTES.buffer], sse())).args[1]).toEqual({
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Hi' },
            { inlineData: { mimeType: 'image/png', data: Buffer.from(BYTES).toString('base64') } },
          ],
        },
      ],
      generationConfig: { maxOutputTokens: 64 },
      stream: true,
    });
  });

  it('passes a recording on as a stream, without a gateway, which takes none', async () => {
    const column = columnOf(hosted('@cf/deepgram/nova-3', 'speech-recognition'), {
      media: [sound],
      parameters: { extra: { diarize: true } },
    });
    const { args } = await call(helperModule(column), [BYTES.buffer], {});
    expect(args).toHaveLength(2);
    const { audio, ...rest } = args[1] as { audio: { body: ReadableStream; contentType: string } };
    expect(new Uint8Array(await new Response(audio.body).arrayBuffer())).toEqual(BYTES);
    expect([audio.contentType, rest]).toEqual(['audio/wav', { diarize: true }]);
  });

  it('sends a form where the model wants one', async () => {
    const column = columnOf(hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image'), {
      media: [picture],
      parameters: { width: 512, extra: { nested: [1, 2] } },
    });
    const { args } = await call(helperModule(column), ['a "cat"', BYTES.buffer], {});
    expect(args).toHaveLength(2);
    const { multipart } = args[1] as { multipart: { body: ReadableStream; contentType: string } };
    const form = await new Response(multipart.body, { headers: { 'content-type': multipart.contentType } }).formData();
    expect([form.get('prompt'), form.get('width'), form.get('nested')]).toEqual(['a "cat"', '512', '[1,2]']);
    const file = form.get('input_image_0') as File;
    expect([file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(['image/png', BYTES]);
  });

  it('asks for the file that a model needs, though none is attached, and says what it is sent as', () => {
    const module = helperModule(columnOf(hosted('@cf/openai/whisper', 'speech-recognition')));
    expect(module.parameters).toEqual(['audio']);
    expect(module.typescript).toContain('transcribe(ai: Ai, audio: ArrayBuffer): Promise<Response>');
    expect(module.typescript).toContain(' * `audio` is sent as audio/wav.\n');
  });

  it('has no prompt where it is optional and was left blank', () => {
    const blank = [{ role: 'user', content: ' ' }] as const;
    const edit = third('pruna/p-image-try-on', 'image-to-image');
    const { parameters } = helperModule(columnOf(edit, { messages: blank }));
    expect(parameters).toEqual(['image', 'image2']);
    expect(helperModule(columnOf(edit)).parameters).toEqual(['prompt', 'image', 'image2']);
    expect(helperModule(columnOf({}, { messages: blank })).parameters).toEqual(['prompt']);
  });

  it('tells metadata of the settings, and neither a run nor what the gateway refuses', () => {
    const { typescript } = helperModule(columnOf({}, { metadata: { team: 'web', 'cf.x': 1 } }));
    expect(typescript).toContain('metadata: { team: "web" } } }');
    expect(helperModule(columnOf()).typescript).toContain('{ gateway: { id: "team" } }');
    expect(typescript).not.toContain('run_id');
  });

  it('holds any text safely', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('`${x}`', '*/', '</script>', '\u2028', 'HELPER_PROMPT', 'HELPER_TEXTS', 'prompt', '"'),
    );
    await fc.assert(
      fc.asyncProperty(text, text, fc.dictionary(text, fc.jsonValue()), async (system, prompt, extra) => {
        fc.pre(!Object.hasOwn(extra, '__proto__'));
        const messages = [
          { role: 'system', content: system },
          { role: 'user', content: 'Hello' },
        ] as const;
        const column = columnOf(third('acme/model', 'text-generation'), {
          messages,
          parameters: { extra: extra as Record<string, never> },
        });
        const { args } = await call(helperModule(column), [prompt], sse());
        expect(JSON.stringify(args[1])).toBe(JSON.stringify(sent(column, [], prompt)));
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it.each(catalogModels.map((model) => [model.id, model] as const))('compiles for %s', (_, model) => {
    const { typescript, javascript, parameters } = helperModule(columnOf(model));
    expect(typescript).toContain(JSON.stringify(model.id));
    expect(`${typescript}${javascript}`).not.toMatch(/\$media|HELPER|undefined/);
    expect(parameters.length).toBeGreaterThan(0);
    expect(() => transformSync(typescript, { loader: 'ts' })).not.toThrow();
    expect(() => transformSync(javascript, { loader: 'js' })).not.toThrow();
  });
});
