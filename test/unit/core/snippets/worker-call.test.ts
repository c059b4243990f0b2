import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { workerCall } from '../../../../src/core/snippets/worker-call';
import { model } from '../../../fakes/ports';

const call = (id: string, more: Partial<Model> = {}) => workerCall(model(id, more), 'default');

describe('the call of a model for a Worker', () => {
  it('is one line that names model, an example input and the gateway, and neither stream nor metadata', () => {
    expect(call('@cf/zai-org/glm-4.7-flash')).toBe(
      'const answer = await env.AI.run("@cf/zai-org/glm-4.7-flash", ' +
        '{ messages: [{ role: "user", content: "Why is the sky blue?" }], max_tokens: 1024 }, ' +
        '{ gateway: { id: "default" } });',
    );
  });

  it('asks for a picture with a prompt', () => {
    expect(call('@cf/black-forest-labs/flux-1-schnell', { task: 'text-to-image' })).toContain(
      '{ prompt: "A lighthouse at dawn"',
    );
  });

  it.each([
    ['embeddings', '{ text: ["Why is the sky blue?", "The sky is blue.", "Grass is green."] }'],
    ['text-to-speech', '{ text: "The sky is blue." }'],
    ['translation', '{ text: "Why is the sky blue?", target_lang: "fr" }'],
  ] as const)('has an example for %s', (task, input) => {
    expect(call('@cf/acme/model', { task, requestFormats: [] })).toBe(
      `const answer = await env.AI.run("@cf/acme/model", ${input}, { gateway: { id: "default" } });`,
    );
  });

  it('names a language that the model knows', () => {
    expect(call('@cf/ai4bharat/indictrans2-en-indic-1B', { task: 'translation', requestFormats: [] })).toContain(
      '{ text: "Why is the sky blue?", target_language: "hin_Deva" }',
    );
  });

  it('hides the name of a model that ranks from the types, which know no query', () => {
    expect(call('@cf/acme/model', { task: 'reranking', requestFormats: [] })).toContain(
      'env.AI.run("@cf/acme/model" as string, {',
    );
  });

  it('fills in what a schema requires', () => {
    const properties = {
      text: { type: 'string' },
      voice: { enum: ['ann', 'bob'] },
      speed: { type: 'number', default: 1 },
    };
    const schema = { input: { properties, required: ['text', 'voice', 'speed'] }, output: {} };
    const speaker = model('acme/speaker', { task: 'text-to-speech', hosting: 'third-party', requestFormats: [] });
    expect(workerCall(speaker, 'default', schema)).toContain('{ text: "The sky is blue.", speed: 1, voice: "ann" }');
  });

  it('is a whole module for a model that takes a file', () => {
    const module = call('@cf/openai/whisper', { task: 'speech-recognition', requestFormats: [] });
    expect(module).toContain('audio: [...file]');
    expect(module).toContain('request.arrayBuffer()');
  });

  it('invents no input for models that we do not know', () => {
    expect(call('@cf/acme/model', { task: 'other' })).toBe(
      'const answer = await env.AI.run("@cf/acme/model", { /* the fields of its schema */ }, { gateway: { id: "default" } });',
    );
  });

  it('is a whole module for a model that takes form data', () => {
    expect(call('@cf/black-forest-labs/flux-2-dev', { task: 'text-to-image' })).toContain('new FormData()');
  });

  it('keeps an odd id inside its string', () => {
    expect(call('a"b\\c', { task: 'other' })).toContain('env.AI.run("a\\"b\\\\c",');
  });
});
