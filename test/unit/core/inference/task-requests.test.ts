/**
 * Requests of every task: texts, media and parameters in each family's words, and the bytes only when it is sent.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, Task } from '../../../../src/core/catalog/model';
import type { ModelSchema } from '../../../../src/core/catalog/schema';
import { buildRequest } from '../../../../src/core/inference/build';
import { run } from '../../../../src/core/inference/client';
import { base64Bytes, numberBytes } from '../../../../src/core/inference/encode';
import { isPlaceholder } from '../../../../src/core/inference/placeholder';
import type { RequestMedia } from '../../../../src/core/inference/request';
import { sendable } from '../../../../src/core/inference/sendable';
import type { AttachmentRole, MediaKind } from '../../../../src/core/media/media';
import { FakeHost, requestTo, start, Watched, type GatewayRequest } from './support';

const BYTES = Uint8Array.from([0, 9, 99, 100, 255]);
const BASE64 = Buffer.from(BYTES).toString('base64');
const types = { image: 'image/png', audio: 'audio/mpeg', video: 'video/mp4', file: 'application/pdf' } as const;
const medium = (kind: MediaKind, role: AttachmentRole = 'input', name = `a.${kind}`): RequestMedia => ({
  kind,
  role,
  name,
  mediaType: types[kind],
  bytes: BYTES,
});
const third = (id: string, task: Task): Partial<Model> => ({ id, task, hosting: 'third-party', requestFormats: [] });
const hosted = (id: string, task: Task): Partial<Model> => ({ id, task, requestFormats: [] });
const text = { type: 'string' };
const schema = (properties: object, required: readonly string[] = []): ModelSchema => ({
  input: { type: 'object', properties, required },
  output: {},
});

/** What arrives at the API. */
async function arrived(model: Partial<Model>, more: Partial<GatewayRequest> = {}) {
  const request = requestTo(model, more);
  const { raw, warnings } = buildRequest(request);
  const init = sendable(raw, 'token', request.media);
  const body = init.body instanceof FormData ? init.body : await new Response(init.body ?? null).text();
  return {
    raw,
    warnings,
    init,
    body,
    json: typeof body === 'string' && body.startsWith('{') ? (JSON.parse(body) as unknown) : undefined,
  };
}

const uri = (kind: MediaKind): string => `data:${types[kind]};base64,${BASE64}`;

describe('media arrive', () => {
  it.each<[string, Partial<Model>, readonly RequestMedia[], unknown]>([
    ['as a data URI', third('acme/edit', 'image-to-image'), [medium('image')], { image: uri('image') }],
    [
      'as base64',
      hosted('@cf/openai/whisper-large-v3-turbo', 'speech-recognition'),
      [medium('audio')],
      { audio: BASE64 },
    ],
    ['as numbers', hosted('@cf/microsoft/resnet-50', 'image-classification'), [medium('image')], { image: [...BYTES] }],
    [
      'in an object',
      third('xai/grok-imagine-image', 'text-to-image'),
      [medium('image')],
      { image: { url: uri('image') } },
    ],
    [
      'in a list',
      third('google/nano-banana', 'text-to-image'),
      [medium('image'), medium('image')],
      { image_input: [uri('image'), uri('image')] },
    ],
    [
      'by their roles',
      third('vidu/q3-pro', 'text-to-video'),
      [medium('image', 'end-frame'), medium('image')],
      { start_image: uri('image'), end_image: uri('image') },
    ],
    [
      'with a mask',
      hosted('@cf/lykon/dreamshaper-8-lcm', 'text-to-image'),
      [medium('image'), medium('image', 'mask')],
      { image_b64: BASE64, mask: [...BYTES] },
    ],
    [
      'as person and garments',
      third('pruna/p-image-try-on', 'image-to-image'),
      [medium('image'), medium('image'), medium('image')],
      { person_image: uri('image'), garment_images: [uri('image'), uri('image')] },
    ],
    [
      'as audio for a transcript',
      third('assemblyai/universal-3-pro', 'speech-recognition'),
      [medium('audio')],
      { audio_url: uri('audio') },
    ],
  ])('%s', async (_how, model, media, expected) => {
    const { json, warnings } = await arrived(model, { media });
    expect(warnings).toEqual([]);
    expect(model.hosting === 'third-party' ? (json as { input: unknown }).input : json).toMatchObject(
      expected as object,
    );
  });

  it('as parts of a form', async () => {
    const media = [medium('image', 'input', 'cat "1".png'), medium('image')];
    const { body, raw, init } = await arrived(hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image'), { media });
    const form = body as FormData;
    expect([...form.keys()]).toEqual(['prompt', 'input_image_0', 'input_image_1']);
    const file = form.get('input_image_0') as File;
    expect([file.name, file.type, new Uint8Array(await file.arrayBuffer())]).toEqual([
      'cat "1".png',
      'image/png',
      BYTES,
    ]);
    expect(init.headers).not.toHaveProperty('content-type');
    expect(isPlaceholder(raw.body['input_image_0'])).toBe(true);
  });

  it('as the body itself, with the parameters in the address', async () => {
    const extra = { diarize: true, language: 'de & at', keywords: ['a', 'b'], more: { a: 1 }, nothing: null };
    const { raw, init, warnings } = await arrived(hosted('@cf/deepgram/nova-3', 'speech-recognition'), {
      media: [medium('audio')],
      parameters: { extra },
    });
    expect(raw.url).toMatch(
      /\/ai\/run\/@cf\/deepgram\/nova-3\?diarize=true&language=de\+%26\+at&keywords=a&keywords=b&more=%7B%22a%22%3A1%7D$/,
    );
    expect(init.headers).toMatchObject({ 'content-type': 'audio/mpeg' });
    expect(init.body).toEqual(BYTES);
    expect(isPlaceholder(raw.body)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('as parts of a chat, in the words of each format', async () => {
    const messages = [{ role: 'user', content: 'What is this?' }] as const;
    const media = [medium('image'), medium('file'), medium('audio'), medium('video')];
    const chat = await arrived({}, { media, messages });
    expect((chat.json as { messages: unknown[] }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: uri('image') } },
          { type: 'file', file: { filename: 'a.file', file_data: uri('file') } },
          { type: 'input_audio', input_audio: { data: BASE64, format: 'mp3' } },
          { type: 'video_url', video_url: { url: uri('video') } },
        ],
      },
    ]);
    const anthropic = await arrived(
      { id: 'anthropic/c', hosting: 'third-party', requestFormats: [] },
      { media: media.slice(0, 2), messages },
    );
    expect((anthropic.json as { messages: { content: unknown }[] }).messages[0]?.content).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: BASE64 } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: BASE64 } },
      { type: 'text', text: 'What is this?' },
    ]);
    const responses = await arrived(
      { id: 'openai/r', hosting: 'third-party', requestFormats: ['responses'] },
      { media: media.slice(0, 2), messages },
    );
    expect((responses.json as { input: { content: unknown }[] }).input[0]?.content).toEqual([
      { type: 'input_text', text: 'What is this?' },
      { type: 'input_image', image_url: uri('image') },
      { type: 'input_file', filename: 'a.file', file_data: uri('file') },
    ]);
  });

  it('only with the last turn of the user, and without an empty text', async () => {
    const messages = [
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Yes' },
      { role: 'user', content: '  ' },
    ] as const;
    const { json } = await arrived({}, { media: [medium('image')], messages });
    expect((json as { messages: unknown[] }).messages).toEqual([
      messages[0],
      messages[1],
      { role: 'user', content: [{ type: 'image_url', image_url: { url: uri('image') } }] },
    ]);
  });

  it('beside the messages of an older vision model', async () => {
    const old = schema({ messages: { type: 'array', items: {} }, image: { type: 'array', items: { type: 'number' } } });
    const { json } = await arrived({ id: '@cf/meta/vision' }, { media: [medium('image')], schema: old });
    expect(json).toMatchObject({
      image: [...BYTES],
      messages: [{ role: 'system' }, { role: 'user', content: 'Hello' }],
    });
  });

  it('in content parts of a model that does not chat', async () => {
    const content = { type: 'array', items: { properties: { type: text, text, image_url: { type: 'object' } } } };
    const { json } = await arrived(third('minimax/h3-max', 'text-to-video'), {
      media: [medium('image')],
      schema: schema({ content, duration: { type: 'integer' } }, ['content']),
    });
    expect((json as { input: unknown }).input).toEqual({
      content: [
        { type: 'text', text: 'Hello' },
        { type: 'image_url', image_url: { url: uri('image') } },
      ],
    });
  });

  it('or are told to have no place', async () => {
    const { json, warnings } = await arrived(third('google/imagen-4', 'text-to-image'), { media: [medium('image')] });
    expect((json as { input: unknown }).input).toEqual({ prompt: 'Hello' });
    expect(warnings.map(({ message }) => message)).toEqual([
      'a.image has no place in a request to this model and was not sent.',
    ]);
  });
});

describe('texts arrive', () => {
  it.each<[string, Partial<Model>, Partial<GatewayRequest>, unknown]>([
    [
      'to be embedded',
      hosted('@cf/baai/bge-m3', 'embeddings'),
      { texts: ['Two', 'Three'] },
      { text: ['Hello', 'Two', 'Three'] },
    ],
    ['to be embedded alone', hosted('@cf/baai/bge-m3', 'embeddings'), {}, { text: ['Hello'] }],
    [
      'to be embedded without a prompt',
      hosted('@cf/baai/bge-m3', 'embeddings'),
      { messages: [{ role: 'user', content: ' ' }], texts: ['Two'] },
      { text: ['Two'] },
    ],
    [
      'to be ranked',
      hosted('@cf/baai/bge-reranker-base', 'reranking'),
      { texts: ['One', 'Two'], parameters: { extra: { top_k: 1 } } },
      { query: 'Hello', contexts: [{ text: 'One' }, { text: 'Two' }], top_k: 1 },
    ],
    ['to be summed up', hosted('@cf/x/bart', 'summarization'), {}, { input_text: 'Hello' }],
    [
      'to be translated',
      hosted('@cf/meta/m2m100-1.2b', 'translation'),
      { parameters: { extra: { target_lang: 'de' } } },
      { text: 'Hello', target_lang: 'de' },
    ],
    ['to be spoken', hosted('@cf/myshell-ai/melotts', 'text-to-speech'), {}, { prompt: 'Hello' }],
    [
      'as turns',
      hosted('@cf/new/guard', 'other'),
      { schema: schema({ messages: { type: 'array', items: {} } }) },
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    ],
    [
      'as the schema of a stranger says',
      hosted('@cf/new/model', 'other'),
      { schema: schema({ query: text }, ['query']) },
      { query: 'Hello' },
    ],
    [
      'nowhere, where there is no place',
      hosted('@cf/new/model', 'other'),
      { schema: schema({ level: { type: 'integer' } }) },
      {},
    ],
  ])('%s', async (_what, model, more, expected) => {
    expect((await arrived(model, more)).json).toEqual(expected);
  });

  it('that are blank are left out where a picture will do', async () => {
    const blank = [{ role: 'user', content: '' }] as const;
    const { json } = await arrived(third('acme/edit', 'image-to-image'), { media: [medium('image')], messages: blank });
    expect((json as { input: unknown }).input).toEqual({ image: uri('image') });
  });

  it('beside a parameter that is called as a prompt elsewhere', async () => {
    const style = schema({ text, prompt: text });
    const { json, warnings } = await arrived(third('google/tts', 'text-to-speech'), {
      schema: style,
      parameters: { extra: { prompt: 'Whisper', text: 'x' } },
    });
    expect((json as { input: unknown }).input).toEqual({ text: 'Hello', prompt: 'Whisper' });
    expect(warnings).toHaveLength(1);
  });
});

describe('the size of a picture', () => {
  const paint = async (properties: object, parameters: object, task: Task = 'text-to-image') => {
    const { json, warnings } = await arrived(third('acme/paint', task), {
      schema: schema({ prompt: text, ...properties }),
      parameters,
    });
    const { prompt: _, ...fields } = (json as { input: Record<string, unknown> }).input;
    return [fields, warnings.map(({ message }) => message.split(' ')[0])];
  };
  const size = { width: 1024, height: 1536 };

  it.each([
    [{ width: { type: 'integer' }, height: { type: 'integer' } }, size, size],
    [{ size: { enum: ['auto', '1024x1536'] } }, size, { size: '1024x1536' }],
    [{ size: text }, size, { size: '1024x1536' }],
    [{ image_size: { enum: ['1024*1536'] } }, size, { image_size: '1024*1536' }],
    [{ aspect_ratio: { enum: ['1:1', '2:3', '3:4'] } }, size, { aspect_ratio: '2:3' }],
    [{ aspect_ratio: text }, { width: 1600, height: 900 }, { aspect_ratio: '16:9' }],
    [{ ratio: { enum: ['1280:720'] } }, { width: 1280, height: 720 }, { ratio: '1280:720' }],
    [
      { seed: { type: 'integer' }, num_inference_steps: { type: 'integer' } },
      { seed: 1, steps: 2 },
      { seed: 1, num_inference_steps: 2 },
    ],
  ])('%j with %j is asked for as %j', async (properties, parameters, expected) => {
    expect(await paint(properties, parameters)).toEqual([expected, []]);
    expect(await paint(properties, parameters, 'image-to-image')).toEqual([expected, []]);
  });

  it('that is not offered is not passed off as another', async () => {
    expect(await paint({ size: { enum: ['1024x1024'] } }, size)).toEqual([{}, ['width', 'height']]);
    expect(await paint({ aspect_ratio: { enum: ['1:1'] } }, size)).toEqual([{}, ['width', 'height']]);
    expect(await paint({}, { ...size, seed: 1 })).toEqual([{}, ['width', 'height', 'seed']]);
  });
});

describe('a request', () => {
  it('never holds the bytes, and survives JSON', () => {
    const kinds = fc.constantFrom<MediaKind>('image', 'audio', 'video', 'file');
    const models = fc.constantFrom<Partial<Model>>(
      {},
      { id: 'anthropic/c', hosting: 'third-party', requestFormats: [] },
      third('google/nano-banana', 'text-to-image'),
      third('acme/edit', 'image-to-image'),
      hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image'),
      hosted('@cf/deepgram/nova-3', 'speech-recognition'),
      hosted('@cf/microsoft/resnet-50', 'image-classification'),
    );
    const media = fc.array(
      fc.record({
        kind: kinds,
        role: fc.constantFrom<AttachmentRole>('input', 'mask', 'end-frame'),
        name: fc.string(),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(models, media, (model, given) => {
        const attached = given.map((one) => ({
          ...medium(one.kind, one.role, one.name),
          bytes: new Uint8Array(100_000).fill(7),
        }));
        const { raw } = buildRequest(requestTo(model, { media: attached }));
        const stored = JSON.stringify(raw);
        expect(stored.length).toBeLessThan(6000);
        expect(JSON.parse(stored)).toEqual(raw);
        expect(sendable(raw, 't', attached).body).toBeDefined();
      }),
    );
  });

  it('is not misled by a parameter that looks like a medium', async () => {
    for (const fake of [5, null, {}, { index: 7, encoding: 'base64' }, { index: '0' }, { index: -1 }]) {
      const extra = { thing: { $media: fake } };
      const { json } = await arrived(third('acme/edit', 'image-to-image'), {
        media: [medium('image')],
        parameters: { extra },
      });
      expect((json as { input: unknown }).input).toMatchObject({ thing: { $media: fake }, image: uri('image') });
    }
  });

  it('says the same with media as without, whatever else is in it', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(value, (extra) => {
        const body = { ...extra, medium: { $media: { index: 0, encoding: 'base64' } }, none: undefined };
        const raw = { method: 'POST', url: '', headers: {}, body } as const;
        const sent = new TextDecoder().decode(sendable(raw, 't', [medium('image')]).body as Uint8Array);
        expect(sent).toBe(JSON.stringify({ ...extra, medium: BASE64 }));
      }),
    );
  });

  it('is sent with its media again on a retry', async () => {
    const host = new FakeHost([
      () => new Response('{}', { status: 500 }),
      () => new Response('{"success":true,"result":[]}'),
    ]);
    const watched = start(host, requestTo(hosted('@cf/x/detr', 'object-detection'), { media: [medium('image')] }));
    await host.clock.advance(5);
    await watched.done;
    expect(watched.last?.type).toBe('finished');
    expect(host.sent.map(({ init }) => new TextDecoder().decode(init.body as Uint8Array))).toEqual(
      Array(2).fill(`{"image":[${[...BYTES].join()}]}`),
    );
  });
});

describe('encoding', () => {
  it('is right for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(Buffer.from(base64Bytes(bytes)).toString()).toBe(Buffer.from(bytes).toString('base64'));
        expect(JSON.parse(Buffer.from(numberBytes(bytes)).toString())).toEqual([...bytes]);
      }),
    );
  });

  it('takes well under a second for 20 MB', () => {
    const bytes = new Uint8Array(20 * 1024 * 1024).fill(200);
    // The best of some: the machine may do other things meanwhile.
    const times = [base64Bytes, numberBytes].map((encode) =>
      Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          encode(bytes);
          return performance.now() - started;
        }),
      ),
    );
    // About 60 and 120 on a quiet machine; what grows with the square takes minutes.
    expect(Math.max(...times)).toBeLessThan(5000);
  });

  it('is done for all that start together before the first is sent: nobody waits for another', async () => {
    const host = new FakeHost([() => Response.json({ success: true, result: { text: 'Hello' } })]);
    const happened: string[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      happened.push('sent');
      return host.ports.fetch(url, init);
    };
    const watched = [1, 2, 3].map(() => {
      const media = { ...medium('image') };
      Object.defineProperty(media, 'bytes', { get: () => (happened.push('read'), BYTES) });
      const request = requestTo(third('acme/edit', 'image-to-text'), { media: [media] });
      return new Watched(run(request, { ...host.ports, fetch }));
    });
    await Promise.all(watched.map(({ done }) => done));
    expect(happened.join(' ')).toMatch(/^(?:read )+sent sent sent$/);
    expect(watched.map(({ last }) => last?.type)).toEqual(['finished', 'finished', 'finished']);
  });

  it('sends nothing of a run that is stopped at once', async () => {
    const host = new FakeHost([]);
    const watched = start(host);
    host.abort.abort();
    await watched.done;
    expect(host.sent).toEqual([]);
    expect(watched.error?.reason).toBe('aborted');
  });
});
