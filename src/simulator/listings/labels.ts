/**
 * Price labels of the bundle in the words of the two live listings, which differ (cloudflare-api.md 4.1 and 4.3).
 */

/** A `unit` of `/ai/models/search`: `per 1M input tokens` → `per M input tokens`. */
export function hostedUnit(label: string): string {
  return label.replace('per 1M ', 'per M ');
}

/** The catalog's own phrases, first match wins; `$1`, `$2` as in `String.replace`. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^per 1M (.+) tokens \((short|long) context\)$/, '$2-context $1 (per 1M)'],
  [/^per 1M (.+) tokens \(([<>]=?\d+k)\)$/, '$1 $2 (per 1M)'],
  [/^per 1M (.+)$/, '$1 (per 1M)'],
  [/^per (second|image) \(default\)$/, 'default (per $1)'],
  [/^per (second|image) (@\w+)(.*?)$/, '$2$3 (per $1)'],
  [/^per video (\d+s @\w+)$/, '$1'],
  [/^per (output audio second)$/, '$1s'],
];
/** Printed as they stand, in lower case. */
const lowerCase = /^(?:\d|@|output audio)/;

/** A label of `/ai/catalog/models`: `per second @4k with audio` → `@4k w/ audio (per second)`. */
export function catalogLabel(label: string): string {
  const phrase = phrases.find(([pattern]) => pattern.test(label));
  const text = (phrase === undefined ? label : label.replace(...phrase)).replace('with audio', 'w/ audio');
  return lowerCase.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
