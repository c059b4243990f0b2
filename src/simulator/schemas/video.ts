/**
 * Video: what every vendor asks differently is size and length (cloudflare-api.md 4.4).
 */
import { choice, fileText, flag, integer, list, object, type SchemaPair, strict, text } from './parts';
import { imageToVideo, videoToVideo } from './video-sources';

const output = object({ video: text('Address of the video.', { format: 'uri' }) });
const prompt = text('What the video shows.', { minLength: 1 });
const seed = integer('The same seed makes the same video.', 0, 2_147_483_647);
const watermark = flag('Shows a watermark.', false);
const startImage = fileText('First picture.');

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
    end_image: fileText('Last picture.'),
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
    image: startImage,
    video: fileText('A video to work from.'),
    fps: integer('Pictures per second.', 24, 24, { default: 24 }),
    camera_fixed: flag('Keeps the camera still.', false),
    watermark,
  },
  ['prompt'],
);

const ltx = object(
  {
    prompt,
    image: startImage,
    duration: integer('Seconds.', 1, 20, { default: 6 }),
    resolution: choice('Pixels.', ['1280x720', '1920x1080', '2560x1440', '3840x2160'], { default: '1920x1080' }),
    fps: integer('Pictures per second.', 24, 50, { default: 25 }),
    generate_audio: flag('Makes sound too.', true),
  },
  ['prompt'],
);

const miniMax = object(
  {
    content: {
      ...list(
        'What the video shows: a text, and pictures to start from.',
        object(
          {
            type: choice('Kind of part.', ['text', 'image_url']),
            text: text('What the video shows.'),
            image_url: { ...object({ url: fileText('A picture.') }, ['url']), description: 'A picture.' },
          },
          ['type'],
        ),
        { minItems: 1 },
      ),
    },
    duration: integer('Seconds.', 4, 15, { default: 5 }),
    resolution: choice('Lines of the picture.', ['480P', '768P', '1080P'], { default: '768P' }),
    ratio: choice('Shape of the picture.', ['16:9', '9:16', '1:1'], { default: '16:9' }),
  },
  ['content'],
);

const grok = object(
  {
    prompt,
    image: { ...object({ url: fileText('First picture.') }, ['url']), description: 'First picture.' },
    duration: integer('Seconds.', 1, 15, { default: 6 }),
    aspect_ratio: choice('Shape of the picture.', ['16:9', '4:3', '1:1', '3:4', '9:16', '3:2', '2:3']),
    resolution: choice('Lines of the picture.', ['480p', '720p'], { default: '480p' }),
  },
  ['prompt'],
);

const pruna = object(
  {
    prompt,
    image: startImage,
    duration: integer('Seconds.', 1, 10, { default: 5 }),
    resolution: choice('Lines of the picture.', ['720p', '1080p'], { default: '720p' }),
    aspect_ratio: choice('Shape of the picture.', ['16:9', '9:16', '1:1', '4:3', '3:4'], { default: '16:9' }),
    fps: { type: 'integer', enum: [24, 48], default: 24, description: 'Pictures per second.' },
    draft: flag('Makes a quick, cheap draft.', false),
    seed,
  },
  ['prompt'],
);

const aleph = object(
  {
    prompt: text('What to change.', { minLength: 1, maxLength: 1000 }),
    video: fileText('The video to change.'),
    seed,
  },
  ['prompt', 'video'],
);

const other = object(
  {
    prompt,
    image: startImage,
    duration: integer('Seconds.', 1, 10, { default: 5 }),
    resolution: choice('Lines of the picture.', ['720p', '1080p'], { default: '720p' }),
  },
  ['prompt'],
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
  [/^runwayml\/aleph/, aleph],
  [/^lightricks\//, ltx],
  [/^minimax\/h3/, miniMax],
  [/^xai\//, grok],
  [/^pruna\//, pruna],
  [/^google\/veo/, veo],
  [/^pixverse\//, pixverse],
  [/seedance/, seedance],
  [/hailuo/, hailuo],
];

/** The schema of a video model. */
export function videoSchema(modelId: string, task: 'text-to-video' | 'image-to-video' | 'video-to-video'): SchemaPair {
  if (task === 'image-to-video') return { input: imageToVideo(modelId), output };
  if (task === 'video-to-video') return { input: videoToVideo(modelId), output };
  return { input: families.find(([pattern]) => pattern.test(modelId))?.[1] ?? other, output };
}
