/**
 * The bill of a call priced by token (metrics.md 6.2).
 */
import type { Price, PriceKind, PriceTier } from '../catalog/prices';

/** What is billed. `input` includes the cached parts, `output` the reasoning: neither is added again. */
export interface BilledTokens {
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number;
  readonly cacheWrite: number;
}

/** USD, or one sentence telling why it is unknown. */
export function tokenBill(prices: readonly Price[], tokens: BilledTokens): number | string {
  const { input, output, cachedRead, cacheWrite } = tokens;
  const fresh = input - cachedRead - cacheWrite;
  if (fresh < 0) return 'The answer reports more cached tokens than input tokens.';
  const parts: readonly (readonly [PriceKind, number, string])[] = [
    ['input-token', fresh, 'input tokens'],
    // A cached token is neither free nor surely billed as a fresh one: without its own price it has none.
    ['cached-input-token', cachedRead, 'input tokens read from the cache'],
    ['cache-write-token', cacheWrite, 'input tokens written to the cache'],
    ['output-token', output, 'output tokens'],
  ];
  let usd = 0;
  for (const [kind, count, what] of parts) {
    if (count === 0) continue;
    const price = priceAt(prices, kind, input);
    if (price === undefined) return `The catalog has no price for ${what}.`;
    if (typeof price === 'string') return price;
    usd += count * price;
  }
  return usd;
}

/** USD per token at this size of input; a sentence when the catalog does not decide. */
function priceAt(prices: readonly Price[], kind: PriceKind, input: number): number | string | undefined {
  const ofKind = prices.filter((price) => price.kind === kind);
  const amounts = new Set(
    ofKind.filter((price) => price.tier === undefined || mayHold(price.tier, input)).map((price) => price.usdPer),
  );
  if (amounts.size <= 1) return [...amounts][0];
  return ofKind.some(({ tier }) => tier === 'short' || tier === 'long')
    ? 'The price depends on the length of the context, and the catalog does not tell where the long one begins.'
    : 'The catalog has more than one price for the same tokens.';
}

/** Whether a tier's price can apply. The limit between short and long is not known, so both can. */
function mayHold(tier: PriceTier, input: number): boolean {
  if (tier === 'short' || tier === 'long') return true;
  return 'below' in tier ? input < tier.below : input >= tier.from;
}
