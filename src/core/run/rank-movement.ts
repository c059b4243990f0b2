/**
 * How rankings of the same documents differ.
 */
import type { RankingResult } from './result';

/**
 * Places by which each item stands higher (positive) or lower (negative) than in the other ranking, in the order of the
 * items. Undefined: the other ranking does not have the document.
 */
export function rankMovement(
  items: RankingResult['items'],
  other: RankingResult['items'],
): readonly (number | undefined)[] {
  const places = new Map<number, number>();
  other.forEach(({ index }, place) => {
    if (!places.has(index)) places.set(index, place);
  });
  return items.map(({ index }, place) => {
    const before = places.get(index);
    return before === undefined ? undefined : before - place;
  });
}
