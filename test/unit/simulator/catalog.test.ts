import { describe, expect, it } from 'vitest';
import type { PriceLabel } from '../../../src/core/catalog/model';
import { parsePrice } from '../../../src/core/catalog/prices';
import { parseModelsSearch } from '../../../src/core/catalog/sources/models-search';
import { parseThirdPartyCatalog } from '../../../src/core/catalog/sources/third-party-catalog';
import { faultDescriptions } from '../../../src/simulator/faults';
import { createAsker, jsonOf, models, textOf } from './support';

const { get } = createAsker();
const search = '/client/v4/accounts/simulator/ai/models/search';
const item = (name: string, list: any[]): any => list.find((candidate) => candidate.name === name);
const property = (model: any, id: string): unknown =>
  model.properties.find((entry: any) => entry.property_id === id)?.value;

describe('model search', () => {
  it('gives hosted models in the official shape: scalars as strings, prices as a list', async () => {
    const { result } = jsonOf(await get(`${search}?per_page=1000`));
    const llama = item('@cf/meta/llama-3.3-70b-instruct-fp8-fast', result);
    expect(llama.task.name).toBe('Text Generation');
    expect(llama.id).toMatch(/^[0-9a-f]{8}-/);
    expect(property(llama, 'context_window')).toBe('24000');
    expect(property(llama, 'function_calling')).toBe('true');
    expect(property(llama, 'price')).toContainEqual({ unit: 'per M input tokens', price: 0.293, currency: 'USD' });
    expect(result.every((model: any) => model.name.startsWith('@'))).toBe(true);
  });

  it('lists every fault model with a price and what it does', async () => {
    const { result } = jsonOf(await get(`${search}?per_page=1000&task=Text%20Generation`));
    for (const [fault, about] of faultDescriptions) {
      const model = item(`@cf/simulator/${fault}`, result);
      expect(model.description).toContain(about);
      expect(model.task.name).toBe('Text Generation');
      expect(property(model, 'price')).toHaveLength(2);
    }
  });

  it('pages through everything once', async () => {
    const all = jsonOf(await get(`${search}?per_page=1000`));
    const names: string[] = [];
    for (let page = 1; page <= 100; page++) {
      const { result, result_info } = jsonOf(await get(`${search}?per_page=7&page=${page}`));
      expect(result_info).toMatchObject({ page, per_page: 7, count: result.length, total_count: all.result.length });
      if (result.length === 0) break;
      names.push(...result.map((model: any) => model.name));
    }
    expect(names).toEqual(all.result.map((model: any) => model.name));
  });

  it('filters by text, task and author, and hides deprecated models unless asked', async () => {
    const names = async (query: string): Promise<string[]> =>
      jsonOf(await get(`${search}?per_page=1000&${query}`)).result.map((model: any) => model.name);
    expect(await names('search=FLUX-1')).toEqual(['@cf/black-forest-labs/flux-1-schnell']);
    expect((await names('task=Text%20Embeddings')).length).toBe(7);
    expect(await names('author=zai-org')).toContain('@cf/zai-org/glm-4.7-flash');
    expect(await names('')).not.toContain('@cf/google/gemma-3-12b-it');
    expect(await names('include_deprecated=true')).toContain('@cf/google/gemma-3-12b-it');
  });

  it('filters by source, and hides its own fault models as experimental', async () => {
    const names = async (query: string): Promise<string[]> =>
      jsonOf(await get(`${search}?per_page=1000&${query}`)).result.map((model: any) => model.name);
    expect(await names('source=1')).toEqual(await names(''));
    expect(await names('source=2')).toEqual([]);
    const stable = await names('hide_experimental=true');
    expect(stable).toContain('@cf/zai-org/glm-4.7-flash');
    expect(stable.some((name) => name.startsWith('@cf/simulator/'))).toBe(false);
  });

  it('tells limits, terms and deprecation as strings, and leaves out what is not known', async () => {
    const { result } = jsonOf(await get(`${search}?per_page=1000&include_deprecated=true`));
    const llama = item('@cf/meta/llama-3.3-70b-instruct-fp8-fast', result);
    expect(property(llama, 'terms')).toMatch(/^https:\/\//);
    expect(property(llama, 'planned_deprecation_date')).toBeUndefined();
    expect(property(item('@cf/google/gemma-3-12b-it', result), 'planned_deprecation_date')).toBe('2026-05-30');
    for (const model of result) {
      for (const { property_id, value } of model.properties) {
        if (property_id === 'price') expect(Array.isArray(value)).toBe(true);
        else expect(value, `${model.name} ${property_id}`).toEqual(expect.stringMatching(/./));
      }
    }
  });
});

describe('the third-party catalog', () => {
  const catalog = '/client/v4/accounts/simulator/ai/catalog/models';

  it('lists models by model_id with every field of the catalog', async () => {
    const models = await allPages(catalog);
    const haiku = models.find((model: any) => model.model_id === 'anthropic/claude-haiku-4.5');
    expect(haiku).toMatchObject({
      provider_id: 'anthropic',
      task: 'Text Generation',
      request_formats: ['Anthropic Messages'],
      pricing: { 'Input tokens (per 1M)': 1, 'Output tokens (per 1M)': 5 },
      terms: expect.stringMatching(/^https:/),
      banner: null,
    });
    expect(models.some((model: any) => model.model_id.startsWith('@cf/'))).toBe(false);
    for (const field of 'tags context_length max_output_tokens schema_version examples default_example supports_async zdr zdr_comment external_info cover_image_url metadata providers created_at'.split(
      ' ',
    ))
      expect(haiku).toHaveProperty(field);
  });

  it('gives at most 50 a page', async () => {
    const { result, result_info } = jsonOf(await get(`${catalog}?per_page=1000`));
    expect(result).toHaveLength(50);
    expect(result_info).toMatchObject({ per_page: 50, total_count: 191, total_pages: 4 });
  });

  it('prints prices in words of its own', async () => {
    const labels = new Set((await allPages(catalog)).flatMap((model: any) => Object.keys(model.pricing)));
    for (const label of [
      'Input tokens (per 1M)',
      'Cached input <200k (per 1M)',
      'Output >=200k (per 1M)',
      'Short-context input (per 1M)',
      'Long-context cache write (per 1M)',
      'Per image',
      'Per input image',
      '@1k (per image)',
      'Per character',
      'Per audio minute',
      'Default (per second)',
      '@720p (per second)',
      '@4k w/ audio (per second)',
      '@1080p draft (per second)',
      'output audio seconds',
      '6s @768p',
    ])
      expect(labels).toContain(label);
  });
});

describe('the model list of the gateway host', () => {
  const compat = '/v1/simulator/default/compat/models';
  const headers = { 'cf-aig-authorization': 'Bearer test', authorization: '' };

  it('lists text models under the slugs of that host, with USD per token', async () => {
    const { object, data } = jsonOf(await get(compat, headers));
    expect(object).toBe('list');
    const cost = new Map(data.map((entry: any) => [entry.id, [entry.cost_in, entry.cost_out]]));
    expect(cost.get('anthropic/claude-haiku-4.5')).toEqual([1e-6, 5e-6]);
    expect(cost.get('workers-ai/@cf/zai-org/glm-4.7-flash')).toEqual([6e-8, 4e-7]);
    expect(cost.has('grok/grok-4.3')).toBe(true);
    expect([...cost.keys()].some((id) => /^(?:xai|google)\//.test(id as string))).toBe(false);
    expect(data.find((entry: any) => entry.id.startsWith('google-ai-studio/gemini'))).toMatchObject({
      object: 'model',
      owned_by: 'google-ai-studio',
    });
  });

  it.each([{ authorization: 'Bearer test' }, { 'cf-aig-authorization': 'Bearer invalid' }])(
    'takes the token from cf-aig-authorization alone: %o',
    async (given) => {
      const reply = await get(compat, given);
      expect(reply.status).toBe(401);
      expect(jsonOf(reply).errors[0].code).toBe(2009);
    },
  );

  it('does not stand under /client/v4', async () => {
    expect((await get('/client/v4/compat/models')).status).toBe(404);
    expect((await get('/client/v4/accounts/simulator/compat/models')).status).toBe(404);
  });
});

describe('what is listed', () => {
  it('costs as much as the bundle says, whichever listing and wording is read', async () => {
    const bundled = new Map(models.map((model) => [model.id, model]));
    const meaning = (pricing: readonly PriceLabel[]): unknown =>
      pricing.map((label) => {
        const { usdPer, ...rest } = parsePrice(label) ?? { usdPer: label.usd, label: label.label };
        return { ...rest, usdPer: usdPer.toPrecision(12) };
      });
    const hosted = parseModelsSearch({ result: await allPages(`${search}?include_deprecated=true`) });
    const thirdParty = parseThirdPartyCatalog({
      result: await allPages('/client/v4/accounts/simulator/ai/catalog/models'),
    });
    const listed = [...hosted, ...thirdParty].filter(({ id }) => !id.startsWith('@cf/simulator/'));
    expect(listed).toHaveLength(models.length);
    for (const { id, facts } of listed) {
      expect([id, meaning(facts.pricing ?? [])]).toEqual([id, meaning(bundled.get(id)?.pricing ?? [])]);
    }
  });

  it('need not be read again by who names its entity tag', async () => {
    for (const path of [
      `${search}?page=2&per_page=50`,
      '/client/v4/accounts/simulator/ai/catalog/models?page=1&per_page=50',
      '/v1/simulator/default/compat/models',
    ]) {
      const headers = { authorization: 'Bearer test', 'cf-aig-authorization': 'Bearer test' };
      const first = await get(path, headers);
      const etag = first.headers['etag'] ?? '';
      expect(etag).toMatch(/^"[\w-]+"$/);
      const again = await get(path, { ...headers, 'if-none-match': etag });
      expect([again.status, textOf(again), again.headers['etag']]).toEqual([304, '', etag]);
      expect((await get(path, { ...headers, 'if-none-match': `"other", W/${etag}` })).status).toBe(304);
      expect((await get(path, { ...headers, 'if-none-match': '"other"' })).status).toBe(200);
      const changed = await get(path.replace('simulator', 'catalog-changed'), { ...headers, 'if-none-match': etag });
      if (!path.includes('search')) expect(changed.status).toBe(200);
    }
  });
});

/** Items of all pages, asked for as a client would. */
async function allPages(path: string): Promise<any[]> {
  const items: unknown[] = [];
  for (let page = 1; ; page++) {
    const { result, result_info } = jsonOf(await get(`${path}${path.includes('?') ? '&' : '?'}page=${page}`));
    items.push(...result);
    if (page >= result_info.total_pages) return items;
  }
}
