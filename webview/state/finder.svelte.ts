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

  /** Whether anything is left out that would be there without a filter. */
  readonly narrowed = $derived(
    this.filters.provider !== undefined ||
      this.filters.capabilities.length > 0 ||
      this.filters.maxPriceUsd !== undefined ||
      this.filters.minContext !== undefined ||
      this.filters.hosting !== undefined,
  );

  set(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
  }

  clear(): void {
    this.filters = { ...NO_FILTERS, sort: this.filters.sort };
  }
}

/** The search that these settings ask for. */
export function queryOf(filters: Filters, text: string, task: Task | undefined): ModelQuery {
  const { provider, capabilities, maxPriceUsd, minContext, hosting, hideRetired, sort } = filters;
  return {
    text,
    capabilities,
    hideRetired,
    sort,
    ...(task !== undefined && { task }),
    ...(provider !== undefined && { provider }),
    ...(maxPriceUsd !== undefined && { maxPriceUsd }),
    ...(minContext !== undefined && { minContext }),
    ...(hosting !== undefined && { hosting }),
  };
}
