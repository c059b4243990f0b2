import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf } from '../../../../src/core/catalog/form';
import { checkParameters, valueOf, withValue } from '../../../../src/core/catalog/form-check';
import type { FormField } from '../../../../src/core/catalog/form-field';
import type { Model } from '../../../../src/core/catalog/model';
import type { JsonValue } from '../../../../src/core/catalog/schema';
import type { RunParameters } from '../../../../src/core/inference/request';

const model: Model = {
  id: '@cf/zai-org/glm',
  provider: 'zai-org',
  name: 'GLM',
  task: 'text-generation',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: ['chat-completions'],
  pricing: [],
};
const form = formOf(model, {
  input: {
    properties: {
      temperature: { type: 'number', minimum: 0, maximum: 2 },
      seed: { type: 'integer' },
      stop: { type: 'array', items: { type: 'string' } },
      max_tokens: { type: 'integer' },
      voice_id: { type: 'string', maxLength: 4 },
      size: { enum: ['1k', '2k', 4] },
      ratio: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.1 },
      loud: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string' } },
      format: { type: 'object' },
    },
  },
  output: {},
});
/** A form requires nothing of a chat model; the check is that of all models. */
const fields = form.map((field) => (field.name === 'voice_id' ? { ...field, required: true } : field));
const fieldOf = (name: string): FormField => {
  const found = fields.find((field) => field.name === name);
  if (!found) throw new Error(name);
  return found;
};
const problems = (parameters: RunParameters, closed = false): readonly string[] =>
  checkParameters(fields, { ...parameters, extra: { voice_id: 'ab', ...parameters.extra } }, closed).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('a check', () => {
  it('has nothing against values that fit, and against fields left to the model', () => {
    const extra = {
      size: 4,
      ratio: 0.3,
      loud: false,
      tags: ['a'],
      format: { type: 'json_object' },
      voice_id: '😀😀😀😀',
    };
    expect(problems({ temperature: 2, seed: -1, stop: ['END'], maxOutputTokens: 5, extra })).toEqual([]);
    expect(problems({})).toEqual([]);
  });

  it.each<[RunParameters, string]>([
    [{ temperature: 2.1 }, 'temperature: Temperature must be at most 2'],
    [{ temperature: -1 }, 'temperature: Temperature must be at least 0'],
    [{ seed: 1.5 }, 'seed: Seed must be a whole number'],
    [{ maxOutputTokens: 0 }, 'maxOutputTokens: Max output must be at least 1'],
    [{ maxOutputTokens: 10.5 }, 'maxOutputTokens: Max output must be a whole number'],
    [{ extra: { voice_id: '' } }, 'voice_id: Voice id is required'],
    [{ extra: { voice_id: null } }, 'voice_id: Voice id is required'],
    [{ extra: { voice_id: 'abcde' } }, 'voice_id: Voice id must be at most 4 characters long'],
    [{ extra: { voice_id: 5 } }, 'voice_id: Voice id must be text'],
    [{ extra: { size: '4' } }, 'size: Size must be one of 1k, 2k, 4'],
    [{ extra: { ratio: 0 } }, 'ratio: Ratio must be more than 0'],
    [{ extra: { ratio: 1 } }, 'ratio: Ratio must be less than 1'],
    [{ extra: { ratio: 0.25 } }, 'ratio: Ratio must be a multiple of 0.1'],
    [{ extra: { ratio: '0.3' } }, 'ratio: Ratio must be a number'],
    [{ extra: { loud: 'yes' } }, 'loud: Loud must be true or false'],
    [{ extra: { tags: ['a', 1] } }, 'tags: Tags must be a list of texts'],
  ])('of %j says %s', (parameters, message) => {
    expect(problems(parameters)).toEqual([message]);
  });

  it('tells all problems, in the order of the form', () => {
    expect(problems({ temperature: 9, extra: { loud: 1, voice_id: '' } }).map((line) => line.split(':')[0])).toEqual([
      'temperature',
      'loud',
      'voice_id',
    ]);
  });

  it('does not ask for what the model fills in itself', () => {
    const speech: Model = { ...model, id: 'inworld/tts-2', task: 'text-to-speech', hosting: 'third-party' };
    const required = (format: object) =>
      formOf(speech, { input: { properties: { format }, required: ['format'] }, output: {} });
    expect(checkParameters(required({ type: 'string', default: 'mp3' }), {})).toEqual([]);
    expect(checkParameters(required({ type: 'string' }), {})).toHaveLength(1);
  });

  it('knows of parameters that are in no field only where the schema forbids them', () => {
    expect(problems({ extra: { unheard_of: 1 } })).toEqual([]);
    expect(problems({ extra: { unheard_of: 1 } }, true)).toEqual([
      'unheard_of: Unheard of is not a parameter of this model',
    ]);
  });

  it('lists many choices without filling the screen', () => {
    const [choice] = formOf(model, { input: { properties: { n: { enum: [...Array(40).keys()] } } }, output: {} });
    const [problem] = checkParameters([choice!], { extra: { n: 99 } });
    expect(problem?.message).toBe('N must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …');
  });
});

describe('a value', () => {
  it('is kept by its own name, or among the extra ones by its wire name', () => {
    const set = withValue(fieldOf('voice_id'), withValue(fieldOf('temperature'), {}, 1), 'anna');
    expect(set).toEqual({ temperature: 1, extra: { voice_id: 'anna' } });
    expect(valueOf(fieldOf('voice_id'), set)).toBe('anna');
    expect(valueOf(fieldOf('temperature'), set)).toBe(1);
    expect(valueOf(fieldOf('seed'), set)).toBeUndefined();
  });

  it('of a shared parameter is the extra one of that name, which is what is sent, until it is changed', () => {
    const stored: RunParameters = { temperature: 1, extra: { temperature: 2, voice_id: 'a' } };
    expect(valueOf(fieldOf('temperature'), stored)).toBe(2);
    expect(withValue(fieldOf('temperature'), stored, 0.5)).toEqual({ temperature: 0.5, extra: { voice_id: 'a' } });
    expect(withValue(fieldOf('temperature'), stored, undefined)).toEqual({ extra: { voice_id: 'a' } });
    expect(problems({ extra: { temperature: 9 } }, true)).toEqual(['temperature: Temperature must be at most 2']);
    // A second output limit is never sent.
    expect(valueOf(fieldOf('maxOutputTokens'), { maxOutputTokens: 5, extra: { max_tokens: 9 } })).toBe(5);
  });

  it('leaves nothing behind when it is taken away', () => {
    expect(withValue(fieldOf('voice_id'), { seed: 1, extra: { voice_id: 'a' } }, undefined)).toEqual({ seed: 1 });
    expect(withValue(fieldOf('seed'), { seed: 1 }, undefined)).toEqual({});
  });

  it('is what was written, and changes no other', () => {
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.constantFrom(...fields), value, value, (one, other, a, b) => {
        const before = withValue(one, {}, a as JsonValue);
        const after = withValue(other, before, b as JsonValue);
        expect(valueOf(other, after)).toEqual(b);
        expect(valueOf(one, after)).toEqual(one === other ? b : a);
        expect(valueOf(one, before)).toEqual(a);
      }),
    );
  });

  it('is none of what every object inherits', () => {
    const [inherited] = formOf(model, { input: { properties: { constructor: { type: 'string' } } }, output: {} });
    expect(valueOf(inherited!, { extra: {} })).toBeUndefined();
    expect(checkParameters([inherited!], {})).toEqual([]);
  });
});
