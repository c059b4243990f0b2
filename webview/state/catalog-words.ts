/**
 * How the catalog stands, in one line.
 */
import type { CatalogStatus } from '../../src/core/catalog/entry';
import { modelStrings } from '../strings-models';
import { ageOf } from './ages';

/**
 * What the list of models rests on: live sources that list something, or the bundle and why; then how much was left out
 * and how many sources have a problem. `status` undefined: the host did not tell. `now` in milliseconds since the epoch.
 */
export function catalogWords(status: CatalogStatus | undefined, now: number): string {
  const text = modelStrings.catalog;
  if (status === undefined) return text.unknown;
  const { sources } = status;
  const read = sources.filter(({ source, asOf }) => source !== 'bundle' && asOf !== undefined);
  const listing = read.filter(({ models }) => models > 0);
  const newest = (listing.length > 0 ? listing : read)
    .flatMap(({ asOf }) => asOf ?? [])
    .sort()
    .at(-1);
  const problems = sources.filter(({ problem }) => problem !== undefined).length;
  const leftOut = sources.reduce((sum, source) => sum + source.leftOut, 0);
  const bundled = text.bundled(sources.find(({ source }) => source === 'bundle')?.asOf);
  const base =
    newest === undefined
      ? [problems === 0 ? text.unchecked(bundled) : text.uncheckable(bundled)]
      : listing.length === 0
        ? [text.allEmpty(bundled, ageOf(newest, now))]
        : [text.updated(ageOf(newest, now)), text.live(listing.length, read.length - listing.length)];
  return [
    ...base,
    ...(leftOut === 0 ? [] : [text.someLeftOut(leftOut)]),
    ...(problems === 0 ? [] : [text.problems(problems)]),
  ].join(' · ');
}
