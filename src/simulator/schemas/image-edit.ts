/**
 * Image-to-image: an instruction and pictures, or pictures alone (cloudflare-api.md 4.4 B).
 */
import { fileText, fileTexts, integer, number, object, type Schema, type SchemaPair, text } from './parts';

const output = object({ image: text('Address of the picture.', { format: 'uri' }) });
const seed = integer('The same seed makes the same picture.', 0, 2_147_483_647);
const picture = fileText('The picture to work on.');

const families: readonly (readonly [RegExp, Schema])[] = [
  [
    /^bria\/fibo-edit/,
    object(
      {
        instruction: text('What to change.', { minLength: 1 }),
        images: fileTexts('The picture to change.', 1, 1),
        mask: fileText('A picture that is white where to change something.'),
        negative_prompt: text('What the picture must not show.'),
        guidance_scale: integer('How closely the picture follows the instruction.', 3, 5, { default: 5 }),
        seed,
      },
      ['instruction', 'images'],
    ),
  ],
  [/remove-background/, object({ image: picture }, ['image'])],
  [
    /image-upscale/,
    object({ image: picture, factor: number('How many times larger each side gets.', 1, 8, { default: 2 }) }, [
      'image',
    ]),
  ],
  [
    /try-on/,
    object(
      {
        person_image: fileText('The person.'),
        garment_images: fileTexts('What to put on.', 1, 4),
        seed,
      },
      ['person_image', 'garment_images'],
    ),
  ],
  [
    /^pruna\/p-image-edit/,
    object(
      {
        prompt: text('What to change.', { minLength: 1 }),
        images: fileTexts('Pictures to work from.', 1, 5),
        aspect_ratio: text('Shape of the picture, for example 16:9.', { default: 'match_input_image' }),
        seed,
      },
      ['prompt', 'images'],
    ),
  ],
];

/** Also of families that are not known: a prompt and one picture. */
const usual = object({ prompt: text('What to change.', { minLength: 1 }), image: picture, seed }, ['prompt', 'image']);

/** The schema of a model that changes pictures. */
export function imageEditSchema(modelId: string): SchemaPair {
  return { input: families.find(([pattern]) => pattern.test(modelId))?.[1] ?? usual, output };
}
