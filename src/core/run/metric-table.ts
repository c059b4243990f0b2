/**
 * The one table of what every metric is called and means. Columns and comparison both read it.
 */
import type { Metrics } from './metrics';

/** The metrics of the contract: `metric-<id>` in a column, `compare-<id>` in the comparison. */
export type MetricId =
  | 'ttft'
  | 'ttfa'
  | 'thinking'
  | 'decode'
  | 'effective'
  | 'e2e'
  | 'retry-wait'
  | 'input-tokens'
  | 'output-tokens'
  | 'reasoning-tokens'
  | 'cached-tokens'
  | 'cost';

/** How a metric is written. */
export type MetricUnit = 'seconds' | 'tokens-per-second' | 'tokens' | 'usd';

/** One row of the table. */
export interface MetricInfo {
  readonly id: MetricId;
  /** Short enough for a column head. */
  readonly title: string;
  readonly unit: MetricUnit;
  /** Meaning and formula, in words: the tooltip. */
  readonly formula: string;
  /** Which value is the best. Absent: more is neither better nor worse. */
  readonly better?: 'lower' | 'higher';
  /** The figure in `Metrics`. Absent for the cost, which is money. */
  readonly field?: {
    [K in keyof Metrics]-?: Metrics[K] extends number | undefined ? K : never;
  }[keyof Metrics];
}

/** All metrics, in the order in which they are shown. */
export const metricTable: readonly MetricInfo[] = [
  {
    id: 'ttft',
    title: 'TTFT',
    unit: 'seconds',
    formula:
      'Time to first token: first output of any kind, reasoning included, minus the start of the request (t1 − t0).',
    better: 'lower',
    field: 'ttft',
  },
  {
    id: 'ttfa',
    title: 'First answer',
    unit: 'seconds',
    formula:
      'Time to first answer: first answer text or picture minus the start of the request (tA − t0). Reasoning does not count.',
    better: 'lower',
    field: 'ttfa',
  },
  {
    id: 'thinking',
    title: 'Thinking',
    unit: 'seconds',
    formula: 'First answer minus first reasoning (tA − tR). Only where the reasoning is streamed.',
    field: 'thinking',
  },
  {
    id: 'decode',
    title: 'Decode',
    unit: 'tokens-per-second',
    formula:
      'Output tokens after the first, per second of output: (N − 1) / (tL − t1). Hidden reasoning is left out of both. Not shown for answers that did not stream or are too short to rate.',
    better: 'higher',
    field: 'decode',
  },
  {
    id: 'effective',
    title: 'Effective',
    unit: 'tokens-per-second',
    formula: 'All output tokens per second since the start of the request: N / (tL − t0).',
    better: 'higher',
    field: 'effective',
  },
  {
    id: 'e2e',
    title: 'E2E',
    unit: 'seconds',
    formula:
      'End to end: last output minus the start of the request (tL − t0). Read it together with the output tokens.',
    better: 'lower',
    field: 'e2e',
  },
  {
    id: 'retry-wait',
    title: 'Retry wait',
    unit: 'seconds',
    formula:
      'Time from the first attempt to the start of the one that counts. It is part of no other time, and a retried run takes no best mark.',
    field: 'retryWait',
  },
  {
    id: 'input-tokens',
    title: 'Input',
    unit: 'tokens',
    formula: 'Tokens of the input, cached ones included, as the answer reported them.',
    field: 'inputTokens',
  },
  {
    id: 'output-tokens',
    title: 'Output',
    unit: 'tokens',
    formula: 'Tokens of the output, reasoning included (N), as the answer reported them.',
    field: 'outputTokens',
  },
  {
    id: 'reasoning-tokens',
    title: 'Reasoning',
    unit: 'tokens',
    formula: 'The part of the output tokens that was reasoning (Nr), where the answer tells it.',
    field: 'reasoningTokens',
  },
  {
    id: 'cached-tokens',
    title: 'Cached',
    unit: 'tokens',
    formula: "The part of the input tokens that was read from the provider's prompt cache.",
    field: 'cachedTokens',
  },
  {
    id: 'cost',
    title: 'Cost',
    unit: 'usd',
    formula:
      '(input − cache read − cache write) × input price + cache read × its price + cache write × its price + output × output price; for pictures, by picture, tile, step or megapixel.',
    better: 'lower',
  },
];
