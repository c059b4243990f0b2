/**
 * Rectangles and lines of text on a bitmap.
 */
import { glyphHeight, glyphPixel, glyphWidth } from './font';
import type { Bitmap } from './png';

/** Pixels from one character to the next, and from one line to the next, at scale 1. */
export const advance = glyphWidth + 1;
export const lineHeight = glyphHeight + 3;

/** Pixels; what lies outside of a bitmap is not drawn. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a line begins, in pixels, and how many pixels wide a dot of its characters is. */
export interface LinePlace {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** Fills `box` with the colour of that index in the palette. */
export function fill(bitmap: Bitmap, { left, top, width, height }: Box, colour: number): void {
  const from = Math.max(0, left);
  const to = Math.min(bitmap.width, left + width);
  for (let row = Math.max(0, top); row < Math.min(bitmap.height, top + height); row++) {
    if (from < to) bitmap.pixels.fill(colour, row * bitmap.width + from, row * bitmap.width + to);
  }
}

/** Draws `line` in the colour of that index in the palette. */
export function drawLine(bitmap: Bitmap, line: string, { left, top, scale }: LinePlace, colour: number): void {
  for (const [index, character] of [...line].entries()) {
    for (let row = 0; row < glyphHeight; row++) {
      for (let column = 0; column < glyphWidth; column++) {
        if (!glyphPixel(character, column, row)) continue;
        const x = left + (index * advance + column) * scale;
        fill(bitmap, { left: x, top: top + row * scale, width: scale, height: scale }, colour);
      }
    }
  }
}

/** Lines of at most `columns` characters, broken between words where possible. */
export function wrap(text: string, columns: number): string[] {
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
