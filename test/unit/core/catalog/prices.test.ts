import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price, PriceConditions, PriceKind } from '../../../../src/core/catalog/price';
import { parsePrice, pricesOf } from '../../../../src/core/catalog/prices';

const parsed = (label: string, usd = 3): Price | undefined => parsePrice({ label, usd });

/** Units of the label, and what it is understood as. */
type Meaning = readonly [label: string, kind: PriceKind, units: number, conditions?: PriceConditions];

/** Every label of the bundled catalog. */
const bundled: readonly Meaning[] = [
  ['per 1M input tokens', 'input-token', 1e6],
  ['per 1M output tokens', 'output-token', 1e6],
  ['per 1M cached input tokens', 'cached-input-token', 1e6],
  ['per 1M cache creation tokens', 'cache-write-token', 1e6],
  ['per 1M reasoning tokens', 'reasoning-token', 1e6],
  ['per 1M input tokens (<200k)', 'input-token', 1e6, { tier: { below: 200_000 } }],
  ['per 1M output tokens (<200k)', 'output-token', 1e6, { tier: { below: 200_000 } }],
  ['per 1M cached input tokens (<200k)', 'cached-input-token', 1e6, { tier: { below: 200_000 } }],
  ['per 1M input tokens (>=200k)', 'input-token', 1e6, { tier: { from: 200_000 } }],
  ['per 1M output tokens (>=200k)', 'output-token', 1e6, { tier: { from: 200_000 } }],
  ['per 1M cached input tokens (>=200k)', 'cached-input-token', 1e6, { tier: { from: 200_000 } }],
  ['per 1M input tokens (short context)', 'input-token', 1e6, { tier: 'short' }],
  ['per 1M output tokens (short context)', 'output-token', 1e6, { tier: 'short' }],
  ['per 1M cached input tokens (short context)', 'cached-input-token', 1e6, { tier: 'short' }],
  ['per 1M cache write tokens (short context)', 'cache-write-token', 1e6, { tier: 'short' }],
  ['per 1M input tokens (long context)', 'input-token', 1e6, { tier: 'long' }],
  ['per 1M output tokens (long context)', 'output-token', 1e6, { tier: 'long' }],
  ['per 1M cached input tokens (long context)', 'cached-input-token', 1e6, { tier: 'long' }],
  ['per 1M cache write tokens (long context)', 'cache-write-token', 1e6, { tier: 'long' }],
  ['per 1M input text tokens', 'input-token', 1e6, { modality: 'text' }],
  ['per 1M input image tokens', 'input-token', 1e6, { modality: 'image' }],
  ['per 1M input audio tokens', 'input-token', 1e6, { modality: 'audio' }],
  ['per 1M input video tokens', 'input-token', 1e6, { modality: 'video' }],
  ['per 1M cached input image tokens', 'cached-input-token', 1e6, { modality: 'image' }],
  ['per 1M output text tokens', 'output-token', 1e6, { modality: 'text' }],
  ['per 1M output image tokens', 'output-token', 1e6, { modality: 'image' }],
  ['per 1M output video tokens', 'output-token', 1e6, { modality: 'video' }],
  ['per image', 'image', 1],
  ['per image (default)', 'image', 1, { isDefault: true }],
  ['per image @1k', 'image', 1, { resolution: '1k' }],
  ['per image @2k', 'image', 1, { resolution: '2k' }],
  ['per input image', 'input-image', 1],
  ['per 1M images', 'image', 1e6],
  ['per 512x512 tile', 'tile', 1],
  ['per step', 'step', 1],
  ['per input 512x512 tile', 'input-tile', 1],
  ['per output 512x512 tile', 'output-tile', 1],
  ['per input 512x512 tile per step', 'input-tile-step', 1],
  ['per output 512x512 tile per step', 'output-tile-step', 1],
  ['per first MP (1024x1024)', 'first-megapixel', 1],
  ['per subsequent MP', 'subsequent-megapixel', 1],
  ['per input image MP', 'input-megapixel', 1],
  ['per second', 'second', 1],
  ['per second (default)', 'second', 1, { isDefault: true }],
  ['per second @480p', 'second', 1, { resolution: '480p' }],
  ['per second @540p', 'second', 1, { resolution: '540p' }],
  ['per second @720p', 'second', 1, { resolution: '720p' }],
  ['per second @768p', 'second', 1, { resolution: '768p' }],
  ['per second @1080p', 'second', 1, { resolution: '1080p' }],
  ['per second @2k', 'second', 1, { resolution: '2k' }],
  ['per second @4k', 'second', 1, { resolution: '4k' }],
  ['per second @720p with audio', 'second', 1, { resolution: '720p', audio: true }],
  ['per second @1080p with audio', 'second', 1, { resolution: '1080p', audio: true }],
  ['per second @4k with audio', 'second', 1, { resolution: '4k', audio: true }],
  ['per second @720p draft', 'second', 1, { resolution: '720p', draft: true }],
  ['per second @1080p draft', 'second', 1, { resolution: '1080p', draft: true }],
  ['per second @720p video input', 'second', 1, { resolution: '720p', videoInput: true }],
  ['per video 6s @768p', 'video', 1, { resolution: '768p', clipSeconds: 6 }],
  ['per video 10s @768p', 'video', 1, { resolution: '768p', clipSeconds: 10 }],
  ['per video 6s @1080p', 'video', 1, { resolution: '1080p', clipSeconds: 6 }],
  ['per output audio second', 'audio-second', 1],
  ['per audio minute', 'audio-minute', 1],
  ['per audio minute (WebSocket)', 'audio-minute', 1, { transport: 'websocket' }],
  ['per minute (speaker diarization add-on)', 'audio-minute', 1, { addOn: 'speaker diarization' }],
  ['per minute (key terms add-on)', 'audio-minute', 1, { addOn: 'key terms' }],
  ['per minute (medical add-on)', 'audio-minute', 1, { addOn: 'medical' }],
  ['per character', 'character', 1],
  ['per 1k characters', 'character', 1000],
];

/** What the live sources print (cloudflare-api.md 4.1, 4.3), and likely relatives. */
const live: readonly Meaning[] = [
  ['per M input tokens', 'input-token', 1e6],
  ['per M output tokens', 'output-token', 1e6],
  ['Input tokens (per 1M)', 'input-token', 1e6],
  ['Output tokens (per 1M)', 'output-token', 1e6],
  ['Cached input tokens (per 1M)', 'cached-input-token', 1e6],
  ['Cache creation tokens (per 1M)', 'cache-write-token', 1e6],
  ['Reasoning tokens (per 1M)', 'reasoning-token', 1e6],
  ['Input image tokens (per 1M)', 'input-token', 1e6, { modality: 'image' }],
  ['Input <200k (per 1M)', 'input-token', 1e6, { tier: { below: 200_000 } }],
  ['Output >=200k (per 1M)', 'output-token', 1e6, { tier: { from: 200_000 } }],
  ['Output ≥ 200K (per 1M)', 'output-token', 1e6, { tier: { from: 200_000 } }],
  ['Input >1M (per 1M)', 'input-token', 1e6, { tier: { from: 1_000_001 } }],
  ['Input <=128k (per 1M)', 'input-token', 1e6, { tier: { below: 128_001 } }],
  ['Short-context input (per 1M)', 'input-token', 1e6, { tier: 'short' }],
  ['Long-context cached input (per 1M)', 'cached-input-token', 1e6, { tier: 'long' }],
  ['Per image', 'image', 1],
  ['Per input image', 'input-image', 1],
  ['per 512 by 512 tile', 'tile', 1],
  ['per input 512x512 tile, per step', 'input-tile-step', 1],
  ['Per image (high)', 'image', 1, { quality: 'high' }],
  ['Low quality 1024x1024 (per image)', 'image', 1, { quality: 'low', resolution: '1024x1024' }],
  ['Per character', 'character', 1],
  ['Per 1,000 characters', 'character', 1000],
  ['per 1M input characters', 'character', 1e6],
  ['Per audio minute', 'audio-minute', 1],
  ['@720p (per second)', 'second', 1, { resolution: '720p' }],
  ['@4k w/ audio (per second)', 'second', 1, { resolution: '4k', audio: true }],
  ['@4k w/o audio (per second)', 'second', 1, { resolution: '4k', audio: false }],
  ['Default (per second)', 'second', 1, { isDefault: true }],
  ['output audio seconds', 'audio-second', 1],
  ['6s @768p', 'video', 1, { resolution: '768p', clipSeconds: 6 }],
  ['  PER  1M   INPUT tokens ', 'input-token', 1e6],
];

describe('parsePrice', () => {
  for (const [label, kind, units, conditions] of [...bundled, ...live]) {
    it(label, () => {
      expect(parsed(label)).toEqual({ kind, usdPer: expect.closeTo(3 / units, 15), ...conditions });
    });
  }

  it.each([
    ['a word too many', 'per 1M input tokens and fees'],
    ['a thing that is not counted', 'per request'],
    ['tokens without a scale', 'per input tokens'],
    ['a batch price, which is no plain price', 'per 1M input tokens (batch)'],
    ['a resolution of tokens', 'per 1M input tokens @720p'],
    ['sound of a picture', 'per image with audio'],
    ['an add-on of a picture', 'per image (speaker diarization add-on)'],
    ['a length of a second', 'per second 6s'],
    ['tokens or pictures', 'Input image (per 1M)'],
    ['two scales', 'per 1k per 1M characters'],
    ['a scale that is no resolution', 'per 10k images'],
    ['a name of an object', 'constructor'],
    ['a name of an object as tokens', 'per 1M constructor tokens'],
    ['nothing', ''],
  ])('does not pretend to understand %s: %j', (_, label) => expect(parsed(label)).toBeUndefined());

  it.each([Number.NaN, Infinity, -1])('does not compute with a price of %d', (usd) => {
    expect(parsed('per image', usd)).toBeUndefined();
  });

  it('takes any text and any number, and gives a sound price or none', () => {
    const words = fc.constantFrom(
      ...[...bundled, ...live].flatMap(([label]) => label.split(' ')),
      ...['(', ')', '@', '<', '__proto__', '\u0000', '９k'],
    );
    const label = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(label, fc.double(), (text, usd) => {
        const price = parsed(text, usd);
        if (price) expect(price.usdPer).toBeGreaterThanOrEqual(0);
        if (price) expect(price.usdPer).toBeLessThanOrEqual(usd);
      }),
    );
  });

  it('reads labels whatever their case, spaces and brackets', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...bundled),
        fc.constantFrom('  ', '\t', '\n'),
        fc.boolean(),
        ([label], space, upper) => {
          const same = label.replace(' ', space).replace('(', '[').replace(')', ']');
          expect(parsed(upper ? same.toUpperCase() : ` ${same} `)).toEqual(parsed(label));
        },
      ),
    );
  });
});

describe('pricesOf', () => {
  const perSecond = { label: 'Default (per second)', usd: 0.04 };

  it('drops the default line where it only says another price again', () => {
    const { prices } = pricesOf({ task: 'text-to-image', pricing: [perSecond, { label: 'Per image', usd: 0.04 }] });
    expect(prices).toEqual([{ kind: 'image', usdPer: 0.04 }]);
    const speech = pricesOf({ task: 'text-to-speech', pricing: [perSecond, { label: 'Per character', usd: 0.04 }] });
    expect(speech.prices).toEqual([{ kind: 'character', usdPer: 0.04 }]);
  });

  it('keeps it for video, and where it says something else', () => {
    const pricing = [perSecond, { label: 'Per image', usd: 0.05 }];
    expect(pricesOf({ task: 'text-to-image', pricing }).prices).toHaveLength(2);
    expect(pricesOf({ task: 'text-to-video', pricing: [perSecond] }).prices).toHaveLength(1);
  });

  it('names the labels that were not understood', () => {
    const { prices, notUnderstood } = pricesOf({
      task: 'text-generation',
      pricing: [
        { label: 'per 1M input tokens', usd: 1 },
        { label: 'per blue moon', usd: 2 },
      ],
    });
    expect(prices).toHaveLength(1);
    expect(notUnderstood).toEqual(['per blue moon']);
  });
});

describe('the bundled catalog', () => {
  const { models } = JSON.parse(readFileSync('media/catalog.json', 'utf8')) as {
    models: { pricing: { label: string; usd: number }[] }[];
  };
  const labels = new Set(models.flatMap(({ pricing }) => pricing.map(({ label }) => label)));

  /** Labels that are shown and never computed with, and why. At most five. */
  const notUnderstood: Readonly<Record<string, string>> = {};

  it('has no label that is neither understood here nor listed as not understood', () => {
    const known = new Set([...bundled.map(([label]) => label), ...Object.keys(notUnderstood)]);
    expect([...labels].filter((label) => !known.has(label))).toEqual([]);
    expect(Object.keys(notUnderstood).length).toBeLessThanOrEqual(5);
  });

  it('has labels to prove it by', () => expect(labels.size).toBeGreaterThan(60));
});
