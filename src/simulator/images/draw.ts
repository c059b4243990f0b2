/**
 * Draws the picture of a model that did not run: a coloured ground by seed, and the words of the prompt.
 */
import { createRandom, hash, type Random } from '../random';
import { encodeJpeg } from './jpeg';
import { advance, drawLine, fill, lineHeight, wrap } from './lettering';
import { type Bitmap, encodePng } from './png';

/** The picture that another one is drawn from. */
export interface PictureSource {
  /** Pixels; a file that was not understood has none. */
  readonly width?: number;
  readonly height?: number;
  /** For example `image/png`. */
  readonly mediaType: string;
  /** Share of the picture that a mask covers, 0 to 1; absent without a mask. */
  readonly masked?: number;
}

/** What a picture shows. */
export interface Picture {
  readonly prompt: string;
  /** Each model draws in its own way. The picture does not name it: it may be compared blind. */
  readonly modelId: string;
  readonly seed: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What it was drawn from; a note on the picture tells. */
  readonly source?: PictureSource;
  /** Kind of file; PNG unless given. */
  readonly format?: 'png' | 'jpeg';
}

const grounds = 64;
const ink = grounds;
const panel = grounds + 1;

/** The picture as a file. The same picture gives the same bytes. */
export async function drawPicture(picture: Picture): Promise<Uint8Array> {
  const bitmap = drawBitmap(picture);
  return picture.format === 'jpeg' ? encodeJpeg(bitmap) : encodePng(bitmap);
}

/** The picture before it becomes a file. */
export function drawBitmap(picture: Picture): Bitmap {
  const random = createRandom(hash(`${picture.seed} ${picture.prompt} ${picture.modelId}`));
  const pixels = drawGround(picture, random);
  const bitmap: Bitmap = {
    width: picture.width,
    height: picture.height,
    pixels,
    palette: [...groundColours(random), 0xffffff, 0x16161d],
  };
  drawWords(bitmap, picture);
  return bitmap;
}

/** Waves around a few centres, one colour for each height. */
function drawGround({ width, height }: Picture, random: Random): Uint8Array {
  const pixels = new Uint8Array(width * height);
  const centres = Array.from({ length: 3 }, () => ({
    x: random.next(),
    y: random.next(),
    pitch: 6 + 14 * random.next(),
  }));
  // Blocks of 4 by 4 pixels keep a large picture quick to draw and small to send.
  const cell = 4;
  for (let top = 0; top < height; top += cell) {
    for (let left = 0; left < width; left += cell) {
      let level = 0;
      for (const { x, y, pitch } of centres) level += Math.sin(Math.hypot(left / width - x, top / height - y) * pitch);
      const colour = Math.min(grounds - 1, Math.floor(((level + 3) / 6) * grounds));
      const end = Math.min(left + cell, width);
      for (let row = top; row < Math.min(top + cell, height); row++)
        pixels.fill(colour, row * width + left, row * width + end);
    }
  }
  return pixels;
}

function groundColours(random: Random): number[] {
  const [from, to] = [randomColour(random), randomColour(random)];
  return Array.from({ length: grounds }, (_, index) => {
    const share = index / (grounds - 1);
    const channel = (shift: number): number =>
      Math.round(((from >> shift) & 255) * (1 - share) + ((to >> shift) & 255) * share) << shift;
    return channel(16) | channel(8) | channel(0);
  });
}

function randomColour(random: Random): number {
  return (random.between(20, 235) << 16) | (random.between(20, 235) << 8) | random.between(20, 235);
}

/** The prompt in large letters on a dark panel; below it seed, size and that nothing was painted by a model. */
function drawWords(bitmap: Bitmap, { prompt, seed, width, height, source }: Picture): void {
  const scale = Math.max(1, Math.floor(Math.min(width, height) / 220));
  const margin = 4 * scale;
  const columns = Math.max(1, Math.floor((width - 4 * margin) / (scale * advance)));
  const note = source === undefined ? '' : ` ${sourceNote(source)}`;
  const footer = `Simulated: no model ran. Seed ${seed} ${width}x${height}${note}`;
  const step = scale * lineHeight;
  const most = Math.max(1, Math.floor((height - 4 * margin) / step));
  const lines = [...wrap(prompt, columns).slice(0, 8), '', ...wrap(footer, columns)].slice(0, most);
  const top = height - lines.length * step - 2 * margin;
  const box = { left: margin, top: Math.max(0, top - margin), width: width - 2 * margin };
  fill(bitmap, { ...box, height: lines.length * step + 2 * margin }, panel);
  for (const [index, line] of lines.entries())
    drawLine(bitmap, line, { left: 2 * margin, top: top + index * step, scale }, ink);
}

/** What a picture or video was drawn from, in words. */
export function sourceNote({ width, height, mediaType, masked }: PictureSource): string {
  const size = width === undefined || height === undefined ? '' : `${width}x${height} `;
  return `from ${size}${mediaType}${masked === undefined ? '' : `, mask ${Math.round(100 * masked)} %`}`;
}
