/**
 * What is known of one run at a moment: the fold of its events. JSON-safe, so it is also what is stored and sent.
 */
import type { InferenceError } from '../inference/error';
import type { MediaRef } from '../media/media';
import type { FinishReason, GatewayInfo, RawRequest, Usage, WarningCode, Wire } from './events';
import type { RunResult } from './result';

/** `idle` belongs to a column without a run and is not among these. */
export type RunStatus = 'waiting' | 'reasoning' | 'answering' | 'done' | 'failed' | 'stopped';

/** One tool call as far as it has arrived. */
export interface ToolCall {
  readonly id?: string;
  readonly name?: string;
  /** JSON text, possibly incomplete. */
  readonly arguments: string;
}

/** An attempt that failed before the one that counts. */
export interface Retry {
  /** 1-based number of the attempt that failed. */
  readonly attempt: number;
  /** Seconds waited after it. */
  readonly wait: number;
  readonly error: InferenceError;
}

/** Times of the events of metrics.md section 1, in seconds on the host's clock. Absent: has not happened. */
export interface RunTimes {
  /** When the first attempt started. */
  readonly requested: number;
  /** `t0`: start of the attempt that counts. */
  readonly started: number;
  /** `tH` */
  readonly headers?: number;
  /** `tR` */
  readonly firstReasoning?: number;
  /** `tA` */
  readonly firstAnswer?: number;
  /** `tT` */
  readonly firstToolCall?: number;
  /** `tL` */
  readonly lastOutput?: number;
  /** When the last usage arrived. Before `lastOutput`: more output followed, so the usage was not yet final. */
  readonly usage?: number;
  /** `tE` */
  readonly ended?: number;
}

/** Counts over non-empty output deltas. A chunk is not a token. */
export interface ChunkStats {
  readonly count: number;
  /** Characters (UTF-16 units) in the first chunk. */
  readonly firstLength: number;
  /** Characters in all chunks. */
  readonly totalLength: number;
  /** Largest gap between two chunks, seconds. */
  readonly maxGap: number;
}

/** Most characters of a model's log that are kept with a run. */
export const RUN_LOG_KEPT = 64 * 1024;

/** One run, folded. */
export interface RunState {
  readonly runId: string;
  readonly status: RunStatus;
  readonly wire?: Wire;
  readonly request?: RawRequest;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retries: readonly Retry[];
  /** Set while waiting for the next attempt: when it will start, seconds on the host's clock. */
  readonly retryAt?: number;
  readonly times?: RunTimes;
  readonly gateway: GatewayInfo;
  readonly reasoning: string;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly media: readonly MediaRef[];
  /** What was answered, when it is neither prose nor media. */
  readonly result?: RunResult;
  /** Of the file that is on its way; gone once it is complete. */
  readonly progress?: { readonly received: number; readonly total?: number };
  /** What a run on the user's own server waits for now, and since when: seconds on the host's clock. */
  readonly phase?: { readonly name: 'setup' | 'queue'; readonly since: number };
  /** Seconds that were waited so; absent: never. */
  readonly waited?: { readonly setup?: number; readonly queue?: number };
  /** The end of what the model wrote to its log, at most `RUN_LOG_KEPT` characters. */
  readonly log?: string;
  /** Seconds that the prediction took by the server's own clock. */
  readonly predictSeconds?: number;
  readonly chunks: ChunkStats;
  readonly usage?: Usage;
  /** Tokens counted by our own tokenizer because the answer carried no usage. Approximate. */
  readonly approximateUsage?: Usage;
  readonly warnings: readonly { readonly code: WarningCode; readonly message: string }[];
  readonly finishReason?: FinishReason;
  readonly error?: InferenceError;
}
