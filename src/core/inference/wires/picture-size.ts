/**
 * The size of a picture in one word: `1024x1536`, `16:9`.
 */

/** A picture this much off the asked shape, relatively, is not what was asked. */
const TOLERANCE = 0.05;
/** Larger numbers are pixels and no ratio: `1280:720`. */
const MOST_OF_RATIO = 100;

const usualRatios = ['1:1', '3:4', '4:3', '9:16', '16:9'];

/** `1024x1536`. */
export function sizeLike(width: number, height: number): string {
  return `${width}x${height}`;
}

/** The usual ratio that the asked size has; undefined when it has none. */
export function ratioOf(width: number, height: number): string | undefined {
  return ratioLike(usualRatios, width, height);
}

/** Of these words the one that says this size, else the one that says its ratio; a shape is not passed off as another. */
export function ratioLike(words: readonly unknown[], width: number, height: number): string | undefined {
  let best: { readonly word: string; readonly off: number } | undefined;
  for (const word of words) {
    const [, across, down] = (typeof word === 'string' && /^(\d{1,5})\s*[x×*:]\s*(\d{1,5})$/i.exec(word)) || [];
    const [a, b] = [Number(across), Number(down)];
    if (typeof word !== 'string' || !(a > 0) || !(b > 0)) continue;
    if (a === width && b === height) return word;
    const off = Math.abs((a * height) / (b * width) - 1);
    if (Math.max(a, b) <= MOST_OF_RATIO && off <= TOLERANCE && off < (best?.off ?? Infinity)) best = { word, off };
  }
  return best?.word;
}
