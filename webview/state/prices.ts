/**
 * A model's prices in the few characters that a header has.
 */
import type { Model } from '../../src/core/catalog/model';
import { parsePrice, type Price, type PriceKind } from '../../src/core/catalog/prices';

const TOKENS = 1_000_000;

/** `$3 / $15` (per million input and output tokens), `$0.04 per image`, or the first label as printed; undefined when unknown. */
export function priceSummary({ pricing }: Pick<Model, 'pricing'>): string | undefined {
  const prices = pricing.flatMap((label) => parsePrice(label) ?? []);
  const input = priceOf(prices, 'input-token');
  const output = priceOf(prices, 'output-token');
  if (input && output) return `${perMillion(input)} / ${perMillion(output)}`;
  if (input) return `${perMillion(input)} per 1M in`;
  const image = priceOf(prices, 'image');
  if (image) return `${shortUsd(image.usdPer)} per image`;
  const [first] = pricing;
  return first && `${shortUsd(first.usd)} ${first.label}`;
}

/** All prices as the catalog prints them, one a line, for the tooltip. */
export function priceList({ pricing }: Pick<Model, 'pricing'>): string {
  return pricing.map(({ label, usd }) => `${shortUsd(usd)} ${label}`).join('\n');
}

/** `131k`, `1M`: sizes of context windows, as people say them. */
export function shortTokens(tokens: number): string {
  if (tokens >= 1_000_000) return `${Number((tokens / 1_000_000).toFixed(1))}M`;
  return tokens >= 1_000 ? `${Math.round(tokens / 1_000)}k` : String(tokens);
}

function perMillion({ usdPer }: Price): string {
  return shortUsd(Number((usdPer * TOKENS).toPrecision(6)));
}

/** A catalog price as it is usually written: `$15`, `$0.40`, `$0.0123`. */
function shortUsd(usd: number): string {
  if (Number.isInteger(usd)) return `$${usd}`;
  const text = String(Number(usd.toPrecision(4)));
  return `$${/^\d+\.\d$/.test(text) ? `${text}0` : text}`;
}

/** The price that holds for small inputs, where there are several. */
function priceOf(prices: readonly Price[], kind: PriceKind): Price | undefined {
  const ofKind = prices.filter((price) => price.kind === kind);
  return (
    ofKind.find(({ tier }) => tier === undefined) ??
    ofKind.find(({ tier }) => tier === 'short' || (typeof tier === 'object' && 'below' in tier)) ??
    ofKind[0]
  );
}
