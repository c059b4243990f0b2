import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { fileTokens, imageTokens } from '../../../../src/core/run/image-tokens';
import { model } from './runs';

const by = (provider: string, rest: Partial<Model> = {}): Model =>
  model({}, { id: `${provider}/x`, provider, ...rest });
const claude = by('anthropic');
const gpt = by('openai');
const gemini = by('google');

describe('imageTokens', () => {
  it.each<readonly [string, Model, number, number, number]>([
    // 1000 × 750 / 750
    ['a picture below the limit', claude, 1000, 750, 1000],
    // 3136 × 1568 is seen at 1568 × 784: 1,229,312 / 750 = 1639.08
    ['a wide one, scaled down', claude, 3136, 1568, 1640],
    // the examples of the provider's own guide
    ['768 × 768: four tiles', gpt, 1024, 1024, 765],
    ['768 × 1536: six tiles', gpt, 2048, 4096, 1105],
    ['a small one is not scaled up: one tile', gpt, 300, 200, 255],
    ['one tile', gemini, 384, 384, 258],
    // 2 × 2
    ['four tiles', gemini, 1000, 1000, 1032],
  ])('%s', (_, of, width, height, tokens) => {
    expect(imageTokens(of, width, height)).toBe(tokens);
  });

  it('knows nothing of other models', () => {
    expect(imageTokens(by('xai'), 512, 512)).toBeUndefined();
    expect(imageTokens(by('google', { hosting: 'hosted' }), 512, 512)).toBeUndefined();
    expect(imageTokens(by('openai', { task: 'text-to-image' }), 512, 512)).toBeUndefined();
    expect(imageTokens(gpt, 0, 512)).toBeUndefined();
  });

  it('never counts more for a picture scaled down', () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(
        fc.constantFrom(claude, gpt, gemini),
        side,
        side,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (of, w, h, scale) => {
          const smaller = imageTokens(of, Math.max(1, Math.floor(w * scale)), Math.max(1, Math.floor(h * scale)));
          // A tile more or less by the rounding of a side.
          const tile = of === gpt ? 170 * 4 : of === gemini ? 0 : 4;
          expect(smaller).toBeLessThanOrEqual((imageTokens(of, w, h) ?? 0) + tile);
        },
      ),
    );
  });
});

describe('fileTokens', () => {
  it('adds pictures, and says what it cannot tell', () => {
    const picture = { kind: 'image', width: 1024, height: 1024 } as const;
    expect(fileTokens(gpt, [picture, picture])).toBe(1530);
    expect(fileTokens(gpt, [])).toBe(0);
    expect(fileTokens(gpt, [picture, { kind: 'image' }])).toMatch(/a picture takes/);
    expect(fileTokens(gpt, [{ kind: 'file' }])).toMatch(/a document takes/);
    expect(fileTokens(by('xai'), [picture])).toMatch(/a picture takes/);
  });
});
