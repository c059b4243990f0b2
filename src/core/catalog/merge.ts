/**
 * One catalog from several sources. Field by field the best source that states a fact has the word; the order in which the
 * sources were read makes no difference.
 */
import type { CatalogModel, FactName, ListedModel, Listing, Source } from './entry';
import type { Capability, Model, PriceLabel } from './model';
import type { PriceKind } from './price';
import { parsePrice } from './prices';

/**
 * Who is believed, the best first. Lists of an account stand before the bundle; the prices of the gateway host know tokens
 * only, and so stand after the full price lists.
 */
const ranks: readonly Source[] = ['models-search', 'third-party-catalog', 'compat-models', 'bundle'];

/** One source's models by id. */
interface Voice {
  readonly source: Source;
  readonly models: ReadonlyMap<string, ListedModel['facts']>;
}

/** What one source says of the model at hand. */
interface Statement {
  readonly source: Source;
  readonly facts: ListedModel['facts'];
}

/**
 * Merges listings. Of two listings of one source the newer one counts. The bundled models come first, in the order of the
 * bundle, then the others by provider and id. A model that is listed by `compat-models` alone is left out: that list has
 * models of every provider the gateway can pass on to, and does not tell which the unified API runs.
 */
export function mergeListings(listings: readonly Listing[]): CatalogModel[] {
  const voices = ranks.flatMap((source) => {
    const listing = newest(listings.filter((each) => each.source === source));
    return listing === undefined ? [] : [voiceOf(listing)];
  });
  const merge = (id: string): CatalogModel => mergeModel(id, statementsOn(id, voices));

  const bundled = voices.find(({ source }) => source === 'bundle')?.models ?? new Map<string, unknown>();
  const others = new Set<string>();
  for (const { source, models } of voices) {
    if (source !== 'compat-models') for (const id of models.keys()) if (!bundled.has(id)) others.add(id);
  }
  return [...Array.from(bundled.keys(), merge), ...Array.from(others, merge).sort(byProviderAndId)];
}

function statementsOn(id: string, voices: readonly Voice[]): Statement[] {
  const statements: Statement[] = [];
  for (const { source, models } of voices) {
    const facts = models.get(id);
    if (facts !== undefined) statements.push({ source, facts });
  }
  return statements;
}

function newest(listings: readonly Listing[]): Listing | undefined {
  return listings.reduce<Listing | undefined>(
    (best, listing) => (best === undefined || isNewer(listing, best) ? listing : best),
    undefined,
  );
}

/** Of two that were read at the same time either will do, as long as it is always the same one. */
function isNewer(listing: Listing, other: Listing): boolean {
  if (listing.asOf !== other.asOf) return listing.asOf > other.asOf;
  return listing !== other && JSON.stringify(listing.models) > JSON.stringify(other.models);
}

function voiceOf({ source, models }: Listing): Voice {
  const byId = new Map<string, ListedModel['facts']>();
  // Pages may repeat a model: the first one counts.
  for (const { id, facts } of models) if (!byId.has(id)) byId.set(id, facts);
  return { source, models: byId };
}

function byProviderAndId(a: Model, b: Model): number {
  return compare(a.provider, b.provider) || compare(a.id, b.id);
}

/** By code unit: the same on every machine. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** @param statements the best source first */
function mergeModel(id: string, statements: readonly Statement[]): CatalogModel {
  const segments = id.split('/');
  const isHosted = id.startsWith('@');
  const origins: Partial<Record<FactName, Source>> = {};
  const known: Partial<Model> = {};
  for (let rank = statements.length - 1; rank >= 0; rank--) {
    const { source, facts } = statements[rank] as Statement;
    Object.assign(known, facts);
    for (const name in facts) if (name !== 'capabilities') origins[name as FactName] = source;
  }
  const priced = pricesOf(statements);
  if (priced !== undefined) origins.pricing = priced.source;
  return {
    id,
    provider: segments[isHosted ? 1 : 0] ?? id,
    name: segments.at(-1) ?? id,
    task: 'other',
    hosting: isHosted ? 'hosted' : 'third-party',
    requestFormats: [],
    ...known,
    capabilities: capabilitiesOf(statements, origins),
    pricing: priced?.facts.pricing ?? [],
    origins,
    confirmed: statements.some(({ source }) => source === 'models-search' || source === 'third-party-catalog'),
  };
}

/** What any source says the model can do, each with the best source that says it put into `origins`. */
function capabilitiesOf(statements: readonly Statement[], origins: Partial<Record<FactName, Source>>): Capability[] {
  const capabilities: Capability[] = [];
  for (const { source, facts } of statements) {
    for (const capability of facts.capabilities ?? []) {
      if (capabilities.includes(capability)) continue;
      capabilities.push(capability);
      origins[`capabilities.${capability}`] = source;
    }
  }
  return capabilities.sort(compare);
}

/**
 * Whose price list counts: the best source's, never a mixture. `compat-models` prints two prices at most; when they are
 * those of a source below it, that source's list tells the same and more, and stands.
 */
function pricesOf(statements: readonly Statement[]): Statement | undefined {
  const [best, next] = statements.filter(({ facts }) => facts.pricing !== undefined);
  if (best?.source !== 'compat-models' || next === undefined) return best;
  const [pair, fuller] = [best.facts.pricing ?? [], next.facts.pricing ?? []];
  return agree(pair, fuller) || !covers(pair, fuller) ? next : best;
}

/** Whether the pair prices input and output if the fuller list does: with half a price no bill is known. */
function covers(pair: readonly PriceLabel[], fuller: readonly PriceLabel[]): boolean {
  const has = (list: readonly PriceLabel[], kind: PriceKind) => list.some((label) => parsePrice(label)?.kind === kind);
  return (['input-token', 'output-token'] as const).every((kind) => has(pair, kind) || !has(fuller, kind));
}

/** Whether every price of the pair is the plain price, or the price of the lowest tier, in the fuller list. */
function agree(pair: readonly PriceLabel[], fuller: readonly PriceLabel[]): boolean {
  return pair.every((label) => {
    const price = parsePrice(label);
    if (price === undefined) return false;
    const lowest = Math.min(
      ...fuller.flatMap((other) => {
        const known = parsePrice(other);
        return known?.kind === price.kind && (known.modality ?? 'text') === 'text' ? [known.usdPer] : [];
      }),
    );
    return Math.abs(lowest - price.usdPer) <= 1e-6 * price.usdPer;
  });
}
