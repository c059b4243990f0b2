import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBundle, parseStoredListing } from '../../../../../src/core/catalog/sources/bundle';
import { parseModelsSearch } from '../../../../../src/core/catalog/sources/models-search';
import { parseThirdPartyCatalog } from '../../../../../src/core/catalog/sources/third-party-catalog';
import { entriesWith, expectValid, rejections } from './hostile';

const glm = {
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
  requiresPaidPlan: true,
  successor: '@cf/zai-org/glm-5.3-flash',
};
const { id, requestFormats: _, ...facts } = glm;
const FACTS = [
  ...Object.keys(facts),
  ...['maxOutputTokens', 'requestFormats', 'description', 'deprecationDate', 'retirementDate'],
  ...['zeroDataRetention', 'termsUrl', 'note'],
];

describe('parseBundle', () => {
  it('states what a row states; empty lists and the task `other` state nothing', () => {
    expect(parseBundle({ asOf: '2026-10', models: [glm, { ...glm, id: 'a/b', task: 'other', pricing: [] }] })).toEqual({
      source: 'bundle',
      asOf: '2026-10',
      models: [
        { id, facts },
        { id: 'a/b', facts: { ...facts, task: undefined, pricing: undefined } },
      ],
      leftOut: 0,
    });
  });

  it('leaves a bad row out, says which and why, and keeps the others', () => {
    const { lines, rejected } = rejections();
    const bad = [
      { ...glm, id: '' },
      { ...glm, id: 'a/b', task: 'Text Generation' },
      { ...glm, id: 'a/e', contextWindow: 0, deprecated: 'no' },
      { ...glm, id: 'a/f', capabilities: ['flying'] },
      null,
      'glm',
      glm,
    ];
    const listing = parseBundle({ models: [glm, ...bad] }, rejected);
    expect(listing.models).toEqual([{ id, facts }]);
    expect(listing.leftOut).toBe(7);
    expect(lines).toEqual([
      '#1: The id is not a callable id.',
      'a/b: Not valid: task.',
      'a/e: Not valid: contextWindow, deprecated.',
      'a/f: Not valid: capabilities.',
      '#5: The entry is not an object.',
      '#6: The entry is not an object.',
      `${id}: The id occurs twice.`,
    ]);
  });

  it('keeps a row with a bad price, without its prices', () => {
    const { lines, rejected } = rejections();
    const pricing = [...glm.pricing, { label: 'per image', usd: -1 }];
    expect(parseBundle({ models: [{ ...glm, pricing }] }, rejected).models).toEqual([
      { id, facts: { ...facts, pricing: undefined } },
    ]);
    expect(lines).toHaveLength(1);
  });

  it('throws for nothing, and lists no model that is not valid', () => {
    const rows = entriesWith(['id', ...FACTS], ['label', 'usd']);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ models: fc.oneof(rows, fc.jsonValue()) })), (json) =>
        expectValid(parseBundle(json).models),
      ),
      { numRuns: 500 },
    );
  });
});

describe('parseStoredListing', () => {
  const listing = { source: 'models-search', asOf: '2026-11-22T10:00:00.000Z', models: [{ id, facts }], leftOut: 0 };

  it('reads back what was written', () => {
    expect(parseStoredListing(JSON.parse(JSON.stringify(listing)))).toEqual(listing);
  });

  it('reads back whatever a live list may state', () => {
    const entries = entriesWith(
      ['name', 'model_id', 'provider_id', 'description', 'task', 'tags', 'pricing', 'terms', 'banner', 'properties'],
      ['unit', 'price', 'currency'],
    );
    fc.assert(
      fc.property(entries, (result) => {
        for (const parse of [parseModelsSearch, parseThirdPartyCatalog]) {
          const live = { ...listing, models: parse({ result }) };
          expect(parseStoredListing(JSON.parse(JSON.stringify(live)))).toEqual(live);
        }
      }),
      { numRuns: 500 },
    );
    const terms = `https://a.example/${'é'.repeat(1000)}`;
    const models = parseThirdPartyCatalog({ result: [{ model_id: 'a/b', terms }] });
    expect(parseStoredListing({ ...listing, models })?.models).toEqual(models);
  });

  it.each([
    ['nothing', null],
    ['a foreign source', { ...listing, source: 'hearsay' }],
    ['no date', { ...listing, asOf: 7 }],
    ['no models', { ...listing, models: {} }],
  ])('is undefined for %s', (_, json) => expect(parseStoredListing(json)).toBeUndefined());

  it('leaves out models that were damaged', () => {
    const damaged = { ...listing, models: [{ id, facts: { ...facts, name: 7 } }, { id: 'a/b', facts }, { id: 'a/c' }] };
    expect(parseStoredListing(damaged)).toEqual({
      ...listing,
      models: [
        { id: 'a/b', facts },
        { id: 'a/c', facts: {} },
      ],
      leftOut: 1,
    });
  });
});
