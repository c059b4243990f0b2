import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparablePrice } from '../../../../src/core/catalog/comparable-price';
import { lifecycleOf } from '../../../../src/core/catalog/lifecycle';
import { mergeListings } from '../../../../src/core/catalog/merge';
import type { Capability, Model, Task } from '../../../../src/core/catalog/model';
import { providerKey } from '../../../../src/core/catalog/providers';
import { createIndex, searchModels, type ModelQuery, type ModelSort } from '../../../../src/core/catalog/search';
import { parseBundle } from '../../../../src/core/catalog/sources/bundle';
import { taskTitles } from '../../../../src/core/catalog/tasks';

const today = '2026-11-22';
const models = mergeListings([parseBundle(JSON.parse(readFileSync('media/catalog.json', 'utf8')))]);
const index = createIndex(models);
const find = (query: string | Partial<ModelQuery>): readonly Model[] =>
  searchModels(index, typeof query === 'string' ? { text: query } : { text: '', ...query }, { today });
const idsOf = (list: readonly Model[]): string[] => list.map(({ id }) => id);

/** A model of its own, to see the order of a few. */
const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  provider: id.split('/').at(-2) ?? 'someone',
  name: id.slice(id.lastIndexOf('/') + 1),
  task: 'text-generation',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: [],
  pricing: [],
  ...more,
});
const among = (
  list: readonly Model[],
  query: Partial<ModelQuery>,
  ttft?: (id: string) => number | undefined,
): string[] => idsOf(searchModels(createIndex(list), { text: '', ...query }, { today, ...(ttft && { ttft }) }));

describe('the text', () => {
  it('lists everything in the order of the catalog when it is empty', () => {
    const current = models.filter((one) => lifecycleOf(one, today) !== 'retired');
    expect(idsOf(find('  ')).filter((id) => current.some((one) => one.id === id))).not.toHaveLength(0);
    expect(find('')).toHaveLength(models.length);
    const plain = [model('a/z'), model('a/b'), model('a/m')];
    expect(among(plain, {})).toEqual(['a/z', 'a/b', 'a/m']);
  });

  it('finds by name, id, provider, task and capability, in any case', () => {
    expect(idsOf(find('GLM 4.7'))).toEqual(['@cf/zai-org/glm-4.7-flash']);
    expect(idsOf(find('@CF/zai-org/GLM-4.7-flash'))).toEqual(['@cf/zai-org/glm-4.7-flash']);
    expect(idsOf(find('thropic/claude-opus-5'))).toContain('anthropic/claude-opus-5');
    expect(find('anthropic').every(({ provider }) => provider === 'anthropic')).toBe(true);
    const pictures = models.filter(({ task }) => task === 'text-to-image');
    expect(new Set(find('text-to-image').slice(0, pictures.length))).toEqual(new Set(pictures));
    expect(find('structured-output')).toEqual(
      expect.arrayContaining(models.filter(({ capabilities }) => capabilities.includes('structured-output'))),
    );
  });

  it('finds a provider by the name that people see, whichever way its models spell it', () => {
    expect(new Set(find('Moonshot AI').map(({ provider }) => provider))).toContain('moonshotai');
    expect(new Set(find('mistral').map(({ provider }) => provider))).toEqual(new Set(['mistral', 'mistralai']));
  });

  it('wants every word to match', () => {
    const found = find('claude sonnet');
    expect(found.length).toBeGreaterThan(2);
    expect(found.every(({ id }) => id.includes('claude-sonnet'))).toBe(true);
    expect(find('claude flux')).toEqual([]);
  });

  it('takes its signs literally, and other alphabets as they are', () => {
    for (const text of ['.*', '(', '[a', '\\', '\u0000', '\ud800', 'ｇｐｔ', 'é', '中文', '\u202e']) {
      expect(() => find(text)).not.toThrow();
    }
    expect(find('.*')).toEqual([]);
    expect(among([model('a/kimi', { name: 'Kimi Cafés' })], { text: 'cafes' })).toEqual(['a/kimi']);
    expect(among([model('a/kimi', { name: '通义千问' })], { text: '千问' })).toEqual(['a/kimi']);
  });
});

describe('typing errors', () => {
  it.each([
    ['cluade', /claude/],
    ['lama', /llama/],
    ['gtp-5.4', /gpt-5\.4/],
    ['gtp 5.4', /gpt-5\.4/],
    ['sonet', /sonnet/],
    ['mistrl', /mistral/],
    ['whsiper', /whisper/],
    ['deepsek', /deepseek/],
    ['embeding', /embed|bge/],
    ['cluade sonet', /claude-sonnet/],
    ['nemotorn', /nemotron/],
    ['dreamshpaer', /dreamshaper/],
    ['gemni 2.5', /gemini-2\.5/],
  ])('%s finds what is meant', (text, meant) => {
    const found = idsOf(find(text));
    expect(found[0]).toMatch(meant);
    expect(found.every((id) => meant.test(id))).toBe(true);
  });

  it('are not forgiven in words of three letters, nor twice in words of seven', () => {
    expect(among([model('a/flux')], { text: 'fxl' })).toEqual([]);
    expect(among([model('a/mistral')], { text: 'mstrl' })).toEqual([]);
    expect(among([model('a/nemotron')], { text: 'nmotrno' })).toEqual([]);
    expect(among([model('a/dreamshaper')], { text: 'dremshapr' })).toEqual(['a/dreamshaper']);
  });

  it('are never digits: another number is another model', () => {
    expect(find('gpt-5.9')).toEqual([]);
    expect(find('llama-3.9-70b')).toEqual([]);
    expect(among([model('a/gemini-25'), model('a/gemini-35')], { text: 'gemni25' })).toEqual(['a/gemini-25']);
  });

  it('rank below everything that matches to the letter', () => {
    const list = [
      model('a/sonett'),
      model('a/other', { capabilities: ['vision'] }),
      model('a/xsonnet'),
      model('a/sonnet-5'),
    ];
    expect(among(list, { text: 'sonnet' })).toEqual(['a/sonnet-5', 'a/xsonnet', 'a/sonett']);
    expect(among(list, { text: 'visoin' })).toEqual(['a/other']);
  });

  it('are not looked for in a model that has the word itself', () => {
    const list = [model('a/lema', { contextWindow: 1 }), model('a/lama-lema', { contextWindow: 2 })];
    expect(among(list, { text: 'lema', sort: 'context' })).toEqual(['a/lama-lema', 'a/lema']);
  });
});

describe('words written apart or together', () => {
  it.each([
    ['gpt54', 'openai/gpt-5.4'],
    ['gpt 5 4', 'openai/gpt-5.4'],
    ['gpt5.4', 'openai/gpt-5.4'],
    ['gpt-5-4-mini', 'openai/gpt-5.4-mini'],
    ['glm5.2', '@cf/zai-org/glm-5.2'],
    ['llama4 scout', '@cf/meta/llama-4-scout-17b-16e-instruct'],
    ['claude4.6 opus', 'anthropic/claude-opus-4.6'],
    ['claude-4.6-opus', 'anthropic/claude-opus-4.6'],
    ['kimik2.6', '@cf/moonshotai/kimi-k2.6'],
    ['nanobanana', 'google/nano-banana'],
    ['qwen 3.8 27b', '@cf/qwen/qwen3.8-27b'],
  ])('%s is %s', (text, id) => {
    expect(idsOf(find(text))[0]).toBe(id);
  });
});

describe('the order', () => {
  it('is: the name itself, the beginning of a word, the inside of one, a typo', () => {
    const list = [model('a/supernava'), model('a/my-navalis'), model('a/my-nava'), model('a/nava')];
    expect(among(list, { text: 'nava' })).toEqual(['a/nava', 'a/my-nava', 'a/my-navalis', 'a/supernava']);
    expect(among([model('a/nave-1'), ...list], { text: 'nava' })).toEqual([
      'a/nava',
      'a/my-nava',
      'a/my-navalis',
      'a/supernava',
      'a/nave-1',
    ]);
  });

  it('puts a version before its followers and a family before its like', () => {
    expect(idsOf(find('gpt-5'))[0]).toBe('openai/gpt-5');
    expect(idsOf(find('o3'))[0]).toBe('openai/o3');
    expect(among([model('a/gpt-5.4'), model('a/gpt-5-mini')], { text: 'gpt-5' })[0]).toBe('a/gpt-5-mini');
    expect(among([model('a/gpt-5.4-mini'), model('a/gpt-5.4')], { text: 'gpt 5 4' })[0]).toBe('a/gpt-5.4');
    expect(idsOf(find('gemini 2.5 flash'))[0]).toBe('google/gemini-2.5-flash');
  });

  it('puts retired models last and deprecated ones after their like', () => {
    const list = [
      model('a/llama-1', { retirementDate: '2026-01-01' }),
      model('a/llama-2', { deprecated: true }),
      model('a/lame-3'),
      model('a/llama-4'),
    ];
    expect(among(list, { text: 'lama' })).toEqual(['a/llama-4', 'a/llama-2', 'a/lame-3', 'a/llama-1']);
    expect(among(list, { text: 'a/llama-1' })[0]).toBe('a/llama-1');
    expect(among(list, { sort: 'name' }).at(-1)).toBe('a/llama-1');
    expect(among(list, { text: 'lama', hideRetired: true })).not.toContain('a/llama-1');
    expect(searchModels(createIndex(list), { text: '' })).toEqual(list);
  });

  it('keeps those whose data are not kept, and no model of which that is unknown', () => {
    const list = [
      model('a/kept', { zeroDataRetention: false }),
      model('a/zdr', { zeroDataRetention: true }),
      model('a/x'),
    ];
    expect(among(list, { capabilities: ['zero-data-retention'] })).toEqual(['a/zdr']);
  });

  it('by price puts the cheapest first and models without a known price last', () => {
    const prices = find({ sort: 'price', hideRetired: true }).map((one) => comparablePrice(one)?.usd);
    const known = prices.filter((price) => price !== undefined);
    expect(known.length).toBeGreaterThan(100);
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    expect(prices.slice(known.length).every((price) => price === undefined)).toBe(true);
  });

  it('by context puts the largest first and unknown ones last', () => {
    const list = [model('a/1'), model('a/2', { contextWindow: 10 }), model('a/3', { contextWindow: 1000 })];
    expect(among(list, { sort: 'context' })).toEqual(['a/3', 'a/2', 'a/1']);
  });

  it('by name goes from a to z, whatever the case and the hyphens', () => {
    const list = [
      model('a/b', { name: 'beta-5.1' }),
      model('a/a', { name: 'Gamma' }),
      model('a/c', { name: 'Beta 5' }),
    ];
    expect(among(list, { sort: 'name' })).toEqual(['a/c', 'a/b', 'a/a']);
  });

  it('by time to first token puts measured ones first, the others in the order of relevance', () => {
    const list = [
      model('a/llama-x', { name: 'x llama' }),
      model('a/llama'),
      model('a/slow-llama'),
      model('a/fast-llama'),
    ];
    const measured: Record<string, number> = { 'a/slow-llama': 2, 'a/fast-llama': 0.3 };
    expect(among(list, { text: 'llama', sort: 'ttft' }, (id) => measured[id])).toEqual([
      'a/fast-llama',
      'a/slow-llama',
      'a/llama',
      'a/llama-x',
    ]);
  });

  it('by anything keeps typos after what was meant to the letter', () => {
    const list = [model('a/sonett', { contextWindow: 9000 }), model('a/sonnet', { contextWindow: 10 })];
    expect(among(list, { text: 'sonnet', sort: 'context' })).toEqual(['a/sonnet', 'a/sonett']);
  });
});

describe('the filters', () => {
  it('hold together', () => {
    const found = find({
      task: 'text-generation',
      hosting: 'hosted',
      capabilities: ['tools', 'reasoning'],
      minContext: 1e5,
    });
    expect(found.length).toBeGreaterThan(2);
    for (const one of found) {
      expect(one).toMatchObject({ task: 'text-generation', hosting: 'hosted' });
      expect(one.capabilities).toEqual(expect.arrayContaining(['tools', 'reasoning']));
      expect(one.contextWindow).toBeGreaterThanOrEqual(1e5);
    }
  });

  it('take the merged provider', () => {
    const found = find({ provider: providerKey('meta-llama') });
    expect(new Set(found.map(({ provider }) => provider))).toEqual(new Set(['meta', 'meta-llama']));
  });

  it('count an unknown price as too dear and an unknown context as too small', () => {
    const list = [
      model('a/1'),
      model('a/2', { contextWindow: 4096, pricing: [{ label: 'per 1M input tokens', usd: 1 }] }),
    ];
    expect(among(list, { maxPriceUsd: 1e9 })).not.toContain('a/1');
    expect(among(list, { minContext: 0 })).toEqual(['a/2']);
    const cheap = find({ maxPriceUsd: 0.5 });
    expect(cheap.length).toBeGreaterThan(10);
    expect(cheap.every((one) => (comparablePrice(one)?.usd ?? Infinity) <= 0.5)).toBe(true);
  });
});

describe('whatever is typed and set', () => {
  const ids = models.map(({ id }) => id);
  const near = fc
    .tuple(fc.constantFrom(...ids), fc.nat(40), fc.string({ maxLength: 2 }))
    .map(([id, at, noise]) => id.slice(0, at) + noise + id.slice(at + 1));
  const text = fc.oneof(
    near,
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom(...ids, ...models.map(({ name }) => name)),
  );
  const task = fc.constantFrom(...(Object.keys(taskTitles) as Task[]));
  const filters = fc.record(
    {
      task,
      provider: fc.constantFrom(...new Set(models.map(({ provider }) => providerKey(provider)))),
      capabilities: fc.uniqueArray(fc.constantFrom<Capability[]>('vision', 'tools', 'reasoning'), { minLength: 1 }),
      maxPriceUsd: fc.double({ min: 0, max: 50, noNaN: true }),
      minContext: fc.nat(2_000_000),
      hosting: fc.constantFrom('hosted' as const, 'third-party' as const),
      hideRetired: fc.constant(true),
    },
    { requiredKeys: [] },
  );
  const sort = fc.constantFrom<ModelSort[]>('relevance', 'price', 'context', 'name', 'ttft');

  it('finds a part of the catalog, nothing twice, and nothing that a filter forbids', () => {
    fc.assert(
      fc.property(text, filters, sort, (typed, set, by) => {
        const found = searchModels(index, { text: typed, sort: by, ...set }, { today, ttft: (id) => id.length });
        expect(new Set(found).size).toBe(found.length);
        for (const one of found) {
          expect(models).toContain(one);
          if (set.task) expect(one.task).toBe(set.task);
          if (set.provider) expect(providerKey(one.provider)).toBe(set.provider);
          if (set.hosting) expect(one.hosting).toBe(set.hosting);
          if (set.maxPriceUsd !== undefined) expect(comparablePrice(one)?.usd).toBeLessThanOrEqual(set.maxPriceUsd);
          if (set.minContext !== undefined) expect(one.contextWindow).toBeGreaterThanOrEqual(set.minContext);
          for (const capability of set.capabilities ?? []) expect(one.capabilities).toContain(capability);
          if (set.hideRetired) expect(lifecycleOf(one, today)).not.toBe('retired');
        }
      }),
    );
  });

  it('finds every model that has all the words in its id, its name or its provider', () => {
    const word = fc
      .tuple(fc.constantFrom(...ids, ...models.map(({ name }) => name)), fc.nat(30), fc.integer({ min: 1, max: 9 }))
      .map(([from, at, length]) => from.slice(at, at + length));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (typed) => {
        const words = typed.join(' ').toLowerCase().split(/\s+/).filter(Boolean);
        const found = new Set(find(typed.join(' ')));
        for (const one of models) {
          const own = `${one.id} ${one.name} ${one.provider}`.toLowerCase();
          if (words.every((part) => own.includes(part))) expect(found).toContain(one);
        }
      }),
    );
  });

  it('never finds more with a filter than without', () => {
    fc.assert(
      fc.property(text, filters, (typed, set) => {
        const all = new Set(find(typed));
        expect(find({ text: typed, ...set }).every((one) => all.has(one))).toBe(true);
      }),
    );
  });

  it('finds the same models in whatever order', () => {
    fc.assert(
      fc.property(text, sort, (typed, by) => {
        expect(new Set(find({ text: typed, sort: by }))).toEqual(new Set(find(typed)));
      }),
    );
  });

  it('puts the exact id first', () => {
    for (const id of ids) expect(idsOf(find(id))[0], id).toBe(id);
    const anyModels = fc.uniqueArray(
      fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => id === id.trim() && id !== ''),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(anyModels, fc.nat(7), fc.boolean(), (list, at, retired) => {
        const id = list[at % list.length] ?? '';
        const some = list.map((one) =>
          model(one, { provider: 'p', ...(retired && one === id && { retirementDate: '2020-01-01' }) }),
        );
        expect(among(some, { text: id })[0]).toBe(id);
      }),
    );
  });
});
