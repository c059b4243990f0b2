/**
 * Vector pictures, as some families draw them (Recraft).
 */
import type { Picture } from '../images/draw';
import { createRandom, hash } from '../random';

/** The picture as an SVG file: circles by seed, and the words of the prompt. */
export function drawSvg({ prompt, modelId, seed, width, height }: Picture): Uint8Array {
  const random = createRandom(hash(`${seed} ${prompt} ${modelId}`));
  const circles = Array.from({ length: 12 }, () => {
    const [x, y, radius] = [random.next() * width, random.next() * height, (0.05 + random.next() / 6) * width];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="hsl(${random.between(0, 359)} 60% 55%)"/>`;
  });
  const size = Math.max(10, Math.round(width / 32));
  const line = (text: string, top: number): string =>
    `<text x="${size}" y="${top}" font-family="sans-serif" font-size="${size}">${escaped(text)}</text>`;
  return new TextEncoder().encode(
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
      `<rect width="100%" height="100%" fill="#f4f1ea"/>`,
      ...circles,
      line([...prompt].slice(0, 40).join(''), height - 3 * size),
      line(`Simulated: no model ran. Seed ${seed}`, height - size),
      '</svg>',
    ].join('\n'),
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
