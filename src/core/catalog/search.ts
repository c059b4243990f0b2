/**
 * Finding models: one search for the picker, the Models view and every list.
 */
import { lifecycleOf } from './lifecycle';
import type { Capability, Hosting, Model, Task } from './model';
import { entriesOf, wordsIn, type IndexEntry, type IndexWord } from './search-index';
import { createMatcher, type Match } from './search-match';
import { plain } from './search-text';

/** A searchable catalog. */
export interface ModelIndex<M extends Model> {
  readonly entries: readonly IndexEntry<M>[];
  /** Every different word, for those that are typed wrong. */
  readonly words: readonly IndexWord[];
}

/** Prepares models for searching, once per catalog. Their order is the one that an empty search gives. */
export function createIndex<M extends Model>(models: readonly M[]): ModelIndex<M> {
  const entries = entriesOf(models);
  return { entries, words: wordsIn(entries) };
}

/** The order of what is found. What cannot be compared comes last, in the order of relevance. */
export type ModelSort = 'relevance' | 'price' | 'context' | 'name' | 'ttft';

/** What a filter can ask of a model: a capability, or that nobody keeps what is sent. */
export type Ability = Capability | 'zero-data-retention';

/** What to look for. Every word of the text must match; every filter must hold. */
export interface ModelQuery {
  readonly text: string;
  readonly task?: Task;
  /** As `providerKey` writes it. */
  readonly provider?: string;
  /** All of them. */
  readonly capabilities?: readonly Ability[];
  /** USD as `comparablePrice` counts it. A model without a known price is over every ceiling. */
  readonly maxPriceUsd?: number;
  /** Tokens. A model whose context window is unknown is under every floor. */
  readonly minContext?: number;
  readonly hosting?: Hosting;
  readonly hideRetired?: boolean;
  /** Cheapest, largest context, name from a to z, or quickest first; `relevance` when absent. */
  readonly sort?: ModelSort;
}

/** What the catalog does not say of itself. */
export interface SearchFacts {
  /** `YYYY-MM-DD`: it decides what is retired. */
  readonly today: string;
  /** Seconds to the first token, as measured on this machine. */
  readonly ttft?: (id: string) => number | undefined;
}

/** More is no search: it is cut off. */
const LONGEST_TEXT = 256;

/** A model that was found. */
interface Hit<M extends Model> {
  readonly entry: IndexEntry<M>;
  readonly position: number;
  /** What decides before the sort, smallest first: typos are after the others, and retired models after all. */
  readonly group: number;
  readonly relevance: number;
  /** What the sort compares, smallest first; `Infinity`: nothing to compare. */
  readonly key: number;
}

/**
 * The models that match, best first: the exact id or name, then words begun, words that merely hold what was typed, and
 * typos. Retired models are last and deprecated ones after their like, but a model whose exact id was typed is the first
 * by relevance, whatever it is. With an empty text the order of the catalog stands. Without `known` no model counts as
 * retired or deprecated. Never throws.
 */
export function searchModels<M extends Model>(
  { entries, words }: ModelIndex<M>,
  query: ModelQuery,
  known?: SearchFacts,
): readonly M[] {
  const id = query.text.trim();
  const match = createMatcher(plain(id.slice(0, LONGEST_TEXT)), { words, size: entries.length });
  const sort = query.sort ?? 'relevance';
  const hits: Hit<M>[] = [];
  entries.forEach((entry, position) => {
    if (!passes(entry, query)) return;
    const isId = entry.model.id === id;
    const found = isId ? ID : match(entry, position);
    if (found === undefined) return;
    const standing = known === undefined ? 'current' : lifecycleOf(entry.model, known.today);
    if (standing === 'retired' && query.hideRetired === true) return;
    const isFirst = isId && sort === 'relevance';
    hits.push({
      entry,
      position,
      group: isFirst ? -1 : (standing === 'retired' ? 2 : 0) + (found.typo ? 1 : 0),
      relevance: (found.exact ? EXACT : 0) + (standing === 'deprecated' ? 0 : CURRENT) + found.points,
      key: keyOf(entry, sort, known),
    });
  });
  return hits.sort(sort === 'name' ? byName : byKey).map(({ entry }) => entry.model);
}

/** The match of the very id: it may be too long or too odd to be matched by its words. */
const ID: Match = { exact: true, typo: false, points: 0 };

/** Above everything that words can earn, and above `CURRENT`. */
const EXACT = 1e8;
/** Above everything that words can earn. */
const CURRENT = 1e6;

function passes(entry: IndexEntry<Model>, query: ModelQuery): boolean {
  const { model, providerKey, price } = entry;
  return (
    (query.task === undefined || model.task === query.task) &&
    (query.provider === undefined || providerKey === query.provider) &&
    (query.hosting === undefined || model.hosting === query.hosting) &&
    (query.maxPriceUsd === undefined || (price !== undefined && price <= query.maxPriceUsd)) &&
    (query.minContext === undefined || (model.contextWindow ?? -1) >= query.minContext) &&
    (query.capabilities === undefined || query.capabilities.every((ability) => isAble(model, ability)))
  );
}

function isAble({ capabilities, zeroDataRetention }: Model, ability: Ability): boolean {
  return ability === 'zero-data-retention' ? zeroDataRetention === true : capabilities.includes(ability);
}

function keyOf({ model, price }: IndexEntry<Model>, sort: ModelSort, known: SearchFacts | undefined): number {
  switch (sort) {
    case 'price':
      return price ?? Infinity;
    case 'context':
      return model.contextWindow === undefined ? Infinity : -model.contextWindow;
    case 'ttft':
      return known?.ttft?.(model.id) ?? Infinity;
    default:
      return 0;
  }
}

function byKey(a: Hit<Model>, b: Hit<Model>): number {
  if (a.group !== b.group) return a.group - b.group;
  // Not their difference: that of two infinities is no number.
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return b.relevance - a.relevance || a.position - b.position;
}

/** By code units, so that the order is the same on every machine. */
function byName(a: Hit<Model>, b: Hit<Model>): number {
  if (a.group !== b.group) return a.group - b.group;
  if (a.entry.sortName !== b.entry.sortName) return a.entry.sortName < b.entry.sortName ? -1 : 1;
  return a.position - b.position;
}
