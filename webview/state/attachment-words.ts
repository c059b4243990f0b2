/**
 * Sizes and lengths of files in words.
 */
import type { MediaRef } from '../../src/core/media/media';

/** `812 bytes`, `14 KB`, `1.2 MB`: in 1024s, as limits are. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  // What rounds to 1024 is one of the next unit.
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}

/** `0:07`, `12:40`, `1:02:03`: a length in seconds, rounded to whole ones. */
export function lengthWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** What a chip says under the name. What is not known is left out. */
export function detailOf({ byteLength, width, height, seconds }: MediaRef): string {
  const pixels = width !== undefined && height !== undefined ? [`${width} × ${height}`] : [];
  const length = seconds === undefined ? [] : [lengthWords(seconds)];
  return [...length, ...pixels, sizeWords(byteLength)].join(' · ');
}
