import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../src/core/catalog/form';
import { inputsOf } from '../../../../src/core/catalog/inputs';
import type { Task } from '../../../../src/core/catalog/model';
import { cogModel } from '../../../../src/core/cog/model';
import { readCogSchema, taskOf, type CogSchema } from '../../../../src/core/cog/schema';

type Properties = Record<string, object>;

/** A document as Cog 0.22 makes it. */
const document = (
  properties: Properties,
  output: object,
  { required = Object.keys(properties), streams = false } = {},
) => ({
  openapi: '3.0.2',
  paths: { '/predictions': { post: streams ? { 'x-cog-streaming': true } : {} } },
  components: {
    schemas: {
      Input: { type: 'object', title: 'Input', required, properties },
      Output: { title: 'Output', ...output },
      size: { type: 'integer', title: 'size', enum: [256, 512] },
    },
  },
});

function read(...args: Parameters<typeof document>): CogSchema {
  const schema = readCogSchema(document(...args));
  if (schema === undefined) throw new Error('not understood');
  return schema;
}

const text = { type: 'string' };
const file = { type: 'string', format: 'uri' };
const iterator = { type: 'array', items: text, 'x-cog-array-type': 'iterator', 'x-cog-array-display': 'concatenate' };
const own = (task: Task) => cogModel({ modelId: 'cog/m', name: 'M', task, isStreaming: false });

describe('taskOf', () => {
  it.each<[Task, Properties, object]>([
    ['text-generation', { prompt: text }, iterator],
    ['text-generation', { prompt: text }, text],
    ['image-to-text', { image: file }, text],
    ['image-to-text', { image: file, prompt: text }, iterator],
    ['speech-recognition', { audio: file }, text],
    ['text-to-image', { prompt: text }, file],
    ['text-to-image', { prompt: text }, { type: 'array', items: file }],
    ['image-to-image', { image: file, scale: { type: 'number' } }, file],
    ['text-to-video', { prompt: text, fps: { type: 'integer' } }, file],
    ['text-to-speech', { text, voice: { type: 'string', enum: ['a'] } }, file],
    ['embeddings', { text }, { type: 'array', items: { type: 'number' } }],
    [
      'embeddings',
      { text },
      { type: 'object', properties: { embedding: { type: 'array', items: { type: 'number' } } } },
    ],
    [
      'image-classification',
      { image: file },
      { type: 'object', properties: { label: text, score: { type: 'number' } } },
    ],
    ['other', { seed: { type: 'integer' } }, { type: 'object', properties: { answer: { type: 'object' } } }],
    ['other', { document: file }, text],
  ])('%s: %j → %j', (task, properties, output) => {
    expect(taskOf(read(properties, output))).toBe(task);
  });

  it('never throws, whatever the schema says', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (properties, output) => {
        const schema = readCogSchema(document(properties as Properties, (output ?? {}) as object));
        if (schema !== undefined) expect(taskOf(schema)).toEqual(expect.any(String));
      }),
    );
  });
});

describe('readCogSchema', () => {
  it('knows whether the model streams', () => {
    expect(read({ prompt: text }, iterator, { streams: true }).isStreaming).toBe(true);
    expect(read({ prompt: text }, iterator).isStreaming).toBe(false);
  });

  it.each([[null], [{}], [{ openapi: '3.0.2', components: { schemas: { Pet: {} } } }], ['<html>']])(
    '%j is of no Cog server',
    (body) => {
      expect(readCogSchema(body)).toBeUndefined();
    },
  );
});

describe('the form of a Cog model', () => {
  const { schema } = read(
    {
      width: { allOf: [{ $ref: '#/components/schemas/size' }], default: 512, 'x-order': 3 },
      prompt: { ...text, 'x-order': 0 },
      system_prompt: { ...text, default: 'Be brief.', 'x-order': 1 },
      temperature: { type: 'number', minimum: 0, maximum: 2, default: 0.7, 'x-order': 2 },
      stream: { type: 'boolean', default: true, 'x-order': 4 },
      api_key: { ...text, format: 'password', writeOnly: true, 'x-order': 5 },
      mask: { ...file, 'x-order': 6 },
      source: { ...file, description: 'Audio to clean', 'x-order': 7 },
    },
    text,
    { required: ['prompt', 'source'] },
  );
  const model = own('text-generation');

  it('has the fields of its signature in their order, references followed, prompt and files left to the composer', () => {
    expect(formOf(model, schema).map(({ wireName, kind, default: value }) => [wireName, kind, value])).toEqual([
      ['temperature', 'number', 0.7],
      ['width', 'choice', 512],
      ['stream', 'boolean', true],
    ]);
    expect(formOf(model, schema).every(({ extra }) => extra)).toBe(true);
  });

  it('asks for no secret: what is typed into a form is stored', () => {
    expect(JSON.stringify(formOf(model, schema))).not.toContain('api_key');
  });

  it('has its prompt, system prompt and files in their places, the needed ones first', () => {
    expect(inputsOf(model, schema)).toMatchObject({
      prompt: { field: 'prompt', required: true },
      system: 'system_prompt',
      media: [
        { field: 'source', kind: 'audio', least: 1, encoding: 'data-uri' },
        { field: 'mask', kind: 'image', least: 0 },
      ],
    });
  });

  it('takes the only text that is required for its prompt, and none where none is', () => {
    expect(
      inputsOf(model, read({ lyrics: text, style: text }, text, { required: ['lyrics'] }).schema).prompt?.field,
    ).toBe('lyrics');
    expect(inputsOf(model, read({ seed: { type: 'integer' } }, text).schema).prompt).toBeUndefined();
    expect(inputsOf(model, read({ mode: { type: 'string', enum: ['a'] } }, text).schema).prompt).toBeUndefined();
  });
});
