import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparablePrice } from '../../../../src/core/catalog/comparable-price';
import type { Model } from '../../../../src/core/catalog/model';
import * as priced from '../run/priced-models';
import { model } from '../run/runs';

type Row = readonly [what: string, model: Model, usd: number, unit: string];

const perTokens = 'per 1M tokens (3 in : 1 out)';
const perPicture = 'per 1024 × 1024 picture';

describe('comparablePrice', () => {
  it.each<Row>([
    // (3 × 0.06 + 0.4) / 4
    ['text', priced.glm, 0.145, perTokens],
    // (3 × 2 + 6) / 4, at small inputs
    ['text with tiers', priced.grok, 3, perTokens],
    // (3 × 0.1 + 0.5) / 4, in a short context
    ['text with contexts', priced.luna, 0.2, perTokens],
    ['embeddings', priced.bgeM3, 0.012, 'per 1M input tokens'],
    ['a picture at a flat price', priced.seedream45, 0.04, perPicture],
    ['a picture at the default resolution', priced.qwenImage, 0.04, perPicture],
    // 4 tiles × 0.0000528 + 4 default steps × 0.0001056
    ['tiles and steps', priced.schnell, 0.0006336, perPicture],
    // 4 tiles × 0.006996 + 25 assumed steps × 0.000132
    ['tiles and steps whose default is not known', priced.lucid, 0.031284, perPicture],
    // 4 tiles × 25 assumed steps × 0.00041
    ['tiles times steps', priced.fluxDev, 0.041, perPicture],
    ['megapixels', priced.klein9, 0.015, perPicture],
    ['video', priced.horse, 0.28, 'per second of video'],
    ['speech by the character', priced.tts1, 0.015, 'per 1,000 characters'],
    ['speech by the thousand', priced.aura2, 0.03, 'per 1,000 characters'],
    ['speech by the minute', priced.melo, 0.0002, 'per minute of audio'],
    // over REST, and without add-ons
    ['audio heard', priced.nova3, 0.0052, 'per minute of audio'],
    ['audio heard with add-ons', priced.universal, 0.0035, 'per minute of audio'],
    ['audio heard over WebSockets alone', priced.deepgramFlux, 0.0077, 'per minute of audio'],
    // 60 × 0.0025
    ['music', priced.music, 0.15, 'per minute of audio'],
    ['a picture looked at', priced.resnet, 0.00000251, 'per picture'],
    // 0.36 / 12 is less than 0.36 / 6
    [
      'clips alone',
      model({ 'per video 6s @1080p': 0.36, 'per video 12s @768p': 0.36 }, { task: 'text-to-video' }),
      0.03,
      'per second of video',
    ],
  ])('%s', (_, of, usd, unit) => expect(comparablePrice(of)).toEqual({ usd, unit }));

  it.each([
    ['without a price', model({})],
    ['of labels that are not understood', model({ 'per blue moon': 1 })],
    ['of an add-on alone', model({ 'per minute (key terms add-on)': 1 }, { task: 'speech-recognition' })],
    // how many tokens a picture takes is not known
    ['by token, for pictures', priced.banana],
  ])('is unknown %s', (_, of) => expect(comparablePrice(of)).toBeUndefined());

  it('is a plain amount or unknown, whatever the prices', () => {
    const models = Object.values(priced);
    fc.assert(
      fc.property(
        fc.constantFrom(...models.map(({ task }) => task)),
        fc.array(
          fc.record({
            label: fc.constantFrom(...models.flatMap(({ pricing }) => pricing.map(({ label }) => label))),
            usd: fc.double({ min: 0, max: 1000, noNaN: true }),
          }),
          { maxLength: 6 },
        ),
        (task, pricing) => {
          const usd = comparablePrice({ ...model({}), task, pricing })?.usd ?? 0;
          expect(Number.isFinite(usd)).toBe(true);
          expect(usd).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
