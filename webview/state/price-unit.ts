/**
 * The unit that a price ceiling is given in.
 */
import { comparablePrice } from '../../src/core/catalog/comparable-price';
import type { Model } from '../../src/core/catalog/model';

/** The unit in which most of these models are compared; undefined when none has a price. */
export function priceUnitOf(models: readonly Model[]): string | undefined {
  const counts = new Map<string, number>();
  for (const model of models) {
    const unit = comparablePrice(model)?.unit;
    if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
