/**
 * Bills worked out by hand. `1,000 × 0.06/M + 500 × 0.4/M` are two lines: 1,000 tokens at $0.06 a million, and 500 at
 * $0.4; `/k` is by the thousand. The comment above a row has the sums.
 */
import type { Model } from '../../../../src/core/catalog/model';
import type { GatewayInfo, Usage } from '../../../../src/core/run/events';
import type { RunState } from '../../../../src/core/run/state';
import * as m from './priced-models';
import type { Event } from './runs';
import { approximate, failed, finished, headers, madeFile, model, picture, runOf, started, text, usage } from './runs';

/** The bill of a run. Of an `unknown` one, `usd` is what it cost at least; 0: nothing is known. */
export type Row = readonly [
  what: string,
  state: RunState,
  model: Model,
  provenance: 'reported' | 'estimated' | 'unknown',
  lines: string,
  usd: number,
  missing?: RegExp,
];

/** A text that was answered, with this usage. */
const answered = (value: Usage, gateway: GatewayInfo = {}): RunState =>
  runOf(started(0), headers(1, gateway), text(2), usage(3, value), finished(4));
/** A call of `/ai/run` with this input. */
export const ran = (input: Record<string, unknown>, ...events: Event[]): RunState =>
  runOf(started(0, 1, { model: 'x', input }), events, finished(9));
/** The same, with the model's input at the top level (`/ai/run/@cf/…`). */
export const ranHosted = (input: Record<string, unknown>, ...events: Event[]): RunState =>
  runOf(started(0, 1, input), events, finished(9));
const clip = (seconds: number): Event => madeFile(5, { seconds });
const sound = (seconds: number): Event => madeFile(5, { kind: 'audio', mediaType: 'audio/mpeg', seconds });
const overWebSocket = (seconds: number): RunState => {
  const event = started(0);
  if (event.type !== 'started') throw new Error('not a start');
  const request = { ...event.request, url: 'wss://api.example/ai' };
  return runOf({ ...event, request }, usage(1, { audioSeconds: seconds }), finished(2));
};

const plain = { inputTokens: 1000, outputTokens: 500 };
const apart = model({ 'per 1M input tokens': 1, 'per 1M output tokens': 4, 'per 1M reasoning tokens': 8 });
const byQuality = model(
  { 'per image (low)': 0.01, 'per image (medium)': 0.04, 'per image (high)': 0.17 },
  { task: 'text-to-image' },
);
const liveImage = model({ 'Per image': 0.04, 'Default (per second)': 0.04 }, { task: 'text-to-image' });
const liveTiers = model({
  'Input <200k (per 1M)': 3,
  'Input >=200k (per 1M)': 6,
  'Output <200k (per 1M)': 15,
  'Output >=200k (per 1M)': 22.5,
});

/** The lines of a row, as `[count, USD for one]`. */
export function linesOf(lines: string): readonly (readonly [count: number, usdPer: number])[] {
  if (lines === '') return [];
  return lines.split(' + ').map((text) => {
    const [, count, usd, units] = /^([\d.,]+) × ([\d.]+)(\/M|\/k)?$/.exec(text) ?? [];
    if (count === undefined) throw new Error(`not a line: ${text}`);
    return [Number(count.replaceAll(',', '')), Number(usd) / (units === '/M' ? 1e6 : units === '/k' ? 1000 : 1)];
  });
}

export const tokenBills: readonly Row[] = [
  // 0.00006 + 0.0002
  ['input and output', answered(plain), m.glm, 'reported', '1000 × 0.06/M + 500 × 0.4/M', 0.00026],
  // 200 fresh 0.00015 + 800 read 0.00006 + 100 out 0.00045
  [
    'a cached read at its own price',
    answered({ inputTokens: 1000, cachedReadTokens: 800, outputTokens: 100 }),
    m.mini,
    'reported',
    '200 × 0.75/M + 800 × 0.075/M + 100 × 4.5/M',
    0.00066,
  ],
  // all input cached: no fresh line. 0.000075 + 0.00045
  [
    'all of the input cached',
    answered({ inputTokens: 1000, cachedReadTokens: 1000, outputTokens: 100 }),
    m.mini,
    'reported',
    '1000 × 0.075/M + 100 × 4.5/M',
    0.000525,
  ],
  // 500 fresh 0.0015 + 1000 read 0.0003 + 500 written 0.001875 + 300 out 0.0045
  [
    "Anthropic's cache, read and written",
    answered({ inputTokens: 2000, cachedReadTokens: 1000, cacheWriteTokens: 500, outputTokens: 300 }),
    m.sonnet,
    'reported',
    '500 × 3/M + 1000 × 0.3/M + 500 × 3.75/M + 300 × 15/M',
    0.008175,
  ],
  // 0.00006 + 0.0004: 900 of the 1000 were reasoning, and are not added again
  [
    'reasoning inside the output',
    answered({ inputTokens: 1000, outputTokens: 1000, reasoningTokens: 900 }),
    m.glm,
    'reported',
    '1000 × 0.06/M + 1000 × 0.4/M',
    0.00046,
  ],
  // 0.0001 + 600 × 8/M = 0.0048 + 400 × 4/M = 0.0016
  [
    'reasoning at a price of its own',
    answered({ inputTokens: 100, outputTokens: 1000, reasoningTokens: 600 }),
    apart,
    'reported',
    '100 × 1/M + 600 × 8/M + 400 × 4/M',
    0.0065,
  ],
  [
    'reasoning at a price of its own, of which the answer does not tell how much there was',
    answered({ inputTokens: 100, outputTokens: 1000 }),
    apart,
    'unknown',
    '100 × 1/M',
    0.0001,
    /how many of the output tokens are reasoning/,
  ],
  // 199,999 × 2/M = 0.399998, + 0.006
  [
    'the last token below a tier',
    answered({ inputTokens: 199_999, outputTokens: 1000 }),
    m.grok,
    'reported',
    '199,999 × 2/M + 1000 × 6/M',
    0.405998,
  ],
  // 200,000 × 4/M = 0.8, + 0.012: the input decides the price of the output, too
  [
    'the first token of a tier',
    answered({ inputTokens: 200_000, outputTokens: 1000 }),
    m.grok,
    'reported',
    '200,000 × 4/M + 1000 × 12/M',
    0.812,
  ],
  // 200,001 × 4/M = 0.800004
  [
    'one token above',
    answered({ inputTokens: 200_001, outputTokens: 1000 }),
    m.grok,
    'reported',
    '200,001 × 4/M + 1000 × 12/M',
    0.812004,
  ],
  // 250k in all, 150k of them cached: the total decides. 100k × 4/M = 0.4, + 150k × 1/M = 0.15, + 0.0012
  [
    'cached input that lifts a call into a tier',
    answered({ inputTokens: 250_000, cachedReadTokens: 150_000, outputTokens: 100 }),
    m.grok,
    'reported',
    '100,000 × 4/M + 150,000 × 1/M + 100 × 12/M',
    0.5512,
  ],
  // 250,000 × 6/M = 1.5, + 10 × 22.5/M
  [
    'tiers as the third-party catalog prints them',
    answered({ inputTokens: 250_000, outputTokens: 10 }),
    liveTiers,
    'reported',
    '250,000 × 6/M + 10 × 22.5/M',
    1.500225,
  ],
  // 1000 × 0.1/M + 500 × 0.5/M: it is not less than with a short context
  [
    'contexts whose limit is not told',
    answered(plain),
    m.luna,
    'unknown',
    '1000 × 0.1/M + 500 × 0.5/M',
    0.00035,
    /where the long one begins/,
  ],
  [
    'contexts whose limit is not told, however small the input',
    answered({ inputTokens: 1, outputTokens: 1 }),
    m.luna,
    'unknown',
    '1 × 0.1/M + 1 × 0.5/M',
    0.0000006,
    /where the long one begins/,
  ],
  // 0.001 + 0.001
  [
    'contexts of one price',
    answered({ inputTokens: 1000, outputTokens: 500 }),
    model({
      'Short-context input (per 1M)': 1,
      'Long-context input (per 1M)': 1,
      'Output tokens (per 1M)': 2,
    }),
    'reported',
    '1000 × 1/M + 500 × 2/M',
    0.002,
  ],
  [
    'a short context alone: what a long one costs is not known',
    answered(plain),
    model({ 'per 1M input tokens (short context)': 1, 'per 1M output tokens': 2 }),
    'unknown',
    '500 × 2/M',
    0.001,
    /where the long one begins/,
  ],
  // 8192 × 0.012/M
  [
    'embeddings, which have no output',
    answered({ inputTokens: 8192 }),
    m.bgeM3,
    'reported',
    '8192 × 0.012/M',
    0.000098304,
  ],
  // 500 × 0.003/M; scores are no output that is billed
  ['reranking', answered({ inputTokens: 500, outputTokens: 3 }), m.reranker, 'reported', '500 × 0.003/M', 0.0000015],
  ['a HIT of the gateway cache', answered(plain, { cacheStatus: 'HIT' }), m.sonnet, 'reported', '', 0],
  [
    'tokens counted by ourselves',
    runOf(started(0), text(1), approximate(2, plain), finished(3)),
    m.glm,
    'estimated',
    '1000 × 0.06/M + 500 × 0.4/M',
    0.00026,
  ],
  // 1000 × 3/M is sure, the output is not
  [
    'a run stopped after the first usage of its stream',
    runOf(started(0), usage(1, { inputTokens: 1000, outputTokens: 1 }), text(2), failed(3, 'aborted')),
    m.sonnet,
    'unknown',
    '1000 × 3/M',
    0.003,
    /stopped before its usage/,
  ],
  // 200 × 0.06/M + 500 × 0.4/M are sure; the cached part has no price
  [
    'cached tokens without a price',
    answered({ inputTokens: 1000, cachedReadTokens: 800, outputTokens: 500 }),
    m.glm,
    'unknown',
    '200 × 0.06/M + 500 × 0.4/M',
    0.000212,
    /no price for input tokens read from the cache/,
  ],
  // 0.001 + 0.001 are sure, the fee is not
  [
    'a label that is not understood',
    answered(plain),
    model({ 'per 1M input tokens': 1, 'per 1M output tokens': 2, 'per blue moon': 3 }),
    'unknown',
    '1000 × 1/M + 500 × 2/M',
    0.002,
    /"per blue moon" was not understood/,
  ],
  [
    'more cached than there was',
    answered({ ...plain, cachedReadTokens: 1001 }),
    m.mini,
    'unknown',
    '',
    0,
    /more cached tokens/,
  ],
];

export const pictureBills: readonly Row[] = [
  ['a picture at a flat price', ran({ prompt: 'x' }, picture(5)), m.seedream45, 'reported', '1 × 0.04', 0.04],
  ['three pictures', ran({}, picture(5), picture(6), picture(7)), m.seedream45, 'reported', '3 × 0.04', 0.12],
  // the live catalog prints a "Default (per second)" for pictures, which is the price per image again
  ['a default price that is no second one', ran({}, picture(5)), liveImage, 'reported', '1 × 0.04', 0.04],
  ['a resolution left to the model', ran({ prompt: 'x' }, picture(5)), m.qwenImage, 'reported', '1 × 0.04', 0.04],
  ['a resolution asked for', ran({ size: '2K' }, picture(5)), m.qwenImage, 'reported', '1 × 0.07', 0.07],
  ['a size that has a name', ran({ width: 2048, height: 2048 }, picture(5)), m.qwenImage, 'reported', '1 × 0.07', 0.07],
  [
    'a size without a name',
    ran({ size: '1536x1024' }, picture(5)),
    m.qwenImage,
    'unknown',
    '',
    0,
    /resolution 1536x1024/,
  ],
  ['a quality asked for', ran({ quality: 'High' }, picture(5), picture(6)), byQuality, 'reported', '2 × 0.17', 0.34],
  ['a quality left to the model', ran({}, picture(5)), byQuality, 'unknown', '', 0, /depends on the quality/],
  // 0.045 + 0.03
  [
    'a picture made from one',
    ran({ prompt: 'x', image: 'https://x/y.png' }, picture(5)),
    m.seedream5,
    'reported',
    '1 × 0.045 + 1 × 0.03',
    0.075,
  ],
  // 0.001 + 2 × 0.01 + 0.001: a text model that looks at two pictures makes none
  [
    'a text about two pictures',
    runOf(
      started(0, 1, {
        messages: [{ role: 'user', content: [{ type: 'text' }, { type: 'image_url' }, { type: 'image_url' }] }],
      }),
      text(1),
      usage(2, plain),
      finished(3),
    ),
    model({ 'per 1M input tokens': 1, 'per 1M output tokens': 2, 'per input image': 0.01 }),
    'reported',
    '1000 × 1/M + 500 × 2/M + 2 × 0.01',
    0.022,
  ],
  // 0.045 + 0.03: three numbers are the bytes of one picture
  [
    'a picture made from the bytes of one',
    ran({ prompt: 'x', image: [137, 80, 78] }, picture(5)),
    m.seedream5,
    'reported',
    '1 × 0.045 + 1 × 0.03',
    0.075,
  ],
  ['a picture made from none', ran({ prompt: 'x' }, picture(5)), m.seedream5, 'reported', '1 × 0.045', 0.045],
  // a person and two garments: 0.015 + 3 × 0.008 = 0.039
  [
    'a picture made from three',
    ran({ person_image: 'https://x/p.png', garment_images: ['https://x/1.png', 'https://x/2.png'] }, picture(5)),
    m.tryOn,
    'reported',
    '1 × 0.015 + 3 × 0.008',
    0.039,
  ],
  // 4 tiles 0.0002112 + 4 steps 0.0004224
  [
    'tiles and steps',
    ranHosted({ steps: 4 }, picture(5, 1024, 1024)),
    m.schnell,
    'reported',
    '4 × 0.0000528 + 4 × 0.0001056',
    0.0006336,
  ],
  // the same; the four steps are the model's default
  [
    'a default number of steps',
    ranHosted({}, picture(5, 1024, 1024)),
    m.schnell,
    'estimated',
    '4 × 0.0000528 + 4 × 0.0001056',
    0.0006336,
  ],
  // 4 × 0.006996 is sure
  [
    'a number of steps that is not known',
    ranHosted({}, picture(5, 1024, 1024)),
    m.lucid,
    'unknown',
    '4 × 0.006996',
    0.027984,
    /number of steps/,
  ],
  // 2 × 2 whole tiles for 600 × 600
  ['part tiles', ranHosted({}, picture(5, 600, 600)), m.klein4, 'estimated', '4 × 0.000287', 0.001148],
  // 2 × 1 tiles × 25 steps = 50
  ['tiles times steps', ranHosted({ steps: 25 }, picture(5, 1024, 512)), m.fluxDev, 'reported', '50 × 0.00041', 0.0205],
  ['one megapixel', ranHosted({}, picture(5, 1024, 1024)), m.klein9, 'reported', '1 × 0.015', 0.015],
  // 4 megapixels: 0.015 + 3 × 0.002
  ['further megapixels', ranHosted({}, picture(5, 2048, 2048)), m.klein9, 'reported', '1 × 0.015 + 3 × 0.002', 0.021],
  // two pictures of 2 megapixels: 2 × 0.015 + 2 × 0.002
  [
    'megapixels of two pictures',
    ranHosted({}, picture(5, 2048, 1024), picture(6, 2048, 1024)),
    m.klein9,
    'reported',
    '2 × 0.015 + 2 × 0.002',
    0.034,
  ],
  [
    'megapixels of a picture sent, whose size is not known',
    ranHosted({ input_image_0: 'data:image/png;base64,AAAA' }, picture(5, 1024, 1024)),
    m.klein9,
    'unknown',
    '1 × 0.015',
    0.015,
    /size of a picture sent/,
  ],
  // 0.000003 + 0.0387
  [
    'a picture by token',
    ran({ prompt: 'x' }, picture(5), usage(6, { inputTokens: 10, outputTokens: 1290 })),
    m.banana,
    'reported',
    '10 × 0.3/M + 1290 × 30/M',
    0.038703,
  ],
  // 50 × 5/M = 0.00025, + 1000 × 30/M: nothing but pictures has an output price
  [
    'image tokens, of which the output is made',
    ran({ prompt: 'x' }, picture(5), usage(6, { inputTokens: 50, outputTokens: 1000 })),
    m.gptImage25,
    'reported',
    '50 × 5/M + 1000 × 30/M',
    0.03025,
  ],
  // 50 × 5/M = 0.00025, + 300 × 8/M = 0.0024, + 1000 × 30/M
  [
    'image tokens of a picture sent',
    ran(
      { prompt: 'x', images: ['https://x/y.png'] },
      picture(5),
      usage(6, { inputTokens: 350, inputImageTokens: 300, outputTokens: 1000 }),
    ),
    m.gptImage25,
    'reported',
    '50 × 5/M + 300 × 8/M + 1000 × 30/M',
    0.03265,
  ],
  [
    'image tokens of a picture sent, of which the answer does not tell how many there were',
    ran({ prompt: 'x', images: ['https://x/y.png'] }, picture(5), usage(6, { inputTokens: 350, outputTokens: 1000 })),
    m.gptImage25,
    'unknown',
    '1000 × 30/M',
    0.03,
    /how many of the input tokens are text/,
  ],
  // 50 × 5/M = 0.00025, + 900 × 32/M = 0.0288, + 100 × 10/M = 0.001
  [
    'an output of text and pictures',
    ran({ prompt: 'x' }, picture(5), usage(6, { inputTokens: 50, outputTokens: 1000, outputImageTokens: 900 })),
    m.gptImage15,
    'reported',
    '50 × 5/M + 900 × 32/M + 100 × 10/M',
    0.03005,
  ],
  [
    'an output of text and pictures in unknown parts',
    ran({ prompt: 'x' }, picture(5), usage(6, { inputTokens: 50, outputTokens: 1000 })),
    m.gptImage15,
    'unknown',
    '50 × 5/M',
    0.00025,
    /how many of the output tokens are text/,
  ],
  // 2.51 / 1,000,000
  ['a picture looked at', ranHosted({ image: [137, 80, 78] }), m.resnet, 'reported', '1 × 2.51/M', 0.00000251],
  [
    'a picture that never came',
    runOf(started(0), failed(3, 'server')),
    m.seedream45,
    'unknown',
    '',
    0,
    /failed before its picture/,
  ],
];

export const videoBills: readonly Row[] = [
  // 5 × 0.14
  ['video by resolution', ran({ duration: 5, resolution: '720P' }), m.horse, 'reported', '5 × 0.14', 0.7],
  ['video at the default', ran({ duration: 5 }), m.horse, 'reported', '5 × 0.28', 1.4],
  ['a resolution without a price', ran({ duration: 5, resolution: '4K' }), m.horse, 'unknown', '', 0, /resolution 4k/],
  // 1920 × 1080 is 1080p: 8 × 0.15
  ['a resolution in pixels', ran({ duration: 8, resolution: '1920x1080' }), m.ltx, 'reported', '8 × 0.15', 1.2],
  // 8 × 0.4
  [
    'video with audio',
    ran({ duration: '8s', resolution: '720p', generate_audio: true }),
    m.veo,
    'reported',
    '8 × 0.4',
    3.2,
  ],
  // 8 × 0.2
  [
    'video without audio',
    ran({ duration: '8s', resolution: '720p', generate_audio: false }),
    m.veo,
    'reported',
    '8 × 0.2',
    1.6,
  ],
  // the same; whether there is sound was left to the model
  ['audio not asked for', ran({ duration: 8, resolution: '720p' }), m.veo, 'estimated', '8 × 0.2', 1.6],
  // 5 × 0.005
  ['a draft', ran({ duration: 5, resolution: '720p', draft: true }), m.pVideo, 'reported', '5 × 0.005', 0.025],
  ['no draft', ran({ duration: 5, resolution: '720p' }), m.pVideo, 'reported', '5 × 0.02', 0.1],
  [
    'a draft at any resolution',
    ran({ duration: 5, draft: true }),
    m.pVideo,
    'unknown',
    '',
    0,
    /depends on the resolution/,
  ],
  ['a clip of 6 s', ran({ duration: 6, resolution: '768P' }), m.hailuo, 'reported', '1 × 0.19', 0.19],
  ['a clip of 10 s', ran({ duration: 10, resolution: '768P' }), m.hailuo, 'reported', '1 × 0.32', 0.32],
  [
    'two clips of 10 s',
    ran({ duration: 10, resolution: '768P' }, clip(10), clip(10)),
    m.hailuo,
    'reported',
    '2 × 0.32',
    0.64,
  ],
  // 6 × 0.032; where clips have a price, the default is one of them divided by its length
  ['a clip at the default', ran({ duration: 6 }), m.hailuo, 'estimated', '6 × 0.032', 0.192],
  [
    'a clip that is not sold',
    ran({ duration: 10, resolution: '1080P' }),
    m.hailuo,
    'unknown',
    '',
    0,
    /resolution 1080p/,
  ],
  // 2 × 4 × 0.2312
  [
    'two videos without a video sent',
    ran({ duration: 4 }, clip(4), clip(4)),
    m.seedance,
    'reported',
    '8 × 0.2312',
    1.8496,
  ],
  // 4 × 0.2312
  ['video without a video sent', ran({ duration: 4 }), m.seedance, 'reported', '4 × 0.2312', 0.9248],
  // 4 × 0.9676
  [
    'video from a video',
    ran({ duration: 4, resolution: '720p', video_url: 'https://x/y.mp4' }),
    m.seedance,
    'reported',
    '4 × 0.9676',
    3.8704,
  ],
  // 12.5 × 0.0225, by the length of the file that came
  [
    'the length of the file',
    ran({ video: 'https://x/y.mp4' }, clip(12.5)),
    m.background,
    'estimated',
    '12.5 × 0.0225',
    0.28125,
  ],
  ['an unknown length', ran({ resolution: '720p' }), m.horse, 'unknown', '', 0, /length of the video/],
  // 1000 × 1.5/M is sure
  [
    'video by token, in unknown parts',
    ran({ prompt: 'x' }, usage(6, { inputTokens: 1000, outputTokens: 5000, reasoningTokens: 0 })),
    m.omni,
    'unknown',
    '1000 × 1.5/M',
    0.0015,
    /how many of the output tokens are text/,
  ],
];

export const soundBills: readonly Row[] = [
  // 12 × 0.000015
  ['characters', ran({ text: 'Hello there!' }), m.tts1, 'reported', '12 × 0.000015', 0.00018],
  // 3 code points, 4 UTF-16 units: 3 × 0.000015
  ['an emoji, which is one character to us', ran({ text: 'Hi🙂' }), m.tts1, 'estimated', '3 × 0.000015', 0.000045],
  // 2500 × 0.03/1000
  ['a thousand characters', ranHosted({ text: 'a'.repeat(2500) }), m.aura2, 'reported', '2500 × 0.03/k', 0.075],
  // OpenAI's speech route has the text in `input`
  ["OpenAI's speech", ranHosted({ input: 'Hello', voice: 'alloy' }), m.tts1, 'reported', '5 × 0.000015', 0.000075],
  // 30 s = 0.5 min × 0.0002
  ['minutes of speech made', ranHosted({ prompt: 'Hi' }, sound(30)), m.melo, 'estimated', '0.5 × 0.0002', 0.0001],
  ['minutes of speech of unknown length', ranHosted({ prompt: 'Hi' }), m.melo, 'unknown', '', 0, /length of the audio/],
  // 30 × 0.0025
  ['music', ran({ prompt: 'x', music_length_ms: 30_000 }), m.music, 'reported', '30 × 0.0025', 0.075],
  ['music of unknown length', ran({ prompt: 'x' }), m.music, 'unknown', '', 0, /length of the audio/],
  // 90 s = 1.5 min × 0.0035
  [
    'minutes heard, without add-ons',
    ran({ audio_url: 'https://x/y.mp3', keyterms_prompt: [] }, usage(1, { audioSeconds: 90 })),
    m.universal,
    'reported',
    '1.5 × 0.0035',
    0.00525,
  ],
  // 2 min × (0.0035 + 0.0003 + 0.00083) = 0.00926
  [
    'minutes heard, with add-ons',
    ran(
      { audio_url: 'https://x/y.mp3', speaker_labels: true, keyterms_prompt: ['gateway'] },
      usage(1, { audioSeconds: 120 }),
    ),
    m.universal,
    'reported',
    '2 × 0.0035 + 2 × 0.0003 + 2 × 0.00083',
    0.00926,
  ],
  // 1 min × 0.0035 + 1 min × 0.0025
  [
    'minutes of medical speech',
    ran({ audio_url: 'https://x/y.mp3', domain: 'medical-v1' }, usage(1, { audioSeconds: 60 })),
    m.universal,
    'reported',
    '1 × 0.0035 + 1 × 0.0025',
    0.006,
  ],
  // 10 min × 0.0052, not the WebSocket's 0.0092
  ['minutes over REST', ranHosted({}, usage(1, { audioSeconds: 600 })), m.nova3, 'reported', '10 × 0.0052', 0.052],
  // 10 min × 0.0092
  ['minutes over a WebSocket', overWebSocket(600), m.nova3, 'reported', '10 × 0.0092', 0.092],
  [
    'a model that is priced for WebSockets alone',
    ranHosted({}, usage(1, { audioSeconds: 600 })),
    m.deepgramFlux,
    'unknown',
    '',
    0,
    /not over WebSocket/,
  ],
  ['minutes of unknown length', ranHosted({}), m.nova3, 'unknown', '', 0, /length of the audio/],
];
