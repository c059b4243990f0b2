/**
 * The searchable form of a list of models, made once per list.
 */
import type { CatalogModel } from '../../src/core/catalog/entry';
import { createIndex, type ModelIndex } from '../../src/core/catalog/search';

const indices = new WeakMap<readonly CatalogModel[], ModelIndex<CatalogModel>>();

/** The index of this very list. */
export function indexOf(models: readonly CatalogModel[]): ModelIndex<CatalogModel> {
  const known = indices.get(models);
  if (known) return known;
  const index = createIndex(models);
  indices.set(models, index);
  return index;
}
