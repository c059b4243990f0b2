import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../src/core/catalog/form';
import { sentParameters } from '../../../../src/core/catalog/form-sent';
import type { Model } from '../../../../src/core/catalog/model';
import type { RunParameters } from '../../../../src/core/inference/request';

const painter: Model = {
  id: 'recraft/recraftv4',
  provider: 'recraft',
  name: 'Recraft',
  task: 'text-to-image',
  hosting: 'third-party',
  capabilities: [],
  requestFormats: [],
  pricing: [],
};
const chat: Model = { ...painter, id: '@cf/zai-org/glm', task: 'text-generation', hosting: 'hosted' };

const sent = (model: Model, input: object, parameters: RunParameters = {}): RunParameters =>
  sentParameters(model, formOf(model, { input, output: {} }), parameters);

describe('what is sent', () => {
  const input = {
    properties: {
      prompt: { type: 'string', default: 'a cat' },
      style: { enum: ['digital', 'real'], default: 'digital' },
      safe: { type: 'boolean', default: false },
      n: { type: 'integer', default: 1 },
      name: { type: 'string' },
    },
    required: ['prompt', 'style', 'safe', 'name'],
  };

  it('has the default of each required field that was left alone, and no other', () => {
    expect(sent(painter, input)).toEqual({ extra: { style: 'digital', safe: false } });
    expect(sent(painter, input, { extra: { style: null, n: 2 } })).toEqual({
      extra: { style: 'digital', safe: false, n: 2 },
    });
    expect(sent(painter, input, { extra: { style: 'real', safe: true } })).toEqual({
      extra: { style: 'real', safe: true },
    });
    // Chat models are called in a format that has words of its own.
    expect(sent(chat, input)).toEqual({});
  });

  it('has defaults of required parameters that models share', () => {
    const hosted: Model = { ...painter, id: '@cf/stabilityai/sdxl', hosting: 'hosted' };
    const steps = { properties: { num_steps: { type: 'integer', default: 20 } }, required: ['num_steps'] };
    expect(sent(hosted, steps)).toEqual({ steps: 20 });
    expect(sent(hosted, steps, { steps: 4 })).toEqual({ steps: 4 });
  });

  it('has no default in place of what another parameter fills in', () => {
    const openai: Model = { ...painter, id: 'openai/gpt-image-2' };
    const size = { properties: { size: { enum: ['auto', '512x768'], default: 'auto' } }, required: ['size'] };
    expect(sent(openai, size)).toEqual({ extra: { size: 'auto' } });
    expect(sent(openai, size, { width: 512, height: 768 })).toEqual({ width: 512, height: 768 });
    expect(sent(openai, size, { width: 512 })).toEqual({ width: 512, extra: { size: 'auto' } });
  });

  it('asks for no more tokens than the schema allows', () => {
    const limit = (maximum: number) => ({ properties: { max_tokens: { type: 'integer', maximum } } });
    expect(sent(chat, limit(500))).toEqual({ maxOutputTokens: 500 });
    expect(sent(chat, limit(500), { maxOutputTokens: 9 })).toEqual({ maxOutputTokens: 9 });
    expect(sent(chat, limit(5000))).toEqual({});
  });

  it('leaves out what was set for another model, where this one has a field of its own for it', () => {
    const own = { properties: { reasoning_effort: { enum: ['none', 'low', 'medium', 'high', 'xhigh'] } } };
    expect(sent(chat, own, { reasoningEffort: 'low', seed: 1 })).toEqual({ seed: 1 });
    const ours = { properties: { reasoning_effort: { enum: ['low', 'medium', 'high'] } } };
    expect(sent(chat, ours, { reasoningEffort: 'low', seed: 1 })).toEqual({ reasoningEffort: 'low', seed: 1 });
  });

  it('says the size of a picture in the words of its schema, and sends no default beside it', () => {
    const ratio = { enum: ['1:1', '16:9'], default: '1:1' };
    const schema = {
      input: { properties: { prompt: {}, aspect_ratio: ratio }, required: ['aspect_ratio'] },
      output: {},
    };
    const fields = formOf(painter, schema);
    expect(fields.map(({ wireName, extra }) => [wireName, extra])).toEqual([['aspect_ratio', true]]);
    const wide = { width: 1600, height: 900 };
    expect(sentParameters(painter, fields, wide, schema)).toEqual(wide);
    expect(sentParameters(painter, fields, {}, schema)).toEqual({ extra: { aspect_ratio: '1:1' } });
    // A shape that is not offered is the model's own choice.
    expect(sentParameters(painter, fields, { width: 1, height: 9 }, schema)).toMatchObject({
      extra: { aspect_ratio: '1:1' },
    });
  });
});
