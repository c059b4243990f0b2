/**
 * Parameters that only the model's schema knows: where they are sent, and which never are.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import type { JsonValue } from '../../../../src/core/catalog/schema';
import { buildRequest } from '../../../../src/core/inference/build';
import { carriedParameters } from '../../../../src/core/inference/carried';
import type { RunParameters } from '../../../../src/core/inference/request';
import { FakeHost, modelOf, requestTo, start, streamed } from './support';

type Extra = Readonly<Record<string, JsonValue>>;

const models: Readonly<Record<string, Partial<Model>>> = {
  'chat-completions': {},
  responses: { id: 'openai/gpt', hosting: 'third-party', requestFormats: ['responses'] },
  'anthropic-messages': { id: 'anthropic/claude', hosting: 'third-party', requestFormats: [] },
  'run-model': { id: '@cf/leonardo/lucid-origin', task: 'text-to-image', requestFormats: [] },
  run: { id: 'recraft/recraftv4', task: 'text-to-image', hosting: 'third-party', requestFormats: [] },
};
const FLUX_2: Partial<Model> = { id: '@cf/black-forest-labs/flux-2-dev', task: 'text-to-image', requestFormats: [] };

const build = (model: Partial<Model>, extra: Extra, parameters: RunParameters = {}) =>
  buildRequest(requestTo(model, { parameters: { ...parameters, extra } }));
const refused = (model: Partial<Model>, extra: Extra, parameters: RunParameters = {}): string[] =>
  build(model, extra, parameters).warnings.map(({ code, message }) => {
    expect(code).toBe('unsupported-parameter');
    return message.split(' ')[0] ?? '';
  });

describe('extra parameters', () => {
  it.each(Object.entries(models).filter(([wire]) => wire !== 'run'))(
    'of %s stand beside its own fields',
    (wire, model) => {
      const plain = build(model, {});
      const built = build(model, { top_k: 5, style: null, format: { type: 'json_object' }, flags: [true] });
      expect(built.wire).toBe(wire);
      expect(built.raw.body).toEqual({
        ...plain.raw.body,
        top_k: 5,
        style: null,
        format: { type: 'json_object' },
        flags: [true],
      });
      expect(built.warnings).toEqual([]);
    },
  );

  it('of /ai/run stand in its input', () => {
    const { wire, raw } = build(models['run']!, { style: 'digital' });
    expect(wire).toBe('run');
    expect(raw.body).toEqual({ model: 'recraft/recraftv4', input: { prompt: 'Hello', style: 'digital' } });
  });

  it('of a form are fields of the form, lists and objects as JSON', async () => {
    const extra = { guidance: 3.5, safe: true, palette: ['red', 'blue'], options: { a: 1 }, nothing: null };
    const host = new FakeHost([() => streamed(['{}'])]);
    await start(host, requestTo(FLUX_2, { parameters: { width: 512, extra } })).done;
    expect(Object.fromEntries(host.sent[0]?.init.body as FormData)).toEqual({
      prompt: 'Hello',
      width: '512',
      guidance: '3.5',
      safe: 'true',
      palette: '["red","blue"]',
      options: '{"a":1}',
    });
  });

  it.each(Object.entries(models))('of %s never replace what the client fills in', (_wire, model) => {
    const plain = build(model, {}).raw.body;
    const own = { model: 'evil/model', prompt: 'x', messages: [], input: 'x', stream: false, stream_options: {} };
    expect(build(model, own).raw.body).toEqual(plain);
    expect(refused(model, own)).toEqual(Object.keys(own));
  });

  it('do not set a second output limit in other words', () => {
    const limits = { max_tokens: 9, max_completion_tokens: 9, max_output_tokens: 9 };
    for (const wire of ['chat-completions', 'responses', 'anthropic-messages']) {
      expect(refused(models[wire]!, limits)).toEqual(Object.keys(limits));
    }
    // A picture has none: the model's own may be sent.
    expect(build(models['run']!, { max_tokens: 9 }).raw.body['input']).toMatchObject({ max_tokens: 9 });
  });

  it('replace a shared parameter of the same name: the model’s own field is the one that is shown', () => {
    const effort = (model: Partial<Model>, extra: Extra) =>
      build(model, extra, { reasoningEffort: 'low', temperature: 1 });
    const { raw, warnings } = effort({}, { reasoning_effort: 'xhigh' });
    expect(raw.body).toMatchObject({ reasoning_effort: 'xhigh', temperature: 1 });
    expect(warnings).toEqual([]);
    expect(effort({}, {}).raw.body['reasoning_effort']).toBe('low');
    expect(effort(models['responses']!, { reasoning: { effort: 'none' } }).raw.body['reasoning']).toEqual({
      effort: 'none',
    });
    expect(build(models['run-model']!, { seed: 7 }, { seed: 1, steps: 4 }).raw.body).toMatchObject({
      seed: 7,
      num_steps: 4,
    });
  });

  it('set no prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x","ok":1}') as Extra;
    for (const model of [...Object.values(models), FLUX_2]) {
      const { raw } = build(model, hostile);
      const body = (raw.body['input'] as typeof raw.body | undefined) ?? raw.body;
      const fields = Array.isArray(body) ? raw.body : body;
      expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
      expect(JSON.stringify(raw.body)).not.toContain('polluted');
      expect(fields).toMatchObject({ ok: 1 });
    }
    expect(refused({}, hostile)).toEqual(['__proto__']);
  });

  it('are all sent or all told, whatever they are', () => {
    const extra = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('prompt', 'stream', 'seed', 'max_tokens')),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(models)), extra, (model, values) => {
        const plain = build(model, {}).raw.body;
        const { raw, warnings, wire } = build(model, values as Extra);
        const body = (wire === 'run' ? raw.body['input'] : raw.body) as Record<string, unknown>;
        const own = (wire === 'run' ? plain['input'] : plain) as Record<string, unknown>;
        const sent = Object.keys(values).filter((name) => !Object.hasOwn(own, name) && Object.hasOwn(body, name));
        expect(sent.length + warnings.length).toBe(Object.keys(values).length);
        expect(body).toMatchObject(own);
        for (const name of sent) expect(body[name]).toEqual(values[name]);
      }),
    );
  });
});

describe('carriedParameters', () => {
  it.each([
    [{}, 'temperature', 'temperature'],
    [{}, 'maxOutputTokens', 'max_tokens'],
    [{}, 'width', undefined],
    [models['responses']!, 'reasoningEffort', 'reasoning'],
    [models['anthropic-messages']!, 'stop', 'stop_sequences'],
    [models['anthropic-messages']!, 'seed', undefined],
    [models['run-model']!, 'steps', 'num_steps'],
    [models['run-model']!, 'maxOutputTokens', undefined],
    [{ ...models['run'], id: 'openai/gpt-image-2' }, 'width', undefined],
  ] as const)('of %j tells where %s goes: %s', (model, name, wireName) => {
    expect(carriedParameters(modelOf(model)).names.get(name)).toBe(wireName);
  });
});
