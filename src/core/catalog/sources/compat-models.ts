/**
 * Token prices of the gateway host: `GET /compat/models` (cloudflare-api.md 4.3).
 */
import { asObject } from '../../inference/json';
import type { ListedModel } from '../entry';
import { readEntries, stated, type Rejected } from './entries';
import { readPrices, type PrintedPrice } from './price-list';
import { amount, modelId } from './values';

/** What providers are called there, and in ids of the catalog (cloudflare-api.md 1, provider slugs). */
const prefixes: readonly (readonly [compat: string, catalog: string])[] = [
  ['grok/', 'xai/'],
  ['google-ai-studio/', 'google/'],
  ['workers-ai/@', '@'],
];

/** Reads `{ object: "list", data: [{ id, cost_in, cost_out }] }`, costs in USD for one token. */
export function parseCompatModels(json: unknown, rejected?: Rejected): ListedModel[] {
  return readEntries(asObject(json)?.['data'], 'id', rejected, (entry, dropped) => {
    const id = catalogId(entry['id']);
    if (id === undefined) return 'The id is not a callable id.';
    const prices = readPrices([
      ...perMillion('per 1M input tokens', entry['cost_in']),
      ...perMillion('per 1M output tokens', entry['cost_out']),
    ]);
    if (typeof prices === 'string') dropped(prices);
    return { id, facts: stated({ pricing: typeof prices === 'string' ? undefined : prices }) };
  });
}

function catalogId(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const prefix = prefixes.find(([compat]) => value.startsWith(compat));
  return modelId(prefix === undefined ? value : prefix[1] + value.slice(prefix[0].length));
}

/** The price for a million tokens. A cost of zero stands there as well where there is no price by token: it says nothing. */
function perMillion(label: string, cost: unknown): PrintedPrice[] {
  const usd = amount(cost);
  if (usd === 0 || cost === undefined || cost === null) return [];
  // Twelve digits, so that 0.0000006 becomes 0.6 and not 0.6000000000000001.
  return [{ label, amount: usd === undefined ? cost : Number((usd * 1e6).toPrecision(12)) }];
}
