import { describe, expect, it } from 'vitest';
import type { CatalogStatus } from '../../../../src/core/catalog/entry';
import type { Model } from '../../../../src/core/catalog/model';
import { factsOf, originWords } from '../../../../webview/state/model-facts';

const model: Model = {
  id: '@cf/meta/llama-3.2-3b-instruct',
  provider: 'meta-llama',
  name: 'Llama 3.2 3B',
  task: 'text-generation',
  hosting: 'hosted',
  contextWindow: 80_000,
  capabilities: ['tools', 'lora'],
  requestFormats: [],
  pricing: [],
  zeroDataRetention: false,
};
const status: CatalogStatus = {
  refreshing: false,
  sources: [
    { source: 'models-search', asOf: '2026-11-22T21:40:00Z', models: 80, leftOut: 0 },
    { source: 'bundle', asOf: '2026-10', models: 269, leftOut: 0 },
  ],
};

describe('facts', () => {
  const facts = factsOf(model, { contextWindow: 'models-search', 'capabilities.tools': 'bundle' }, status);
  const fact = (id: string) => facts.find((one) => one.id === id);

  it('carry the source and date of their own', () => {
    expect(fact('contextWindow')?.origin).toEqual({
      short: 'live · 2026-11-22',
      long: 'The live list of hosted models, 2026-11-22 21:40 UTC',
    });
    expect(fact('capability-tools')?.origin?.short).toBe('bundled · 2026-10');
    expect(fact('provider')).toMatchObject({ value: 'Meta', origin: { short: 'derived' } });
  });

  it('are left open where no source tells, and "no" where one does', () => {
    expect(fact('maxOutputTokens')).toMatchObject({ value: undefined, origin: undefined });
    expect(fact('zeroDataRetention')?.value).toBe('no');
    expect(fact('requiresPaidPlan')?.value).toBeUndefined();
    expect(fact('capability-vision')).toBeUndefined();
  });

  it('come from documentation where no source lists them', () => {
    expect(fact('rateLimit')).toMatchObject({ value: '300 requests a minute', origin: { short: 'documented' } });
  });

  it('say so when the date of a source is not known', () => {
    expect(originWords('compat-models', status).short).toBe('gateway · date unknown');
  });
});
