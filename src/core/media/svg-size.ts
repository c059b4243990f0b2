/**
 * Recognising SVG, which is text, and the size that it says.
 */
import type { PixelSize } from './pixel-size';

/** Bytes within which the root element must begin. */
const HEAD = 1024;

/** Bytes of the root element that are looked at. */
const ROOT = 4096;

/** The size in CSS pixels, when the text is an SVG file; undefined when it is not. */
export function svgSize(bytes: Uint8Array): PixelSize | undefined {
  if (!mayBeMarkup(bytes)) return undefined;
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD + ROOT));
  const start = rootOf(text);
  if (start === undefined || start > HEAD) return undefined;
  const end = text.indexOf('>', start);
  const root = text.slice(start, end < 0 ? undefined : end);
  const width = length(attribute(root, 'width'));
  const height = length(attribute(root, 'height'));
  if (width !== undefined && height !== undefined) return { width, height };
  const [, , boxWidth, boxHeight] = (attribute(root, 'viewBox') ?? '').trim().split(/[\s,]+/);
  const [w, h] = [length(boxWidth), length(boxHeight)];
  if (w === undefined || h === undefined) return {};
  // One side given: the other follows from the ratio.
  if (width !== undefined) return sides(width, (width * h) / w);
  return height === undefined ? { width: w, height: h } : sides((height * w) / h, height);
}

/** `<` first, behind a byte order mark or blanks. */
function mayBeMarkup(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < HEAD && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) at++;
  return bytes[at] === 0x3c;
}

/** Where `<svg` stands behind declarations, comments and a document type. */
function rootOf(text: string): number | undefined {
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const close = text.startsWith('<?', at)
      ? '?>'
      : text.startsWith('<!--', at)
        ? '-->'
        : /^<!doctype\s+svg/i.test(text.slice(at, at + 20))
          ? '>'
          : undefined;
    if (close === undefined) return /^<svg[\s/>]/.test(text.slice(at, at + 5)) ? at : undefined;
    const end = text.indexOf(close, at);
    if (end < 0) return undefined;
    at = end + close.length;
  }
}

function attribute(root: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(root);
  return match?.[1] ?? match?.[2];
}

/** Whole pixels; undefined for percentages, other units and what is no length. */
function length(value: string | undefined): number | undefined {
  const pixels = Number(/^\s*\+?(\d+(?:\.\d+)?|\.\d+)(?:px)?\s*$/.exec(value ?? '')?.[1]);
  return pixels > 0 ? Math.max(1, Math.round(pixels)) : undefined;
}

function sides(width: number, height: number): PixelSize {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
