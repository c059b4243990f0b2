/**
 * Pictures: each family has its own words (cloudflare-api.md 4.4).
 */
import {
  choice,
  fileNumbers,
  fileText,
  fileTexts,
  integer,
  number,
  object,
  type Schema,
  type SchemaPair,
  strict,
  text,
} from './parts';

const prompt = text('What the picture shows.', { minLength: 1, maxLength: 2048 });
const negativePrompt = text('What the picture must not show.');
const seed = integer('The same seed makes the same picture.');
const side = integer('Pixels.', 256, 2048);

const base64Image = object({ image: text('The picture, base64.') });
const rawImage = { type: 'string', contentType: 'image/png', format: 'binary' };
const imageUrl = object({ image: text('Address of the picture.', { format: 'uri' }) });

const flux1: SchemaPair = {
  input: object(
    {
      prompt,
      steps: integer('Diffusion steps; more can be better and take longer.', 1, 8, { default: 4 }),
    },
    ['prompt'],
  ),
  output: base64Image,
};

const flux2: SchemaPair = {
  input: object(
    {
      multipart: {
        ...object({ body: { type: 'object' }, contentType: text('Type of the form.') }, ['body', 'contentType']),
        description:
          'A multipart form with the fields prompt (text), width, height, steps, seed, guidance (numbers) and up to four ' +
          'pictures to work from, the files input_image_0 to input_image_3.',
      },
    },
    ['multipart'],
  ),
  output: base64Image,
};

const leonardo = (guidance: Schema): SchemaPair['input'] =>
  object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      negative_prompt: negativePrompt,
      guidance,
      seed: integer('The same seed makes the same picture.', 0),
      width: integer('Pixels.', 0, 2500, { default: 1120 }),
      height: integer('Pixels.', 0, 2500, { default: 1120 }),
      num_steps: integer('Diffusion steps; more can be better and take longer.', 1, 50, { default: 25 }),
    },
    ['prompt'],
  );

const phoenix: SchemaPair = {
  input: leonardo(number('How closely the picture follows the prompt.', 2, 10, { default: 2 })),
  output: rawImage,
};

const lucid: SchemaPair = {
  input: leonardo(number('How closely the picture follows the prompt.', 0, 10, { default: 4.5 })),
  output: base64Image,
};

const stableDiffusion: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      negative_prompt: negativePrompt,
      height: side,
      width: side,
      image: fileNumbers('A picture to start from.'),
      image_b64: text('A picture to start from, base64.'),
      mask: fileNumbers('A picture that is white where to paint.'),
      num_steps: integer('Diffusion steps; more can be better and take longer.', 1, 20, { default: 20 }),
      strength: number('How much a picture to start from is changed.', 0, 1, { default: 1 }),
      guidance: number('How closely the picture follows the prompt.', 0, 30, { default: 7.5 }),
      seed,
    },
    ['prompt'],
  ),
  output: rawImage,
};

const gptImage = (qualities: readonly string[]): SchemaPair => ({
  input: strict(
    {
      prompt: text('What the picture shows.', { minLength: 1, maxLength: 32_000 }),
      images: fileTexts('Pictures to work from.', 0, 16),
      quality: choice('Better takes longer and costs more.', qualities, { default: 'auto' }),
      size: choice('Pixels.', ['auto', '1024x1024', '1024x1536', '1536x1024'], { default: 'auto' }),
      style: choice('How vivid it is.', ['vivid', 'natural']),
      output_format: choice('File format.', ['png', 'jpeg'], { default: 'png' }),
    },
    ['prompt'],
  ),
  output: imageUrl,
});

const size = text('Pixels, for example 1024x1024.', { pattern: '^\\d+x\\d+$' });
const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];

const nanoBanana: SchemaPair = {
  input: strict(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      aspect_ratio: choice('Shape of the picture.', ratios, { default: '1:1' }),
      output_format: choice('File format.', ['png', 'jpg'], { default: 'png' }),
      image_input: fileTexts('Pictures to work from.', 0, 14),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const imagen: SchemaPair = {
  input: strict(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      aspect_ratio: choice('Shape of the picture.', ['1:1', '3:4', '4:3', '9:16', '16:9'], { default: '1:1' }),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const qwenImage: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1, maxLength: 800 }),
      negative_prompt: text('What the picture must not show.', { maxLength: 500 }),
      n: integer('How many pictures.', 1, 6, { default: 1 }),
      seed: integer('The same seed makes the same picture.', 0, 2_147_483_647),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const xaiImage: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      image: {
        ...object({ url: fileText('A picture to work from.') }, ['url']),
        description: 'A picture to work from.',
      },
      aspect_ratio: choice('Shape of the picture.', ratios),
      n: integer('How many pictures.', 1, 10, { default: 1 }),
      response_format: choice('How the picture is given.', ['url', 'b64_json'], { default: 'url' }),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const recraft: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      image: fileText('A picture to work from.'),
      size,
      style: text('Style of the picture.'),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const seedream: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      image: fileText('A picture to work from.'),
      size,
      seed: integer('The same seed makes the same picture.', 0, 2_147_483_647),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const fluxRemote: SchemaPair = {
  input: object(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      images: fileTexts('Pictures to work from.', 0, 8),
      aspect_ratio: choice('Shape of the picture.', ratios, { default: '1:1' }),
      output_format: choice('File format.', ['png', 'jpeg'], { default: 'png' }),
      seed: integer('The same seed makes the same picture.', 0),
    },
    ['prompt'],
  ),
  output: imageUrl,
};

const otherThirdParty: SchemaPair = {
  input: object(
    { prompt: text('What the picture shows.', { minLength: 1 }), image: fileText('A picture to work from.') },
    ['prompt'],
  ),
  output: imageUrl,
};

/** First match wins. */
const families: readonly (readonly [RegExp, SchemaPair])[] = [
  [/^@cf\/black-forest-labs\/flux-1/, flux1],
  [/^@cf\/black-forest-labs\/flux-2/, flux2],
  [/phoenix/, phoenix],
  [/lucid/, lucid],
  [/^@cf\//, stableDiffusion],
  [/^openai\/gpt-image-2\.5/, gptImage(['auto', 'low', 'medium', 'high', 'xhigh', 'max'])],
  [/^openai\//, gptImage(['auto', 'low', 'medium', 'high'])],
  [/nano-banana/, nanoBanana],
  [/imagen/, imagen],
  [/qwen-image/, qwenImage],
  [/^xai\//, xaiImage],
  [/^recraft\//, recraft],
  [/^bytedance\//, seedream],
  [/^black-forest-labs\//, fluxRemote],
];

/** The schema of an image model. */
export function imageSchema(modelId: string): SchemaPair {
  return families.find(([pattern]) => pattern.test(modelId))?.[1] ?? otherThirdParty;
}
