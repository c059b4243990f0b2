/**
 * Which size of picture a request asks for, in any of the vocabularies of image models.
 */
import type { Fields } from '../fields';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const smallest = 64;
const largest = 2048;
const usual = 1024;

/** Reads `width` and `height`, `size` ("1536x1024") or `aspect_ratio` ("16:9"). Throws a `Refusal` (400) for a wrong type. */
export function readSize(fields: Fields): Size {
  const width = fields.number('width', { min: 1, integer: true });
  const height = fields.number('height', { min: 1, integer: true });
  if (width !== undefined || height !== undefined) return sized(width ?? usual, height ?? usual);
  const size = /^(\d+)[x*](\d+)$/i.exec(fields.string('size') ?? '');
  if (size !== null) return sized(Number(size[1]), Number(size[2]));
  const ratio = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(fields.string('aspect_ratio') ?? '');
  if (ratio !== null && Number(ratio[1]) > 0 && Number(ratio[2]) > 0) {
    // The area of the usual square, in steps of 32 pixels, as diffusion models make them.
    const shape = Math.sqrt(Number(ratio[1]) / Number(ratio[2]));
    return sized(Math.round((usual * shape) / 32) * 32, Math.round(usual / shape / 32) * 32);
  }
  return { width: usual, height: usual };
}

function sized(width: number, height: number): Size {
  const clamp = (value: number): number => Math.min(largest, Math.max(smallest, value));
  return { width: clamp(width), height: clamp(height) };
}
