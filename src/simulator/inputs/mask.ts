/**
 * How much of a picture a mask covers: what proves that the mask which was painted is the one that arrived.
 */
import { decode } from 'jpeg-js';
import type { MediaIn } from './media-in';
import { decodePng } from './png';

/** Share of light, opaque pixels, 0 to 1; 0 for a file that cannot be read. Never rejects. */
export async function maskedShare({ type, bytes }: MediaIn): Promise<number> {
  try {
    const pixels = type === 'image/png' ? await decodePng(bytes) : decode(bytes, { useTArray: true }).data;
    let light = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
      if (((red + green + blue) / 3) * (alpha / 255) > 127) light++;
    }
    return pixels.length === 0 ? 0 : light / (pixels.length / 4);
  } catch {
    return 0;
  }
}
