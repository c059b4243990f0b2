/**
 * The stream of timed events that a run is made of. Everything shown is folded from it.
 */
import type { InferenceError } from '../inference/error';
import type { MediaBytes } from '../media/media';
import type { RunResult } from './result';

/** The wire format a request was sent in. */
export type Wire = 'chat-completions' | 'responses' | 'anthropic-messages' | 'run' | 'run-model' | 'cog';

/** The request as it was sent, without its credential. */
export interface RawRequest {
  readonly method: 'POST';
  readonly url: string;
  /** Lower-case names. `authorization` is never among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON body as an object; media in it are `MediaPlaceholder`s. A body that is one file is itself a placeholder. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the gateway said about the response (`cf-aig-*`, cloudflare-api.md 1.4). Absent: it did not say. */
export interface GatewayInfo {
  readonly cacheStatus?: 'HIT' | 'MISS';
  readonly logId?: string;
  readonly requestId?: string;
  /** Index of the step or fallback that answered. */
  readonly step?: number;
  /** The model that answered, when the gateway routed the request. */
  readonly model?: string;
  readonly provider?: string;
  /** `Unified` or `BYOK` (`gatewayMetadata.keySource`). */
  readonly keySource?: string;
}

/**
 * Tokens and units a run used, one meaning for every wire (metrics.md 6.3).
 * An absent field means the answer did not say.
 */
export interface Usage {
  /** All input tokens, cached ones included. */
  readonly inputTokens?: number;
  /** The part of the input read from the provider's prompt cache. */
  readonly cachedReadTokens?: number;
  /** The part of the input written to the provider's prompt cache. */
  readonly cacheWriteTokens?: number;
  /** All output tokens, reasoning included. */
  readonly outputTokens?: number;
  /** The part of the output that was reasoning. */
  readonly reasoningTokens?: number;
  /** Images made. */
  readonly images?: number;
  /** The part of the input that pictures are. */
  readonly inputImageTokens?: number;
  /** The part of the output that pictures are. */
  readonly outputImageTokens?: number;
  /** Seconds of audio that were heard or made. */
  readonly audioSeconds?: number;
  /** Characters that were billed. */
  readonly characters?: number;
}

/** Why the model stopped. `unknown`: the server did not say. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other' | 'unknown';

/** Something went unlike the protocol says, yet the answer stands. */
export type WarningCode =
  'malformed-event' | 'truncated' | 'not-streamed' | 'unsupported-parameter' | 'metadata-dropped' | 'unexpected-output';

/**
 * Stands on a delta that several neighbouring deltas of one kind were merged into while they waited for a view.
 * It keeps what the fold needs, so that merged and raw events fold to the same state. `at` is then the first one's.
 */
export interface MergedDeltas {
  /** How many non-empty deltas. */
  readonly count: number;
  /** Time of the last non-empty one, seconds. */
  readonly lastAt: number;
  /** Largest gap between two of them, seconds. */
  readonly maxGap: number;
  /** Characters (UTF-16 units) in the first one. */
  readonly firstLength: number;
}

/**
 * One event. `at` is in seconds on the host's monotonic clock.
 * `Media` is `MediaBytes` as it leaves the client and `MediaRef` once the host has stored it.
 */
export type RunEvent<Media = MediaBytes> =
  /** An attempt is about to be handed to the HTTP client: `t0`. */
  | {
      readonly type: 'started';
      readonly at: number;
      /** 1 for the first. */
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly wire: Wire;
      readonly request: RawRequest;
    }
  /** An attempt failed and another will follow after `wait` seconds. */
  | {
      readonly type: 'retrying';
      readonly at: number;
      readonly attempt: number;
      readonly wait: number;
      readonly error: InferenceError;
    }
  /** Response headers accepted: `tH`. No retry after this. */
  | { readonly type: 'headers'; readonly at: number; readonly status: number; readonly gateway: GatewayInfo }
  /** Non-empty reasoning text. */
  | { readonly type: 'reasoning'; readonly at: number; readonly text: string; readonly merged?: MergedDeltas }
  /** Non-empty answer text. */
  | { readonly type: 'text'; readonly at: number; readonly text: string; readonly merged?: MergedDeltas }
  /** Part of a tool call; `arguments` is a fragment of JSON text. */
  | {
      readonly type: 'toolCall';
      readonly at: number;
      readonly index: number;
      readonly id?: string;
      readonly name?: string;
      readonly arguments: string;
      readonly merged?: MergedDeltas;
    }
  /** Media that is complete. `firstAt`: when its first byte came, where that was seen; absent: nothing came before. */
  | { readonly type: 'media'; readonly at: number; readonly firstAt?: number; readonly media: Media }
  /** An answer that is neither prose nor media. The last one counts. */
  | { readonly type: 'result'; readonly at: number; readonly result: RunResult }
  /** A file of the answer is on its way. The last one counts. */
  | {
      readonly type: 'progress';
      readonly at: number;
      /** Bytes received so far. */
      readonly received: number;
      /** Bytes in all, where the server says so. */
      readonly total?: number;
    }
  /** The last one counts. */
  | { readonly type: 'usage'; readonly at: number; readonly usage: Usage }
  /** Our own tokenizer's count, added by the host before `finished` when the answer carried no usage. */
  | { readonly type: 'approximateUsage'; readonly at: number; readonly usage: Usage }
  /**
   * What the run waits for before its attempt, at a Cog server: the model's `setup()`, or a free slot. Ends with the next
   * `phase` or `started`.
   */
  | { readonly type: 'phase'; readonly at: number; readonly phase: 'setup' | 'queue' }
  /** What the model wrote to its log while it worked. */
  | { readonly type: 'log'; readonly at: number; readonly text: string }
  /** Seconds that the prediction took by the server's own clock (Cog's `metrics.predict_time`). */
  | { readonly type: 'serverTime'; readonly at: number; readonly predict: number }
  /** Facts the gateway put into the body rather than the headers. */
  | { readonly type: 'gateway'; readonly at: number; readonly gateway: GatewayInfo }
  | { readonly type: 'warning'; readonly at: number; readonly code: WarningCode; readonly message: string }
  /** The answer is complete: `tE`. Always the last event, as is `failed`. */
  | { readonly type: 'finished'; readonly at: number; readonly finishReason: FinishReason }
  /** The run ended without a complete answer. Reason `aborted` means the user stopped it. */
  | { readonly type: 'failed'; readonly at: number; readonly error: InferenceError };
