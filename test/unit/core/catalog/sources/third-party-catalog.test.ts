import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseThirdPartyCatalog } from '../../../../../src/core/catalog/sources/third-party-catalog';
import { entriesWith, expectValid, rejections } from './hostile';

const gemini = {
  model_id: 'google/gemini-2.5-pro',
  provider_id: 'google',
  name: 'Gemini 2.5 Pro',
  description: 'Thinks.',
  task: 'Text Generation',
  tags: ['Reasoning', 'function_calling', 'new'],
  context_length: 1_048_576,
  max_output_tokens: 65_536,
  schema_version: 1,
  pricing: { 'Input <200k (per 1M)': 1.25, 'Output <200k (per 1M)': 10 },
  examples: [{ name: 'a' }],
  supports_async: true,
  zdr: true,
  zdr_comment: null,
  terms: 'https://ai.google.dev/terms',
  metadata: {},
  request_formats: ['Chat Completions', 'Responses', 'Morse'],
  providers: null,
  banner: null,
  schema: { input: {}, output: {} },
};
const expected = {
  id: 'google/gemini-2.5-pro',
  facts: {
    provider: 'google',
    name: 'Gemini 2.5 Pro',
    hosting: 'third-party',
    task: 'text-generation',
    description: 'Thinks.',
    contextWindow: 1_048_576,
    maxOutputTokens: 65_536,
    capabilities: ['reasoning', 'tools'],
    requestFormats: ['chat-completions', 'responses'],
    pricing: [
      { label: 'Input <200k (per 1M)', usd: 1.25 },
      { label: 'Output <200k (per 1M)', usd: 10 },
    ],
    zeroDataRetention: true,
    termsUrl: 'https://ai.google.dev/terms',
  },
};
const factsOf = (entry: object) => parseThirdPartyCatalog({ result: [{ model_id: 'a/b', ...entry }] })[0]?.facts;

describe('parseThirdPartyCatalog', () => {
  it.each([
    ['a v4 list', { success: true, result: [gemini] }],
    ['result.models', { result: { models: [gemini] } }],
    ['result.data', { result: { data: [gemini], total: 1 } }],
    ['data', { object: 'list', data: [gemini] }],
    ['a bare list', [gemini]],
  ])('reads %s', (_, json) => expect(parseThirdPartyCatalog(json)).toEqual([expected]));

  it('says nothing where the entry says nothing', () => {
    expect(
      factsOf({ context_length: null, max_output_tokens: null, pricing: {}, request_formats: null, zdr: null }),
    ).toEqual({ hosting: 'third-party' });
    expect(factsOf({ task: 'Telepathy', context_length: 'many', zdr: 'perhaps', tags: 'vision' })).toEqual({
      hosting: 'third-party',
    });
  });

  it('knows a hosted model by its id', () => {
    expect(factsOf({ model_id: '@cf/a/b' })).toEqual({});
  });

  it('reads a banner as text or as an object with a text', () => {
    expect(factsOf({ banner: 'Leaves in May.' })?.note).toBe('Leaves in May.');
    expect(factsOf({ banner: { text: 'Leaves in May.' } })?.note).toBe('Leaves in May.');
  });

  it('keeps a model whose prices can not be believed, without them', () => {
    const { lines, rejected } = rejections();
    const models = parseThirdPartyCatalog(
      { result: [{ model_id: 'a/b', name: 'B', pricing: { 'Per image': 0.1, 'Per step': -1 } }, gemini] },
      rejected,
    );
    expect(models).toEqual([{ id: 'a/b', facts: { name: 'B', hosting: 'third-party' } }, expected]);
    expect(lines).toEqual(['a/b: The price Per step is not an amount.']);
  });

  it('leaves out entries without a callable id, and says so when there is no list at all', () => {
    const { lines, rejected } = rejections();
    expect(parseThirdPartyCatalog({ result: [{ model_id: 'gpt' }, null, gemini] }, rejected)).toEqual([expected]);
    expect(parseThirdPartyCatalog({ result: { message: 'moved' } }, rejected)).toEqual([]);
    expect(lines).toEqual([
      'gpt: The model_id is not a callable id.',
      '#1: The entry is not an object.',
      'catalog: There is no list of models.',
    ]);
  });

  it('throws for nothing, and lists no model that is not valid', () => {
    const entries = entriesWith(
      [
        'model_id',
        'provider_id',
        'name',
        'description',
        'task',
        'tags',
        'context_length',
        'pricing',
        'terms',
        'banner',
      ],
      ['label', 'text'],
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), entries, fc.record({ result: entries }), fc.record({ result: fc.jsonValue() })),
        (json) => expectValid(parseThirdPartyCatalog(json)),
      ),
      { numRuns: 500 },
    );
  });
});
