/**
 * An amount of money, with how far to trust it (metrics.md 6.1). There is no zero that means unknown.
 */

/** Where a figure comes from, most trusted first. */
export type Provenance = 'logged' | 'reported' | 'estimated';

/** A known amount, or the reason why there is none. */
export type Money =
  | { readonly provenance: Provenance; readonly usd: number }
  | {
      readonly provenance: 'unknown';
      /** One sentence: which part is missing. */
      readonly why: string;
      /** USD of the parts that are known: what it cost at least. */
      readonly atLeast?: number;
    };
