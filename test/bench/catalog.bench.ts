/**
 * From the text of a catalog to one that can be searched: read, merged with what a live source says of every model, and
 * indexed.
 */
import type { Listing } from '../../src/core/catalog/entry';
import { mergeListings } from '../../src/core/catalog/merge';
import { createIndex } from '../../src/core/catalog/search';
import { parseBundle } from '../../src/core/catalog/sources/bundle';
import { catalogJson, rounded, spread } from './catalogs';
import type { Row } from './limits';

const SIZES = [300, 3000];
const ROUNDS = 15;

/** Emits milliseconds, for 300 and for 3,000 models. */
export function bench(emit: (row: Row) => void): Promise<void> {
  for (const size of SIZES) {
    const text = catalogJson(size);
    const times: number[] = [];
    // The first rounds warm up.
    for (let round = -2; round < ROUNDS; round += 1) {
      const start = performance.now();
      const bundle = parseBundle(JSON.parse(text));
      const live: Listing = { ...bundle, source: 'models-search', asOf: '2026-10-20T00:00:00.000Z' };
      const { entries } = createIndex(mergeListings([live, bundle]));
      const took = performance.now() - start;
      if (entries.length !== size) throw new Error(`expected ${size} models, got ${entries.length}`);
      if (round >= 0) times.push(took);
    }
    emit({ name: `catalog, ${size} models: read, merge, index`, value: rounded(spread(times).median), unit: 'ms' });
  }
  return Promise.resolve();
}
