/**
 * The metrics of streams of tokens, and those that every task has.
 */
import type { MetricInfo } from './metric-info';

/** When what came. */
export const timeMetrics: readonly MetricInfo[] = [
  {
    id: 'ttft',
    title: 'TTFT',
    unit: 'seconds',
    formula:
      'Time to first token: first output of any kind, reasoning included, minus the start of the request (t1 − t0).',
    better: 'lower',
    field: 'ttft',
    streamed: true,
  },
  {
    id: 'ttfa',
    title: 'First answer',
    unit: 'seconds',
    formula:
      'Time to first answer: first answer text, or first byte of a file, minus the start of the request (tA − t0). Reasoning does not count.',
    better: 'lower',
    field: 'ttfa',
  },
];

/** Speeds of text, and the whole. */
export const speedMetrics: readonly MetricInfo[] = [
  {
    id: 'thinking',
    title: 'Thinking',
    unit: 'seconds',
    formula: 'First answer minus first reasoning (tA − tR). Only where the reasoning is streamed.',
    field: 'thinking',
    streamed: true,
  },
  {
    id: 'decode',
    title: 'Decode',
    unit: 'tokens-per-second',
    formula:
      'Output tokens after the first, per second of output: (N − 1) / (tL − t1). Hidden reasoning is left out of both. Not shown for answers that did not stream or are too short to rate.',
    better: 'higher',
    field: 'decode',
    streamed: true,
  },
  {
    id: 'effective',
    title: 'Effective',
    unit: 'tokens-per-second',
    formula: 'All output tokens per second since the start of the request: N / (tL − t0).',
    better: 'higher',
    field: 'effective',
    streamed: true,
  },
];

/** The whole time. */
export const wholeMetrics: readonly MetricInfo[] = [
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
];

/** Where the time went on a server of the user's own. */
export const ownMetrics: readonly MetricInfo[] = [
  {
    id: 'predict-time',
    title: 'Predict',
    unit: 'seconds',
    formula: "Time of the prediction by the server's own clock, without the way there and back.",
    better: 'lower',
    field: 'predictTime',
  },
  {
    id: 'setup-time',
    title: 'Setup wait',
    unit: 'seconds',
    formula: "Time that the run waited until the model's setup() was done. It is part of no other time.",
    field: 'setupTime',
  },
  {
    id: 'queue-time',
    title: 'Queue wait',
    unit: 'seconds',
    formula: 'Time that the run waited for a free slot of the server. It is part of no other time.',
    field: 'queueTime',
  },
];

/** How much went in and came out, in tokens. */
export const tokenMetrics: readonly MetricInfo[] = [
  {
    id: 'input-tokens',
    title: 'Input',
    unit: 'tokens',
    formula: 'Tokens of the input, cached ones included, as the answer reported them.',
    field: 'inputTokens',
  },
  {
    id: 'image-tokens',
    title: 'Image tokens',
    unit: 'tokens',
    formula: 'The part of the input tokens that the pictures sent are, where the answer tells it.',
    field: 'imageTokens',
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
];

/** Money. */
export const costMetric: MetricInfo = {
  id: 'cost',
  title: 'Cost',
  unit: 'usd',
  formula:
    '(input − cache read − cache write) × input price + cache read × its price + cache write × its price + output × output price; for media, by picture, tile, step, megapixel, second, minute or character.',
  better: 'lower',
};
