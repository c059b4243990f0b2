import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCompatModels } from '../../../../../src/core/catalog/sources/compat-models';
import { entriesWith, expectValid, rejections } from './hostile';

const list = (...data: unknown[]): unknown => ({ object: 'list', data });
const entry = (id: unknown, cost_in: unknown, cost_out: unknown) => ({
  id,
  object: 'model',
  created_at: 1,
  cost_in,
  cost_out,
  owned_by: 'x',
});
const pair = (input: number, output: number) => [
  { label: 'per 1M input tokens', usd: input },
  { label: 'per 1M output tokens', usd: output },
];

describe('parseCompatModels', () => {
  it('turns costs for one token into prices for a million', () => {
    expect(parseCompatModels(list(entry('openai/gpt-5.4-mini', 6e-7, 0.0000029)))).toEqual([
      { id: 'openai/gpt-5.4-mini', facts: { pricing: pair(0.6, 2.9) } },
    ]);
    expect(parseCompatModels(list(entry('openai/a', '0.0000006', 2.5e-6)))[0]?.facts.pricing).toEqual(pair(0.6, 2.5));
  });

  it.each([
    ['grok/grok-4.3', 'xai/grok-4.3'],
    ['google-ai-studio/gemini-2.5-pro', 'google/gemini-2.5-pro'],
    ['workers-ai/@cf/meta/llama-3.2-3b-instruct', '@cf/meta/llama-3.2-3b-instruct'],
    ['anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4.5'],
  ])('%s is %s in the catalog', (compat, id) => {
    expect(parseCompatModels(list(entry(compat, 1e-6, 1e-6)))[0]?.id).toBe(id);
  });

  it.each([
    [0, 0, undefined],
    [null, undefined, undefined],
    [1e-6, 0, [{ label: 'per 1M input tokens', usd: 1 }]],
    ['', '', undefined],
    [-1e-6, 1e-6, undefined],
    [1e-6, 1, undefined],
    ['dear', 1e-6, undefined],
  ])('costs %j and %j are the prices %j: zero is no price', (input, output, pricing) => {
    expect(parseCompatModels(list(entry('a/b', input, output)))[0]?.facts.pricing).toEqual(pricing);
  });

  it('leaves out ids that can not be called, also behind a prefix', () => {
    const { lines, rejected } = rejections();
    const bad = ['gpt', 'workers-ai/@cf/../x', 'grok/', 'a/b c', null].map((id) => entry(id, 1e-6, 1e-6));
    expect(parseCompatModels(list(...bad, entry('a/b', 1e-6, 1e-6)), rejected)).toHaveLength(1);
    expect(lines).toHaveLength(5);
  });

  it('throws for nothing, and lists no model that is not valid', () => {
    const entries = entriesWith(['id', 'cost_in', 'cost_out'], ['id']);
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ data: fc.oneof(entries, fc.jsonValue()) })), (json) =>
        expectValid(parseCompatModels(json)),
      ),
      { numRuns: 500 },
    );
  });
});
