import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseModelsSearch } from '../../../../../src/core/catalog/sources/models-search';
import { entriesWith, expectValid, rejections } from './hostile';

const llama = {
  id: 'b5d2-uuid',
  source: 1,
  name: '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
  description: 'A model.',
  task: { id: 'c329-uuid', name: 'Text Generation', description: '' },
  created_at: '2024-12-06 17:09:18.338',
  tags: [],
  properties: [
    { property_id: 'async_queue', value: 'true' },
    { property_id: 'context_window', value: '24000' },
    {
      property_id: 'price',
      value: [
        { unit: 'per M input tokens', price: 0.29, currency: 'USD' },
        { unit: 'per M output tokens', price: '2.25', currency: 'USD' },
      ],
    },
    { property_id: 'function_calling', value: 'true' },
    { property_id: 'planned_deprecation_date', value: '2027-01-31' },
    { property_id: 'terms', value: 'https://example.com/licence' },
    { property_id: 'something_new', value: { deep: [1] } },
  ],
};

const page = (...result: unknown[]): unknown => ({ success: true, result, result_info: { page: 1, total_count: 1 } });
const factsOf = (entry: object) => parseModelsSearch(page({ name: '@cf/a/b', ...entry }))[0]?.facts;
const property = (property_id: string, value: unknown) => factsOf({ properties: [{ property_id, value }] });
const price = (...value: object[]) => property('price', value)?.pricing;

describe('parseModelsSearch', () => {
  it('takes the id from the name, numbers from strings, prices from the list, and states nothing else', () => {
    expect(parseModelsSearch(page(llama))).toEqual([
      {
        id: '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
        facts: {
          hosting: 'hosted',
          task: 'text-generation',
          description: 'A model.',
          contextWindow: 24000,
          capabilities: ['batch', 'tools'],
          pricing: [
            { label: 'per M input tokens', usd: 0.29 },
            { label: 'per M output tokens', usd: 2.25 },
          ],
          deprecationDate: '2027-01-31',
          termsUrl: 'https://example.com/licence',
        },
      },
    ]);
  });

  it.each([
    ['context_window', '128000', { contextWindow: 128000 }],
    ['context_window', 128000, { contextWindow: 128000 }],
    ['context_window', 'large', {}],
    ['context_window', '-5', {}],
    ['context_window', 1e12, {}],
    ['max_output_tokens', '4096', { maxOutputTokens: 4096 }],
    ['function_calling', 'True', { capabilities: ['tools'] }],
    ['function_calling', 'false', {}],
    ['reasoning', true, { capabilities: ['reasoning'] }],
    ['vision', 'true', { capabilities: ['vision'] }],
    ['lora', 'true', { capabilities: ['lora'] }],
    ['beta', 'true', { note: 'Beta' }],
    ['beta', 'false', {}],
    ['planned_deprecation_date', '2026-05-30T00:00:00Z', { deprecationDate: '2026-05-30' }],
    ['planned_deprecation_date', '2026-02-31', {}],
    ['planned_deprecation_date', 'soon', {}],
    ['terms', 'http://example.com', {}],
    ['terms', 'javascript:alert(1)', {}],
    ['terms', 'https://me:secret@example.com', {}],
    ['info', 'https://example.com', {}],
    ['partner', 'true', {}],
    ['realtime', 'true', {}],
  ])('reads the property %s = %j', (name, value, facts) => {
    expect(property(name, value)).toEqual({ hosting: 'hosted', ...facts });
  });

  it.each([
    ['Text Generation', '@cf/a/b', 'text-generation'],
    ['Text Classification', '@cf/baai/bge-reranker-base', 'reranking'],
    ['Text Classification', '@cf/huggingface/distilbert-sst-2-int8', 'text-classification'],
    ['Text Generation', '@cf/a/prompt-reranker', 'text-generation'],
    [undefined, '@cf/baai/bge-reranker-base', 'reranking'],
    ['Mind Reading', '@cf/a/b', undefined],
  ])('a task listed as %s for %s is %s', (name, id, task) => {
    expect(factsOf({ name: id, task: { name } })?.task).toBe(task);
  });

  it('converts a price in neurons, unless the same price stands there in USD', () => {
    expect(price({ unit: 'per M input tokens', price: 25_000, currency: 'neurons' })).toEqual([
      { label: 'per M input tokens', usd: 0.275 },
    ]);
    expect(
      price(
        { unit: 'per M input tokens', price: 26_668, currency: 'neurons' },
        { unit: 'per M input tokens', price: 0.293, currency: 'USD' },
      ),
    ).toEqual([{ label: 'per M input tokens', usd: 0.293 }]);
  });

  it.each([
    ['negative', { unit: 'per image', price: -0.1 }],
    ['no number', { unit: 'per image', price: '' }],
    ['another currency', { unit: 'per image', price: 1, currency: 'EUR' }],
    ['without unit', { price: 1 }],
    ['absurd by the token', { unit: 'per M input tokens', price: 10_001 }],
    ['absurd by the image', { unit: 'per image', price: 1001 }],
    ['twice and different', { unit: 'per step', price: 2 }],
  ])('drops the whole list when a price is %s: a bill without it would be too low', (_, bad) => {
    const { lines, rejected } = rejections();
    const properties = [{ property_id: 'price', value: [{ unit: 'per step', price: 0.1 }, bad] }];
    expect(parseModelsSearch(page({ name: '@cf/a/b', properties }), rejected)).toEqual([
      { id: '@cf/a/b', facts: { hosting: 'hosted' } },
    ]);
    expect(lines).toEqual([expect.stringMatching(/^@cf\/a\/b: .*price/)]);
  });

  it('takes the dearest price that is still believed, and a price of zero', () => {
    expect(price({ unit: 'per M output tokens', price: 10_000 }, { unit: 'per step', price: 0 })).toHaveLength(2);
  });

  it('leaves out entries one by one, says which and why, and keeps the others', () => {
    const { lines, rejected } = rejections();
    const models = parseModelsSearch(
      page(
        { id: 'uuid', name: 'GLM' },
        7,
        llama,
        { name: '@cf/a/b c' },
        { name: '@cf/a/"b"' },
        { name: '@cf/../b' },
        { name: '@cf/./b' },
        { name: '@cf/a/b\u0007' },
        { name: `@cf/a/${'b'.repeat(200)}` },
        { name: 'openai/gpt-5' },
        { name: ['@cf/a/b'] },
        llama,
      ),
      rejected,
    );
    expect(models.map(({ id }) => id)).toEqual([llama.name]);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('GLM: The name is not a callable id.');
    expect(lines[1]).toBe('#1: The entry is not an object.');
    expect(lines.at(-1)).toBe(`${llama.name}: The id occurs twice.`);
    expect(lines.join('')).not.toContain('\u0007');
  });

  it('cuts descriptions and strips what could pretend to be something else', () => {
    expect(factsOf({ description: 'a\r\nb\u0000c\u202ed  e' })?.description).toBe('a b c d e');
    expect(factsOf({ description: 'long '.repeat(1000) })?.description).toMatch(/^.{500,999}…$/);
    expect(factsOf({ description: '\u0000' })).not.toHaveProperty('description');
  });

  it('throws for nothing, and lists no model that is not valid', () => {
    const pages = entriesWith(['name', 'description', 'task', 'properties'], ['unit', 'price', 'currency']);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ result: fc.oneof(pages, fc.jsonValue()) })), (json) =>
        expectValid(parseModelsSearch(json)),
      ),
      { numRuns: 500 },
    );
  });
});
