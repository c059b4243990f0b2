/**
 * The catalog and the user's own models as one list, and their schemas as one source.
 */
import type { CatalogModel } from '../core/catalog/entry';
import type { Model } from '../core/catalog/model';
import type { Catalog } from './catalog';
import type { CogServers } from './cog-servers';
import type { AppPorts } from './ports';
import type { Schemas } from './schemas';

/** Own models in front. The same array as long as nothing in it changed. */
export function withOwnModels(
  catalog: Catalog,
  cog: Pick<CogServers, 'models'>,
  { epoch }: Pick<AppPorts, 'epoch'>,
): Pick<Catalog, 'models' | 'find' | 'priceOrigin'> {
  let seen = '';
  let listed: readonly CatalogModel[] | undefined;
  let all: readonly CatalogModel[] = [];

  function models(): readonly CatalogModel[] {
    const own = cog.models;
    const key = JSON.stringify(own);
    if (listed !== catalog.models || key !== seen) {
      all = own.length === 0 ? catalog.models : [...own.map(asListed), ...catalog.models];
      listed = catalog.models;
      seen = key;
    }
    return all;
  }

  return {
    get models() {
      return models();
    },
    // Those of removed servers are nowhere to be asked for.
    find: (id) => (isOwn(id) ? Promise.resolve(models().find((model) => model.id === id)) : catalog.find(id)),
    priceOrigin: (model) =>
      model.hosting !== 'own'
        ? catalog.priceOrigin(model)
        : model.pricing.length === 0
          ? undefined
          : { source: 'own', asOf: new Date(epoch()).toISOString().slice(0, 10) },
  };
}

/** Schemas of own models come from their servers, at once. */
export function withOwnSchemas(schemas: Schemas, cog: Pick<CogServers, 'schema'>): Schemas {
  return {
    get: (model) => (isOwn(model.id) ? Promise.resolve(cog.schema(model.id)) : schemas.get(model)),
    known: (model) => (isOwn(model.id) ? cog.schema(model.id) : schemas.known(model)),
    soon: (model, seconds) => (isOwn(model.id) ? Promise.resolve(cog.schema(model.id)) : schemas.soon(model, seconds)),
  };
}

const isOwn = (id: string): boolean => id.startsWith('cog/');

function asListed(model: Model): CatalogModel {
  return {
    ...model,
    origins: { name: 'own', task: 'own', ...(model.pricing.length > 0 && { pricing: 'own' }) },
    confirmed: true,
  };
}
