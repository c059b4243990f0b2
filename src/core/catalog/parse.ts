/**
 * Reads catalogs entry by entry: one bad entry costs that model and nothing else.
 */
import * as v from 'valibot';
import type { Capability, Model, PriceLabel, Task } from './model';
import { taskOf, taskTitles } from './tasks';

/** Told of each entry left out: its id or index, and why. */
export type Rejected = (entry: string, why: string) => void;

const capabilities = [
  'reasoning',
  'vision',
  'tools',
  'structured-output',
  'audio-input',
  'video-input',
  'file-input',
  'streaming',
  'lora',
  'batch',
] as const satisfies readonly Capability[];

const text = v.pipe(v.string(), v.nonEmpty());
const tokens = v.pipe(v.number(), v.integer(), v.minValue(1));
const usd = v.pipe(v.number(), v.finite(), v.minValue(0));

const modelSchema = v.object({
  id: text,
  provider: text,
  name: text,
  task: v.picklist(Object.keys(taskTitles) as Task[]),
  hosting: v.picklist(['hosted', 'third-party']),
  contextWindow: v.exactOptional(tokens),
  maxOutputTokens: v.exactOptional(tokens),
  capabilities: v.array(v.picklist(capabilities)),
  requestFormats: v.array(v.picklist(['chat-completions', 'responses', 'anthropic-messages'])),
  pricing: v.array(v.object({ label: text, usd })),
  deprecated: v.exactOptional(v.boolean()),
  deprecationDate: v.exactOptional(v.pipe(v.string(), v.isoDate())),
  zeroDataRetention: v.exactOptional(v.boolean()),
  note: v.exactOptional(text),
}) satisfies v.GenericSchema<unknown, Model>;

/** Reads the bundled catalog `{ asOf, models: Model[] }`. Anything else, as a whole, is an empty catalog. */
export function parseCatalog(json: unknown, rejected?: Rejected): Model[] {
  return parseEntries(isRecord(json) ? json['models'] : undefined, rejected, (entry) => {
    const result = v.safeParse(modelSchema, entry);
    return result.success ? result.output : reasonOf(result.issues);
  });
}

function reasonOf(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'entry'}: ${issue.message}`).join('; ');
}

/** Keeps the entries that parse, the first of each id; a string from `parse` is why the entry does not. */
function parseEntries(
  list: unknown,
  rejected: Rejected | undefined,
  parse: (entry: unknown) => Model | string,
): Model[] {
  if (!Array.isArray(list)) {
    rejected?.('catalog', 'There is no list of models.');
    return [];
  }
  const models = new Map<string, Model>();
  list.forEach((entry: unknown, index) => {
    const model = parse(entry);
    if (typeof model === 'string') rejected?.(nameOf(entry) ?? `#${index}`, model);
    else if (models.has(model.id)) rejected?.(model.id, 'The id occurs twice.');
    else models.set(model.id, model);
  });
  return [...models.values()];
}

function nameOf(entry: unknown): string | undefined {
  const name = isRecord(entry) ? (entry['id'] ?? entry['name']) : undefined;
  return typeof name === 'string' ? name : undefined;
}

/**
 * Reads one page of `GET /ai/models/search` (cloudflare-api.md 4.1): hosted models only. There the callable id is in
 * `name`, scalar property values are strings, and prices are an array. Unknown properties are passed over.
 */
export function parseModelsSearch(json: unknown, rejected?: Rejected): Model[] {
  return parseEntries(isRecord(json) ? json['result'] : undefined, rejected, (entry) => {
    if (!isRecord(entry)) return 'The entry is not an object.';
    const id = entry['name'];
    if (typeof id !== 'string' || !/^@[a-z]+\/./.test(id)) return 'The name is not a callable id.';
    const segments = id.split('/');
    const properties = propertiesOf(entry['properties']);
    const task = isRecord(entry['task']) ? entry['task']['name'] : undefined;
    const contextWindow = positiveInteger(properties.get('context_window'));
    const maxOutputTokens = positiveInteger(properties.get('max_output_tokens'));
    const deprecationDate = properties.get('planned_deprecation_date');
    return {
      id,
      provider: segments[1] ?? id,
      name: segments.at(-1) ?? id,
      task: taskOf(typeof task === 'string' ? task : undefined),
      hosting: 'hosted',
      ...(contextWindow !== undefined && { contextWindow }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      capabilities: capabilitiesOf(properties),
      requestFormats: [],
      pricing: pricesOf(properties.get('price')),
      ...(typeof deprecationDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(deprecationDate) && { deprecationDate }),
    };
  });
}

function propertiesOf(list: unknown): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  if (!Array.isArray(list)) return properties;
  for (const property of list as unknown[]) {
    if (isRecord(property) && typeof property['property_id'] === 'string') {
      properties.set(property['property_id'], property['value']);
    }
  }
  return properties;
}

/** Property ids that say a model can do something. `reasoning`, `vision` and `lora` are likely but were not seen. */
const capabilityProperties: readonly (readonly [string, Capability])[] = [
  ['reasoning', 'reasoning'],
  ['vision', 'vision'],
  ['function_calling', 'tools'],
  ['lora', 'lora'],
  ['async_queue', 'batch'],
];

function capabilitiesOf(properties: ReadonlyMap<string, unknown>): Capability[] {
  return capabilityProperties
    .filter(([id]) => properties.get(id) === 'true' || properties.get(id) === true)
    .map(([, capability]) => capability);
}

/** `[{ unit: "per M input tokens", price: 0.29, currency: "USD" }]`. A price in another currency is no price to us. */
function pricesOf(list: unknown): PriceLabel[] {
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((price) => {
    if (!isRecord(price) || typeof price['unit'] !== 'string') return [];
    if (price['currency'] !== undefined && price['currency'] !== 'USD') return [];
    const amount = typeof price['price'] === 'string' ? Number(price['price']) : price['price'];
    const isAmount = typeof amount === 'number' && Number.isFinite(amount) && amount >= 0 && price['price'] !== '';
    return isAmount ? [{ label: price['unit'], usd: amount }] : [];
  });
}

function positiveInteger(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** The bundled models, then the live ones that the bundle does not know. */
export function mergeModels(bundled: readonly Model[], live: readonly Model[]): Model[] {
  const known = new Set(bundled.map((model) => model.id));
  return [...bundled, ...live.filter((model) => !known.has(model.id))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
