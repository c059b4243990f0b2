/**
 * What was read of the live lists, page by page: so that a page which has not changed need not be sent again, and the
 * last good copy survives a restart.
 */
import type { ListedModel, Listing, Source } from '../core/catalog/entry';
import { parseStoredListing } from '../core/catalog/sources/bundle';
import { asList, asObject } from '../core/inference/json';
import { entityTag } from './http';

/** Lists that are read from a server. */
export type LiveSource = Exclude<Source, 'bundle'>;

/** Most pages and entries of one list: a server that pages for ever must not keep us for ever. */
export const MAX_PAGES = 20;
export const MAX_ENTRIES = 5000;

/** One page. */
export interface ListPage {
  /** Absent: it is read in full the next time. */
  readonly etag?: string;
  readonly models: readonly ListedModel[];
  /** Entries, and price lists, that were not understood. */
  readonly leftOut: number;
  /** The server said that no other follows. */
  readonly last: boolean;
}

/** One list as it was read last. */
export interface ListCopy {
  readonly source: LiveSource;
  /** ISO 8601: when the server last sent it, or said that it was unchanged. */
  readonly asOf: string;
  readonly pages: readonly ListPage[];
}

/** The list as one, the first of each id, and no more than we take. */
export function listingOf({ source, asOf, pages }: ListCopy): Listing {
  const all = pages.flatMap(({ models }) => models);
  const models = [...new Map(all.toReversed().map((model) => [model.id, model])).values()].reverse();
  const leftOut = pages.reduce((sum, page) => sum + page.leftOut, 0) + all.length - models.length;
  return { source, asOf, models: models.slice(0, MAX_ENTRIES), leftOut };
}

/** Copies as they are kept on disk: JSON. */
export function storedCopies(copies: readonly ListCopy[]): unknown {
  return { version: 1, copies };
}

/** Reads what `storedCopies` made, or anything else. What is not understood is left out, and read anew. */
export function readCopies(stored: unknown): ListCopy[] {
  const content = asObject(stored);
  return content?.['version'] === 1 ? asList(content['copies']).flatMap((copy) => readCopy(copy) ?? []) : [];
}

const liveSources: readonly unknown[] = ['models-search', 'third-party-catalog', 'compat-models'];

function readCopy(value: unknown): ListCopy | undefined {
  const copy = asObject(value);
  const source = copy?.['source'];
  const asOf = copy?.['asOf'];
  const pages = asList(copy?.['pages']);
  if (!liveSources.includes(source) || pages.length === 0 || pages.length > MAX_PAGES) return undefined;
  if (typeof asOf !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/.test(asOf)) return undefined;
  const read = pages.flatMap((page) => readPage(page, source as LiveSource, asOf) ?? []);
  return read.length === pages.length ? { source: source as LiveSource, asOf, pages: read } : undefined;
}

function readPage(value: unknown, source: LiveSource, asOf: string): ListPage | undefined {
  const page = asObject(value);
  const listing = parseStoredListing({ source, asOf, models: page?.['models'] });
  if (listing === undefined) return undefined;
  const leftOut = page?.['leftOut'];
  // A page with damage in it must not pass for what the server sent.
  const etag = listing.leftOut === 0 ? entityTag(page?.['etag']) : undefined;
  return {
    ...(etag !== undefined && { etag }),
    models: listing.models,
    leftOut: typeof leftOut === 'number' && Number.isSafeInteger(leftOut) && leftOut >= 0 ? leftOut : 0,
    last: page?.['last'] === true,
  };
}
