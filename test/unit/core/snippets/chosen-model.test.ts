import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import type { RunParameters } from '../../../../src/core/inference/request';
import { chosenModel } from '../../../../src/core/snippets/chosen-model';
import { modelOf } from '../inference/support';
import { catalogModels, hosted, third } from '../scaffold/worker/columns';

const chosen = (model: Partial<Model>, parameters: RunParameters = {}) => chosenModel(modelOf(model), parameters);

describe('a model that goes into code', () => {
  it('has the parameters that are sent, the limit included, and nothing of the conversation', () => {
    expect(chosen({}, { temperature: 0.2, topP: 0.9, stop: ['END'], extra: { top_k: 5 } })).toEqual({
      id: '@cf/zai-org/glm-4.7-flash',
      task: 'text-generation',
      hosting: 'hosted',
      input: { max_tokens: 1024, temperature: 0.2, top_p: 0.9, stop: ['END'], top_k: 5 },
    });
  });

  it.each([
    ['Messages', { id: 'anthropic/claude-sonnet-4.5', requestFormats: [] }, { max_tokens: 64, temperature: 1 }],
    ['Responses', { id: 'openai/x', requestFormats: ['responses'] }, { max_output_tokens: 64, temperature: 1 }],
    ['Chat Completions of OpenAI', { id: 'openai/x' }, { max_completion_tokens: 64, temperature: 1 }],
    ['Gemini', { id: 'google/x' }, { generationConfig: { maxOutputTokens: 64, temperature: 1 } }],
  ] as const)('speaks %s', (_, model, input) => {
    expect(chosen(model, { maxOutputTokens: 64, temperature: 1 }).input).toEqual(input);
  });

  it.each([
    [
      'a picture',
      hosted('@cf/leonardo/phoenix-1.0', 'text-to-image'),
      { width: 512, steps: 9 },
      { width: 512, num_steps: 9 },
    ],
    ['a third party', third('acme/x', 'text-to-image'), { extra: { style: 'ink' } }, { style: 'ink' }],
    [
      'a recording',
      hosted('@cf/deepgram/nova-3', 'speech-recognition'),
      { extra: { diarize: true } },
      { diarize: true },
    ],
    ['texts', hosted('@cf/baai/bge-m3', 'embeddings'), { extra: { truncate_inputs: true } }, { truncate_inputs: true }],
  ])('has parameters alone for %s', (_, model, parameters, input) => {
    expect(chosen(model, parameters).input).toEqual(input);
  });

  it('leaves prompt, files and streaming to the code, for every model of the catalog', () => {
    const names = catalogModels.flatMap((model) => Object.keys(chosenModel(model, {}).input));
    const limits = ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'generationConfig'];
    expect([...new Set(names)].toSorted()).toEqual(limits.toSorted());
  });
});
