import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { mergeModels, parseCatalog, parseModelsSearch } from '../../../../src/core/catalog/parse';

const glm: Model = {
  id: '@cf/zai-org/glm-4.7-flash',
  provider: 'zai-org',
  name: 'GLM 4.7 Flash',
  task: 'text-generation',
  hosting: 'hosted',
  contextWindow: 131072,
  capabilities: ['reasoning', 'tools'],
  requestFormats: [],
  pricing: [{ label: 'per 1M input tokens', usd: 0.06 }],
  deprecated: false,
};

describe('parseCatalog', () => {
  it('reads models as they stand', () => {
    expect(parseCatalog({ asOf: '2026-10', models: [glm] })).toEqual([glm]);
  });

  it('leaves a bad entry out, says which and why, and keeps the others', () => {
    const rejected: string[] = [];
    const bad = [
      { ...glm, id: '' },
      { ...glm, id: 'a/b', task: 'Text Generation' },
      { ...glm, id: 'a/c', pricing: [{ label: 'per image', usd: -1 }] },
      { ...glm, id: 'a/d', pricing: [{ label: 'per image', usd: '1' }] },
      { ...glm, id: 'a/e', contextWindow: 0 },
      { ...glm, id: 'a/f', capabilities: ['flying'] },
      null,
      'glm',
      glm,
    ];
    expect(parseCatalog({ models: [glm, ...bad] }, (entry, why) => rejected.push(`${entry}: ${why}`))).toEqual([glm]);
    expect(rejected.map((line) => line.split(':')[0])).toEqual([
      '',
      'a/b',
      'a/c',
      'a/d',
      'a/e',
      'a/f',
      '#7',
      '#8',
      glm.id,
    ]);
    expect(rejected[1]).toContain('task');
    expect(rejected[2]).toContain('pricing.0.usd');
  });

  it('is empty for what is no catalog, and throws for nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ models: fc.jsonValue() })), (json) => {
        expect(parseCatalog(json)).toEqual([]);
        expect(Array.isArray(parseModelsSearch(json))).toBe(true);
      }),
    );
  });
});

describe('parseModelsSearch', () => {
  const entry = {
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
      { property_id: 'terms', value: 'https://example.com' },
      { property_id: 'something_new', value: { deep: [1] } },
    ],
  };
  const page = (...result: unknown[]): unknown => ({ success: true, result, result_info: { page: 1, total_count: 1 } });

  it('takes the id from the name, numbers from strings, and prices from the list', () => {
    expect(parseModelsSearch(page(entry))).toEqual([
      {
        id: '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
        provider: 'meta',
        name: 'llama-3.3-70b-instruct-fp8-fast',
        task: 'text-generation',
        hosting: 'hosted',
        contextWindow: 24000,
        capabilities: ['tools', 'batch'],
        requestFormats: [],
        pricing: [
          { label: 'per M input tokens', usd: 0.29 },
          { label: 'per M output tokens', usd: 2.25 },
        ],
        deprecationDate: '2027-01-31',
      },
    ]);
  });

  it('leaves unknown what is not there or not readable', () => {
    const properties = [
      { property_id: 'context_window', value: 'large' },
      {
        property_id: 'price',
        value: [
          { unit: 'per image', price: '', currency: 'USD' },
          { unit: 'per image', price: 1, currency: 'EUR' },
        ],
      },
      { property_id: 'function_calling', value: 'false' },
      null,
    ];
    const [model] = parseModelsSearch(
      page({ name: '@cf/simulator/flaky', task: { name: 'Mind Reading' }, properties }),
    );
    expect(model).toEqual({
      id: '@cf/simulator/flaky',
      provider: 'simulator',
      name: 'flaky',
      task: 'other',
      hosting: 'hosted',
      capabilities: [],
      requestFormats: [],
      pricing: [],
    });
    expect(parseModelsSearch(page({ name: '@cf/a/b' }))).toHaveLength(1);
  });

  it('leaves out entries without a callable id', () => {
    const rejected: string[] = [];
    expect(parseModelsSearch(page({ id: 'uuid', name: 'GLM' }, 7, entry), (what) => rejected.push(what))).toHaveLength(
      1,
    );
    expect(rejected).toEqual(['uuid', '#1']);
  });
});

describe('mergeModels', () => {
  it('adds the live models that the bundle does not know, and keeps what the bundle knows better', () => {
    const live = [
      { ...glm, name: 'glm', requestFormats: [] },
      { ...glm, id: '@cf/new/one' },
    ];
    expect(mergeModels([glm], live)).toEqual([glm, live[1]]);
  });
});
