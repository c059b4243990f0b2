/**
 * Draws the picture of a model that did not run: a coloured ground by seed, and the words of the prompt.
 */
import { createRandom, hash, type Random } from '../random';
import { glyphHeight, glyphPixel, glyphWidth } from './font';
import { type Bitmap, encodePng } from './png';

/** What a picture shows. */
export interface Picture {
  readonly prompt: string;
  readonly modelId: string;
  readonly seed: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const grounds = 64;
const ink = grounds;
const panel = grounds + 1;

/** The picture as a PNG file. The same picture gives the same bytes. */
export function drawPicture(picture: Picture): Promise<Uint8Array> {
  const random = createRandom(hash(`${picture.seed} ${picture.prompt}`));
  const pixels = drawGround(picture, random);
  const bitmap: Bitmap = {
    width: picture.width,
    height: picture.height,
    pixels,
    palette: [...groundColours(random), 0xffffff, 0x16161d],
  };
  drawWords(bitmap, picture);
  return encodePng(bitmap);
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
function drawWords(bitmap: Bitmap, { prompt, modelId, seed, width, height }: Picture): void {
  const scale = Math.max(1, Math.floor(Math.min(width, height) / 220));
  const advance = (glyphWidth + 1) * scale;
  const lineHeight = (glyphHeight + 3) * scale;
  const margin = 4 * scale;
  const columns = Math.max(1, Math.floor((width - 4 * margin) / advance));
  const footer = `Simulated: no model ran. ${modelId} seed ${seed} ${width}x${height}`;
  const most = Math.max(1, Math.floor((height - 4 * margin) / lineHeight));
  const lines = [...wrap(prompt, columns).slice(0, 8), '', ...wrap(footer, columns)].slice(0, most);
  const top = height - lines.length * lineHeight - 2 * margin;
  fill(bitmap, margin, Math.max(0, top - margin), width - 2 * margin, lines.length * lineHeight + 2 * margin);
  for (const [index, line] of lines.entries()) drawLine(bitmap, line, 2 * margin, top + index * lineHeight, scale);
}

function drawLine(bitmap: Bitmap, line: string, left: number, top: number, scale: number): void {
  for (const [index, character] of [...line].entries()) {
    for (let row = 0; row < glyphHeight; row++) {
      for (let column = 0; column < glyphWidth; column++) {
        if (!glyphPixel(character, column, row)) continue;
        const x = left + (index * (glyphWidth + 1) + column) * scale;
        fill(bitmap, x, top + row * scale, scale, scale, ink);
      }
    }
  }
}

function fill(bitmap: Bitmap, left: number, top: number, width: number, height: number, colour = panel): void {
  const from = Math.max(0, left);
  const to = Math.min(bitmap.width, left + width);
  for (let row = Math.max(0, top); row < Math.min(bitmap.height, top + height); row++) {
    if (from < to) bitmap.pixels.fill(colour, row * bitmap.width + from, row * bitmap.width + to);
  }
}

/** Lines of at most `columns` characters, broken between words where possible. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    let rest = [...word];
    if (line !== '' && line.length + 1 + rest.length > columns) {
      lines.push(line);
      line = '';
    }
    while (rest.length > columns) {
      lines.push(rest.slice(0, columns).join(''));
      rest = rest.slice(columns);
    }
    line = line === '' ? rest.join('') : `${line} ${rest.join('')}`;
  }
  return line === '' ? lines : [...lines, line];
}
