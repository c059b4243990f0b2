/**
 * What models can be given, by schema and by family.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignMedia } from '../../../../src/core/catalog/assign-media';
import { inputsOf, slotFields, type ModelInputs } from '../../../../src/core/catalog/inputs';
import { kindByName, roleOf } from '../../../../src/core/catalog/media-place';
import type { Model, Task } from '../../../../src/core/catalog/model';
import type { ModelSchema } from '../../../../src/core/catalog/schema';
import { taskTitles } from '../../../../src/core/catalog/tasks';

const model = (id: string, task: Task, more: Partial<Model> = {}): Model => ({
  id,
  provider: id.split('/')[0] ?? '',
  name: id,
  task,
  hosting: id.startsWith('@cf/') ? 'hosted' : 'third-party',
  capabilities: [],
  requestFormats: [],
  pricing: [],
  ...more,
});
const schema = (properties: object, required: readonly string[] = [], more: object = {}): ModelSchema => ({
  input: { type: 'object', properties, required, ...more },
  output: {},
});
const text = { type: 'string' };
const numbers = { type: 'array', items: { type: 'number' } };
const list = (items: object, more: object = {}): object => ({ type: 'array', items, ...more });

/** A place in few words. */
const told = ({ media }: ModelInputs): string[] =>
  media.map(({ field, kind, role, encoding, isList, inObject, least, most }) =>
    [
      field,
      kind,
      role,
      encoding,
      ...(isList ? ['list'] : []),
      ...(inObject ? [`{${inObject}}`] : []),
      `${least}-${most}`,
    ].join(' '),
  );
const edit = model('acme/edit', 'image-to-image');
const hosted = model('@cf/acme/edit', 'image-to-image');

describe('media of a schema', () => {
  it.each([
    ['text of a third party', edit, { image: text }, ['image'], ['image image input data-uri 1-1']],
    ['text of a hosted model', hosted, { image: text }, ['image'], ['image image input base64 1-1']],
    ['numbers', hosted, { image: numbers }, ['image'], ['image image input numbers 1-1']],
    ['either', hosted, { image: { oneOf: [numbers, text] } }, ['image'], ['image image input base64 1-1']],
    [
      'a "binary string" of which no one says what it is',
      hosted,
      { image: { oneOf: [numbers, { ...text, format: 'binary' }] } },
      ['image'],
      ['image image input numbers 1-1'],
    ],
    ['an address of a hosted model', hosted, { image_url: text }, [], ['image_url image input data-uri 1-1']],
    ['base64 of a third party', edit, { image_base64: text }, [], ['image_base64 image input base64 1-1']],
    ['two spellings', hosted, { image: numbers, image_b64: text }, [], ['image_b64 image input base64 1-1']],
    [
      'a data URI by its pattern',
      hosted,
      { image: { ...text, pattern: '^data:' } },
      [],
      ['image image input data-uri 1-1'],
    ],
    [
      'a list with limits',
      edit,
      { images: list(text, { minItems: 2, maxItems: 4 }) },
      ['images'],
      ['images image input data-uri list 2-4'],
    ],
    ['one or many', edit, { images: { anyOf: [text, list(text)] } }, [], ['images image input data-uri list 1-20']],
    [
      'an object',
      edit,
      { image: { type: 'object', properties: { url: text } } },
      [],
      ['image image input data-uri {url} 1-1'],
    ],
    [
      'a list of objects',
      edit,
      { images: list({ type: 'object', properties: { image_url: text } }) },
      [],
      ['images image input data-uri list {image_url} 1-20'],
    ],
    [
      'a mask and an end frame',
      edit,
      { mask_image: text, last_frame_image: text, image: text },
      ['image'],
      [
        'image image input data-uri 1-1',
        'mask_image image mask data-uri 0-1',
        'last_frame_image image end-frame data-uri 0-1',
      ],
    ],
    [
      'a person and garments, the person first whatever the order',
      edit,
      { garment_images: list(text, { maxItems: 4 }), person_image: text },
      ['garment_images', 'person_image'],
      ['person_image image input data-uri 1-1', 'garment_images image input data-uri list 1-4'],
    ],
    [
      'a reference',
      edit,
      { $ref: 'x', image: { $ref: '#/$defs/Picture' } },
      ['image'],
      ['image image input data-uri 1-1'],
    ],
  ])('%s', (_what, of, properties, required, expected) => {
    const inputs = inputsOf(of, schema(properties, required, { $defs: { Picture: text } }));
    expect(told(inputs).toSorted()).toEqual([...expected].toSorted());
    expect(inputs.media.every(({ confirmed }) => confirmed)).toBe(true);
    if (expected.length === 2) expect(told(inputs)).toEqual(expected);
  });

  it('is no setting and no choice', () => {
    const given = {
      image_size: text,
      output_format: text,
      image_format: { enum: ['png'] },
      audio: { type: 'boolean' },
      image_count: { type: 'integer' },
      file_id: text,
      output_image: text,
    };
    expect(told(inputsOf(model('a/b', 'text-to-image'), schema({ prompt: text, ...given })))).toEqual([]);
  });

  it('of speech recognition is the body itself where the schema says so', () => {
    const asr = model('@cf/acme/asr', 'speech-recognition');
    const stream = { type: 'object', properties: { body: {}, contentType: text } };
    const asBody = inputsOf(asr, schema({ audio: stream, diarize: { type: 'boolean' } }, ['audio']));
    expect([asBody.body, told(asBody)]).toEqual(['bytes', ['audio audio input bytes 1-1']]);
    const binary = {
      input: { oneOf: [{ ...text, format: 'binary' }, schema({ audio: numbers }, ['audio']).input] },
      output: {},
    };
    expect(inputsOf(asr, binary).body).toBe('bytes');
    // Base64 is said too, and other fields with it.
    const either = inputsOf(asr, schema({ audio: { anyOf: [text, stream] }, prefix: text }, ['audio']));
    expect([either.body, told(either)]).toEqual(['json', ['audio audio input base64 1-1']]);
    expect(told(inputsOf(model('openai/x', 'speech-recognition'), schema({ file: text }, ['file'])))).toEqual([
      'file audio input data-uri 1-1',
    ]);
  });

  it('is not the body beside a prompt', () => {
    const ask = { oneOf: [{ ...text, format: 'binary' }, schema({ image: numbers, prompt: text }, ['image']).input] };
    expect(inputsOf(model('@cf/acme/llava', 'image-to-text'), { input: ask, output: {} }).body).toBe('json');
  });

  it('is needed where the task is about it, even if the schema requires nothing', () => {
    const anyOf = { anyOf: [{ required: ['image'] }, { required: ['video'] }] };
    expect(told(inputsOf(model('a/b', 'image-to-video'), schema({ prompt: text, image: text }, [], anyOf)))).toEqual([
      'image image input data-uri 1-1',
    ]);
  });

  it('fills the places in order', () => {
    const { media } = inputsOf(edit, schema({ garment_images: list(text), person_image: text }, ['person_image']));
    const attachments = Array.from({ length: 3 }, () => ({ kind: 'image', role: 'input' }) as const);
    expect(assignMedia(media, attachments).placed.map(({ slot, indices }) => [slot.field, indices])).toEqual([
      ['person_image', [0]],
      ['garment_images', [1, 2]],
    ]);
  });
});

describe('texts of a schema', () => {
  const promptOf = (task: Task, properties: object, required: readonly string[] = []) =>
    inputsOf(model('acme/x', task), schema(properties, required)).prompt;

  it.each([
    ['text-to-image', { prompt: text, text }, 'prompt'],
    ['text-to-speech', { prompt: text, text }, 'text'],
    ['image-to-image', { instruction: text }, 'instruction'],
    ['summarization', { input_text: text, prompt: text }, 'input_text'],
    ['reranking', { query: text, contexts: list({ type: 'object', properties: { text } }) }, 'query'],
    ['translation', { text, source_lang: text }, 'text'],
    ['embeddings', { queries: text, documents: text, instruction: text, text }, 'text'],
    ['other', { input: text }, 'input'],
    ['other', { whatever: text }, undefined],
    ['speech-recognition', { file: text, prompt: text }, undefined],
  ] as const)('the prompt of %s with %j is %s', (task, properties, field) => {
    expect(promptOf(task, properties)?.field).toBe(field);
  });

  it('are wrapped as the schema says', () => {
    const parts = list({ type: 'object', properties: { type: text, text } });
    expect(promptOf('text-to-video', { content: parts }, ['content'])).toMatchObject({
      field: 'content',
      shape: 'parts',
    });
    expect(promptOf('other', { messages: list({ type: 'object' }) })).toMatchObject({ shape: 'messages' });
    expect(promptOf('other', { contents: list({ type: 'object' }) })).toMatchObject({ shape: 'contents' });
    expect(promptOf('other', { content: text })).toEqual({ field: 'content', required: false });
  });

  it('tell lengths and what is required', () => {
    expect(promptOf('text-to-speech', { text: { ...text, maxLength: 2000 } })).toEqual({
      field: 'text',
      required: true,
      maxLength: 2000,
    });
    // A picture may do instead.
    expect(promptOf('text-to-video', { prompt: text, start_image: text })?.required).toBe(false);
  });

  it('come in lists where the model takes them', () => {
    const either = { oneOf: [text, list(text)] };
    expect(inputsOf(model('@cf/a/b', 'embeddings'), schema({ text: either })).texts).toMatchObject({
      field: 'text',
      as: 'strings',
    });
    expect(inputsOf(model('@cf/a/b', 'embeddings'), schema({ text })).texts).toBeUndefined();
    const ranked = schema({ query: text, documents: list(text) }, ['query', 'documents']);
    expect(inputsOf(model('a/b', 'reranking'), ranked).texts).toMatchObject({ field: 'documents', as: 'strings' });
  });
});

describe('a chat', () => {
  const chat = (more: Partial<Model>) => inputsOf(model('acme/chat', 'text-generation', more));

  it('takes what its format has parts for, confirmed by the catalog alone', () => {
    const seeing = chat({ capabilities: ['vision'], requestFormats: ['chat-completions'] });
    expect(seeing.prompt).toEqual({ field: 'messages', required: true });
    expect(seeing.media.map(({ kind, confirmed }) => [kind, confirmed])).toEqual([
      ['image', true],
      ['file', false],
      ['audio', false],
      ['video', false],
    ]);
    expect(told(chat({ requestFormats: ['anthropic-messages'] }))).toEqual([
      'messages image input base64 list 0-20',
      'messages file input base64 list 0-20',
    ]);
    expect(chat({ requestFormats: ['responses'] }).prompt?.field).toBe('input');
  });

  it('of an older hosted model takes one image beside the messages', () => {
    const old = model('@cf/meta/vision', 'text-generation', { capabilities: ['vision'] });
    const parts = list({ type: 'object', properties: { role: text, content: text } });
    expect(told(inputsOf(old, schema({ messages: parts, image: numbers })))[0]).toBe('image image input numbers 0-1');
    const newer = list({
      type: 'object',
      properties: { content: list({ type: 'object', properties: { image_url: {} } }) },
    });
    expect(told(inputsOf(old, schema({ messages: newer, image: numbers })))[0]).toMatch(/^messages image/);
  });
});

describe('without a schema', () => {
  it.each([
    ['@cf/black-forest-labs/flux-2-dev', 'text-to-image', 'prompt', 'input_image_0 image input bytes 0-1'],
    ['openai/gpt-image-2', 'text-to-image', 'prompt', 'images image input data-uri list 0-16'],
    ['xai/grok-imagine-image', 'text-to-image', 'prompt', 'image image input data-uri {url} 0-1'],
    ['vidu/q3-pro', 'text-to-video', 'prompt', 'start_image image input data-uri 0-1'],
    ['minimax/h3-max', 'text-to-video', 'content', undefined],
    ['alibaba/wan-2.7-i2v', 'image-to-video', 'prompt', 'image image input data-uri 1-1'],
    ['@cf/openai/whisper', 'speech-recognition', undefined, 'audio audio input bytes 1-1'],
    ['@cf/openai/whisper-large-v3-turbo', 'speech-recognition', undefined, 'audio audio input base64 1-1'],
    ['assemblyai/universal-3-pro', 'speech-recognition', undefined, 'audio_url audio input data-uri 1-1'],
    ['@cf/microsoft/resnet-50', 'image-classification', undefined, 'image image input numbers 1-1'],
    ['@cf/myshell-ai/melotts', 'text-to-speech', 'prompt', undefined],
    ['inworld/tts-2', 'text-to-speech', 'text', undefined],
  ] as const)('%s is asked as its family is', (id, task, prompt, first) => {
    const inputs = inputsOf(model(id, task));
    expect([inputs.prompt?.field, told(inputs)[0]]).toEqual([prompt, first]);
  });

  it('a guess is not confirmed, unless the task is about it', () => {
    expect(inputsOf(model('new/painter', 'text-to-image')).media).toMatchObject([{ field: 'image', confirmed: false }]);
    expect(inputsOf(model('new/video', 'video-to-video')).media).toMatchObject([{ field: 'video', confirmed: true }]);
  });
});

describe('names', () => {
  it.each([
    ['startImage', 'image', 'input'],
    ['image_tail', 'image', 'end-frame'],
    ['driving_audio_url', 'audio', 'input'],
    ['video_mask', 'image', 'mask'],
    ['input_image_12', 'image', 'input'],
    ['reference_video', 'video', 'input'],
    ['audio_file', 'audio', 'input'],
    ['image_b64', 'image', 'input'],
  ] as const)('%s is %s for %s', (name, kind, role) => {
    expect([kindByName(name), roleOf(name)]).toEqual([kind, role]);
  });
});

describe('whatever the schema holds', () => {
  const keyword = fc.constantFrom(
    ...['type', 'enum', 'const', 'properties', 'items', 'required', 'oneOf', 'anyOf', 'allOf', '$ref', '$defs'],
    ...['format', 'pattern', 'description', 'minItems', 'maxItems', 'maxLength', 'contentEncoding'],
    ...['image', 'images', 'mask_image', 'audio', 'video_url', 'file', 'prompt', 'text', 'content', 'messages'],
    ...['input', 'query', 'contexts', 'url', 'body', 'contentType', 'multipart', '__proto__', 'constructor', ''],
  );
  const leaf = fc.oneof(
    fc.constantFrom(
      'string',
      'number',
      'array',
      'object',
      'boolean',
      'binary',
      '#',
      '#/properties/image',
      '^data:',
      null,
    ),
    fc.double(),
    fc.string(),
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      fc
        .array(fc.tuple(keyword, tie('node')), { maxLength: 6 })
        .map((entries) => Object.fromEntries(entries) as unknown),
    ),
  }));
  const anyModel = fc
    .tuple(fc.constantFrom(...(Object.keys(taskTitles) as Task[])), fc.constantFrom('@cf/a/b', 'a/b', 'anthropic/c'))
    .map(([task, id]) => model(id, task));

  it('the inputs are ones that can be filled', () => {
    fc.assert(
      fc.property(anyModel, fc.dictionary(keyword, node), node, (of, properties, more) => {
        const input = { ...(typeof more === 'object' ? more : {}), properties };
        const inputs = inputsOf(of, { input, output: {} });
        for (const { field, least, most, kind, role, encoding } of inputs.media) {
          expect(field).not.toBe('');
          expect(least).toBeGreaterThanOrEqual(0);
          expect(most).toBeGreaterThanOrEqual(Math.max(1, least));
          expect(['image', 'audio', 'video', 'file']).toContain(kind);
          expect(['input', 'mask', 'end-frame']).toContain(role);
          expect(encoding === 'bytes').toBe(inputs.body !== 'json');
        }
        if (inputs.body === 'bytes') expect(inputs.media).toHaveLength(1);
        expect(slotFields(inputs).size).toBeGreaterThanOrEqual(inputs.prompt ? 1 : 0);
        expect(inputsOf(of, { input: more, output: {} })).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it('it ends, and soon: deep, wide and circular', () => {
    let deep: unknown = text;
    for (let level = 0; level < 50_000; level += 1) deep = { anyOf: [deep, numbers] };
    const circle = { $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { items: { $ref: '#/$defs/a' } }] } } };
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`image_${at}`, list(text)]));
    const started = performance.now();
    expect(inputsOf(edit, schema({ image: deep }))).toBeDefined();
    expect(inputsOf(edit, schema({ image: { $ref: '#/$defs/a' } }, [], circle))).toBeDefined();
    expect(inputsOf(edit, schema(wide)).media.length).toBeLessThan(100);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
