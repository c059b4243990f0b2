import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf, isClosed } from '../../../../src/core/catalog/form';
import { problemWith } from '../../../../src/core/catalog/form-check';
import type { FormField } from '../../../../src/core/catalog/form-field';
import type { Model, Task } from '../../../../src/core/catalog/model';
import type { JsonValue } from '../../../../src/core/catalog/schema';
import { taskTitles } from '../../../../src/core/catalog/tasks';

const chat: Model = {
  id: '@cf/zai-org/glm',
  provider: 'zai-org',
  name: 'GLM',
  task: 'text-generation',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: ['chat-completions'],
  pricing: [],
};
const speech: Model = {
  ...chat,
  id: 'inworld/tts-2',
  task: 'text-to-speech',
  hosting: 'third-party',
  requestFormats: [],
};

const form = (properties: object, more: object = {}, model = speech): readonly FormField[] =>
  formOf(model, { input: { type: 'object', properties, ...more }, output: {} });
const field = (schema: unknown, more: object = {}, model = speech): FormField | undefined =>
  form({ thing: schema }, more, model).find(({ wireName }) => wireName === 'thing');
const names = (fields: readonly FormField[]): string[] => fields.map(({ name }) => name);

describe('one field', () => {
  it.each([
    [
      { type: 'number', minimum: 0, maximum: 1 },
      { kind: 'number', min: 0, max: 1 },
    ],
    [
      { type: 'integer', minimum: 1 },
      { kind: 'integer', min: 1, step: 1 },
    ],
    [{ type: ['integer', 'null'] }, { kind: 'integer' }],
    [{ type: ['null', 'string'] }, { kind: 'text' }],
    [
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 2 },
      { kind: 'number', exclusiveMin: 0, exclusiveMax: 2 },
    ],
    [
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { kind: 'number', exclusiveMin: 0, max: 2 },
    ],
    [
      { type: 'integer', multipleOf: 8 },
      { kind: 'integer', multipleOf: 8, step: 8 },
    ],
    [{ minimum: 3 }, { kind: 'number', min: 3 }],
    [
      { type: 'string', maxLength: 20 },
      { kind: 'text', maxLength: 20 },
    ],
    [
      { type: 'string', maxLength: 2000 },
      { kind: 'multiline', maxLength: 2000 },
    ],
    [{ type: 'boolean' }, { kind: 'boolean' }],
    [
      { type: 'string', enum: ['mp3', 'wav'] },
      { kind: 'choice', choices: ['mp3', 'wav'] },
    ],
    [{ enum: [1, 2, null, 'auto', true] }, { kind: 'choice', choices: [1, 2, 'auto', true] }],
    [{ const: 'v2' }, { kind: 'choice', choices: ['v2'] }],
    [{ type: 'array', items: { type: 'string' } }, { kind: 'list' }],
    [{ type: 'array', items: { type: 'object' } }, { kind: 'json' }],
    [{ type: 'object', properties: { a: {} } }, { kind: 'json' }],
    [{}, { kind: 'json' }],
    [true, { kind: 'json' }],
    [{ default: 'x' }, { kind: 'text', default: 'x' }],
    [{ anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }, { kind: 'integer', min: 1 }],
    [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, { kind: 'list' }],
    [{ oneOf: [{ const: 'a' }, { const: 'b' }] }, { kind: 'choice', choices: ['a', 'b'] }],
    [
      {
        anyOf: [
          { type: 'integer', minimum: 4 },
          { type: 'number', maximum: 9 },
        ],
      },
      { kind: 'number' },
    ],
    [
      {
        anyOf: [
          { type: 'integer', minimum: 4 },
          { type: 'integer', minimum: 2 },
        ],
      },
      { kind: 'integer', min: 2 },
    ],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, { kind: 'text' }],
    [{ anyOf: [{ type: 'string' }, { type: 'object' }] }, { kind: 'json' }],
    [{ anyOf: [{ minimum: 2 }, { maximum: 1 }], type: 'integer' }, { kind: 'integer' }],
    [{ allOf: [{ type: 'number' }, { maximum: 4 }] }, { kind: 'number', max: 4 }],
    [{ type: 'string', format: 'uri', 'x-order': 3, nullable: true, $comment: 'x' }, { kind: 'text' }],
    [{ type: 'number', minimum: 9, maximum: 1 }, { kind: 'number' }],
    [{ type: 'number', minimum: '1', maximum: null, multipleOf: -1 }, { kind: 'number' }],
    [{ type: 'strange' }, { kind: 'json' }],
  ])('from %j is %j', (schema, expected) => {
    const { name, wireName, extra, label, required, ...rest } = field(schema) ?? ({} as FormField);
    expect({ name, wireName, extra, label, required }).toEqual({
      name: 'thing',
      wireName: 'thing',
      extra: true,
      label: 'Thing',
      required: false,
    });
    expect(rest).toEqual(rest.kind === 'integer' ? { step: 1, ...expected } : expected);
  });

  it('keeps a default that the schema itself accepts, and no other', () => {
    expect(field({ type: 'integer', default: 5, maximum: 9 })?.default).toBe(5);
    for (const wrong of [11, 1.5, '5', null, {}, []]) {
      expect(field({ type: 'integer', default: wrong, maximum: 9 })).not.toHaveProperty('default');
    }
    expect(field({ enum: ['a'], default: 'b' })).not.toHaveProperty('default');
    expect(field({ type: 'boolean', default: false })?.default).toBe(false);
  });

  it('is described in the words of the schema, on one line and not endlessly', () => {
    const described = field({ type: 'string', title: ' Voice\nname ', description: `a\t${'b'.repeat(9000)}` });
    expect(described?.label).toBe('Voice name');
    expect(described?.description).toMatch(/^a b+…$/);
    expect(described?.description?.length).toBeLessThanOrEqual(500);
    expect(field({ title: 7, description: ['x'] })).toMatchObject({ label: 'Thing' });
    expect(names(form({ maxVoice_Count: { type: 'integer' } }))).toEqual(['maxVoice_Count']);
    expect(form({ maxVoice_Count: { type: 'integer' } })[0]?.label).toBe('Max voice count');
  });

  it('follows references within the schema, also into circles', () => {
    const definitions = {
      definitions: { Voice: { enum: ['a', 'b'], title: 'Voice' }, 'odd/name~': { type: 'boolean' } },
      $defs: { Loop: { $ref: '#/$defs/Loop' }, Tree: { anyOf: [{ $ref: '#/$defs/Tree' }, { $ref: '#/$defs/Tree' }] } },
    };
    expect(field({ $ref: '#/definitions/Voice', description: 'Who speaks' }, definitions)).toMatchObject({
      kind: 'choice',
      choices: ['a', 'b'],
      label: 'Voice',
      description: 'Who speaks',
    });
    expect(field({ $ref: '#/definitions/odd~1name~0' }, definitions)?.kind).toBe('boolean');
    for (const $ref of [
      '#/$defs/Loop',
      '#/$defs/Tree',
      '#/nowhere',
      'https://example.com/x.json',
      '#/__proto__/x',
      '#',
    ]) {
      expect(field({ $ref }, definitions)?.kind).toBe('json');
    }
  });
});

describe('the whole form', () => {
  it('has what many models share first, then what is required, then the others by name', () => {
    const fields = form(
      {
        zeta: { type: 'string' },
        top_k: { type: 'integer' },
        needed: { type: 'string' },
        seed: { type: 'integer' },
        temperature: { type: 'number', minimum: 0, maximum: 5, default: 0.6, description: 'How bold.' },
      },
      { required: ['needed', 'gone', 3] },
      chat,
    );
    expect(names(fields)).toEqual(['temperature', 'seed', 'needed', 'top_k', 'zeta']);
    expect(fields[0]).toEqual({
      name: 'temperature',
      wireName: 'temperature',
      extra: false,
      label: 'Temperature',
      kind: 'number',
      required: false,
      min: 0,
      max: 5,
      step: 0.1,
      default: 0.6,
      description: 'How bold.',
    });
    const own = form({ apple: { type: 'string' }, needed: { type: 'string' } }, { required: ['needed'] }, speech);
    expect(own.map(({ name, required }) => [name, required])).toEqual([
      ['needed', true],
      ['apple', false],
    ]);
  });

  it('leaves out what the playground fills in itself', () => {
    const filledIn = [
      'prompt',
      'messages',
      'input',
      'contents',
      'stream',
      'stream_options',
      'model',
      'tools',
      'functions',
    ];
    const media = [
      'image',
      'images',
      'image_b64',
      'input_image_0',
      'audio',
      'audio_url',
      'video',
      'file',
      'mask',
      'first_frame_image',
      'person_image',
      'garment_images',
    ];
    const text = { type: 'string' };
    const given = Object.fromEntries([...filledIn, ...media, 'voice'].map((name) => [name, text]));
    expect(names(form(given))).toEqual(['voice']);
    // `audio: true` asks for a video with sound, and `image_size` is no image.
    expect(names(form({ audio: { type: 'boolean' }, image_size: text, prompt_strength: { type: 'number' } }))).toEqual([
      'audio',
      'image_size',
      'prompt_strength',
    ]);
    expect(form({ prompt: text })).toEqual([]);
  });

  it('has every field that neither prompt, texts nor media fill', () => {
    const text = { type: 'string' };
    // A model that speaks `text` may take a `prompt` that says how.
    expect(names(form({ text, prompt: text, instructions: text }))).toEqual(['instructions', 'prompt']);
    expect(names(form({ prompt: text, instructions: text }))).toEqual(['instructions']);
    const hear: Model = { ...speech, task: 'speech-recognition' };
    expect(names(form({ file: text, prompt: text, file_id: text }, {}, hear))).toEqual(['file_id', 'prompt']);
    // Two spellings of one picture, and another shape of the request, are no fields either.
    const search: Model = { ...speech, id: '@cf/baai/bge-m3', task: 'embeddings', hosting: 'hosted' };
    const contexts = { type: 'array', items: { type: 'object', properties: { text } } };
    expect(names(form({ text, query: text, contexts, truncate_inputs: { type: 'boolean' } }, {}, search))).toEqual([
      'truncate_inputs',
    ]);
  });

  it('shares the seed and steps of pictures, whoever paints them', () => {
    const painter: Model = { ...speech, id: 'bria/paint', task: 'text-to-image' };
    const whole = { type: 'integer' };
    expect(form({ prompt: {}, seed: whole, num_inference_steps: whole, width: whole }, {}, painter)).toMatchObject([
      { name: 'seed', extra: false },
      { name: 'width', extra: false },
      { name: 'num_inference_steps', extra: true },
    ]);
  });

  it('takes several request shapes together, and requires what all of them require', () => {
    const fields = formOf(speech, {
      input: {
        type: 'object',
        properties: { lora: { type: 'string' } },
        oneOf: [
          {
            title: 'Prompt',
            properties: { a: { type: 'string' }, both: { type: 'integer' } },
            required: ['a', 'both'],
          },
          { properties: { b: { type: 'boolean' }, both: { type: 'string' } }, required: ['b', 'both'] },
          { type: 'string', format: 'binary' },
        ],
        allOf: [{ properties: { c: { type: 'number' } }, required: ['c'] }],
      },
      output: {},
    });
    expect(fields.map(({ name, required }) => [name, required])).toEqual([
      ['both', true],
      ['c', true],
      ['a', false],
      ['b', false],
      ['lora', false],
    ]);
    expect(fields[0]?.kind).toBe('text');
  });

  it.each([
    [
      { type: 'integer', minimum: 1, maximum: 8 },
      { type: 'integer', minimum: 4, maximum: 50 },
      { min: 1, max: 50 },
    ],
    [{ type: 'integer', maximum: 8 }, { type: 'number' }, { kind: 'number', max: undefined }],
    [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }, { kind: 'choice', choices: ['a', 'b', 'c'] }],
    [{ enum: ['a'] }, { type: 'string' }, { kind: 'text', choices: undefined }],
    [{ type: 'string', maxLength: 5 }, { type: 'string', maxLength: 9 }, { maxLength: 9 }],
    [{ type: 'string', maxLength: 5 }, { type: 'string' }, { maxLength: undefined }],
    [{ type: 'integer', multipleOf: 8 }, { type: 'integer', multipleOf: 8 }, { multipleOf: 8 }],
    [{ type: 'integer', multipleOf: 8 }, { type: 'integer' }, { multipleOf: undefined }],
  ])('allows what either of two request shapes allows: %j and %j', (one, other, expected) => {
    const branches = [one, other].map((thing) => ({ properties: { thing } }));
    for (const input of [{ oneOf: branches }, { anyOf: branches.toReversed() }]) {
      const [found] = formOf(speech, { input, output: {} });
      const told = { ...found, choices: found?.choices?.toSorted() };
      expect(Object.fromEntries(Object.keys(expected).map((key) => [key, told[key as 'kind']]))).toEqual(expected);
    }
  });

  it('refuses none of more choices than it shows', () => {
    const voices = Array.from({ length: 600 }, (_, at) => `voice-${at}`);
    for (const schema of [
      { enum: voices },
      { oneOf: voices.map((voice) => ({ const: voice })) },
      { anyOf: [{ enum: voices.slice(0, 300) }, { enum: voices.slice(300) }] },
    ]) {
      const voice = field(schema);
      expect(voice).toMatchObject({ kind: 'text' });
      expect(problemWith(voice!, 'voice-599')).toBeUndefined();
    }
    const numbers = field({ enum: [...voices.keys()] });
    expect(problemWith(numbers!, 599)).toBeUndefined();
    expect(field({ enum: voices.slice(0, 500) })?.choices).toHaveLength(500);
  });

  it('has one output limit, with what is sent when none is set', () => {
    const fields = form(
      { max_tokens: { type: 'integer', default: 256, maximum: 9000 }, max_completion_tokens: { type: 'integer' } },
      { required: ['max_tokens'] },
      { ...chat, maxOutputTokens: 8000 },
    );
    expect(fields).toHaveLength(1);
    expect(fields[0]).toMatchObject({
      name: 'maxOutputTokens',
      wireName: 'max_tokens',
      min: 1,
      default: 1024,
      required: false,
      unit: 'tokens',
    });
  });

  it('refuses no output limit that is cut to what the model gives, but one above that of the schema', () => {
    const limit = (model: Partial<Model>, schema?: object): FormField | undefined =>
      (schema ? form({ max_tokens: schema }, {}, { ...chat, ...model }) : formOf({ ...chat, ...model })).find(
        ({ name }) => name === 'maxOutputTokens',
      );
    for (const schema of [undefined, { type: 'integer' }, { type: 'integer', maximum: 9000 }]) {
      const cut = limit({ maxOutputTokens: 8000 }, schema);
      expect(problemWith(cut!, 9_999_999)).toBeUndefined();
      expect(cut?.description).toContain('at most 8000');
    }
    expect(problemWith(limit({})!, 10_000_000)).toBeUndefined();
    const lower = limit({ maxOutputTokens: 8000 }, { type: 'integer', maximum: 700 });
    expect(problemWith(lower!, 701)).toBe('must be at most 700');
    expect(lower?.default).toBe(700);
  });

  it('keeps efforts that we have no word for as the model’s own', () => {
    const effort = (more: object, model = chat) => form(more, {}, model);
    const ours = { enum: ['low', 'medium', 'high', null] };
    expect(effort({ reasoning_effort: ours })).toMatchObject([
      { name: 'reasoningEffort', choices: ['low', 'medium', 'high'] },
    ]);
    expect(effort({ reasoning_effort: { enum: ['minimal', 'high'] } })).toMatchObject([
      { name: 'reasoning_effort', extra: true, choices: ['minimal', 'high'] },
    ]);
    const nested = { reasoning: { type: 'object', properties: { effort: ours, summary: { type: 'string' } } } };
    expect(effort(nested, { ...chat, requestFormats: ['responses'] })).toMatchObject([{ name: 'reasoningEffort' }]);
    // Messages has no place for it: then the object as a whole is the model's own.
    expect(effort(nested, { ...chat, requestFormats: ['anthropic-messages'] })).toMatchObject([
      { name: 'reasoning', extra: true, kind: 'json' },
    ]);
  });

  it('reads Gemini’s own settings as those of the format in which it is called', () => {
    const config = {
      type: 'object',
      properties: { temperature: { type: 'number', maximum: 2 }, topP: { type: 'number' }, responseMimeType: {} },
    };
    expect(
      form({ contents: {}, generationConfig: config }, {}, { ...chat, id: 'google/gemini', hosting: 'third-party' }),
    ).toMatchObject([{ name: 'temperature', max: 2 }, { name: 'topP' }]);
  });

  it('offers nothing that the request would not carry', () => {
    const seed = { type: 'integer' };
    // No wire of ours carries the seed of a speech model: it goes as it is.
    expect(form({ seed })).toMatchObject([{ name: 'seed', extra: true }]);
    const flux: Model = {
      ...chat,
      id: '@cf/black-forest-labs/flux-1-schnell',
      task: 'text-to-image',
      requestFormats: [],
    };
    for (const wireName of ['steps', 'num_steps']) {
      expect(form({ [wireName]: seed }, {}, flux)).toMatchObject([{ name: 'steps', wireName, extra: false }]);
    }
    const sdxl: Model = { ...flux, id: '@cf/stabilityai/sdxl' };
    expect(form({ steps: seed, num_steps: seed }, {}, sdxl)).toMatchObject([
      { name: 'steps', wireName: 'num_steps', extra: false },
    ]);
  });

  it('is that of the task without a schema, or with one that describes no object', () => {
    expect(names(formOf(chat))).toEqual([
      'temperature',
      'topP',
      'maxOutputTokens',
      'seed',
      'frequencyPenalty',
      'presencePenalty',
      'reasoningEffort',
      'stop',
    ]);
    expect(names(formOf({ ...chat, task: 'text-to-image' }))).toEqual(['width', 'height', 'steps', 'seed']);
    expect(
      formOf({ ...chat, capabilities: ['reasoning'] }).find(({ name }) => name === 'maxOutputTokens')?.default,
    ).toBe(4096);
    expect(names(formOf(speech))).toContain('voice_id');
    for (const input of [undefined, null, 7, [], '{}', {}, { type: 'array' }, { type: 'object', properties: [] }]) {
      expect(formOf(chat, { input, output: {} })).toEqual(formOf(chat));
    }
    expect(formOf(chat, { input: { properties: { prompt: {} } }, output: {} })).toEqual([]);
  });

  it.each(Object.keys(taskTitles) as Task[])('of %s without a schema makes sense', (task) => {
    for (const id of ['@cf/a/b', 'x/y', 'vidu/q3', 'minimax/music', '@cf/deepgram/nova-3']) {
      const fields = formOf({ ...chat, id, task });
      expect(new Set(names(fields)).size).toBe(fields.length);
      for (const { kind, choices } of fields) expect(kind === 'choice').toBe((choices?.length ?? 0) > 0);
    }
  });

  it('is that of the task where the schema says only that the input is sent as a form', () => {
    const flux: Model = { ...chat, id: '@cf/black-forest-labs/flux-2-dev', task: 'text-to-image', requestFormats: [] };
    const schema = {
      input: { type: 'object', properties: { multipart: { type: 'object' } }, additionalProperties: false },
      output: {},
    };
    expect(formOf(flux, schema)).toEqual(formOf(flux));
    expect(isClosed(flux, schema)).toBe(false);
  });

  it('without a schema refuses no size and no number of steps that can be sent', () => {
    for (const [name, ...allowed] of [
      ['width', 1, 63, 8192],
      ['height', 1, 8192],
      ['steps', 1, 1000],
    ] as const) {
      const one = formOf({ ...chat, task: 'text-to-image' }).find((field) => field.name === name);
      for (const value of allowed) expect(problemWith(one!, value)).toBeUndefined();
      expect(problemWith(one!, 0)).toBeDefined();
    }
  });

  it('takes ranges of a schema in another format for hints, but not those of hosted models or of its own', () => {
    const third = { ...chat, hosting: 'third-party' } as const;
    const config = { properties: { temperature: { type: 'number', maximum: 1, default: 3 } } };
    const gemini = form(
      { contents: {}, generationConfig: config, mode: { enum: ['a'] }, n: { maximum: 2 } },
      {},
      third,
    );
    for (const [name, value] of [
      ['temperature', 1.5],
      ['mode', 'b'],
      ['n', 3],
    ] as const) {
      const hint = gemini.find((field) => field.name === name);
      expect(problemWith(hint!, value)).toBeUndefined();
      expect(hint).not.toHaveProperty('default');
    }
    expect(gemini.find(({ name }) => name === 'temperature')).toMatchObject({ max: 1 });
    expect(problemWith(gemini[0]!, 'hot')).toBe('must be a number');

    const range = { type: 'number', maximum: 1 };
    const refused = (properties: object, model: Model): string[] =>
      form({ temperature: range, top_k: range, ...properties }, {}, model)
        .filter((field) => problemWith(field, 2) !== undefined)
        .map(({ name }) => name);
    const messages = { ...third, requestFormats: ['anthropic-messages'] } satisfies Model;
    expect(refused({ messages: {}, system: {} }, messages)).toEqual(['temperature', 'top_k']);
    // Of the same name in both formats.
    expect(refused({ messages: {}, system: {} }, third)).toEqual(['temperature']);
    expect(refused({ messages: {} }, third)).toEqual(['temperature', 'top_k']);
    expect(refused({ prompt: {} }, chat)).toEqual(['temperature', 'top_k']);
    const closed = { input: { properties: { contents: {} }, additionalProperties: false }, output: {} };
    expect([isClosed(third, closed), isClosed(chat, closed)]).toEqual([false, true]);
  });

  it('requires nothing of a model that is called in another format than its own', () => {
    const required = (model: Model) =>
      form({ voice: { type: 'string' }, top_p: { type: 'number' } }, { required: ['voice', 'top_p'] }, model)
        .filter((field) => field.required)
        .map(({ name }) => name);
    expect(required(speech)).toContain('voice');
    expect(required(chat)).toEqual([]);
  });

  it('tells whether the schema allows what it does not name', () => {
    const closed = { additionalProperties: false, properties: {} };
    expect(isClosed(speech, { input: closed, output: {} })).toBe(true);
    expect(isClosed(speech, { input: { allOf: [{}, closed] }, output: {} })).toBe(true);
    expect(isClosed(speech, { input: { oneOf: [{}, closed] }, output: {} })).toBe(false);
    expect(isClosed(speech, { input: { oneOf: [closed, closed] }, output: {} })).toBe(true);
    expect(isClosed(speech, { input: { additionalProperties: { type: 'string' } }, output: {} })).toBe(false);
    expect(isClosed(speech, undefined)).toBe(false);
  });
});

describe('whatever the schema holds', () => {
  const keyword = fc.constantFrom(
    ...['type', 'enum', 'const', 'properties', 'items', 'required', 'oneOf', 'anyOf', 'allOf', '$ref', 'default'],
    ...[
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'multipleOf',
      'maxLength',
      'title',
      'description',
      '$defs',
      '__proto__',
    ],
    ...['additionalProperties', 'temperature', 'stop', 'reasoning', 'generationConfig', 'constructor', 'toString', ''],
  );
  const leaf = fc.oneof(
    fc.constantFrom(
      'string',
      'number',
      'integer',
      'boolean',
      'array',
      'object',
      'null',
      '#',
      '#/$defs/a',
      '#/properties/stop',
    ),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.string(),
  );
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('schema'), { maxLength: 4 }),
      fc
        .array(fc.tuple(keyword, tie('schema')), { maxLength: 6 })
        .map(
          (entries) =>
            JSON.parse(
              `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value ?? null)}`).join()}}`,
            ) as unknown,
        ),
    ),
  }));
  const properties = fc.dictionary(fc.oneof(keyword, fc.string()), schema);

  it('the form is one that can be shown, checked and sent', () => {
    fc.assert(
      fc.property(properties, schema, fc.constantFrom(chat, speech), (given, more, model) => {
        const input = { ...(typeof more === 'object' ? more : {}), type: 'object', properties: given };
        const fields = formOf(model, { input, output: {} });
        expect(fields.length).toBeLessThanOrEqual(100);
        expect(new Set(fields.map(({ extra, name }) => `${extra} ${name}`)).size).toBe(fields.length);
        for (const one of fields) {
          expect(one.wireName).not.toMatch(/^(|__proto__)$/);
          expect(one.wireName.length).toBeLessThanOrEqual(100);
          expect(one.label).not.toBe('');
          if (one.default !== undefined) expect(problemWith(one, one.default)).toBeUndefined();
          if (one.kind === 'choice') expect(one.choices?.length).toBeGreaterThan(0);
          for (const value of one.choices ?? []) expect(problemWith(one, value as JsonValue)).toBeUndefined();
        }
        isClosed(speech, { input, output: {} });
      }),
      { numRuns: 400 },
    );
  });

  it('it ends, and soon: deep, wide and circular', () => {
    const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`p${at}`, { type: 'string' }]));
    expect(form({ ...wide, seed: { type: 'integer' } }, {}, chat)).toHaveLength(100);
    expect(form({ ...wide, seed: { type: 'integer' } }, {}, chat)[0]?.name).toBe('seed');
    let deep: unknown = { type: 'string' };
    for (let level = 0; level < 50_000; level += 1) deep = { anyOf: [deep, { type: 'number' }] };
    expect(field(deep)).toBeDefined();
    const doubling = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `d${at}`,
        { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
      ]),
    );
    expect(field({ $ref: '#/$defs/d0' }, { $defs: doubling })?.kind).toBe('json');
    expect(formOf(chat, { input: { $ref: '#/$defs/d0', $defs: doubling }, output: {} })).toEqual(formOf(chat));
    let nested: unknown[] = [];
    for (let level = 0; level < 50_000; level += 1) nested = [nested];
    expect(field({ default: nested })).not.toHaveProperty('default');
  });

  const keyed = (count: number, value: unknown): object =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, value]));
  const same = (a: object, fields = 500): object => ({
    properties: keyed(fields, { $ref: '#/$defs/a' }),
    $defs: { a, b: { anyOf: Array(400).fill({ type: 'integer', ...keyed(1000, 0) }) } },
  });

  it.each([
    ['alternatives within a large object', same({ ...keyed(1000, 0), anyOf: Array(100).fill({}) }, 100)],
    ['alternatives of alternatives', same({ anyOf: Array(20).fill({ $ref: '#/$defs/b' }) })],
    ['parts', same({ allOf: Array(499).fill({ $ref: '#/$defs/b' }) })],
    ['choices', same({ enum: [...Array(90_000).keys()] })],
    ['constants', same({ oneOf: Array.from({ length: 20_000 }, (_, at) => ({ const: at })) })],
    ['words', same({ title: 'a  b'.repeat(200_000), description: ' '.repeat(200_000) })],
    ['defaults', same({ default: Array(300_000).fill(1) })],
    ['default keys', same({ default: keyed(80_000, 1) })],
    ['types', same({ type: Array(90_000).fill('string') })],
    ['names', { properties: keyed(40_000, { type: 'string' }), required: Array(40_000).fill('p1') }],
    ['request shapes', { oneOf: Array(30_000).fill({ $ref: '#/x' }), x: { properties: keyed(20_000, {}) } }],
  ])('a megabyte of %s is read in no time', (_what, schema) => {
    const text = JSON.stringify({ ...schema, $defs: { ...(schema as { $defs?: object }).$defs } });
    const times = Array.from({ length: 3 }, () => {
      const input: unknown = JSON.parse(text);
      const started = performance.now();
      formOf(speech, { input, output: {} });
      isClosed(speech, { input, output: {} });
      return performance.now() - started;
    });
    // About 5 to 30 on a quiet machine; some were seconds.
    expect(Math.min(...times)).toBeLessThan(250);
  });
});
