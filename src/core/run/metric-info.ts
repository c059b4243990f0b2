/**
 * What is to be known of a metric: name, unit, meaning.
 */
import type { Metrics } from './metrics';

/** The metrics: `metric-<id>` in a column, `compare-<id>` in the comparison. The first twelve are those of the contract. */
export type MetricId =
  | 'ttft'
  | 'ttfa'
  | 'thinking'
  | 'decode'
  | 'effective'
  | 'e2e'
  | 'retry-wait'
  | 'predict-time'
  | 'setup-time'
  | 'queue-time'
  | 'input-tokens'
  | 'output-tokens'
  | 'reasoning-tokens'
  | 'cached-tokens'
  | 'cost'
  | 'run-time'
  | 'download-time'
  | 'vectors-per-second'
  | 'real-time-factor'
  | 'images'
  | 'megapixels'
  | 'media-seconds'
  | 'audio-minutes'
  | 'characters'
  | 'words'
  | 'vectors'
  | 'dimensions'
  | 'image-tokens'
  | 'cost-per-image'
  | 'cost-per-second';

/** How a metric is written. `count` is of what its title says; `factor` has no unit. */
export type MetricUnit =
  | 'seconds'
  | 'minutes'
  | 'tokens-per-second'
  | 'vectors-per-second'
  | 'tokens'
  | 'count'
  | 'megapixels'
  | 'factor'
  | 'usd';

/** A figure of `Metrics` that is a number. */
export type MetricField = {
  [K in keyof Metrics]-?: Metrics[K] extends number | undefined ? K : never;
}[keyof Metrics];

/** One metric. */
export interface MetricInfo {
  readonly id: MetricId;
  /** Short enough for a column head. */
  readonly title: string;
  readonly unit: MetricUnit;
  /** Meaning and formula, in words: the tooltip. */
  readonly formula: string;
  /** Which value is the best. Absent: more is neither better nor worse. */
  readonly better?: 'lower' | 'higher';
  /** The figure in `Metrics`. Of an amount of money: what it is divided by; absent: nothing. */
  readonly field?: MetricField;
  /** Speaks of a stream of tokens: it has no value for tasks that do not list it. */
  readonly streamed?: true;
}
