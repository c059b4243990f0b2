/**
 * Pictures as JPEG files.
 */
import { encode } from 'jpeg-js';
import type { Bitmap } from './png';

/** The bytes of `bitmap` as a JPEG file; `quality` is 1 to 100. */
export function encodeJpeg({ width, height, pixels, palette }: Bitmap, quality = 85): Uint8Array {
  const data = new Uint8Array(4 * width * height);
  for (let index = 0; index < pixels.length; index++) {
    const colour = palette[pixels[index] ?? 0] ?? 0;
    data[4 * index] = colour >> 16;
    data[4 * index + 1] = (colour >> 8) & 255;
    data[4 * index + 2] = colour & 255;
    data[4 * index + 3] = 255;
  }
  return encode({ width, height, data }, quality).data;
}
