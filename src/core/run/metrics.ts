/**
 * Metrics of one run, each a pure function of its state (metrics.md section 2). Times in seconds, rates in tokens per second.
 * An absent field is unknown and is shown as `–`.
 */
import type { RunState } from './state';

/** How much of the reasoning the wire disclosed. */
export type Disclosure = 'none' | 'verbatim' | 'hidden' | 'unknown';

/** Every figure shown under a column. */
export interface Metrics {
  /** `t1 - t0`; reasoning counts. */
  readonly ttft?: number;
  /** `tA - t0`: time to the first answer text or media byte. */
  readonly ttfa?: number;
  /** `tA - tR`, when reasoning was streamed. */
  readonly thinking?: number;
  /** `tH - t0`; diagnostic. */
  readonly headerTime?: number;
  /** Decode rate, tokens/s. */
  readonly decode?: number;
  /** `N / (tL - t0)`, tokens/s. */
  readonly effective?: number;
  /** Mean inter-token latency, seconds. */
  readonly itl?: number;
  /** `tL - t0` */
  readonly e2e?: number;
  /** Time before the attempt that answered, seconds; absent when there was no retry. */
  readonly retryWait?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
  readonly cachedTokens?: number;
  /** Tokens were counted by our own tokenizer. */
  readonly approximate: boolean;
  /** One chunk, or more than half of the characters in the first one. */
  readonly notStreamed: boolean;
  /** Too little output to rate its speed. */
  readonly tooShortToRate: boolean;
  readonly disclosure: Disclosure;
  /** Took part in no ranking: a retry, a gateway-cache hit, a failure, an unfinished run. */
  readonly unranked: boolean;
}

export declare function metricsOf(state: RunState): Metrics;
