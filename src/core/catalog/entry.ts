/**
 * A model of the merged catalog: what is known of it, and from where.
 */
import type { Capability, Model } from './model';

/**
 * Where a fact comes from: `models-search` (live `GET /ai/models/search`, hosted models), `third-party-catalog` (live
 * `GET /ai/catalog/models`, unofficial), `compat-models` (live `GET /compat/models` of the gateway host: token prices
 * alone), `bundle` (`media/catalog.json`), or `own` (what the user or the user's own server says).
 */
export type Source = 'models-search' | 'third-party-catalog' | 'compat-models' | 'bundle' | 'own';

/** A fact that has an origin of its own. Capabilities have one each: no source lists what a model can not do. */
export type FactName = Exclude<keyof Model, 'id' | 'capabilities'> | `capabilities.${Capability}`;

/** What one source says of one model. An absent field means that it says nothing. */
export interface ListedModel {
  readonly id: string;
  readonly facts: Partial<Omit<Model, 'id'>>;
}

/** What one source says. */
export interface Listing {
  readonly source: Source;
  /** When it was read, ISO 8601; of the bundle, when it was made (`2026-10`). */
  readonly asOf: string;
  readonly models: readonly ListedModel[];
  /** Entries that were not understood. */
  readonly leftOut: number;
}

/** One model of the merged catalog. */
export interface CatalogModel extends Model {
  /** Source of each field; a field made up from the id (name, provider) has none. */
  readonly origins: Readonly<Partial<Record<FactName, Source>>>;
  /**
   * A live list of the connected account has it. `compat-models` does not count: it names what the gateway can pass on to,
   * also beside the unified API.
   */
  readonly confirmed: boolean;
}

/** How one source stands. */
export interface SourceStatus {
  readonly source: Source;
  /** As `Listing.asOf`. Absent: never read. */
  readonly asOf?: string;
  readonly models: number;
  readonly leftOut: number;
  /** Why the last attempt to read it failed, one sentence. */
  readonly problem?: string;
}

/** How the catalog as a whole stands. */
export interface CatalogStatus {
  readonly sources: readonly SourceStatus[];
  /** A refresh is under way. */
  readonly refreshing: boolean;
}

/** Where the prices of a run come from, kept with it. */
export interface PriceOrigin {
  readonly source: Source;
  /** As `Listing.asOf`. */
  readonly asOf: string;
}
