/**
 * What a simulated video shows: the words of the prompt on a flat ground, a block that moves above them, and the time
 * and a bar that grows below them.
 */
import { type Picture, sourceNote } from '../../images/draw';
import { advance, fill, lineHeight, drawLine, wrap } from '../../images/lettering';
import type { Bitmap } from '../../images/png';
import { createRandom, hash } from '../../random';
import { blockSize, type Planes } from './h264';

/** A scene as it stands; `show` changes it. */
export interface Scene {
  /** Pixels that are seen; the planes of a frame are filled up to whole blocks. */
  readonly width: number;
  readonly height: number;
  /** Draws the moment `time` seconds after the start. */
  show(time: number): Planes;
}

const longest = 320;
const shortest = 64;
const black = 0;
const white = 1;
const bright = 2;
const dim = 3;
const pale = 4;
const firstGround = 5;
const margin = 8;
const barHeight = 6;
/** Rows at the top in which the block moves, and at the bottom for time and bar. */
const laneHeight = 2 * blockSize;
const footHeight = 4 + lineHeight + barHeight + margin;
/** Seconds in which the block crosses the picture. */
const crossing = 3;

/** Sets up the scene of `picture`, which lasts `seconds`. */
export function createScene(picture: Picture, seconds: number): Scene {
  const { width, height } = shownSize(picture);
  const whole = (side: number): number => Math.ceil(side / blockSize) * blockSize;
  const random = createRandom(hash(`scene ${picture.seed} ${picture.prompt} ${picture.modelId}`));
  const hue = random.next();
  const palette = [0x101014, 0xffffff, colourOf(hue + 0.45, 0.9), 0x55555f, 0xa0a0ac];
  // A bitmap has 256 colours; a few rows share one.
  const shades = 256 - firstGround;
  for (let shade = 0; shade < shades; shade++) palette.push(colourOf(hue, 0.3 + (0.5 * shade) / shades));
  const bitmap: Bitmap = {
    width: whole(width),
    height: whole(height),
    pixels: new Uint8Array(whole(width) * whole(height)),
    palette,
  };
  for (let row = 0; row < bitmap.height; row++) ground(bitmap, row, 1);
  drawWords(bitmap, picture, width, height);
  const footTop = height - footHeight; // Even, as both are.
  fill(bitmap, { left: 0, top: footTop, width: bitmap.width, height: bitmap.height - footTop }, black);
  const convert = createConverter(bitmap);
  const still = convert(undefined, 0, bitmap.height);
  const steps = Math.floor(width / blockSize) - 2;
  return {
    width,
    height,
    show(time) {
      // Whole blocks in rows of their own cost a few bytes a frame, for each continues its neighbour.
      ground(bitmap, 0, laneHeight);
      const round = (time / crossing) % 2;
      const left = Math.round((round < 1 ? round : 2 - round) * Math.max(0, steps)) * blockSize;
      fill(bitmap, { left, top: 0, width: laneHeight, height: laneHeight }, bright);
      const bar = { left: margin, top: height - margin - barHeight, height: barHeight };
      fill(bitmap, { ...bar, width: width - 2 * margin }, dim);
      fill(bitmap, { ...bar, width: Math.round(((width - 2 * margin) * time) / seconds) }, bright);
      const clock = { left: margin, top: footTop + 4, scale: 1 };
      fill(bitmap, { ...clock, width: width - 2 * margin, height: lineHeight }, black);
      // Tenths would change more pixels than all else in a long video.
      const digits = seconds <= 60 ? 1 : 0;
      drawLine(bitmap, `${time.toFixed(digits)} / ${seconds.toFixed(digits)} s`, clock, white);
      return convert(convert(still, 0, laneHeight), footTop, bitmap.height);
    },
  };
}

/** The ratio of the picture in even numbers, at most `longest` along the longer side. */
function shownSize({ width, height }: Picture): { width: number; height: number } {
  const even = (side: number): number => Math.max(shortest, 2 * Math.round(side / 2));
  let best = { width: longest, height: longest };
  let smallestError = Infinity;
  for (let long = longest; long >= longest - 64; long -= 2) {
    const scale = long / Math.max(width, height);
    const size = { width: even(width * scale), height: even(height * scale) };
    const error = Math.abs(Math.log((size.width * height) / (size.height * width)));
    if (error < smallestError - 1e-9) [best, smallestError] = [size, error];
  }
  return best;
}

/** The ground of some rows: each row of pixels has its own shade. */
function ground(bitmap: Bitmap, top: number, rows: number): void {
  for (let row = top; row < top + rows; row++)
    fill(
      bitmap,
      { left: 0, top: row, width: bitmap.width, height: 1 },
      firstGround + Math.floor(((256 - firstGround) * row) / bitmap.height),
    );
}

/** The prompt on a dark panel, as large as it fits, and below it that nothing was filmed by a model. */
function drawWords(bitmap: Bitmap, picture: Picture, width: number, height: number): void {
  const { prompt, seed, source } = picture;
  const top = laneHeight + margin;
  const columns = (scale: number): number => Math.max(1, Math.floor((width - 2 * margin) / (scale * advance)));
  const note = source === undefined ? '' : ` ${sourceNote(source)}`;
  const footer = wrap(`Simulated: no model ran. Seed ${seed}${note}`, columns(1));
  const space = Math.max(0, height - footHeight - margin - top);
  const words = (scale: number): string[] => wrap(prompt, columns(scale));
  const scale = (2 * words(2).length + footer.length) * lineHeight <= space ? 2 : 1;
  // What does not fit is cut off, first the footer.
  const lines = [
    ...words(scale).map((line) => ({ line, scale, colour: white })),
    ...footer.map((line) => ({ line, scale: 1, colour: pale })),
  ];
  let below = top;
  const fitting = lines.filter((line) => (below += line.scale * lineHeight) <= top + space);
  const tall = fitting.reduce((sum, line) => sum + line.scale * lineHeight, 0);
  if (tall > 0) fill(bitmap, { left: 0, top: top - 4, width: bitmap.width, height: tall + 6 }, black);
  let at = top;
  for (const { line, scale: size, colour } of fitting) {
    drawLine(bitmap, line, { left: margin, top: at, scale: size }, colour);
    at += size * lineHeight;
  }
}

/** A colour of a hue (0 to 1, going round) and a brightness, as `0xRRGGBB`. */
function colourOf(hue: number, brightness: number): number {
  const channel = (shift: number): number =>
    Math.round(255 * brightness * (0.55 + 0.45 * Math.cos(2 * Math.PI * (hue + shift))));
  return (channel(0) << 16) | (channel(1 / 3) << 8) | channel(2 / 3);
}

/** Turns rows of the bitmap, as it then is, into those of `base`, from `top`, which is even, to before `bottom`. */
type Convert = (base: Planes | undefined, top: number, bottom: number) => Planes;

/** Brightness and colour differences by ITU-R BT.601, in the narrow range. */
function createConverter({ width, height, pixels, palette }: Bitmap): Convert {
  const colours = palette.map((colour) => {
    const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
    return {
      y: 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255,
      cb: 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255,
      cr: 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255,
    };
  });
  const light = Uint8Array.from(colours, ({ y }) => Math.round(y));
  const blueness = Float64Array.from(colours, ({ cb }) => cb / 4);
  const redness = Float64Array.from(colours, ({ cr }) => cr / 4);
  return (base, top, bottom) => {
    const y = base?.y.slice() ?? new Uint8Array(width * height);
    const cb = base?.cb.slice() ?? new Uint8Array(y.length / 4);
    const cr = base?.cr.slice() ?? new Uint8Array(y.length / 4);
    for (let at = top * width; at < bottom * width; at++) y[at] = light[pixels[at] ?? 0] ?? 0;
    for (let row = top; row < bottom; row += 2) {
      for (let column = 0; column < width; column += 2) {
        const first = row * width + column;
        let [blue, red] = [0.5, 0.5];
        for (const at of [first, first + 1, first + width, first + width + 1]) {
          blue += blueness[pixels[at] ?? 0] ?? 0;
          red += redness[pixels[at] ?? 0] ?? 0;
        }
        const target = (row * width) / 4 + column / 2;
        cb[target] = blue;
        cr[target] = red;
      }
    }
    return { width, height, y, cb, cr };
  };
}
