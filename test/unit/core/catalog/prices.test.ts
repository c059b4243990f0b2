import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../../../src/core/catalog/parse';
import { parsePrice, type Price } from '../../../../src/core/catalog/prices';

const parsed = (label: string, usd = 3): Price | undefined => parsePrice({ label, usd });

describe('parsePrice', () => {
  it.each([
    ['per 1M input tokens', 'input-token'],
    ['per M input tokens', 'input-token'],
    ['Input tokens (per 1M)', 'input-token'],
    ['per 1M output tokens', 'output-token'],
    ['per 1M cached input tokens', 'cached-input-token'],
    ['Cached input tokens (per 1M)', 'cached-input-token'],
    ['per 1M cache creation tokens', 'cache-write-token'],
    ['Cache creation tokens (per 1M)', 'cache-write-token'],
  ])('%s', (label, kind) => expect(parsed(label)).toEqual({ kind, usdPer: 3e-6 }));

  it.each([
    ['per 1M input tokens (<200k)', { below: 200_000 }],
    ['Input <200k (per 1M)', { below: 200_000 }],
    ['per 1M cached input tokens (>=200k)', { from: 200_000 }],
    ['Output >=200k (per 1M)', { from: 200_000 }],
    ['per 1M cache write tokens (short context)', 'short'],
    ['Short-context input (per 1M)', 'short'],
    ['Long-context output (per 1M)', 'long'],
  ])('%s holds for a tier', (label, tier) => expect(parsed(label)?.tier).toEqual(tier));

  it.each([
    ['per image', 'image'],
    ['Per image', 'image'],
    ['Per input image', 'input-image'],
    ['per 512x512 tile', 'tile'],
    ['per 512 by 512 tile', 'tile'],
    ['per step', 'step'],
    ['per input 512x512 tile, per step', 'input-tile-step'],
    ['per output 512x512 tile per step', 'output-tile-step'],
    ['per first MP (1024x1024)', 'first-megapixel'],
    ['per subsequent MP', 'subsequent-megapixel'],
  ])('%s', (label, kind) => expect(parsed(label)).toEqual({ kind, usdPer: 3 }));

  it('keeps the resolution that a price of a picture holds for', () => {
    expect(parsed('per image @2k')).toEqual({ kind: 'image', usdPer: 3, qualifier: '2k' });
    expect(parsed('per image (default)')).toEqual({ kind: 'image', usdPer: 3, qualifier: 'default' });
  });

  it.each([
    'per 1M input image tokens',
    'per 1M reasoning tokens',
    'per 1M images',
    'per 1k characters',
    'per audio minute (WebSocket)',
    'per second @720p',
    'per request',
    'constructor',
    '',
  ])('does not pretend to understand %j', (label) => expect(parsed(label)).toBeUndefined());
});

describe('the prices of the bundled catalog', () => {
  const models = parseCatalog(JSON.parse(readFileSync('media/catalog.json', 'utf8')));

  it('are all understood for text models', () => {
    const labels = models
      .filter(({ task }) => task === 'text-generation')
      .flatMap(({ pricing }) => pricing)
      .filter((price) => parsePrice(price) === undefined);
    expect(labels).toEqual([]);
  });

  it('are understood for pictures, but for tokens told apart by what they encode', () => {
    const labels = models
      .filter(({ task }) => task === 'text-to-image')
      .flatMap(({ pricing }) => pricing)
      .filter((price) => parsePrice(price) === undefined)
      .map(({ label }) => label);
    expect(labels.filter((label) => !label.endsWith('image tokens'))).toEqual([]);
  });
});
