/**
 * How large pictures and videos stand in a column: as large as they are, at most as wide as the column, and with their
 * caption no higher than what one sees of it. What is still being made stands in the same box, so that nothing jumps.
 */
import { inputOf } from '../../../src/core/run/asked';
import type { RawRequest } from '../../../src/core/run/events';

/** Pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a side: smaller numbers are a ratio. */
const SMALLEST = 64;

const usual = { image: { width: 1024, height: 1024 }, video: { width: 1280, height: 720 } } as const;

/** What a request asks for; what models usually make where it does not say. */
export function expectedSize(kind: 'image' | 'video', request: RawRequest | undefined): PixelSize {
  const input = request === undefined ? {} : inputOf(request.body);
  const { width, height } = input;
  if (isSide(width) && isSide(height)) return { width, height };
  const words = ['size', 'image_size', 'resolution', 'aspect_ratio', 'ratio']
    .map((name) => input[name])
    .filter((word) => typeof word === 'string');
  const pairs = words.map((word) => {
    const [, across, down] = /^(\d{1,5}(?:\.\d+)?)\s*[x*×:]\s*(\d{1,5}(?:\.\d+)?)$/i.exec(word) ?? [];
    return { width: Number(across), height: Number(down) };
  });
  const size = pairs.find((pair) => pair.width >= SMALLEST && pair.height >= SMALLEST);
  const ratio = pairs.find((pair) => pair.width > 0 && pair.height > 0);
  return size ?? (ratio ? ofRatio(kind, ratio.width / ratio.height) : usual[kind]);
}

/** Inline style of the box. A picture is never enlarged; a video is. */
export function boxStyle({ width, height }: PixelSize, mayGrow = false): string {
  const ratio = Number((width / height).toFixed(4));
  const own = mayGrow ? '' : `${width}px, `;
  return `width: min(100%, ${own}max(140px, 100cqh - 72px) * ${ratio}); aspect-ratio: ${width} / ${height}; height: auto`;
}

/** The pixels of the usual size in another ratio. */
function ofRatio(kind: 'image' | 'video', ratio: number): PixelSize {
  const { width, height } = usual[kind];
  const side = Math.sqrt((width * height) / ratio);
  return { width: Math.round(side * ratio), height: Math.round(side) };
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 100_000;
}
