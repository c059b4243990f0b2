/**
 * A model's prices and sizes in the few characters that a row or a header has.
 */
import { comparablePrice } from './comparable-price';
import type { Model } from './model';
import type { Price, PriceKind } from './price';
import { parsePrice } from './prices';

const TOKENS = 1_000_000;

/**
 * `$3 / $15` (per million input and output tokens), `$0.04 per image`, the figure that the task is compared by, or the
 * first label as printed; undefined when no price is known.
 */
export function priceSummary(model: Model): string | undefined {
  const { pricing } = model;
  const prices = pricing.flatMap((label) => parsePrice(label) ?? []);
  const input = priceOf(prices, 'input-token');
  const output = priceOf(prices, 'output-token');
  if (input && output) return `${perMillion(input)} / ${perMillion(output)}`;
  if (input) return `${perMillion(input)} per 1M in`;
  const image = priceOf(prices, 'image');
  if (image) return `${shortUsd(image.usdPer)} per image`;
  const compared = comparablePrice(model);
  // By tiles, steps or megapixels it rests on a size and a number of steps.
  const isGuess = model.task.endsWith('to-image');
  if (compared && isGuess) return `about ${shortUsd(Number(compared.usd.toPrecision(2)))} ${compared.unit}`;
  if (compared) return `${shortUsd(compared.usd)} ${compared.unit}`;
  const [first] = pricing;
  return first && `${shortUsd(first.usd)} ${first.label}`;
}

/** `131k`, `1M`: sizes of context windows, as people say them. */
export function shortTokens(tokens: number): string {
  // From where thousands would round to a million.
  if (tokens >= 999_500) return `${Number((tokens / 1_000_000).toFixed(1))}M`;
  return tokens >= 1_000 ? `${Math.round(tokens / 1_000)}k` : String(tokens);
}

/** A catalog price as it is usually written: `$15`, `$0.40`, `$0.0123`. */
export function shortUsd(usd: number): string {
  if (Number.isInteger(usd)) return `$${usd}`;
  const digits = Number(usd.toPrecision(4));
  // Small numbers must not turn into `1e-7`.
  const text = digits < 1e-6 ? digits.toFixed(12).replace(/0+$/, '') : String(digits);
  return `$${/^\d+\.\d$/.test(text) ? `${text}0` : text}`;
}

function perMillion({ usdPer }: Price): string {
  return shortUsd(Number((usdPer * TOKENS).toPrecision(6)));
}

/** The price that holds for small inputs, where there are several. */
function priceOf(prices: readonly Price[], kind: PriceKind): Price | undefined {
  const ofKind = prices.filter((price) => price.kind === kind && (price.modality ?? 'text') === 'text');
  return (
    ofKind.find(({ tier }) => tier === undefined) ??
    ofKind.find(({ tier }) => tier === 'short' || (typeof tier === 'object' && 'below' in tier)) ??
    ofKind[0]
  );
}
