/**
 * Whether two price lists charge the same.
 */
import type { PriceLabel } from './model';
import { parsePrice } from './prices';

/** Compares what the labels mean, not how they are worded. A label that is not understood means its own words. */
export function samePrices(a: readonly PriceLabel[], b: readonly PriceLabel[]): boolean {
  return meaningOf(a) === meaningOf(b);
}

function meaningOf(prices: readonly PriceLabel[]): string {
  const meanings = prices.map((label) => {
    const price = parsePrice(label);
    if (price === undefined) return `${label.label} ${label.usd}`;
    const { usdPer, ...unit } = price;
    // Twelve digits: a price per million divided by a million has more, and the last of them is noise.
    return `${JSON.stringify(Object.entries(unit).sort())} ${usdPer.toPrecision(12)}`;
  });
  return [...new Set(meanings)].sort().join('\n');
}
