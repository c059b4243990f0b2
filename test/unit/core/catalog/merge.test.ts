import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactName, ListedModel, Listing, Source } from '../../../../src/core/catalog/entry';
import { mergeListings } from '../../../../src/core/catalog/merge';
import type { Capability, PriceLabel } from '../../../../src/core/catalog/model';

type Facts = ListedModel['facts'];

const SOURCES: readonly Source[] = ['models-search', 'third-party-catalog', 'compat-models', 'bundle'];

function listing(source: Source, models: Readonly<Record<string, Facts>>, asOf = '2026-10'): Listing {
  return { source, asOf, models: Object.entries(models).map(([id, facts]) => ({ id, facts })), leftOut: 0 };
}

const tokens = (input: number, output?: number): PriceLabel[] => [
  { label: 'per 1M input tokens', usd: input },
  ...(output === undefined ? [] : [{ label: 'per 1M output tokens', usd: output }]),
];

const facts: fc.Arbitrary<Facts> = fc.record(
  {
    name: fc.constantFrom('One', 'Two'),
    provider: fc.constantFrom('zeta', 'acme'),
    task: fc.constantFrom('text-generation', 'embeddings'),
    hosting: fc.constantFrom('hosted', 'third-party'),
    contextWindow: fc.constantFrom(1000, 2000),
    capabilities: fc.uniqueArray(fc.constantFrom<Capability>('vision', 'tools', 'lora'), { minLength: 1 }),
    requestFormats: fc.constantFrom(['responses'], ['chat-completions']),
    pricing: fc.constantFrom(tokens(1, 2), tokens(1), tokens(3, 4), [...tokens(1, 2), { label: 'odd', usd: 1 }]),
    deprecated: fc.boolean(),
    deprecationDate: fc.constantFrom('2026-05-30', '2027-01-31'),
    requiresPaidPlan: fc.boolean(),
  },
  { requiredKeys: [] },
);
const ids = ['@cf/acme/a', '@cf/zeta/b', 'acme/c', 'zeta/d', 'acme/e'];
const listed = fc.array(fc.record({ id: fc.constantFrom(...ids), facts }), { maxLength: 6 });
const listings = fc.array(
  fc.record({
    source: fc.constantFrom(...SOURCES),
    asOf: fc.constantFrom('2026-10', '2026-10-02T10:00:00.000Z', '2026-11-22T10:00:00.000Z'),
    models: listed,
    leftOut: fc.constant(0),
  }),
  { maxLength: 7 },
);
/** At most one listing of each source, so that it is plain what each source says. */
const distinct = listings.map((all) => [...new Map(all.map((each) => [each.source, each])).values()]);

/** What a source says of a model; undefined when it does not list it. */
const said = (all: readonly Listing[], source: Source, id: string): Facts | undefined =>
  all.find((each) => each.source === source)?.models.find((model) => model.id === id)?.facts;

describe('mergeListings, whatever is listed', () => {
  it('does not depend on the order of the listings', () => {
    fc.assert(
      fc.property(
        listings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(mergeListings(shuffled)).toEqual(mergeListings(all));
        },
      ),
    );
  });

  it('is idempotent: a listing read twice changes nothing', () => {
    fc.assert(
      fc.property(listings, (all) => {
        expect(mergeListings([...all, ...all])).toEqual(mergeListings(all));
      }),
    );
  });

  it('lists each model once: all of the full lists and the bundle, and none besides', () => {
    fc.assert(
      fc.property(distinct, (all) => {
        const expected = all
          .filter(({ source }) => source !== 'compat-models')
          .flatMap(({ models }) => models.map(({ id }) => id));
        expect(
          mergeListings(all)
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...new Set(expected)].sort());
      }),
    );
  });

  it('takes every fact as its origin states it, and no better source states it', () => {
    fc.assert(
      fc.property(distinct, (all) => {
        for (const model of mergeListings(all)) {
          for (const [name, origin] of Object.entries(model.origins) as [FactName, Source][]) {
            const better = SOURCES.slice(0, SOURCES.indexOf(origin));
            if (name.startsWith('capabilities.')) {
              const capability = name.slice('capabilities.'.length) as Capability;
              expect(model.capabilities).toContain(capability);
              expect(said(all, origin, model.id)?.capabilities).toContain(capability);
              for (const source of better)
                expect(said(all, source, model.id)?.capabilities ?? []).not.toContain(capability);
            } else {
              const fact = name as keyof Facts;
              expect(model[fact]).toEqual(said(all, origin, model.id)?.[fact]);
              // The gateway's pair of prices gives way to a list that says the same and more.
              for (const source of fact === 'pricing' ? better.filter((each) => each !== 'compat-models') : better)
                expect(said(all, source, model.id)?.[fact]).toBeUndefined();
            }
          }
        }
      }),
    );
  });

  it('invents nothing: what no source states is unknown, or plain from the id', () => {
    fc.assert(
      fc.property(distinct, (all) => {
        for (const model of mergeListings(all)) {
          const { id, origins, confirmed, capabilities, ...rest } = model;
          for (const [name, fact] of Object.entries(rest)) {
            if (origins[name as FactName] !== undefined) continue;
            const segments = id.replace('@cf/', '').split('/');
            const fallback = {
              provider: segments[0],
              name: segments[1],
              task: 'other',
              hosting: id.startsWith('@') ? 'hosted' : 'third-party',
              requestFormats: [],
              pricing: [],
            };
            expect(fact).toEqual(fallback[name as keyof typeof fallback]);
          }
          for (const capability of capabilities) expect(origins[`capabilities.${capability}`]).toBeDefined();
          expect(confirmed).toBe(SOURCES.slice(0, 2).some((source) => said(all, source, id) !== undefined));
        }
      }),
    );
  });
});

describe('mergeListings', () => {
  it('lets live facts win field by field, and says where each comes from', () => {
    const bundle = listing('bundle', {
      '@cf/acme/a': {
        name: 'Model A',
        task: 'text-generation',
        contextWindow: 1000,
        capabilities: ['reasoning', 'tools'],
        pricing: [...tokens(1, 2), { label: 'per 1M cached input tokens', usd: 0.1 }],
        successor: '@cf/acme/b',
      },
    });
    const live = listing('models-search', {
      '@cf/acme/a': { hosting: 'hosted', contextWindow: 2000, capabilities: ['tools', 'lora'], pricing: tokens(3, 4) },
    });
    expect(mergeListings([bundle, live])).toEqual([
      {
        id: '@cf/acme/a',
        provider: 'acme',
        name: 'Model A',
        task: 'text-generation',
        hosting: 'hosted',
        contextWindow: 2000,
        capabilities: ['lora', 'reasoning', 'tools'],
        requestFormats: [],
        pricing: tokens(3, 4),
        successor: '@cf/acme/b',
        confirmed: true,
        origins: {
          name: 'bundle',
          task: 'bundle',
          hosting: 'models-search',
          contextWindow: 'models-search',
          'capabilities.lora': 'models-search',
          'capabilities.tools': 'models-search',
          'capabilities.reasoning': 'bundle',
          pricing: 'models-search',
          successor: 'bundle',
        },
      },
    ]);
  });

  it('marks a model that no list of the account has as not confirmed', () => {
    const models = mergeListings([
      listing('bundle', { 'acme/a': {}, 'acme/b': {}, 'acme/c': {} }),
      listing('third-party-catalog', { 'acme/b': {} }),
      listing('compat-models', { 'acme/c': {} }),
    ]);
    expect(models.map(({ id, confirmed }) => [id, confirmed])).toEqual([
      ['acme/a', false],
      ['acme/b', true],
      ['acme/c', false],
    ]);
  });

  it('keeps the order of the bundle; new models follow by provider and id', () => {
    const models = mergeListings([
      listing('models-search', { '@cf/zeta/n': {}, '@cf/acme/n': {}, '@cf/acme/b': {} }),
      listing('third-party-catalog', { 'acme/m': {}, 'zeta/m': { provider: 'aaa' } }),
      listing('bundle', { 'zeta/x': {}, '@cf/acme/b': {}, 'acme/y': {} }),
    ]);
    expect(models.map(({ id }) => id)).toEqual([
      ...['zeta/x', '@cf/acme/b', 'acme/y'],
      ...['zeta/m', '@cf/acme/n', 'acme/m', '@cf/zeta/n'],
    ]);
  });

  it('believes the newer of two listings of one source, as a whole', () => {
    const older = listing(
      'models-search',
      { '@cf/a/old': {}, '@cf/a/b': { contextWindow: 1 } },
      '2026-11-01T00:00:00Z',
    );
    const newer = listing('models-search', { '@cf/a/b': { maxOutputTokens: 2 } }, '2026-11-02T00:00:00Z');
    const [model, ...others] = mergeListings([newer, older]);
    expect(others).toEqual([]);
    expect(model).toMatchObject({ id: '@cf/a/b', maxOutputTokens: 2 });
    expect(model).not.toHaveProperty('contextWindow');
  });

  it('counts the first of two entries for one model', () => {
    const twice = {
      ...listing('bundle', {}),
      models: [1, 2].map((contextWindow) => ({ id: 'a/b', facts: { contextWindow } })),
    };
    expect(mergeListings([twice])).toMatchObject([{ id: 'a/b', contextWindow: 1 }]);
  });

  it('leaves out what the gateway alone prices', () => {
    expect(mergeListings([listing('compat-models', { 'acme/a': { pricing: tokens(1, 2) } })])).toEqual([]);
  });
});

describe('prices of the gateway host', () => {
  const cached = { label: 'per 1M cached input tokens', usd: 0.1 };
  const tiers = [
    { label: 'Input <200k (per 1M)', usd: 1 },
    { label: 'Output <200k (per 1M)', usd: 2 },
    { label: 'Input >=200k (per 1M)', usd: 2 },
    { label: 'Output >=200k (per 1M)', usd: 4 },
  ];
  const images = [...tokens(1, 2), { label: 'per 1M input image tokens', usd: 0.5 }];
  it.each([
    ['agree with the plain prices', tokens(1, 2), [...tokens(1, 2), cached], 'bundle'],
    ['agree but for the rounding', tokens(1.000000001, 2), [...tokens(1, 2), cached], 'bundle'],
    ['agree with the lowest tier', tokens(1, 2), tiers, 'bundle'],
    ['agree with the prices of text', tokens(1, 2), images, 'bundle'],
    ['agree as far as they go', tokens(1), tokens(1, 2), 'bundle'],
    ['differ, and lack the price of the output', tokens(3), tokens(1, 2), 'bundle'],
    ['differ', tokens(1, 3), [...tokens(1, 2), cached], 'compat-models'],
    ['are those of the upper tier', tokens(2, 4), tiers, 'compat-models'],
    ['say more', tokens(1, 2), tokens(1), 'compat-models'],
    ['stand against a price by the image', tokens(1, 2), [{ label: 'per image', usd: 1 }], 'compat-models'],
  ])('%s', (_, pair, fuller, origin) => {
    const [model] = mergeListings([
      listing('compat-models', { 'acme/a': { pricing: pair } }),
      listing('bundle', { 'acme/a': { pricing: fuller } }),
    ]);
    expect(model?.origins.pricing).toBe(origin);
    expect(model?.pricing).toEqual(origin === 'bundle' ? fuller : pair);
  });

  it('stand behind a live price list, agreeing or not', () => {
    const [model] = mergeListings([
      listing('compat-models', { 'acme/a': { pricing: tokens(9, 9) } }),
      listing('third-party-catalog', { 'acme/a': { pricing: [...tokens(1, 2), cached] } }),
    ]);
    expect(model).toMatchObject({ pricing: [...tokens(1, 2), cached], origins: { pricing: 'third-party-catalog' } });
  });
});
