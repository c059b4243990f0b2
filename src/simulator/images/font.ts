/**
 * A bitmap font of 5 by 7 pixels. Small letters use the shapes of capitals.
 */

/** Pixels of a glyph. */
export const glyphWidth = 5;
export const glyphHeight = 7;

// Seven rows a glyph, each row five bits written as two hexadecimal digits.
const shapes: Readonly<Record<string, string>> = {
  A: '0e11111f111111',
  B: '1e11111e11111e',
  C: '0e11101010110e',
  D: '1c12111111121c',
  E: '1f10101e10101f',
  F: '1f10101e101010',
  G: '0e11101711110f',
  H: '1111111f111111',
  I: '0e04040404040e',
  J: '0702020202120c',
  K: '11121418141211',
  L: '1010101010101f',
  M: '111b1515111111',
  N: '11191513111111',
  O: '0e11111111110e',
  P: '1e11111e101010',
  Q: '0e11111115120d',
  R: '1e11111e141211',
  S: '0f10100e01011e',
  T: '1f040404040404',
  U: '1111111111110e',
  V: '11111111110a04',
  W: '11111115151b11',
  X: '11110a040a1111',
  Y: '11110a04040404',
  Z: '1f01020408101f',
  '0': '0e11131519110e',
  '1': '040c040404040e',
  '2': '0e11010204081f',
  '3': '1f02040201110e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0608101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01020c',
  '.': '00000000000c0c',
  ',': '000000000c0408',
  ':': '000c0c000c0c00',
  ';': '000c0c000c0408',
  '!': '04040404040004',
  '?': '0e110102040004',
  '-': '0000001f000000',
  '+': '0004041f040400',
  '/': '01010204081010',
  "'": '0c040800000000',
  '"': '0a0a0a00000000',
  '(': '02040808080402',
  ')': '08040202020408',
  '@': '0e11171517100e',
  '#': '0a0a1f0a1f0a0a',
  '%': '18190204081303',
  '&': '0c12140815120d',
  '*': '00150e1f0e1500',
  '=': '00001f001f0000',
  _: '0000000000001f',
  ' ': '00000000000000',
};

/** Stands for characters without a shape of their own. */
const box = '1f11111111111f';

/** Whether the pixel at `column`, `row` of the glyph of `character` is set. */
export function glyphPixel(character: string, column: number, row: number): boolean {
  const shape = shapes[character.toUpperCase()] ?? box;
  const bits = Number.parseInt(shape.slice(row * 2, row * 2 + 2), 16);
  return ((bits >> (glyphWidth - 1 - column)) & 1) === 1;
}
