/**
 * What a run is expected to cost, before it is started.
 */
import type { Money } from './money';

/** The estimate of one column. */
export interface ColumnEstimate {
  readonly columnId: string;
  /** With the output as long as the limit allows: the most it can cost. */
  readonly atLimit: Money;
  /** With the output as long as this model's answers were on this machine. Absent: none was seen. */
  readonly typical?: Money;
}

/** The estimate of what Run would start. Sums leave out the columns whose estimate is unknown. */
export interface RunEstimate {
  readonly columns: readonly ColumnEstimate[];
  /** Tokens of the input, counted with our own tokenizer: approximate for most models. */
  readonly inputTokens: number;
  /** USD. Absent: unknown for every column. */
  readonly atLimitUsd?: number;
  /** USD; a column without a typical length counts at its limit. Absent: no column has a typical length. */
  readonly typicalUsd?: number;
  /** Columns whose cost cannot be estimated. */
  readonly unknownColumns: number;
  /** Why Run would be refused, one sentence with both figures; absent: it would not. */
  readonly overBudget?: string;
  /** Why Run may be stopped before its end, one sentence with both figures. Absent: it will not, or would not start. */
  readonly mayExceed?: string;
}
