/**
 * Video: what every vendor asks differently is size and length (cloudflare-api.md 4.4).
 */
import { choice, flag, integer, object, type SchemaPair, strict, text } from './parts';

const output = object({ video: text('Address of the video.', { format: 'uri' }) });
const prompt = text('What the video shows.', { minLength: 1 });
const seed = integer('The same seed makes the same video.', 0, 2_147_483_647);
const watermark = flag('Shows a watermark.', false);
const startImage = text('First picture: an address or data URI.');

const wan = strict(
  {
    prompt: text('What the video shows.', { minLength: 1, maxLength: 2500 }),
    resolution: choice('Lines of the picture.', ['480P', '720P', '1080P'], { default: '1080P' }),
    ratio: choice('Shape of the picture.', ['adaptive', '16:9', '9:16', '1:1', '4:3', '3:4'], { default: '16:9' }),
    duration: integer('Seconds.', 3, 15, { default: 5 }),
    seed,
    watermark,
  },
  ['prompt'],
);

const happyHorse = strict(
  {
    prompt: text('What the video shows.', { minLength: 1, maxLength: 2500 }),
    resolution: choice('Lines of the picture.', ['720P', '1080P'], { default: '1080P' }),
    ratio: choice('Shape of the picture.', ['16:9', '9:16', '1:1', '4:3', '3:4'], { default: '16:9' }),
    duration: integer('Seconds.', 3, 15, { default: 5 }),
    seed,
    watermark,
  },
  ['prompt'],
);

const vidu = strict(
  {
    prompt: text('What the video shows.', { maxLength: 5000 }),
    start_image: startImage,
    end_image: text('Last picture: an address or data URI.'),
    duration: integer('Seconds.', 1, 16, { default: 5 }),
    resolution: choice('Lines of the picture.', ['540p', '720p', '1080p'], { default: '720p' }),
    audio: flag('Makes sound too.', true),
    aspect_ratio: choice('Shape of the picture.', ['16:9', '9:16', '3:4', '4:3', '1:1'], { default: '16:9' }),
  },
  ['duration', 'resolution'],
);

const runway = strict(
  {
    prompt: text('What the video shows.', { minLength: 1, maxLength: 1000 }),
    ratio: choice('Pixels.', ['1280:720', '720:1280', '1104:832', '832:1104', '960:960', '1584:672']),
    duration: integer('Seconds.', 2, 10),
    image_input: startImage,
    seed,
    content_moderation: object({ public_figure_threshold: choice('How strict.', ['auto', 'low']) }),
  },
  ['prompt', 'ratio', 'duration'],
);

const veo = strict(
  {
    prompt,
    duration: choice('Length.', ['4s', '6s', '8s'], { default: '8s' }),
    aspect_ratio: choice('Shape of the picture.', ['16:9', '9:16'], { default: '16:9' }),
    resolution: choice('Lines of the picture.', ['720p', '1080p', '4k'], { default: '720p' }),
    generate_audio: flag('Makes sound too.', true),
  },
  ['prompt'],
);

const pixverse = strict(
  {
    prompt: text('What the video shows.', { minLength: 1, maxLength: 2048 }),
    duration: integer('Seconds.', 1, 15, { default: 5 }),
    aspect_ratio: choice('Shape of the picture.', ['16:9', '4:3', '1:1', '3:4', '9:16'], { default: '16:9' }),
    generate_audio: flag('Makes sound too.', false),
    quality: choice('Lines of the picture.', ['360p', '540p', '720p', '1080p'], { default: '720p' }),
  },
  ['prompt', 'duration', 'aspect_ratio', 'quality'],
);

const seedance = object(
  {
    prompt,
    aspect_ratio: choice('Shape of the picture.', ['16:9', '4:3', '1:1', '3:4', '9:16', '21:9'], { default: '16:9' }),
    duration: integer('Seconds.', 4, 15, { default: 5 }),
    resolution: choice('Lines of the picture.', ['480p', '720p', '1080p'], { default: '720p' }),
    fps: integer('Pictures per second.', 24, 24, { default: 24 }),
    camera_fixed: flag('Keeps the camera still.', false),
    watermark,
  },
  ['prompt'],
);

const other = object(
  {
    prompt,
    duration: integer('Seconds.', 1, 10, { default: 5 }),
    resolution: choice('Lines of the picture.', ['720p', '1080p'], { default: '720p' }),
  },
  ['prompt'],
);

const imageToVideo = object(
  {
    image: text('The picture to set in motion: an address or data URI.', { minLength: 1 }),
    prompt: text('What happens.'),
    duration: integer('Seconds.', 1, 15, { default: 5 }),
    resolution: choice('Lines of the picture.', ['720P', '1080P'], { default: '1080P' }),
  },
  ['image'],
);

const hailuo = object(
  {
    prompt: text('What the video shows.', { maxLength: 2000 }),
    first_frame_image: startImage,
    duration: { type: 'integer', enum: [6, 10], default: 6, description: 'Seconds.' },
    resolution: choice('Lines of the picture.', ['768P', '1080P'], { default: '768P' }),
    prompt_optimizer: flag('Lets the model improve the prompt.', true),
  },
  ['first_frame_image'],
);

const families: readonly (readonly [RegExp, SchemaPair['input']])[] = [
  [/^alibaba\/wan-3/, wan],
  [/^alibaba\/hh1\.?1?-t2v/, happyHorse],
  [/^vidu\//, vidu],
  [/^runwayml\/gen/, runway],
  [/^google\/veo/, veo],
  [/^pixverse\//, pixverse],
  [/seedance/, seedance],
  [/hailuo/, hailuo],
];

/** The schema of a video model. */
export function videoSchema(modelId: string, fromImage: boolean): SchemaPair {
  const family = families.find(([pattern]) => pattern.test(modelId))?.[1];
  return { input: family ?? (fromImage ? imageToVideo : other), output };
}
