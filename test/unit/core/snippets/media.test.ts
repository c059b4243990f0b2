/**
 * Snippets of requests with media: they hold no bytes, and what they send is what we send.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import bundle from '../../../../media/catalog.json';
import type { Model, Task } from '../../../../src/core/catalog/model';
import { buildRequest } from '../../../../src/core/inference/build';
import type { RequestMedia } from '../../../../src/core/inference/request';
import { sendable } from '../../../../src/core/inference/sendable';
import type { MediaKind } from '../../../../src/core/media/media';
import type { RawRequest } from '../../../../src/core/run/events';
import { curlSnippet } from '../../../../src/core/snippets/curl';
import { workerCall } from '../../../../src/core/snippets/worker-call';
import { workerSnippet } from '../../../../src/core/snippets/worker';
import { requestTo } from '../inference/support';

/** All bytes, so that no encoding is right by luck; long enough for several lines of base64 and od. */
const BYTES = Uint8Array.from({ length: 700 }, (_, at) => (at * 7) & 255);
const types = { image: 'image/png', audio: 'audio/wav', video: 'video/mp4', file: 'application/pdf' } as const;
const medium = (kind: MediaKind, name: string): RequestMedia => ({
  kind,
  name,
  role: 'input',
  mediaType: types[kind],
  bytes: BYTES,
});
const third = (id: string, task: Task): Partial<Model> => ({ id, task, hosting: 'third-party', requestFormats: [] });
const hosted = (id: string, task: Task): Partial<Model> => ({ id, task, requestFormats: [] });
const built = (model: Partial<Model>, media: readonly RequestMedia[], extra = {}, prompt = 'Hello'): RawRequest =>
  buildRequest(requestTo(model, { media, parameters: { extra }, messages: [{ role: 'user', content: prompt }] })).raw;
/** What snippets put in place of media, if it were not for this text. */
const MARK = 'MEDIUM_0_';

const NASTY = `it's "5" $(touch x) ;,@.png`;
const requests: readonly (readonly [string, Partial<Model>, readonly RequestMedia[]])[] = [
  ['a data URI', third('acme/edit', 'image-to-image'), [medium('image', 'cat.png')]],
  ['base64', hosted('@cf/openai/whisper-large-v3-turbo', 'speech-recognition'), [medium('audio', 'clip.wav')]],
  ['numbers', hosted('@cf/microsoft/resnet-50', 'image-classification'), [medium('image', 'cat.png')]],
  ['several', third('google/nano-banana', 'text-to-image'), [medium('image', 'cat.png'), medium('image', NASTY)]],
  ['a chat', {}, [medium('image', 'cat.png'), medium('audio', 'clip.wav')]],
  ['a name that is odd', third('acme/edit', 'image-to-image'), [medium('image', NASTY)]],
  ['a name like an option', third('acme/edit', 'image-to-image'), [medium('image', '-w.png')]],
];

describe('curl', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'curl-'));
    for (const name of ['cat.png', 'clip.wav', NASTY, '-w.png']) writeFileSync(path.join(folder, name), BYTES);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs a command in a real shell, where `curl` keeps what it was given. */
  function run(command: string): { args: string[]; piped: string } {
    const script = `curl() { printf '%s\\0' "$@" > args; [ -t 0 ] || cat > piped; }\n${command}\n`;
    writeFileSync(path.join(folder, 'piped'), '');
    writeFileSync(path.join(folder, 'script.sh'), script);
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', 'script.sh'], {
      cwd: folder,
      input: '',
      env: { PATH: process.env['PATH'], CLOUDFLARE_API_TOKEN: 'from-the-environment', LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const args = readFileSync(path.join(folder, 'args'), 'utf8').split('\0').slice(0, -1);
    return { args, piped: readFileSync(path.join(folder, 'piped'), 'utf8') };
  }
  const after = (args: readonly string[], flag: string): string[] =>
    args.flatMap((arg, index) => (arg === flag ? [args[index + 1] ?? ''] : []));

  it('pipes a body with media', () => {
    const raw = built(third('acme/edit', 'image-to-image'), [medium('image', 'cat.png')]);
    expect(curlSnippet({ wire: 'chat-completions', raw })).toBe(`{
  printf %s '{
  "model": "acme/edit",
  "input": {
    "prompt": "Hello",
    "image": "data:image/png;base64,'
  base64 < 'cat.png' | tr -d '\\n'
  printf %s '"
  }
}'
} | curl --fail-with-body 'https://api.example.com/client/v4/accounts/acc/ai/run' \\
  -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\
  -H 'content-type: application/json' \\
  -H 'cf-aig-gateway-id: default' \\
  -H 'cf-aig-metadata: {"run_id":"run-1"}' \\
  --data-binary @-`);
  });

  it.each(requests)('sends %s as we do', (_what, model, media) => {
    const raw = built(model, media, { note: "'quotes'" }, MARK);
    const { args, piped } = run(curlSnippet({ wire: 'chat-completions', raw }));
    const ours = JSON.parse(Buffer.from(sendable(raw, 't', media).body as Uint8Array).toString()) as unknown;
    expect(JSON.parse(piped)).toEqual(ours);
    expect(after(args, '--data-binary')).toEqual(['@-']);
    expect(args.find((arg) => arg.startsWith('https:'))).toBe(raw.url);
    expect(curlSnippet({ wire: 'chat-completions', raw }).length).toBeLessThan(2500);
  });

  it('names the files of a form', () => {
    const model = hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image');
    const raw = built(model, [medium('image', 'cat.png'), medium('image', NASTY)]);
    const { args } = run(curlSnippet({ wire: 'chat-completions', raw }));
    expect(after(args, '--form-string')).toEqual(['prompt=Hello']);
    expect(after(args, '-F')).toEqual([
      'input_image_0=@cat.png;type=image/png',
      `input_image_1=@"it's \\"5\\" $(touch x) ;,@.png";type=image/png`,
    ]);
    expect(args).not.toContain('--data-binary');
  });

  it('gives a body that is one file', () => {
    const raw = built(hosted('@cf/deepgram/nova-3', 'speech-recognition'), [medium('audio', 'clip.wav')], {
      diarize: true,
    });
    const { args } = run(curlSnippet({ wire: 'chat-completions', raw }));
    expect(after(args, '--data-binary')).toEqual(['@clip.wav']);
    expect(after(args, '-H')).toContain('content-type: audio/wav');
    expect(args.find((arg) => arg.startsWith('https:'))).toMatch(/nova-3\?diarize=true$/);
  });
});

describe('a Worker', () => {
  type Run = (...args: unknown[]) => unknown;
  interface Worker {
    fetch(request: Request, env: { AI: { run: Run } }): Promise<Response>;
  }

  /** Compiles the snippet, calls it with the files, and tells what the binding was given. */
  async function call(raw: RawRequest, media: readonly RequestMedia[]): Promise<unknown[]> {
    const snippet = workerSnippet(raw);
    expect(snippet.length).toBeLessThan(4000);
    const { code } = transformSync(snippet, { loader: 'ts', format: 'cjs' });
    const module = { exports: {} as { default: Worker } };
    // The snippet is our own, and running it is the point.
    new Function('module', 'exports', code)(module, module.exports);
    let body: BodyInit = new Uint8Array(BYTES);
    if (media.length > 1) {
      const form = new FormData();
      media.forEach((_, index) => form.append(index === 0 ? 'file' : `file${index + 1}`, new Blob([BYTES]), 'x'));
      body = form;
    }
    let args: unknown[] = [];
    const run: Run = (...given) => {
      args = given;
      return Promise.resolve(raw.body['stream'] === true ? new Response('').body : {});
    };
    await module.exports.default.fetch(new Request('https://worker.example', { method: 'POST', body }), {
      AI: { run },
    });
    return args;
  }

  it.each(requests)('sends %s as we do', async (_what, model, media) => {
    const raw = built(model, media, {}, MARK);
    const [id, input, options] = await call(raw, media);
    const ours = JSON.parse(Buffer.from(sendable(raw, 't', media).body as Uint8Array).toString()) as Record<
      string,
      unknown
    >;
    const { model: _, ...rest } = ours;
    expect(id).toBe(requestTo(model).model.id);
    expect(input).toEqual(ours['input'] ?? rest);
    expect(options).toMatchObject({ gateway: { id: 'default' } });
  });

  it('passes a recording on as a stream, with its parameters in their types', async () => {
    const media = [medium('audio', 'clip.wav')];
    const raw = built(hosted('@cf/deepgram/nova-3', 'speech-recognition'), media, {
      diarize: true,
      language: 'de',
      words: ['a', 'b'],
    });
    const [, input, options] = await call(raw, media);
    const { audio, ...rest } = input as { audio: { body: ReadableStream; contentType: string } };
    expect(new Uint8Array(await new Response(audio.body).arrayBuffer())).toEqual(BYTES);
    expect([audio.contentType, rest, options]).toEqual([
      'audio/wav',
      { diarize: true, language: 'de', words: ['a', 'b'] },
      undefined,
    ]);
    const whisper = await call(built(hosted('@cf/openai/whisper', 'speech-recognition'), media), media);
    expect(whisper[1]).toEqual({ audio: [...BYTES] });
  });

  it('puts files into a form', async () => {
    for (const media of [[medium('image', 'cat.png')], [medium('image', 'cat.png'), medium('image', NASTY)]]) {
      const raw = built(hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image'), media);
      const [, input] = await call(raw, media);
      const { multipart } = input as { multipart: { body: ReadableStream; contentType: string } };
      const form = await new Response(multipart.body, {
        headers: { 'content-type': multipart.contentType },
      }).formData();
      expect(form.get('prompt')).toBe('Hello');
      for (const [index] of media.entries()) {
        const file = form.get(`input_image_${index}`) as File;
        expect([file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(['image/png', BYTES]);
      }
    }
  });

  it("turns the media of a chat with a google model into Gemini's own", async () => {
    const media = [medium('image', 'cat.png')];
    const raw = built({ id: 'google/gemini-3.5-flash', hosting: 'third-party' }, media);
    const [, input] = await call(raw, media);
    expect(input).toMatchObject({
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'Hello' },
            { inlineData: { mimeType: 'image/png', data: Buffer.from(BYTES).toString('base64') } },
          ],
        },
      ],
    });
  });

  it('holds any name of a file safely', () => {
    for (const name of [NASTY, 'a\n*/ alert(1)', '`${x}`', '\u2028alert(1)', '</script>']) {
      const raw = built(third('acme/edit', 'image-to-image'), [medium('image', name)]);
      expect(() => transformSync(workerSnippet(raw), { loader: 'ts' })).not.toThrow();
      expect(workerSnippet(raw)).not.toMatch(/^\s*alert/m);
    }
  });
});

describe('the call of every model of the catalog', () => {
  const models = (bundle as unknown as { models: readonly Model[] }).models;
  it.each(models.map((model) => [model.id, model] as const))('%s', (id, model) => {
    const call = workerCall(model, 'default');
    expect(call).toContain(id);
    expect(call).not.toContain('$media');
    expect(() =>
      transformSync(call.startsWith('const') ? `async () => { ${call} }` : call, { loader: 'ts' }),
    ).not.toThrow();
  });
});
