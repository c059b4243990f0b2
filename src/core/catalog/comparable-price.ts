/**
 * One figure per model to sort and filter by. Models of one task are compared in one unit, as far as their prices allow.
 */
import { billFor } from '../run/bill';
import { expectedConsumption } from '../run/consumption';
import type { Model, Task } from './model';
import type { Price, PriceKind } from './price';
import { pricesOf } from './prices';

/** USD for one `unit`, which is in words for people: `per 1M tokens (3 in : 1 out)`. */
export interface ComparablePrice {
  readonly usd: number;
  readonly unit: string;
}

/** Steps assumed where neither the catalog nor the model's schema tells how many it takes. */
const NOMINAL_STEPS = 25;

/** One way to make the figure; undefined when the prices do not allow it. */
type Measure = (prices: readonly Price[], model: Model) => ComparablePrice | undefined;

/** Tried in turn. */
const measures: Readonly<Record<Task, readonly Measure[]>> = {
  'text-generation': [tokens],
  translation: [tokens],
  summarization: [tokens],
  embeddings: [tokens],
  reranking: [tokens],
  'text-classification': [tokens],
  'image-to-text': [tokens, lookedAt],
  'image-classification': [lookedAt, tokens],
  'object-detection': [lookedAt, tokens],
  'text-to-image': [picture],
  'image-to-image': [picture],
  'text-to-video': [videoSecond],
  'image-to-video': [videoSecond],
  'video-to-video': [videoSecond],
  'text-to-speech': [characters, audioMinute],
  'speech-recognition': [audioMinute],
  'turn-detection': [audioMinute],
  'music-generation': [audioMinute],
  realtime: [audioMinute, tokens],
  other: [tokens],
};

/**
 * The price by which models of a task are compared: text by a million tokens, three of input to one of output, at small
 * inputs; pictures by one of 1024 × 1024; video by the second at the default; speech by 1,000 characters; audio by the
 * minute. Undefined when the prices are unknown or of another kind.
 */
export function comparablePrice(model: Model): ComparablePrice | undefined {
  if (model.pricing.length === 0) return undefined;
  const { prices } = pricesOf(model);
  for (const measure of measures[model.task]) {
    const price = measure(prices, model);
    if (price !== undefined) return price;
  }
  return undefined;
}

function tokens(prices: readonly Price[]): ComparablePrice | undefined {
  const input = first(prices, 'input-token');
  const output = first(prices, 'output-token');
  if (input === undefined) return undefined;
  return output === undefined
    ? { usd: rounded(input * 1e6), unit: 'per 1M input tokens' }
    : { usd: rounded(((3 * input + output) / 4) * 1e6), unit: 'per 1M tokens (3 in : 1 out)' };
}

function picture(_: readonly Price[], model: Model): ComparablePrice | undefined {
  const use = { inputTokens: 0, outputTokens: 0, characters: 0 };
  for (const parameters of [{}, { steps: NOMINAL_STEPS }]) {
    const bill = billFor(model, expectedConsumption(model, { ...use, parameters }));
    if (typeof bill !== 'string' && bill.missing.length === 0)
      return { usd: rounded(bill.usd), unit: 'per 1024 × 1024 picture' };
  }
  return undefined;
}

function lookedAt(prices: readonly Price[]): ComparablePrice | undefined {
  return by(first(prices, 'image'), 1, 'per picture');
}

function videoSecond(prices: readonly Price[]): ComparablePrice | undefined {
  const byClip = prices.flatMap(({ kind, clipSeconds, usdPer }) =>
    kind === 'video' && clipSeconds ? [usdPer / clipSeconds] : [],
  );
  const perSecond = first(prices, 'second') ?? (byClip.length > 0 ? Math.min(...byClip) : undefined);
  return by(perSecond, 1, 'per second of video');
}

function characters(prices: readonly Price[]): ComparablePrice | undefined {
  return by(first(prices, 'character'), 1000, 'per 1,000 characters');
}

function audioMinute(prices: readonly Price[]): ComparablePrice | undefined {
  const perSecond = first(prices, 'audio-second') ?? first(prices, 'second');
  return by(first(prices, 'audio-minute') ?? (perSecond && perSecond * 60), 1, 'per minute of audio');
}

function by(usd: number | undefined, units: number, unit: string): ComparablePrice | undefined {
  return usd === undefined ? undefined : { usd: rounded(usd * units), unit };
}

/** Without the dust of binary fractions: a ceiling of $0.06 lets a price of $0.06 pass. */
function rounded(usd: number): number {
  return Number(usd.toPrecision(12));
}

/** The price of a plain request: the default one, else the one with the fewest conditions, else the lowest. */
function first(prices: readonly Price[], kind: PriceKind): number | undefined {
  let best: Price | undefined;
  for (const price of prices) {
    if (price.kind !== kind || price.addOn !== undefined) continue;
    if (best === undefined || rank(price) < rank(best)) best = price;
    else if (rank(price) === rank(best) && price.usdPer < best.usdPer) best = price;
  }
  return best?.usdPer;
}

/** `kind` and `usdPer` are no conditions. */
function rank(price: Price): number {
  return price.isDefault ? 0 : Object.keys(price).length;
}
