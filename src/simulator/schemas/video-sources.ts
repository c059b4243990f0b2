/**
 * Videos from pictures, recordings and other videos (cloudflare-api.md 4.4 B).
 */
import { choice, fileText, fileTexts, flag, integer, object, type Schema, text } from './parts';

const seed = integer('The same seed makes the same video.', 0, 2_147_483_647);
const lines = choice('Lines of the picture.', ['720P', '1080P'], { default: '1080P' });
const smallLines = choice('Lines of the picture.', ['720p', '1080p'], { default: '720p' });
const duration = integer('Seconds.', 3, 15, { default: 5 });
const image = fileText('The picture to set in motion.');
const prompt = text('What happens.', { maxLength: 2500 });
const video = fileText('The video to work on.');

const fromImage: readonly (readonly [RegExp, Schema])[] = [
  [
    /-r2v$/,
    object(
      {
        prompt: text('What happens; pictures are called by their number.', { minLength: 1, maxLength: 2500 }),
        images: fileTexts('Pictures of those who appear.', 1, 9),
        resolution: lines,
        ratio: choice('Shape of the picture.', ['16:9', '9:16', '1:1', '4:3', '3:4'], { default: '16:9' }),
        duration,
        seed,
        watermark: flag('Shows a watermark.', false),
      },
      ['prompt', 'images'],
    ),
  ],
  [
    /^alibaba\//,
    object({ image, prompt, resolution: lines, duration, seed, watermark: flag('Shows a watermark.', false) }, [
      'image',
    ]),
  ],
  [
    /p-video-(?:animate|replace)/,
    object(
      {
        image: fileText('Who appears.'),
        video: fileText('The video that gives the movements.'),
        resolution: smallLines,
        seed,
      },
      ['image', 'video'],
    ),
  ],
  [
    /p-video-avatar/,
    object(
      {
        image: fileText('Who speaks.'),
        audio: fileText('What is said, as a recording.'),
        prompt,
        resolution: smallLines,
        seed,
      },
      ['image', 'audio'],
    ),
  ],
  [
    /^xai\//,
    object(
      {
        prompt,
        image: { ...object({ url: image }, ['url']), description: 'The picture to set in motion.' },
        duration: integer('Seconds.', 1, 15, { default: 6 }),
        resolution: choice('Lines of the picture.', ['480p', '720p'], { default: '480p' }),
      },
      ['image'],
    ),
  ],
];

const usual = object({ image, prompt, duration: integer('Seconds.', 1, 15, { default: 5 }), resolution: lines }, [
  'image',
]);

/** The input of a model that sets a picture in motion. */
export function imageToVideo(modelId: string): Schema {
  return fromImage.find(([pattern]) => pattern.test(modelId))?.[1] ?? usual;
}

/** The input of a model that changes a video. */
export function videoToVideo(modelId: string): Schema {
  if (/upscale/.test(modelId)) {
    const resolution = choice('Lines of the result.', ['1080p', '2k', '4k'], { default: '1080p' });
    return object({ video, resolution }, ['video']);
  }
  if (!/rmbg/.test(modelId)) return object({ video, prompt }, ['video']);
  const background = choice('What stands behind.', ['transparent', 'black', 'white', 'green'], {
    default: 'transparent',
  });
  return object({ video, background_color: background }, ['video']);
}
