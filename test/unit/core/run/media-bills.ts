/**
 * Bills of calls with files in them, worked out by hand as in `bills.ts`: what was sent is known by its size and length.
 */
import { ran, ranHosted, type Row } from './bills';
import * as m from './priced-models';
import { failed, madeFile, model, picture, progress, resulted, runOf, sentFile, started, text, usage } from './runs';

const open = model(
  { 'per second @480p': 0.05, 'per second @720p': 0.14, 'per second @1080p': 0.28 },
  { task: 'text-to-video' },
);
const videoOf = (width: number, height: number) => madeFile(5, { seconds: 5, width, height });
const transcript = (seconds: number) =>
  resulted(2, { kind: 'transcript', words: [], segments: [], seconds, language: 'en' });
const square = sentFile('image', { width: 1024, height: 1024 });

export const mediaBills: readonly Row[] = [
  // sent: 1 MP × 0.002; made: first MP 0.015
  [
    'megapixels of a picture sent',
    ranHosted({ prompt: 'x', input_image_0: square }, picture(5, 1024, 1024)),
    m.klein9,
    'reported',
    '1 × 0.015 + 1 × 0.002',
    0.017,
  ],
  // two sent: 1024 × 1024 is 1, 2048 × 1024 is 2; made: first MP 0.015
  [
    'megapixels of two pictures sent',
    ranHosted(
      { input_image_0: square, input_image_1: sentFile('image', { width: 2048, height: 1024 }) },
      picture(5, 1024, 1024),
    ),
    m.klein9,
    'reported',
    '1 × 0.015 + 3 × 0.002',
    0.021,
  ],
  // 1000 × 1000 is 0.95 MP, taken as a whole one: by no rule that is written down
  [
    'a part of a megapixel',
    ranHosted({ input_image_0: sentFile('image', { width: 1000, height: 1000 }) }, picture(5, 1024, 1024)),
    m.klein9,
    'estimated',
    '1 × 0.015 + 1 × 0.002',
    0.017,
  ],
  // made 4 × 0.000287 = 0.001148; sent 2 × 2 tiles × 0.000059 = 0.000236
  [
    'tiles of a picture sent',
    ranHosted({ input_image_0: square }, picture(5, 1024, 1024)),
    m.klein4,
    'reported',
    '4 × 0.000287 + 4 × 0.000059',
    0.001384,
  ],
  // made 4 tiles × 20 steps × 0.00041 = 0.0328; sent 2 tiles × 20 steps × 0.00021 = 0.0084
  [
    'tiles sent times steps',
    ranHosted({ steps: 20, input_image_0: sentFile('image', { width: 1024, height: 512 }) }, picture(5, 1024, 1024)),
    m.fluxDev,
    'reported',
    '80 × 0.00041 + 40 × 0.00021',
    0.0412,
  ],
  // 0.015 of the picture made is sure
  [
    'a picture sent that could not be measured',
    ranHosted({ input_image_0: sentFile('image'), input_image_1: square }, picture(5, 1024, 1024)),
    m.klein9,
    'unknown',
    '1 × 0.015',
    0.015,
    /size of a picture sent/,
  ],
  // a person and two garments, all files: 0.015 + 3 × 0.008
  [
    'files in a list, and in an object',
    ran({ person_image: { url: square }, garment_images: [square, square] }, picture(5)),
    m.tryOn,
    'reported',
    '1 × 0.015 + 3 × 0.008',
    0.039,
  ],
  // 0.001 + 2 × 0.01 + 0.001: parts of a message are counted once
  [
    'a text about two files',
    runOf(
      started(0, 1, {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'x' },
              { type: 'image_url', image_url: { url: square } },
              { type: 'image_url', image_url: { url: square } },
            ],
          },
        ],
      }),
      text(1),
      usage(2, { inputTokens: 1000, outputTokens: 500 }),
      { type: 'finished', at: 3, finishReason: 'stop' },
    ),
    model({ 'per 1M input tokens': 1, 'per 1M output tokens': 2, 'per input image': 0.01 }),
    'reported',
    '1000 × 1/M + 500 × 2/M + 2 × 0.01',
    0.022,
  ],
  // 0.04 for the picture, nothing for what came beside it
  [
    'a picture and a file of another kind',
    ran({ prompt: 'x' }, picture(5), madeFile(6, { kind: 'file', mediaType: 'application/json' })),
    m.seedream45,
    'reported',
    '1 × 0.04',
    0.04,
  ],
  // 4 × 0.9676: a file that is a video, under whatever name
  [
    'video from a file that is one',
    ran({ duration: 4, resolution: '720p', source: sentFile('video') }),
    m.seedance,
    'reported',
    '4 × 0.9676',
    3.8704,
  ],
  // the file is 1280 × 720: 5 × 0.14, though nobody asked for it
  ['a resolution seen in the file', ran({ duration: 5 }, videoOf(1280, 720)), open, 'estimated', '5 × 0.14', 0.7],
  // upright: the shorter side counts lines
  ['an upright video', ran({ duration: 5 }, videoOf(1080, 1920)), open, 'estimated', '5 × 0.28', 1.4],
  [
    'a resolution in the file that has no price',
    ran({ duration: 5 }, videoOf(640, 360)),
    open,
    'unknown',
    '',
    0,
    /depends on the resolution/,
  ],
  // what was asked for goes before what came
  [
    'a resolution asked for, and another in the file',
    ran({ duration: 5, resolution: '720p' }, videoOf(1920, 1080)),
    open,
    'reported',
    '5 × 0.14',
    0.7,
  ],
  // what the default price is for is not looked at
  ['a default price, whatever came', ran({ duration: 5 }, videoOf(1280, 720)), m.horse, 'reported', '5 × 0.28', 1.4],
  [
    'a video whose download failed',
    runOf(started(0, 1, { input: { duration: 5, resolution: '720P' } }), progress(3, 10, 100), failed(4, 'network')),
    m.horse,
    'unknown',
    '',
    0,
    /failed before its video/,
  ],
  ...(
    [
      ['a video that was refused', 'text-to-video', 'per video', {}, /failed before its video/],
      ['a picture that was not looked at', 'image-classification', 'per image', {}, /failed before its answer/],
      ['boxes that never came', 'object-detection', 'per image', {}, /failed before its answer/],
      ['a picture sent in vain', 'image-to-image', 'per input image', { image: square }, /failed before its picture/],
    ] as const
  ).map(([name, task, label, input, why]): Row => {
    const state = runOf(started(0, 1, { model: 'acme/x', input }), failed(1, 'auth'));
    return [name, state, model({ [label]: 0.5 }, { task }), 'unknown', '', 0, why];
  }),
  [
    'two pictures, of which one was not kept',
    runOf(started(0, 1, { input: { n: 2 } }), picture(3), failed(4, 'network')),
    m.seedream45,
    'unknown',
    '',
    0,
    /failed before its picture/,
  ],
  // 10 × 0.3/M are sure: usage came before the second picture failed
  [
    'pictures by token, of which one was not kept',
    runOf(started(0), usage(2, { inputTokens: 10, outputTokens: 2580 }), picture(3), failed(4, 'network')),
    m.banana,
    'unknown',
    '10 × 0.3/M',
    0.000003,
    /failed before its usage/,
  ],
  // 90 s = 1.5 min × 0.0052, as measured in the file sent
  [
    'minutes of the file sent',
    ranHosted({ ...sentFile('audio', { seconds: 90 }) }, text(2)),
    m.nova3,
    'estimated',
    '1.5 × 0.0052',
    0.0078,
  ],
  // the answer knows better than our measure, and is no bill: 2 min × 0.0052
  [
    'minutes that the transcript tells of',
    ranHosted({ audio: sentFile('audio', { seconds: 90 }) }, transcript(120)),
    m.nova3,
    'estimated',
    '2 × 0.0052',
    0.0104,
  ],
  // 1 min × 0.0052: usage goes before all
  [
    'minutes billed',
    ranHosted({ audio: sentFile('audio', { seconds: 90 }) }, transcript(120), usage(3, { audioSeconds: 60 })),
    m.nova3,
    'reported',
    '1 × 0.0052',
    0.0052,
  ],
  [
    'minutes of a file that could not be measured',
    ranHosted({ audio: sentFile('audio') }, text(2)),
    m.nova3,
    'unknown',
    '',
    0,
    /length of the audio/,
  ],
  // 12.5 × 0.0025, as measured in the file made
  [
    'music by the length of the file',
    ran({ prompt: 'x' }, madeFile(5, { kind: 'audio', seconds: 12.5 })),
    m.music,
    'estimated',
    '12.5 × 0.0025',
    0.03125,
  ],
  // 2 × 0.0025 for two files of 0.5 and 1.5 s
  [
    'music in two files',
    ran({ prompt: 'x' }, madeFile(5, { kind: 'audio', seconds: 0.5 }), madeFile(6, { kind: 'audio', seconds: 1.5 })),
    m.music,
    'estimated',
    '2 × 0.0025',
    0.005,
  ],
  // 20 billed × 0.000015, though 12 were sent
  [
    'characters that the answer tells of',
    ran({ text: 'Hello there!' }, usage(1, { characters: 20 })),
    m.tts1,
    'reported',
    '20 × 0.000015',
    0.0003,
  ],
];
