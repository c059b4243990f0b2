/**
 * Pictures: each family has its own words (cloudflare-api.md 4.4).
 */
import { choice, integer, list, number, object, type Schema, type SchemaPair, strict, text } from './parts';

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
      multipart: object({ body: { type: 'object' }, contentType: text('Type of the form.') }, ['body', 'contentType']),
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
      image: list('A picture to start from, as numbers from 0 to 255.', { type: 'number' }),
      image_b64: text('A picture to start from, base64.'),
      mask: list('Where to paint, as numbers from 0 to 255.', { type: 'number' }),
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
      images: list('Pictures to work from: addresses or data URIs.', { type: 'string' }, { maxItems: 16 }),
      quality: choice('Better takes longer and costs more.', qualities, { default: 'auto' }),
      size: choice('Pixels.', ['auto', '1024x1024', '1024x1536', '1536x1024'], { default: 'auto' }),
      style: choice('How vivid it is.', ['vivid', 'natural']),
    },
    ['prompt'],
  ),
  output: imageUrl,
});

const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];

const nanoBanana: SchemaPair = {
  input: strict(
    {
      prompt: text('What the picture shows.', { minLength: 1 }),
      aspect_ratio: choice('Shape of the picture.', ratios, { default: '1:1' }),
      output_format: choice('File format.', ['png', 'jpg'], { default: 'png' }),
      image_input: list('Pictures to work from: addresses or data URIs.', { type: 'string' }, { maxItems: 14 }),
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

const otherThirdParty: SchemaPair = {
  input: object({ prompt: text('What the picture shows.', { minLength: 1 }), image: text('A picture to work from.') }, [
    'prompt',
  ]),
  output: imageUrl,
};

/** `image-to-image`: an instruction and pictures. */
export const imageEdit: SchemaPair = {
  input: object(
    {
      instruction: text('What to change.', { minLength: 1 }),
      images: list('Pictures: addresses or data URIs.', { type: 'string' }, { minItems: 1 }),
      seed,
    },
    ['instruction', 'images'],
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
];

/** The schema of an image model. */
export function imageSchema(modelId: string): SchemaPair {
  return families.find(([pattern]) => pattern.test(modelId))?.[1] ?? otherThirdParty;
}
