import { describe, expect, it } from 'vitest';
import { diffText } from '../../../../src/core/catalog/bundle-diff';
import type { ListedModel, Listing, Source } from '../../../../src/core/catalog/entry';
import { rebuildBundle } from '../../../../src/core/catalog/rebuild';
import { parseBundle } from '../../../../src/core/catalog/sources/bundle';

type Models = Readonly<Record<string, ListedModel['facts']>>;

const listing = (source: Source, models: Models): Listing => ({
  source,
  asOf: '2026-10',
  models: Object.entries(models).map(([id, facts]) => ({ id, facts })),
  leftOut: 0,
});

const previous = listing('bundle', {
  '@cf/acme/a': {
    name: 'A',
    task: 'text-generation',
    capabilities: ['reasoning'],
    pricing: [{ label: 'per 1M input tokens', usd: 0.5 }],
    successor: '@cf/acme/b',
    requiresPaidPlan: true,
  },
  '@cf/acme/b': { contextWindow: 1000 },
  'zeta/c': { task: 'text-to-image' },
  'zeta/d': {},
});
const rebuild = (...live: Listing[]) => rebuildBundle(previous, live, '2026-11-22');
const idsIn = (content: string) => parseBundle(JSON.parse(content)).models.map(({ id }) => id);

describe('rebuildBundle', () => {
  it('without live lists changes nothing but the date', () => {
    const { content, diff } = rebuild();
    expect(diff).toEqual({ added: [], removed: [], changed: [] });
    expect(diffText(diff)).toBe('');
    expect(JSON.parse(content)).toMatchObject({ asOf: '2026-11-22' });
    expect(rebuildBundle(parseBundle(JSON.parse(content)), [], '2026-11-22').content).toBe(content);
  });

  it('writes one model a line, with the facts in a fixed order, and reads back without loss', () => {
    const { content } = rebuild();
    expect(content.split('\n')).toHaveLength(4 + 6);
    expect(content.split('\n')[3]).toBe(
      '    {"id":"@cf/acme/a","provider":"acme","name":"A","task":"text-generation","hosting":"hosted","capabilities":["reasoning"],"requestFormats":[],"pricing":[{"label":"per 1M input tokens","usd":0.5}],"successor":"@cf/acme/b","requiresPaidPlan":true},',
    );
    expect(parseBundle(JSON.parse(content)).leftOut).toBe(0);
  });

  it('takes live facts, carries over those that no list states, and says what changed', () => {
    const { content, diff } = rebuild(
      listing('models-search', {
        '@cf/acme/new': { task: 'embeddings' },
        '@cf/acme/b': { contextWindow: 2000, maxOutputTokens: 100 },
        '@cf/acme/a': { hosting: 'hosted', capabilities: ['tools'], description: 'Long.', note: 'Beta' },
      }),
    );
    expect(idsIn(content)).toEqual(['@cf/acme/a', '@cf/acme/b', 'zeta/c', 'zeta/d', '@cf/acme/new']);
    const a = JSON.parse(content).models[0];
    expect(a).toMatchObject({ successor: '@cf/acme/b', requiresPaidPlan: true, capabilities: ['reasoning', 'tools'] });
    expect(a).not.toHaveProperty('description');
    expect(a).not.toHaveProperty('note');
    expect(diff).toEqual({
      added: ['@cf/acme/new'],
      removed: [],
      changed: [
        { id: '@cf/acme/a', fact: 'capabilities', before: ['reasoning'], after: ['reasoning', 'tools'] },
        { id: '@cf/acme/b', fact: 'contextWindow', before: 1000, after: 2000 },
        { id: '@cf/acme/b', fact: 'maxOutputTokens', after: 100 },
      ],
    });
    expect(diffText(diff)).toBe(
      [
        'Added (1)',
        '  @cf/acme/new',
        'Changed (3)',
        '  @cf/acme/a: capabilities: ["reasoning"] → ["reasoning","tools"]',
        '  @cf/acme/b: contextWindow: 1000 → 2000',
        '  @cf/acme/b: maxOutputTokens: unknown → 100',
      ].join('\n'),
    );
  });

  it('takes another price for a change, and another wording of the same price for none', () => {
    const priced = (label: string, usd: number) =>
      rebuild(listing('models-search', { '@cf/acme/a': { pricing: [{ label, usd }] }, '@cf/acme/b': {} }));
    const worded = priced('per M input tokens', 0.5);
    expect(worded.diff.changed).toEqual([]);
    expect(worded.content).toContain('per 1M input tokens');
    expect(priced('per M input tokens', 0.6).diff.changed).toEqual([
      {
        id: '@cf/acme/a',
        fact: 'pricing',
        before: [{ label: 'per 1M input tokens', usd: 0.5 }],
        after: [{ label: 'per M input tokens', usd: 0.6 }],
      },
    ]);
    expect(priced('per quantum', 0.5).diff.changed).toHaveLength(1);
  });

  it('drops what the complete list of its hosting no longer has, when that list was read', () => {
    const thirdParty = listing('third-party-catalog', { 'zeta/d': {} });
    expect(rebuild(thirdParty).diff).toEqual({ added: [], removed: ['zeta/c'], changed: [] });
    expect(rebuild(thirdParty, listing('compat-models', { 'zeta/c': {} })).diff.removed).toEqual(['zeta/c']);
    expect(rebuild(listing('compat-models', {})).diff.removed).toEqual([]);
  });

  it('keeps a model whose end is known, so that its successor is found', () => {
    const { content, diff } = rebuild(listing('models-search', {}));
    expect(diff.removed).toEqual(['@cf/acme/b']);
    expect(idsIn(content)).toEqual(['@cf/acme/a', 'zeta/c', 'zeta/d']);
  });
});
