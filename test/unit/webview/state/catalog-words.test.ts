import { describe, expect, it } from 'vitest';
import type { CatalogStatus, SourceStatus } from '../../../../src/core/catalog/entry';
import { catalogWords } from '../../../../webview/state/catalog-words';

const now = Date.parse('2026-11-22T21:45:00Z');
const asOf = '2026-11-22T21:40:00Z';
const bundle: SourceStatus = { source: 'bundle', asOf: '2026-10', models: 269, leftOut: 0 };
const hosted: SourceStatus = { source: 'models-search', asOf, models: 80, leftOut: 0 };
const catalog: SourceStatus = { source: 'third-party-catalog', asOf, models: 0, leftOut: 0 };
const compat: SourceStatus = { source: 'compat-models', asOf, models: 0, leftOut: 0 };
const words = (...live: readonly SourceStatus[]): string => {
  const status: CatalogStatus = { refreshing: false, sources: [...live, bundle] };
  return catalogWords(status, now);
};

describe('the line about the catalog', () => {
  it('counts only live sources that list something', () => {
    expect(words(hosted, catalog, compat)).toBe('Catalog updated 5 minutes ago · 1 live source, 2 empty');
    expect(words(hosted, { ...catalog, models: 3 })).toBe('Catalog updated 5 minutes ago · 2 live sources');
  });

  it('calls the catalog bundled when all that answered hold nothing', () => {
    expect(words(catalog, compat)).toBe(
      'Bundled catalog of 2026-10, checked live 5 minutes ago: no live source lists a model',
    );
  });

  it('tells a failed attempt from none', () => {
    const never: SourceStatus = { source: 'models-search', models: 0, leftOut: 0 };
    expect(words(never)).toBe('Bundled catalog of 2026-10, not checked live yet');
    expect(words({ ...never, problem: 'Not read.' })).toBe(
      'Bundled catalog of 2026-10, could not be checked live · 1 problem',
    );
  });

  it('tells how much was left out, of all sources together', () => {
    expect(words({ ...hosted, leftOut: 2 }, { ...catalog, models: 5, leftOut: 1 })).toMatch(/ · 3 entries left out$/);
    expect(words({ ...hosted, leftOut: 1 })).toMatch(/ · 1 entry left out$/);
    expect(words(hosted)).not.toMatch(/left out/);
  });

  it('says nothing of a status that was not told', () => {
    expect(catalogWords(undefined, now)).toBe('State of the catalog unknown');
  });
});
