/**
 * Pictures in the browser: read, made smaller, written.
 */
import { writtenType, type PictureSize } from './downscale';
import { blackAndWhite, drawStep, type MaskStep } from './mask';

/** Share of the quality that JPEG and WebP keep. */
const QUALITY = 0.9;
/** Pixels of a mask that are looked at together. */
const BAND = 4_000_000;

/** Decodes a stored picture, turned as it says. Rejects when it cannot be read or decoded. */
export async function readPicture(url: string): Promise<ImageBitmap> {
  // Not by an `<img>`: inside VS Code files come from another origin, and a canvas that shows one cannot be read.
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The playground host answered ${response.status}.`);
  return createImageBitmap(await response.blob());
}

/** Writes the picture at this size. Rejects when there is no memory for it. */
export async function writePicture(
  picture: ImageBitmap,
  { width, height }: PictureSize,
  mediaType: string,
): Promise<Blob> {
  const type = writtenType(mediaType);
  const canvas = new OffscreenCanvas(width, height);
  const context = drawing(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality: QUALITY });
}

/** Writes a mask: white what was painted, black the rest. Undefined: nothing is painted. */
export async function writeMask(steps: readonly MaskStep[], size: PictureSize): Promise<Blob | undefined> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = drawing(canvas);
  for (const step of steps) drawStep(context as unknown as CanvasRenderingContext2D, step, size, 1, 'white');
  const rows = Math.max(1, Math.floor(BAND / size.width));
  let isPainted = false;
  for (let top = 0; top < size.height; top += rows) {
    const part = context.getImageData(0, top, size.width, Math.min(rows, size.height - top));
    isPainted = blackAndWhite(part.data) || isPainted;
    context.putImageData(part, 0, top);
  }
  return isPainted ? canvas.convertToBlob({ type: 'image/png' }) : undefined;
}

function drawing(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no memory for a picture of this size.');
  return context;
}
