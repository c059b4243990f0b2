/**
 * Pictures that a request gives to work from, whatever the family calls them (cloudflare-api.md 4.4).
 */
import type { Fields } from '../fields';
import { collect } from './collect';
import type { MediaIn } from './media-in';

const names = [
  'image',
  'image_b64',
  'images',
  'image_input',
  'input_image',
  'image_prompt',
  'person_image',
  'garment_images',
  'start_image',
  'first_frame_image',
  'end_image',
  'last_frame_image',
  'reference_images',
];

/** Pictures of a request. */
export interface GivenPictures {
  /** In the order of the fields: the main one first. */
  readonly images: readonly MediaIn[];
  readonly mask: MediaIn | undefined;
}

/** Reads them. Throws a `Refusal` (400) for what is no picture. */
export function readPictures(fields: Fields): GivenPictures {
  const numbered = fields.names().filter((name) => /^input_image_\d+$/.test(name));
  return {
    images: collect(fields, [...names, ...numbered.sort()], 'image'),
    mask: collect(fields, ['mask', 'mask_image', 'mask_b64'], 'image')[0],
  };
}
