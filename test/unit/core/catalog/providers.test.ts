import { describe, expect, it } from 'vitest';
import { providerKey, providerTitle } from '../../../../src/core/catalog/providers';

describe('providers', () => {
  it.each([
    ['meta', 'meta-llama', 'Meta'],
    ['mistral', 'mistralai', 'Mistral'],
    ['deepseek', 'deepseek-ai', 'DeepSeek'],
    ['openai', 'OpenAI', 'OpenAI'],
  ])('%s and %s are %s', (one, other, title) => {
    expect(providerKey(one)).toBe(providerKey(other));
    expect([providerTitle(one), providerTitle(other)]).toEqual([title, title]);
  });

  it.each([
    ['black-forest-labs', 'Black Forest Labs'],
    ['xai', 'xAI'],
    ['zai-org', 'Z.ai'],
    ['newcomer_labs', 'Newcomer Labs'],
    ['', ''],
  ])('%s is shown as %s', (slug, title) => expect(providerTitle(slug)).toBe(title));

  it('keeps apart what only looks alike', () => {
    expect(providerKey('ibm-granite')).not.toBe(providerKey('ibm'));
    expect(providerKey('constructor')).toBe('constructor');
  });
});
