/**
 * A mask as the strokes that make it, in pixels of the picture: so it can be undone, kept, and drawn at any size.
 */
import type { PictureSize } from './downscale';

/** A place in the picture. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One step of painting. */
export type MaskStep =
  | { readonly kind: 'stroke'; readonly erase: boolean; readonly width: number; readonly spots: readonly Spot[] }
  | { readonly kind: 'rectangle'; readonly erase: boolean; readonly box: Spot & PictureSize }
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' };

/** What drawing needs of a canvas context. */
export type MaskContext = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'scale'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'fillRect'
  | 'clearRect'
  | 'globalCompositeOperation'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
>;

/** Draws a step: what is painted gets the colour, the rest is see-through. `scale`: canvas pixels a picture pixel. */
export function drawStep(context: MaskContext, step: MaskStep, size: PictureSize, scale: number, colour: string): void {
  context.save();
  context.scale(scale, scale);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  if (step.kind === 'clear') context.clearRect(0, 0, size.width, size.height);
  else if (step.kind === 'invert') {
    // Leaves the colour where only one of both has it.
    context.globalCompositeOperation = 'xor';
    context.fillRect(0, 0, size.width, size.height);
  } else {
    context.globalCompositeOperation = step.erase ? 'destination-out' : 'source-over';
    if (step.kind === 'rectangle') context.fillRect(step.box.x, step.box.y, step.box.width, step.box.height);
    else drawLine(context, step);
  }
  context.restore();
}

function drawLine(context: MaskContext, { width, spots }: Extract<MaskStep, { kind: 'stroke' }>): void {
  const [first, ...others] = spots;
  if (!first) return;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(first.x, first.y);
  // A line without length is a dot.
  for (const { x, y } of others.length > 0 ? others : [first]) context.lineTo(x, y);
  context.stroke();
}

/** The part of a rectangle that lies in the picture, in whole pixels; undefined when nothing does. */
export function clippedBox(box: Spot & PictureSize, size: PictureSize): (Spot & PictureSize) | undefined {
  const left = Math.max(0, Math.round(box.x));
  const top = Math.max(0, Math.round(box.y));
  const width = Math.min(size.width, Math.round(box.x + box.width)) - left;
  const height = Math.min(size.height, Math.round(box.y + box.height)) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : undefined;
}

/** Makes every pixel fully white or fully black, by how much of it was painted. RGBA, in place. True: some are white. */
export function blackAndWhite(pixels: Uint8ClampedArray): boolean {
  let any = false;
  for (let at = 0; at < pixels.length; at += 4) {
    const white = (pixels[at + 3] ?? 0) >= 128;
    any ||= white;
    pixels.fill(white ? 255 : 0, at, at + 3);
    pixels[at + 3] = 255;
  }
  return any;
}
