/**
 * How the picker was last set: its filters hold as long as the page does.
 */
import type { Hosting, Task } from '../../src/core/catalog/model';
import type { Ability, ModelQuery, ModelSort } from '../../src/core/catalog/search';

/** What narrows and orders the list, the text and the task excepted. */
export interface Filters {
  readonly provider: string | undefined;
  readonly capabilities: readonly Ability[];
  /** USD in the unit of the task. */
  readonly maxPriceUsd: number | undefined;
  /** Tokens. */
  readonly minContext: number | undefined;
  readonly hosting: Hosting | undefined;
  readonly hideRetired: boolean;
  readonly sort: ModelSort;
}

/** Nothing is filtered, except what answers no more. */
export const NO_FILTERS: Filters = {
  provider: undefined,
  capabilities: [],
  maxPriceUsd: undefined,
  minContext: undefined,
  hosting: undefined,
  hideRetired: true,
  sort: 'relevance',
};

/** The picker's settings. */
export class Finder {
  filters = $state.raw<Filters>(NO_FILTERS);

  /** A price was typed that is none: then there is no ceiling. */
  badPrice = $state.raw(false);

  set(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
  }

  /** The ceiling of a price, in the unit of the task; `bad`: what was typed is no price. */
  setPrice(maxPriceUsd: number | undefined, bad = false): void {
    this.badPrice = bad;
    this.set({ maxPriceUsd });
  }

  /** Nothing is left out any more, not even what is retired; the order stays. */
  clear(): void {
    this.badPrice = false;
    this.filters = { ...NO_FILTERS, hideRetired: false, sort: this.filters.sort };
  }
}

/** The search that these settings ask for. A ceiling of the price holds in one task: others have other units. */
export function queryOf(filters: Filters, text: string, task: Task | undefined): ModelQuery {
  const { provider, capabilities, maxPriceUsd, minContext, hosting, hideRetired, sort } = filters;
  return {
    text,
    capabilities,
    hideRetired,
    sort,
    ...(task !== undefined && { task }),
    ...(provider !== undefined && { provider }),
    ...(task !== undefined && maxPriceUsd !== undefined && { maxPriceUsd }),
    ...(minContext !== undefined && { minContext }),
    ...(hosting !== undefined && { hosting }),
  };
}
