import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lifecycleOf } from '../../src/core/catalog/lifecycle';
import { mergeListings } from '../../src/core/catalog/merge';
import { providerTitle } from '../../src/core/catalog/providers';
import { rebuildBundle } from '../../src/core/catalog/rebuild';
import { parseBundle } from '../../src/core/catalog/sources/bundle';

const file = path.resolve(import.meta.dirname, '../../media/catalog.json');
const text = readFileSync(file, 'utf8');
const json = JSON.parse(text);
const bundle = parseBundle(json);
const models = mergeListings([bundle]);
const model = (id: string) => models.find((each) => each.id === id);

describe('bundled catalog', () => {
  it('holds 269 models with unique ids, of which nothing is left out or changed by reading', () => {
    expect(json.models).toHaveLength(269);
    expect(bundle.leftOut).toBe(0);
    expect(models.map(({ origins, confirmed, ...facts }) => facts)).toEqual(json.models);
    expect(new Set(models.map(({ id }) => id)).size).toBe(269);
    expect(models.some(({ confirmed }) => confirmed)).toBe(false);
  });

  it('tells hosted models by their id', () => {
    for (const { id, hosting } of models)
      expect([id, hosting]).toEqual([id, id.startsWith('@cf/') ? 'hosted' : 'third-party']);
  });

  it('knows the prices that the simulator journeys bill by', () => {
    expect(model('@cf/zai-org/glm-4.7-flash')).toMatchObject({
      task: 'text-generation',
      contextWindow: 131_072,
      pricing: [
        { label: 'per 1M input tokens', usd: 0.06 },
        { label: 'per 1M output tokens', usd: 0.4 },
      ],
      origins: { task: 'bundle', pricing: 'bundle' },
    });
  });

  it('shows each provider once, also one that the sources write in two ways', () => {
    const titles = new Set(models.map(({ provider }) => providerTitle(provider)));
    const slugs = new Set(models.map(({ provider }) => provider));
    expect(slugs).toContain('meta-llama');
    expect([slugs.size, titles.size]).toEqual([51, 48]);
    expect([...titles].filter((title) => /^(Meta|Mistral|DeepSeek)/.test(title)).sort()).toEqual([
      'DeepSeek',
      'Meta',
      'Mistral',
    ]);
  });

  it('takes rows without a usable task for `other`, without claiming that a source says so', () => {
    const others = models.filter(({ task }) => task === 'other');
    expect(others.map(({ id }) => id)).toEqual(expect.arrayContaining(['klingai/kling-v3', '@cf/cloudflare/clef']));
    expect(others).toHaveLength(6);
    for (const { origins } of others) expect(origins).not.toHaveProperty('task');
  });

  it('knows which models need the paid plan', () => {
    expect(
      models.filter(({ requiresPaidPlan }) => requiresPaidPlan).map(({ name, id }) => id.split('/')[2] ?? name),
    ).toEqual([
      'deepseek-v4-flash-0731',
      'deepseek-v4-pro-0813',
      'kimi-k2.6',
      'kimi-k2.7-code',
      'glm-5.2',
      'glm-5.3',
      'glm-5.3-flash',
    ]);
  });

  it('knows what is gone, and a successor that is not', () => {
    const retired = models.filter((each) => lifecycleOf(each, '2026-11-22') === 'retired');
    expect(retired).toHaveLength(8);
    const kimi = model('@cf/moonshotai/kimi-k2.5');
    expect(retired).toContain(kimi);
    const successor = model(kimi?.successor ?? '');
    expect(successor?.id).toBe('@cf/moonshotai/kimi-k2.6');
    expect(successor && lifecycleOf(successor, '2026-11-22')).toBe('current');
  });

  it('stands one model a line, as the rebuild writes it', () => {
    expect(rebuildBundle(bundle, [], bundle.asOf).content).toBe(text);
    expect(text.split('\n')).toHaveLength(269 + 6);
  });
});
