/**
 * Prices that were understood. Catalogs print prices as free text; only a label understood in full becomes a price one may
 * compute with.
 */
import type { Model, PriceLabel, Task } from './model';
import type { Price } from './price';
import { readPriceLabel } from './price-label';
import { isAboutSound, mediaMadeBy } from './task-media';

/** Understands a label, or returns `undefined`: then it is shown as it stands and nothing is computed with it. */
export function parsePrice({ label, usd }: PriceLabel): Price | undefined {
  if (!Number.isFinite(usd) || usd < 0) return undefined;
  const read = readPriceLabel(label);
  return read && { kind: read.kind, usdPer: usd / read.units, ...read.conditions };
}

/** The prices of a model. */
export interface PriceList {
  readonly prices: readonly Price[];
  /** Labels that were not understood, as printed. */
  readonly notUnderstood: readonly string[];
}

/** All prices of a model that can be computed with, and the labels of the others. */
export function pricesOf({ pricing, task }: Pick<Model, 'pricing' | 'task'>): PriceList {
  const prices: Price[] = [];
  const notUnderstood: string[] = [];
  for (const label of pricing) {
    const price = parsePrice(label);
    if (price) prices.push(price);
    else notUnderstood.push(label.label);
  }
  return { prices: prices.filter((price) => !repeatsAnother(price, prices, task)), notUnderstood };
}

/**
 * Whether `price` is the line "Default (per second)" that the catalog prints for every model: where nothing runs by the
 * second, and for speech by the character, it says the price per image or per character again (cloudflare-api.md 4.3).
 */
function repeatsAnother(price: Price, prices: readonly Price[], task: Task): boolean {
  if (price.kind !== 'second' || price.isDefault !== true) return false;
  const isTimed = mediaMadeBy(task) === 'video' || isAboutSound(task);
  if (isTimed && !prices.some(({ kind }) => kind === 'character')) return false;
  return prices.some(({ kind, usdPer }) => kind !== 'second' && usdPer === price.usdPer);
}
