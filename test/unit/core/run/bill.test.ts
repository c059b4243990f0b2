import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, Task } from '../../../../src/core/catalog/model';
import { openAiUsage } from '../../../../src/core/inference/usage';
import { billOf, type Bill } from '../../../../src/core/run/bill';
import { costOf } from '../../../../src/core/run/cost';
import type { RunState } from '../../../../src/core/run/state';
import { runEvents } from './arbitraries';
import { linesOf, pictureBills, soundBills, tokenBills, videoBills, type Row } from './bills';
import { mediaBills } from './media-bills';
import * as priced from './priced-models';
import { finished, model, picture, runOf, started, text, usage } from './runs';

const rows: readonly Row[] = [...tokenBills, ...pictureBills, ...videoBills, ...soundBills, ...mediaBills];

const bill = (state: RunState, of: Model): Bill => {
  const result = billOf(state, of);
  if (typeof result === 'string') throw new Error(result);
  return result;
};

describe('billOf', () => {
  for (const [what, state, of, provenance, lines, usd, missing] of rows) {
    it(`${provenance}: ${what}`, () => {
      const result = bill(state, of);
      expect(result.lines.map(({ count, usdPer }) => [count, usdPer])).toEqual(
        linesOf(lines).map(([count, usdPer]) => [expect.closeTo(count, 9), expect.closeTo(usdPer, 15)]),
      );
      expect(result.usd).toBeCloseTo(usd, 12);
      expect(result.exact).toBe(provenance === 'reported');
      if (missing) expect(result.missing[0]).toMatch(missing);
      else expect(result.missing).toEqual([]);
    });

    it(`in one figure, ${provenance}: ${what}`, () => {
      expect(costOf(state, of)).toEqual(
        provenance === 'unknown'
          ? {
              provenance,
              why: expect.stringMatching(missing ?? /./),
              ...(usd > 0 && { atLeast: expect.closeTo(usd, 12) }),
            }
          : { provenance, usd: expect.closeTo(usd, 12) },
      );
    });
  }

  it('is proven by at least 45 bills', () => expect(rows.length).toBeGreaterThanOrEqual(45));

  it('says what each line is for', () => {
    const state = runOf(
      started(0, 1, { input: { duration: 8, resolution: '4K', generate_audio: true } }),
      usage(1, { inputTokens: 1 }),
      finished(2),
    );
    expect(bill(state, priced.veo).lines.map(({ what }) => what)).toEqual(['seconds of video @4k with audio']);
  });

  it('says once what is missing twice', () => {
    const state = runOf(started(0), text(1), usage(2, { inputTokens: 10, outputTokens: 10 }), finished(3));
    expect(bill(state, priced.luna).missing).toHaveLength(1);
  });

  it('reads how much of the usage were pictures', () => {
    const wire = {
      input_tokens: 350,
      output_tokens: 1000,
      input_tokens_details: { text_tokens: 50, image_tokens: 300 },
      output_tokens_details: { image_tokens: 900, text_tokens: 100 },
    };
    const state = runOf(
      started(0, 1, { input: { images: ['https://x/y.png'] } }),
      picture(1),
      usage(2, openAiUsage(wire) ?? {}),
      finished(3),
    );
    // 50 × 5/M + 300 × 8/M + 900 × 32/M + 100 × 10/M = 0.00025 + 0.0024 + 0.0288 + 0.001
    expect(costOf(state, priced.gptImage15)).toEqual({ provenance: 'reported', usd: expect.closeTo(0.03245, 12) });
  });

  it('never bills a call of which nothing was counted as free', () => {
    const state = runOf(started(0), text(1), usage(2, { inputTokens: 0, outputTokens: 0 }), finished(3));
    expect(costOf(state, priced.glm).provenance).toBe('unknown');
  });
});

describe('a bill of anything', () => {
  const models = Object.values(priced);
  const tasks: readonly Task[] = [...new Set(models.map(({ task }) => task)), 'other', 'realtime', 'object-detection'];
  const anyModel: fc.Arbitrary<Model> = fc
    .record({
      task: fc.constantFrom(...tasks),
      pricing: fc.array(
        fc.record({
          label: fc.constantFrom(
            ...models.flatMap(({ pricing }) => pricing.map(({ label }) => label)),
            'per blue moon',
          ),
          usd: fc.double({ min: 0, max: 100, noNaN: true }),
        }),
        { maxLength: 8 },
      ),
    })
    .map((facts) => ({ ...model({}), ...facts }));
  const body = fc.dictionary(
    fc.constantFrom(
      ...['duration', 'resolution', 'quality', 'size', 'width', 'height', 'generate_audio', 'draft', 'steps', 'n'],
      ...['num_steps', 'prompt', 'text', 'image', 'images', 'video', 'music_length_ms', 'messages', 'input', 'content'],
    ),
    fc.oneof(
      fc.constantFrom<unknown>('720p', '4K', '8s', 'high', '1024x1024', 'auto', true, false, 5, 1024, -1, null),
      fc.constantFrom<unknown>('https://x/y.png', ['https://x/y.png'], { url: 'https://x/y.png' }, [{ type: 'image' }]),
      fc.jsonValue(),
    ),
  );
  const anyState = fc.tuple(runEvents, body).map(([events, request]) => {
    const state = runOf(events);
    return state.request ? { ...state, request: { ...state.request, body: request } } : state;
  });

  it('is a sound sum of its lines', () => {
    fc.assert(
      fc.property(anyState, anyModel, (state, of) => {
        const result = billOf(state, of);
        if (typeof result === 'string') return;
        for (const { count, usdPer, usd } of result.lines) {
          expect(usd).toBe(count * usdPer);
          expect(usd).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(usd)).toBe(true);
        }
        expect(result.usd).toBe(result.lines.reduce((sum, { usd }) => sum + usd, 0));
        if (result.exact) expect(result.missing).toEqual([]);
        // What is free was a hit of a cache, or has a price of zero.
        if (result.lines.length === 0 && state.gateway.cacheStatus !== 'HIT') expect(result.missing).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never grows smaller with more tokens', () => {
    const tokens = fc.nat(400_000);
    const text = fc.constantFrom(priced.glm, priced.mini, priced.sonnet, priced.grok, priced.bgeM3);
    const answered = (inputTokens: number, outputTokens: number): RunState =>
      runOf(started(0), usage(1, { inputTokens, outputTokens }), finished(2));
    fc.assert(
      fc.property(text, tokens, tokens, tokens, tokens, (of, input, output, moreInput, moreOutput) => {
        const [less, more] = [answered(input + 1, output), answered(input + 1 + moreInput, output + moreOutput)];
        expect(bill(more, of).usd).toBeGreaterThanOrEqual(bill(less, of).usd);
      }),
    );
  });
});
