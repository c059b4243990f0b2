import { describe, expect, it } from 'vitest';
import { priceUnitOf } from '../../../../webview/state/price-unit';
import { priceWords } from '../../../../webview/state/price-words';
import { parseBundle } from '../../../../src/core/catalog/sources/bundle';
import { mergeListings } from '../../../../src/core/catalog/merge';
import bundle from '../../../../media/catalog.json';

const wordsOf = (label: string, usd: number) => priceWords({ pricing: [{ label, usd }] })[0];
const models = mergeListings([parseBundle(bundle)]);

describe('a price in words', () => {
  it.each([
    ['per 1M input tokens', 3, 'Input', 3, 'per 1M tokens'],
    ['per 1M cached input tokens', 0.3, 'Input read from cache', 0.3, 'per 1M tokens'],
    ['per 1M output tokens (>=200k)', 18, 'Output: inputs from 200k on', 18, 'per 1M tokens'],
    ['per second @720p', 0.14, 'Time: 720p', 0.14, 'per second'],
    ['per image', 0.04, 'Picture', 0.04, 'each'],
  ])('%s', (label, usd, meaning, amount, unit) => {
    expect(wordsOf(label, usd)).toEqual({ label, meaning, usd: amount, unit });
  });

  it('is as printed where it was not understood', () => {
    expect(wordsOf('per gut feeling', 2)).toEqual({
      label: 'per gut feeling',
      meaning: undefined,
      usd: 2,
      unit: undefined,
    });
  });

  it('differs from every other of its model in the whole catalog', () => {
    for (const model of models) {
      const meanings = priceWords(model).flatMap(({ meaning, unit, usd }) =>
        meaning ? [`${meaning} ${unit} ${usd}`] : [],
      );
      expect.soft(new Set(meanings).size, model.id).toBe(meanings.length);
    }
  });
});

it('the ceiling is given in the unit of most models', () => {
  const ofTask = (task: string) => models.filter((model) => model.task === task);
  expect(priceUnitOf(ofTask('text-generation'))).toMatch(/per 1M tokens/);
  expect(priceUnitOf(ofTask('text-to-image'))).toMatch(/1024/);
  expect(priceUnitOf([])).toBeUndefined();
});
