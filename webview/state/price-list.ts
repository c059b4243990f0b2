/**
 * A model's prices for a tooltip.
 */
import type { Model } from '../../src/core/catalog/model';
import { shortUsd } from '../../src/core/catalog/price-summary';

/** All prices as the catalog prints them, one a line; empty when none is known. */
export function priceList({ pricing }: Pick<Model, 'pricing'>): string {
  return pricing.map(({ label, usd }) => `${shortUsd(usd)} ${label}`).join('\n');
}
