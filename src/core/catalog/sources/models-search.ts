/**
 * Live hosted models: `GET /ai/models/search` (cloudflare-api.md 4.1).
 */
import { asList, asObject, type Json } from '../../inference/json';
import type { ListedModel } from '../entry';
import type { Capability } from '../model';
import { listedTask } from '../tasks';
import { readEntries, stated, type Rejected } from './entries';
import { readPrices, type PrintedPrice } from './price-list';
import { flag, httpsUrl, isoDay, longText, modelId, tokenCount } from './values';

/** Property ids that say a model can do something. `reasoning`, `vision` and `lora` are likely but were not seen. */
const capabilityProperties: readonly (readonly [string, Capability])[] = [
  ['async_queue', 'batch'],
  ['lora', 'lora'],
  ['reasoning', 'reasoning'],
  ['function_calling', 'tools'],
  ['vision', 'vision'],
];

/**
 * Reads one page. The callable id is in `name`, so there is no name for people; scalar property values are strings, and
 * prices are a list. Unknown properties are passed over.
 */
export function parseModelsSearch(json: unknown, rejected?: Rejected): ListedModel[] {
  return readEntries(asObject(json)?.['result'], 'name', rejected, (entry, dropped) => {
    const id = modelId(entry['name']);
    if (id?.startsWith('@') !== true) return 'The name is not a callable id.';
    const properties = propertiesOf(entry['properties']);
    const prices = readPrices(pricesOf(properties.get('price')));
    if (typeof prices === 'string') dropped(prices);
    return {
      id,
      facts: stated({
        hosting: 'hosted',
        task: listedTask(asObject(entry['task'])?.['name'], id),
        description: longText(entry['description']),
        contextWindow: tokenCount(properties.get('context_window')),
        maxOutputTokens: tokenCount(properties.get('max_output_tokens')),
        capabilities: capabilityProperties.filter(([name]) => flag(properties.get(name))).map(([, what]) => what),
        pricing: typeof prices === 'string' ? undefined : prices,
        deprecationDate: isoDay(properties.get('planned_deprecation_date')),
        termsUrl: httpsUrl(properties.get('terms')),
        note: flag(properties.get('beta')) === true ? 'Beta' : undefined,
      }),
    };
  });
}

function propertiesOf(list: unknown): ReadonlyMap<string, unknown> {
  const properties = new Map<string, unknown>();
  for (const item of asList(list)) {
    const property = asObject(item);
    if (typeof property?.['property_id'] === 'string') properties.set(property['property_id'], property['value']);
  }
  return properties;
}

/** `[{ unit: "per M input tokens", price: 0.29, currency: "USD" }]`. */
function pricesOf(list: unknown): PrintedPrice[] {
  return asList(list).map((item) => {
    const price: Json = asObject(item) ?? {};
    return { label: price['unit'], amount: price['price'], currency: price['currency'] };
  });
}
