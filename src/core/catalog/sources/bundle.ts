/**
 * Catalogs in our own words: the bundled one, and copies of live ones that were kept on disk.
 */
import { asObject, asText, type Json } from '../../inference/json';
import type { ListedModel, Listing, Source } from '../entry';
import type { Capability, RequestFormat, Task } from '../model';
import { taskTitles } from '../tasks';
import { readEntries, stated, type Rejected } from './entries';
import { readPrices } from './price-list';
import { httpsUrl, isoDay, longText, modelId, nameText, providerSlug, tokenCount } from './values';

const capabilities: Readonly<Record<Capability, true>> = {
  'audio-input': true,
  'file-input': true,
  'structured-output': true,
  'video-input': true,
  batch: true,
  lora: true,
  reasoning: true,
  streaming: true,
  tools: true,
  vision: true,
};

const requestFormats: Readonly<Record<RequestFormat, true>> = {
  'anthropic-messages': true,
  'chat-completions': true,
  responses: true,
};

const sources: Readonly<Record<Exclude<Source, 'own'>, true>> = {
  'models-search': true,
  'third-party-catalog': true,
  'compat-models': true,
  bundle: true,
};

/** Reads `media/catalog.json`: `{ asOf, models: Model[] }`. What is no catalog, as a whole, lists nothing. */
export function parseBundle(json: unknown, rejected?: Rejected): Listing {
  return readListing('bundle', json, rejected, (entry) => entry);
}

/** Reads a `Listing` that went through JSON. Undefined: it is not one. Bad entries are left out one by one. */
export function parseStoredListing(json: unknown, rejected?: Rejected): Listing | undefined {
  const listing = asObject(json);
  const source = listing?.['source'];
  if (!isOneOf(sources, source) || asText(listing?.['asOf']) === undefined) return undefined;
  if (!Array.isArray(listing?.['models'])) return undefined;
  return readListing(source, json, rejected, (entry) => asObject(entry['facts']) ?? {});
}

function readListing(
  source: Source,
  json: unknown,
  rejected: Rejected | undefined,
  factsOf: (entry: Json) => Json,
): Listing {
  const listing = asObject(json);
  let leftOut = 0;
  const models = readEntries(
    listing?.['models'],
    'id',
    (entry, why) => {
      leftOut++;
      rejected?.(entry, why);
    },
    (entry, dropped) => {
      const id = modelId(entry['id']);
      return id === undefined ? 'The id is not a callable id.' : readFacts(id, factsOf(entry), dropped);
    },
  );
  return { source, asOf: asText(listing?.['asOf']) ?? '', models, leftOut };
}

/** We wrote these facts, so that one which is not valid means damage: then nothing of the entry is believed. */
function readFacts(id: string, facts: Json, dropped: (why: string) => void): ListedModel | string {
  const wrong: string[] = [];
  const fact = <T>(name: string, read: (value: unknown) => T | undefined): T | undefined => {
    const value = facts[name];
    if (value === undefined) return undefined;
    const known = read(value);
    if (known === undefined) wrong.push(name);
    return known;
  };
  const prices = readPrices(
    (fact('pricing', list) ?? []).map((price) => ({
      label: asObject(price)?.['label'],
      amount: asObject(price)?.['usd'],
    })),
  );
  if (typeof prices === 'string') dropped(prices);
  const task = fact('task', (value) => (isOneOf<Task>(taskTitles, value) ? value : undefined));
  const read = stated({
    provider: fact('provider', providerSlug),
    name: fact('name', nameText),
    // A row without a usable task: the source did not say.
    task: task === 'other' ? undefined : task,
    hosting: fact('hosting', (value) => (value === 'hosted' || value === 'third-party' ? value : undefined)),
    contextWindow: fact('contextWindow', tokenCount),
    maxOutputTokens: fact('maxOutputTokens', tokenCount),
    capabilities: fact('capabilities', (value) => listOf(capabilities, value)),
    requestFormats: fact('requestFormats', (value) => listOf(requestFormats, value)),
    pricing: typeof prices === 'string' ? undefined : prices,
    description: fact('description', longText),
    deprecated: fact('deprecated', yesOrNo),
    deprecationDate: fact('deprecationDate', isoDay),
    retirementDate: fact('retirementDate', isoDay),
    successor: fact('successor', modelId),
    zeroDataRetention: fact('zeroDataRetention', yesOrNo),
    termsUrl: fact('termsUrl', httpsUrl),
    requiresPaidPlan: fact('requiresPaidPlan', yesOrNo),
    note: fact('note', longText),
  });
  return wrong.length === 0 ? { id, facts: read } : `Not valid: ${wrong.join(', ')}.`;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function yesOrNo(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function isOneOf<Word extends string>(words: Readonly<Record<Word, unknown>>, value: unknown): value is Word {
  return typeof value === 'string' && Object.hasOwn(words, value);
}

/** The list, when every item is one of the words. */
function listOf<Word extends string>(words: Readonly<Record<Word, unknown>>, value: unknown): Word[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = (value as unknown[]).filter((item) => isOneOf(words, item));
  return found.length === value.length ? found : undefined;
}
