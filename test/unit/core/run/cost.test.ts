import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeListings } from '../../../../src/core/catalog/merge';
import type { Model } from '../../../../src/core/catalog/model';
import type { JsonValue } from '../../../../src/core/catalog/schema';
import { parseBundle } from '../../../../src/core/catalog/sources/bundle';
import type { ExpectedUse } from '../../../../src/core/run/consumption';
import { costOf, estimateCost, wallet } from '../../../../src/core/run/cost';
import type { GatewayInfo, Usage } from '../../../../src/core/run/events';
import type { Money } from '../../../../src/core/run/money';
import type { RunState } from '../../../../src/core/run/state';
import * as priced from './priced-models';
import type { Event } from './runs';
import { approximate, failed, finished, headers, model, picture, reasoning, runOf, started, text, usage } from './runs';

const glm = model({ 'per 1M input tokens': 0.06, 'per 1M output tokens': 0.4 });
const mini = model({ 'per 1M input tokens': 0.75, 'per 1M output tokens': 4.5, 'per 1M cached input tokens': 0.075 });
const sonnet = model({
  'per 1M input tokens': 3,
  'per 1M output tokens': 15,
  'per 1M cached input tokens': 0.3,
  'per 1M cache creation tokens': 3.75,
});
const grok = model({
  'per 1M input tokens (<200k)': 2,
  'per 1M cached input tokens (<200k)': 0.5,
  'per 1M output tokens (<200k)': 6,
  'per 1M input tokens (>=200k)': 4,
  'per 1M cached input tokens (>=200k)': 1,
  'per 1M output tokens (>=200k)': 12,
});
const luna = model({
  'per 1M input tokens (short context)': 0.1,
  'per 1M output tokens (short context)': 0.5,
  'per 1M input tokens (long context)': 0.2,
  'per 1M output tokens (long context)': 0.75,
});
const schnell = model(
  { 'per 512x512 tile': 0.0000528, 'per step': 0.0001056 },
  { id: '@cf/black-forest-labs/flux-1-schnell', hosting: 'hosted', task: 'text-to-image' },
);
const lucid = model({ 'per 512x512 tile': 0.006996, 'per step': 0.000132 }, { id: '@cf/leonardo/lucid-origin' });
const fluxDev = model({ 'per input 512x512 tile per step': 0.00021, 'per output 512x512 tile per step': 0.00041 });
const klein4 = model({ 'per input 512x512 tile': 0.000059, 'per output 512x512 tile': 0.000287 });
const klein9 = model({ 'per first MP (1024x1024)': 0.015, 'per subsequent MP': 0.002, 'per input image MP': 0.002 });
const perImage = model({ 'per image': 0.04 }, { task: 'text-to-image' });
const qwenImage = model({ 'per image (default)': 0.04, 'per image @1k': 0.04, 'per image @2k': 0.07 });
const seedream = model({ 'per image': 0.045, 'per input image': 0.03 });
const banana = model({ 'per 1M input tokens': 0.3, 'per 1M output tokens': 30 });

/** A complete answer with this usage. */
const answered = (value: Usage, gateway: GatewayInfo = {}): RunState =>
  runOf(started(0), headers(1, gateway), text(2), usage(3, value), finished(4));
const counted = (value: Usage): RunState => runOf(started(0), text(2), approximate(3, value), finished(4));
const drawn = (body: Record<string, unknown>, ...pictures: Event[]): RunState =>
  runOf(started(0, 1, body), pictures, finished(9));

type Bill = readonly [what: string, state: RunState, model: Model, usd: number];

/** Each amount is worked out by hand beside it. */
const reported: readonly Bill[] = [
  // 1000 × 0.06/M + 500 × 0.4/M = 0.00006 + 0.0002
  ['input and output', answered({ inputTokens: 1000, outputTokens: 500 }), glm, 0.00026],
  // 1M × 0.06/M
  ['input alone', answered({ inputTokens: 1_000_000, outputTokens: 0 }), glm, 0.06],
  // 20 × 0.06/M + 240 × 0.4/M = 0.0000012 + 0.000096
  ['a short answer', answered({ inputTokens: 20, outputTokens: 240 }), glm, 0.0000972],
  // reasoning is inside the output: 100 × 0.06/M + 1000 × 0.4/M
  [
    'reasoning not added again',
    answered({ inputTokens: 100, outputTokens: 1000, reasoningTokens: 900 }),
    glm,
    0.000406,
  ],
  // (1000 − 800) × 0.75/M + 800 × 0.075/M + 100 × 4.5/M = 0.00015 + 0.00006 + 0.00045
  [
    'cached input at its own price',
    answered({ inputTokens: 1000, cachedReadTokens: 800, outputTokens: 100 }),
    mini,
    0.00066,
  ],
  // 1000 × 0.075/M + 100 × 4.5/M
  ['all input cached', answered({ inputTokens: 1000, cachedReadTokens: 1000, outputTokens: 100 }), mini, 0.000525],
  // 1000 × 0.75/M + 100 × 4.5/M
  ['no input cached', answered({ inputTokens: 1000, cachedReadTokens: 0, outputTokens: 100 }), mini, 0.0012],
  // total input 2000 = 500 fresh + 1000 read + 500 written: 0.0015 + 0.0003 + 0.001875, + 300 × 15/M = 0.0045
  [
    'cache read and cache write',
    answered({ inputTokens: 2000, cachedReadTokens: 1000, cacheWriteTokens: 500, outputTokens: 300 }),
    sonnet,
    0.008175,
  ],
  // 100 fresh × 3/M + 900 written × 3.75/M + 10 × 15/M = 0.0003 + 0.003375 + 0.00015
  ['cache write alone', answered({ inputTokens: 1000, cacheWriteTokens: 900, outputTokens: 10 }), sonnet, 0.003825],
  // 100_000 × 2/M + 1000 × 6/M
  ['the tier below its limit', answered({ inputTokens: 100_000, outputTokens: 1000 }), grok, 0.206],
  // 199_999 × 2/M + 1000 × 6/M
  ['the last token of a tier', answered({ inputTokens: 199_999, outputTokens: 1000 }), grok, 0.405998],
  // 200_000 × 4/M + 1000 × 12/M: the tier of the input decides the output too
  ['the first token of the next tier', answered({ inputTokens: 200_000, outputTokens: 1000 }), grok, 0.812],
  // total input 300k decides; 200k fresh × 4/M + 100k × 1/M + 1000 × 12/M
  [
    'cached input in a tier',
    answered({ inputTokens: 300_000, cachedReadTokens: 100_000, outputTokens: 1000 }),
    grok,
    0.912,
  ],
  // input 150k cached of 250k: cached tokens count for the tier: 100k × 4/M + 150k × 1/M
  [
    'cached input lifting into a tier',
    answered({ inputTokens: 250_000, cachedReadTokens: 150_000, outputTokens: 0 }),
    grok,
    0.55,
  ],
  // the labels of /ai/models/search: 24_000 × 0.29/M + 100 × 2.25/M
  [
    'labels of the live catalog',
    answered({ inputTokens: 24_000, outputTokens: 100 }),
    model({ 'per M input tokens': 0.29, 'per M output tokens': 2.25 }),
    0.007185,
  ],
  // those of the third-party catalog: 500 × 1/M + 500 × 0.1/M + 100 × 5/M
  [
    'labels of the third-party catalog',
    answered({ inputTokens: 1000, cachedReadTokens: 500, outputTokens: 100 }),
    model({ 'Input tokens (per 1M)': 1, 'Output tokens (per 1M)': 5, 'Cached input tokens (per 1M)': 0.1 }),
    0.00105,
  ],
  // 250_000 × 6/M + 10 × 22.5/M
  [
    'tiers of the third-party catalog',
    answered({ inputTokens: 250_000, outputTokens: 10 }),
    model({
      'Input <200k (per 1M)': 3,
      'Input >=200k (per 1M)': 6,
      'Output <200k (per 1M)': 15,
      'Output >=200k (per 1M)': 22.5,
    }),
    1.500225,
  ],
  // a listed price of zero is a price: 32_000 × 0.042/M
  [
    'output that is free by its price',
    answered({ inputTokens: 32_000, outputTokens: 10 }),
    model({ 'per 1M input tokens': 0.042, 'per 1M output tokens': 0 }),
    0.001344,
  ],
  // equal prices in both contexts leave no doubt: 1000 × 1/M
  [
    'contexts of one price',
    answered({ inputTokens: 1000, outputTokens: 0 }),
    model({ 'Short-context input (per 1M)': 1, 'Long-context input (per 1M)': 1 }),
    0.001,
  ],
  ['a hit of the gateway cache', answered({ inputTokens: 1000, outputTokens: 500 }, { cacheStatus: 'HIT' }), glm, 0],
  ['a cache hit of a model without a price', answered({}, { cacheStatus: 'HIT' }), model({}), 0],
  [
    'a miss of the gateway cache',
    answered({ inputTokens: 1000, outputTokens: 500 }, { cacheStatus: 'MISS' }),
    glm,
    0.00026,
  ],
  [
    'the requested model named without its provider',
    answered({ inputTokens: 1000, outputTokens: 500 }, { model: 'model', provider: 'acme', step: 0 }),
    glm,
    0.00026,
  ],
  // a usage after the last output is final, although the stream broke off
  [
    'a run that broke off after its usage',
    runOf(started(0), text(2), usage(3, { inputTokens: 1000, outputTokens: 500 }), failed(4, 'network')),
    glm,
    0.00026,
  ],
  // 4 tiles × 0.0000528 + 4 steps × 0.0001056 = 0.0002112 + 0.0004224
  ['tiles and steps', drawn({ steps: 4 }, picture(5, 1024, 1024)), schnell, 0.0006336],
  // 2 tiles × 0.0000528 + 8 × 0.0001056 = 0.0001056 + 0.0008448
  ['tiles of a wide picture', drawn({ steps: 8 }, picture(5, 1024, 512)), schnell, 0.0009504],
  // 4 × 0.006996 + 20 × 0.000132 = 0.027984 + 0.00264
  ['steps by their other name', drawn({ num_steps: 20 }, picture(5, 1024, 1024)), lucid, 0.030624],
  // 4 tiles × 25 steps × 0.00041
  ['tiles times steps', drawn({ steps: 25 }, picture(5, 1024, 1024)), fluxDev, 0.041],
  // 4 × 0.000287
  ['output tiles', drawn({}, picture(5, 1024, 1024)), klein4, 0.001148],
  ['the first megapixel', drawn({}, picture(5, 1024, 1024)), klein9, 0.015],
  // 4 MP: 0.015 + 3 × 0.002
  ['further megapixels', drawn({}, picture(5, 2048, 2048)), klein9, 0.021],
  ['a picture', drawn({ input: { prompt: 'x' } }, picture(5)), perImage, 0.04],
  ['three pictures', drawn({}, picture(5), picture(6), picture(7)), perImage, 0.12],
  ['the default resolution', drawn({ input: { prompt: 'x' } }, picture(5)), qwenImage, 0.04],
  ['no picture sent', drawn({ input: { prompt: 'x' } }, picture(5)), seedream, 0.045],
  // 10 × 0.3/M + 1290 × 30/M = 0.000003 + 0.0387
  [
    'a picture priced by token',
    runOf(started(0), picture(5), usage(6, { inputTokens: 10, outputTokens: 1290 }), finished(7)),
    banana,
    0.038703,
  ],
];

const estimated: readonly Bill[] = [
  // 1000 × 0.06/M + 500 × 0.4/M, counted by ourselves
  ['a finished run without usage', counted({ inputTokens: 1000, outputTokens: 500 }), glm, 0.00026],
  [
    'a finished run whose usage lacks the output',
    runOf(started(0), text(1), usage(2, { inputTokens: 1000 }), approximate(3, { outputTokens: 500 }), finished(4)),
    glm,
    0.00026,
  ],
  [
    'a reasoning model that showed its reasoning',
    runOf(started(0), reasoning(1), text(2), approximate(3, { inputTokens: 1000, outputTokens: 500 }), finished(4)),
    { ...glm, capabilities: ['reasoning'] },
    0.00026,
  ],
  // 4 tiles and the usual 4 steps
  ['steps left to a model whose default is known', drawn({ prompt: 'x' }, picture(5, 1024, 1024)), schnell, 0.0006336],
  // 600 × 600 is taken for 2 × 2 tiles; 4 × 0.000287
  ['part tiles', drawn({}, picture(5, 600, 600)), klein4, 0.001148],
  // 1.5 MP is taken for 2: 0.015 + 0.002
  ['part megapixels', drawn({}, picture(5, 1536, 1024)), klein9, 0.017],
];

type Doubt = readonly [what: string, state: RunState, model: Model, why: RegExp, atLeast?: number];

const thousand = { inputTokens: 1000, outputTokens: 500 };
const unknown: readonly Doubt[] = [
  ['a run still going', runOf(started(0), text(1), usage(2, thousand)), glm, /not ended/],
  ['a run stopped before its usage', runOf(started(0), text(1), failed(2, 'aborted')), glm, /stopped before its usage/],
  [
    'a run that failed before its usage',
    runOf(started(0), text(1), failed(2, 'network')),
    glm,
    /failed before its usage/,
  ],
  ['a run refused', runOf(started(0), failed(2, 'auth')), glm, /failed before its usage/],
  [
    'a stopped run, although its text was counted',
    runOf(started(0), text(1), approximate(2, thousand), failed(3, 'aborted')),
    glm,
    /stopped before its usage/,
  ],
  [
    'a stopped run that holds only the first usage of its stream',
    runOf(started(0), usage(1, { inputTokens: 1000, outputTokens: 1 }), text(2), failed(3, 'aborted')),
    sonnet,
    /stopped before its usage/,
    // 1000 × 3/M of input
    0.003,
  ],
  ['an answer without usage that nobody counted', runOf(started(0), text(1), finished(2)), glm, /no usage/],
  [
    'a reasoning model that hid its reasoning and reported nothing',
    counted(thousand),
    { ...glm, capabilities: ['reasoning'] },
    /reasoning cannot be counted/,
    // 1000 × 0.06/M of input
    0.00006,
  ],
  ['a model without a price', answered(thousand), model({}), /no price for this model/],
  [
    'a model without an output price',
    answered(thousand),
    model({ 'per 1M input tokens': 1 }),
    /no price for output tokens/,
    // 1000 × 1/M of input
    0.001,
  ],
  // 990 × 0.06/M + 500 × 0.4/M
  [
    'cached tokens without a price',
    answered({ ...thousand, cachedReadTokens: 10 }),
    glm,
    /read from the cache/,
    0.0002594,
  ],
  // 990 × 0.75/M + 500 × 4.5/M
  [
    'written tokens without a price',
    answered({ ...thousand, cacheWriteTokens: 10 }),
    mini,
    /written to the cache/,
    0.0029925,
  ],
  ['more cached than there were', answered({ ...thousand, cachedReadTokens: 1001 }), mini, /more cached tokens/],
  // 1000 × 0.1/M + 500 × 0.5/M: not less than with a short context
  ['contexts whose limit is not told', answered(thousand), luna, /length of the context/, 0.00035],
  [
    'a label that is not understood',
    answered(thousand),
    model({ 'per 1M input tokens': 1, 'per 1M output tokens': 2, 'per request': 0.01 }),
    /"per request" was not understood/,
    // 1000 × 1/M + 500 × 2/M
    0.002,
  ],
  [
    'two prices for one thing',
    answered(thousand),
    model({ 'per 1M input tokens': 1, 'per M input tokens': 2, 'per 1M output tokens': 2 }),
    /more than one price/,
    // 500 × 2/M of output
    0.001,
  ],
  ['an answer of another model', answered(thousand, { model: 'openai/gpt-5' }), glm, /openai\/gpt-5 answered/],
  ['an answer of a fallback', answered(thousand, { step: 1 }), glm, /fallback answered/],
  // 4 steps × 0.0001056
  ['a picture of unknown size', drawn({ steps: 4 }, picture(5)), schnell, /size of the picture/, 0.0004224],
  // 4 tiles × 0.006996
  ['steps left to the model', drawn({}, picture(5, 1024, 1024)), lucid, /number of steps/, 0.027984],
  ['a size that may have another price', drawn({ input: { size: '1536x1024' } }, picture(5)), qwenImage, /resolution/],
  [
    'pictures sent along, priced by size',
    drawn({ input_image_0: 'https://x/y.png' }, picture(5, 1024, 1024)),
    klein4,
    /picture sent/,
    // 4 tiles × 0.000287 of the picture made
    0.001148,
  ],
  ['a picture that never came', runOf(started(0), failed(3, 'server')), perImage, /failed before its picture/],
  ['an answer without a picture', drawn({}), perImage, /no picture/],
];

/** What an unknown cost looks like. */
const unknownCost = (why: RegExp, atLeast: number | undefined): unknown => ({
  provenance: 'unknown',
  why: expect.stringMatching(why),
  ...(atLeast !== undefined && { atLeast: expect.closeTo(atLeast, 12) }),
});

describe('costOf', () => {
  it.each(reported)('reported: %s', (_, state, of, usd) => {
    expect(costOf(state, of)).toEqual({ provenance: 'reported', usd: expect.closeTo(usd, 12) });
  });

  it.each(estimated)('estimated: %s', (_, state, of, usd) => {
    expect(costOf(state, of)).toEqual({ provenance: 'estimated', usd: expect.closeTo(usd, 12) });
  });

  for (const [what, state, of, why, atLeast] of unknown) {
    it(`unknown, never zero: ${what}`, () => expect(costOf(state, of)).toEqual(unknownCost(why, atLeast)));
  }

  it('bills the same text the same way on both usage conventions for cached tokens', () => {
    // OpenAI: 1000 input of which 800 cached. Anthropic: 200 input, 800 read. Both are normalised to one meaning.
    const total = { inputTokens: 1000, cachedReadTokens: 800, outputTokens: 0 };
    // 200 × 3/M + 800 × 0.3/M
    expect(costOf(answered(total), sonnet)).toMatchObject({ usd: expect.closeTo(0.00084, 12) });
  });
});

describe('estimateCost', () => {
  const use = (rest: Partial<ExpectedUse> = {}): ExpectedUse => ({
    inputTokens: 1000,
    outputTokens: 500,
    characters: 0,
    parameters: {},
    ...rest,
  });
  const asking = (extra: Record<string, JsonValue>): ExpectedUse => use({ parameters: { extra } });
  type Expectation = readonly [what: string, model: Model, use: ExpectedUse, usd: number];

  it.each<Expectation>([
    // 100 × 0.06/M + 1024 × 0.4/M
    ['tokens', glm, use({ inputTokens: 100, outputTokens: 1024 }), 0.0004156],
    // 200_000 × 4/M + 1000 × 12/M
    ['a tier', grok, use({ inputTokens: 200_000, outputTokens: 1000 }), 0.812],
    // 1000 × 0.012/M; the limit of an output that there is not does not matter
    ['embeddings', priced.bgeM3, use(), 0.000012],
    ['a picture', perImage, use(), 0.04],
    ['four pictures', perImage, asking({ n: 4 }), 0.16],
    ['a picture by resolution', priced.qwenImage, asking({ resolution: '2K' }), 0.07],
    // 0.045 + 0.03
    ['a picture made from one', priced.seedream5, asking({ image: 'https://x/y.png' }), 0.075],
    // 1024 × 1024: 4 tiles × 0.0000528 + 4 default steps × 0.0001056
    ['a picture of the usual size', priced.schnell, use(), 0.0006336],
    // 512 × 1024: 2 tiles × 0.0000528 + 8 steps × 0.0001056
    [
      'a picture of a size and steps asked for',
      priced.schnell,
      use({ parameters: { width: 512, height: 1024, steps: 8 } }),
      0.0009504,
    ],
    // 2 megapixels: 0.015 + 0.002
    ['a picture of a size in one field', priced.klein9, asking({ size: '2048x1024' }), 0.017],
    // 8 × 0.4
    ['video', priced.veo, asking({ duration: '8s', resolution: '720p', generate_audio: true }), 3.2],
    ['a clip', priced.hailuo, asking({ duration: 6, resolution: '768P' }), 0.19],
    // 20 × 0.0025
    ['music', priced.music, asking({ music_length_ms: 20_000 }), 0.05],
    // 2000 × 0.03/1000
    ['speech', priced.aura2, use({ characters: 2000 }), 0.06],
    // 2.51/M
    ['a picture looked at', priced.resnet, use(), 0.00000251],
  ])('estimated: %s', (_, of, expected, usd) => {
    expect(estimateCost(of, expected)).toEqual({ provenance: 'estimated', usd: expect.closeTo(usd, 12) });
  });

  type Unsure = readonly [what: string, model: Model, use: ExpectedUse, why: RegExp, atLeast?: number];
  const unsure: readonly Unsure[] = [
    ['a model without a price', model({}), use(), /no price for this model/],
    ['contexts whose limit is not told', priced.luna, use(), /where the long one begins/, 0.00035],
    ['more pictures than there is memory for', priced.schnell, asking({ n: 4e9 }), /More pictures are asked for/],
    [
      'a picture without end',
      priced.schnell,
      use({ parameters: { width: 1e300, height: 1e300, steps: 4 } }),
      /beyond all measure/,
    ],
    // 4 tiles × 0.006996
    ['steps left to a model whose default is not known', priced.lucid, use(), /number of steps/, 0.027984],
    ['video of any length', priced.horse, use(), /length of the video/],
    ['audio heard', priced.nova3, use(), /length of the audio/],
    // 1000 × 0.3/M of input: a limit of text says nothing of pictures
    ['a picture by token', priced.banana, use(), /how many tokens the picture takes/i, 0.0003],
  ];
  for (const [what, of, expected, why, atLeast] of unsure) {
    it(`unknown: ${what}`, () => expect(estimateCost(of, expected)).toEqual(unknownCost(why, atLeast)));
  }

  it('fails for no bundled model because of how its prices are written', () => {
    const models = mergeListings([parseBundle(JSON.parse(readFileSync('media/catalog.json', 'utf8')))]);
    expect(models.length).toBeGreaterThan(200);
    const parameters = { steps: 20, extra: { duration: 5 } };
    const files = [{ kind: 'audio', seconds: 5 } as const];
    const costs = models.map((of) => [of.id, estimateCost(of, use({ characters: 10, parameters, files }))] as const);
    const odd = costs.filter(
      ([, cost]) =>
        cost.provenance === 'unknown' &&
        !/no price for this model|long one begins|not known before it is made|over WebSocket|price for output/.test(
          cost.why,
        ),
    );
    expect(odd).toEqual([]);
    // Most that have a price can be estimated; in October 2026 all but 16 of 164.
    const priced = models.filter(({ pricing }) => pricing.length > 0);
    const known = costs.filter(([, { provenance }]) => provenance === 'estimated');
    expect(known.length / priced.length).toBeGreaterThan(0.9);
  });

  it('is never reported, and never less for more tokens', () => {
    const tokens = fc.nat(400_000);
    fc.assert(
      fc.property(fc.constantFrom(glm, mini, sonnet, grok), tokens, tokens, tokens, (of, input, output, more) => {
        const [less, larger] = [output, output + more].map((outputTokens) =>
          estimateCost(of, use({ inputTokens: input + 1, outputTokens })),
        );
        expect(less).toMatchObject({ provenance: 'estimated' });
        expect(larger).toMatchObject({ provenance: 'estimated' });
        const usd = (money: Money | undefined): number => (money && 'usd' in money ? money.usd : Number.NaN);
        expect(usd(larger)).toBeGreaterThanOrEqual(usd(less));
      }),
    );
  });
});

describe('wallet', () => {
  it('is neurons for hosted models and credits for the others', () => {
    expect(wallet(schnell)).toBe('neurons');
    expect(wallet(glm)).toBe('credits');
  });
});
