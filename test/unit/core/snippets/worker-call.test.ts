import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { workerCall } from '../../../../src/core/snippets/worker-call';
import { model } from '../../../fakes/ports';

const call = (id: string, more: Partial<Model> = {}) => workerCall(model(id, more), 'default');

describe('the call of a model for a Worker', () => {
  it('is one line that names model, an example input and the gateway, and neither stream nor metadata', () => {
    expect(call('@cf/zai-org/glm-4.7-flash')).toBe(
      'const answer = await env.AI.run("@cf/zai-org/glm-4.7-flash", ' +
        '{"messages":[{"role":"user","content":"Why is the sky blue?"}],"max_tokens":1024}, ' +
        '{"gateway":{"id":"default"}});',
    );
  });

  it('asks for a picture with a prompt', () => {
    expect(call('@cf/black-forest-labs/flux-1-schnell', { task: 'text-to-image' })).toContain(
      '{"prompt":"A lighthouse at dawn"',
    );
  });

  it('invents no input for tasks that we do not know', () => {
    expect(call('@cf/baai/bge-m3', { task: 'embeddings' })).toBe(
      'const answer = await env.AI.run("@cf/baai/bge-m3", { /* the fields of its schema */ }, {"gateway":{"id":"default"}});',
    );
  });

  it('is a whole module for a model that takes form data', () => {
    expect(call('@cf/black-forest-labs/flux-2-dev', { task: 'text-to-image' })).toContain('new FormData()');
  });

  it('keeps an odd id inside its string', () => {
    expect(call('a"b\\c', { task: 'other' })).toContain('env.AI.run("a\\"b\\\\c",');
  });
});
