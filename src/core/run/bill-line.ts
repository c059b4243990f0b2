/**
 * The lines that bills are made of.
 */

/** So many units at a price. */
export interface BillLine {
  /** For example `input tokens` or `seconds of video @720p`. */
  readonly what: string;
  readonly count: number;
  /** USD for one. */
  readonly usdPer: number;
  readonly usd: number;
  /** The count is certain: not a default, not our own count, not rounded by a rule that no source confirms. */
  readonly exact: boolean;
}

/** A part of a bill: what is known of it, and one sentence for each thing that is not. */
export interface BillPart {
  readonly lines: readonly BillLine[];
  readonly missing: readonly string[];
}

export const nothing: BillPart = { lines: [], missing: [] };

/** One line. */
export function line(what: string, count: number, usdPer: number, exact: boolean): BillLine {
  return { what, count, usdPer, usd: count * usdPer, exact };
}

/** A part of which nothing is known. */
export function missing(why: string): BillPart {
  return { lines: [], missing: [why] };
}

/** Several parts as one; a sentence is said once. */
export function together(parts: readonly BillPart[]): BillPart {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    missing: [...new Set(parts.flatMap((part) => part.missing))],
  };
}
