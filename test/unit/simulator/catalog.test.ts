import { describe, expect, it } from 'vitest';
import { faultDescriptions } from '../../../src/simulator/faults';
import { createAsker, jsonOf } from './support';

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
});

describe('the third-party catalog', () => {
  it('lists models by model_id with free-text prices', async () => {
    const { result } = jsonOf(await get('/client/v4/accounts/simulator/ai/catalog/models?per_page=1000'));
    const haiku = result.find((model: any) => model.model_id === 'anthropic/claude-haiku-4.5');
    expect(haiku).toMatchObject({
      provider_id: 'anthropic',
      task: 'Text Generation',
      request_formats: ['Anthropic Messages'],
      pricing: { 'Input tokens (per 1M)': 1, 'Output tokens (per 1M)': 5 },
    });
    expect(result.some((model: any) => model.model_id.startsWith('@cf/'))).toBe(false);
  });

  it('gives schemas by author and model, and 404 where there is none', async () => {
    const base = '/client/v4/accounts/simulator/ai/catalog/models';
    expect(jsonOf(await get(`${base}/openai/gpt-5/schema`)).result.schema.input.required).toEqual(['messages']);
    expect((await get(`${base}/nobody/none/schema`)).status).toBe(404);
    const hosted = await get(
      '/client/v4/accounts/simulator/ai/models/schema?model=@cf/black-forest-labs/flux-1-schnell',
    );
    expect(jsonOf(hosted).result.input.required).toEqual(['prompt']);
  });
});
