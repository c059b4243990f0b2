/**
 * The catalog as the view holds it: the models, how their sources stand, what the user and this machine add to them, and
 * the schemas that were asked for.
 */
import { untrack } from 'svelte';
import type { CatalogModel, CatalogStatus } from '../../src/core/catalog/entry';
import type { Model } from '../../src/core/catalog/model';
import type { ModelSchema } from '../../src/core/catalog/schema';
import type { CatalogChange, HostApi, Measured, Personal, Snapshot } from '../../src/protocol/api';
import { strings } from '../strings';
import { unknownModel } from './column.svelte';

/** A model's own schema: on its way, here (null: the model has none), or out of reach with the reason. */
export type SchemaState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly schema: ModelSchema | null }
  | { readonly kind: 'failed'; readonly why: string };

const NOTHING: Personal = { favourites: [], recent: [], measured: {} };

/** What the view knows of all models. */
export class CatalogView {
  models = $state.raw<readonly CatalogModel[]>([]);
  status = $state.raw<CatalogStatus | undefined>();
  personal = $state.raw<Personal>(NOTHING);
  #schemas = $state.raw<ReadonlyMap<string, SchemaState>>(new Map());

  readonly byId = $derived(new Map(this.models.map((model) => [model.id, model])));
  readonly favourites = $derived(new Set(this.personal.favourites));

  readonly #host: () => HostApi | undefined;

  constructor(host: () => HostApi | undefined) {
    this.#host = host;
  }

  restore({ models, catalogStatus, personal }: Snapshot): void {
    this.models = models;
    this.status = catalogStatus;
    this.personal = personal;
    // What one host could not reach another may; what was under way was lost with its channel.
    this.#schemas = new Map([...this.#schemas].filter(([, { kind }]) => kind === 'loaded'));
  }

  modelOf(id: string): Model {
    return this.byId.get(id) ?? unknownModel(id);
  }

  measuredOf(id: string): Measured | undefined {
    return this.personal.measured[id];
  }

  /** What is known of the model's schema; undefined: it was not asked for. */
  schemaOf(id: string): SchemaState | undefined {
    return this.#schemas.get(id);
  }

  /** Asks for the model's schema, once; again when it failed. An effect that asks does not depend on the answer. */
  wantSchema(id: string): Promise<void> {
    return untrack(() => this.#readSchema(id));
  }

  /** The model may be another now: its schema is asked for again when it is wanted. */
  forgetSchema(id: string): void {
    this.#schemas = new Map([...this.#schemas].filter(([known]) => known !== id));
  }

  async #readSchema(id: string): Promise<void> {
    const known = this.#schemas.get(id)?.kind;
    if (known === 'loaded' || known === 'loading') return;
    this.#keep(id, { kind: 'loading' });
    try {
      const host = this.#host();
      if (!host) throw new Error(strings.offline);
      this.#keep(id, { kind: 'loaded', schema: await host.modelSchema(id) });
    } catch (error) {
      this.#keep(id, { kind: 'failed', why: error instanceof Error ? error.message : '' });
    }
  }

  /** Reads all sources again. Rejects with an `RpcError`. */
  async refresh(): Promise<CatalogChange> {
    const host = this.#host();
    if (!host) throw new Error(strings.offline);
    return host.refreshCatalog();
  }

  async cancelRefresh(): Promise<void> {
    await this.#host()?.cancelRefresh();
  }

  /** Rejects with an `RpcError`. */
  async setFavourite(id: string, favourite: boolean): Promise<void> {
    const { favourites } = this.personal;
    // The star answers at once; the host's word follows.
    this.personal = {
      ...this.personal,
      favourites: favourite
        ? [id, ...favourites.filter((other) => other !== id)]
        : favourites.filter((other) => other !== id),
    };
    await this.#host()?.setFavourite(id, favourite);
  }

  #keep(id: string, state: SchemaState): void {
    this.#schemas = new Map(this.#schemas).set(id, state);
  }
}
