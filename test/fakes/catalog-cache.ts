import type { CatalogCache } from '../../src/app/ports';

/** A cache in memory that keeps what the real one keeps: JSON, by owner. */
export interface MemoryCatalogCache extends CatalogCache {
  /** What is kept, by owner. */
  readonly kept: Map<string, string>;
}

/** Makes an empty one. */
export function memoryCatalogCache(): MemoryCatalogCache {
  const kept = new Map<string, string>();
  return {
    kept,
    read(owner) {
      const text = kept.get(owner);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as unknown));
    },
    write(owner, content) {
      kept.set(owner, JSON.stringify(content));
      return Promise.resolve();
    },
  };
}
