/**
 * Price labels. Catalogs print prices as free text; only a label understood in full becomes a price one may compute with.
 */
import type { PriceLabel } from './model';

/** What one unit of a price is. A megapixel is 1024 × 1024 pixels; a tile is 512 × 512. */
export type PriceKind =
  | 'input-token'
  | 'output-token'
  | 'cached-input-token'
  | 'cache-write-token'
  | 'image'
  | 'input-image'
  | 'tile'
  | 'step'
  | 'output-tile'
  | 'input-tile'
  | 'output-tile-step'
  | 'input-tile-step'
  | 'first-megapixel'
  | 'subsequent-megapixel'
  | 'input-megapixel';

/** The input sizes that a price holds for. `short` and `long` have a limit that the catalog does not tell. */
export type PriceTier = { readonly below: number } | { readonly from: number } | 'short' | 'long';

/** A price that was understood. */
export interface Price {
  readonly kind: PriceKind;
  /** USD for one unit: one token, not a million. */
  readonly usdPer: number;
  readonly tier?: PriceTier;
  /** Resolution that the price holds for, as printed (`1k`), or `default`. */
  readonly qualifier?: string;
}

const tokenKinds: Readonly<Record<string, PriceKind>> = {
  input: 'input-token',
  output: 'output-token',
  'cached input': 'cached-input-token',
  'cache creation': 'cache-write-token',
  'cache write': 'cache-write-token',
};

const imageKinds: Readonly<Record<string, PriceKind>> = {
  'per image': 'image',
  'per input image': 'input-image',
  'per 512x512 tile': 'tile',
  'per step': 'step',
  'per output 512x512 tile': 'output-tile',
  'per input 512x512 tile': 'input-tile',
  'per output 512x512 tile per step': 'output-tile-step',
  'per input 512x512 tile per step': 'input-tile-step',
  'per first mp (1024x1024)': 'first-megapixel',
  'per subsequent mp': 'subsequent-megapixel',
  'per input image mp': 'input-megapixel',
};

/** Understands a label, or returns `undefined`: then it is shown as it stands and nothing is computed with it. */
export function parsePrice({ label, usd }: PriceLabel): Price | undefined {
  // The live catalog prints `per 512 by 512 tile` and `per input 512x512 tile, per step`.
  const text = label.trim().toLowerCase().replace(/\s+/g, ' ').replace(' by ', 'x').replaceAll(',', '');
  const imageKind = own(imageKinds, text);
  if (imageKind !== undefined) return { kind: imageKind, usdPer: usd };
  const qualifier = /^per image (?:@|\()([a-z0-9]+)\)?$/.exec(text)?.[1];
  if (qualifier !== undefined) return { kind: 'image', usdPer: usd, qualifier };
  return parseTokenPrice(text, usd);
}

/**
 * `per 1M input tokens (<200k)` of the bundled catalog, `per M input tokens` of `/ai/models/search`, and
 * `Input <200k (per 1M)` or `Short-context input (per 1M)` of the third-party catalog (cloudflare-api.md 4.1, 4.3).
 */
function parseTokenPrice(text: string, usd: number): Price | undefined {
  const noun = /^per 1?m (.+)$/.exec(text)?.[1] ?? /^(.+) \(per 1?m\)$/.exec(text)?.[1];
  if (noun === undefined) return undefined;
  const tierText = /<\d+k|>=\d+k|(?:short|long)[ -]context/.exec(noun)?.[0];
  const plain = (tierText === undefined ? noun : noun.replace(tierText, ''))
    .replace('()', '')
    .replace(/\btokens\b/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const kind = own(tokenKinds, plain);
  if (kind === undefined) return undefined;
  return { kind, usdPer: usd / 1e6, ...(tierText !== undefined && { tier: tierOf(tierText) }) };
}

function tierOf(text: string): PriceTier {
  const tokens = Number(/\d+/.exec(text)?.[0]) * 1000;
  if (text.startsWith('<')) return { below: tokens };
  if (text.startsWith('>=')) return { from: tokens };
  return text.startsWith('short') ? 'short' : 'long';
}

function own(table: Readonly<Record<string, PriceKind>>, key: string): PriceKind | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
