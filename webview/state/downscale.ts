/**
 * Smaller pictures: fewer pixels cost fewer bytes and tokens.
 */

/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Long sides to choose from, pixels: about what vision models look at. */
const choices = [2048, 1568, 1024, 768, 512, 256] as const;

/** The choices that make the picture smaller. */
export function longSides({ width, height }: PictureSize): readonly number[] {
  return choices.filter((side) => side < Math.max(width, height));
}

/** The size with this long side and the picture's ratio; at least one pixel each way. */
export function withLongSide({ width, height }: PictureSize, longSide: number): PictureSize {
  const scale = longSide / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The size with this width or height and the picture's ratio. */
export function withSide(size: PictureSize, side: 'width' | 'height', pixels: number): PictureSize {
  const longest = Math.max(size.width, size.height);
  const fitted = withLongSide(size, (pixels * longest) / size[side]);
  return { ...fitted, [side]: pixels };
}

/** Whether it is a size, and smaller than the picture. */
export function isSmaller({ width, height }: PictureSize, than: PictureSize): boolean {
  return (
    [width, height].every((side) => Number.isInteger(side) && side > 0) &&
    width <= than.width &&
    height <= than.height &&
    width * height < than.width * than.height
  );
}

/** The media type to write: what may be see-through stays so, photographs stay small. */
export function writtenType(mediaType: string): 'image/jpeg' | 'image/png' | 'image/webp' {
  if (mediaType === 'image/jpeg' || mediaType === 'image/webp') return mediaType;
  return 'image/png';
}

/** The name with the ending of the type. */
export function renamed(name: string, mediaType: string): string {
  const ending = mediaType === 'image/jpeg' ? '.jpg' : `.${mediaType.slice(mediaType.indexOf('/') + 1)}`;
  const stem = name.replace(/\.[a-z0-9]{2,5}$/i, '');
  const same = mediaType === 'image/jpeg' && /\.jpe?g$/i.test(name);
  return same || name.toLowerCase().endsWith(ending) ? name : `${stem}${ending}`;
}
