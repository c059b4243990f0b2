/**
 * Metrics of one run, each a pure function of its state (metrics.md section 2). Times in seconds, rates in tokens per second.
 * An absent field is unknown and is shown as `–`.
 */
import type { Model } from '../catalog/model';
import { inputOf } from './asked';
import { mediaMetrics, type MediaMetrics } from './media-metrics';
import { sentPictures } from './sent';
import type { RunState, RunTimes } from './state';
import { mayHideReasoning, tokensOf, type Reasoner, type RunTokens } from './tokens';

/** How much of the reasoning the wire disclosed. */
export type Disclosure = 'none' | 'verbatim' | 'hidden' | 'unknown';

/** Every figure shown under a column. */
export interface Metrics extends MediaMetrics {
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
  /** `tL - t0`, of a complete answer. */
  readonly e2e?: number;
  /** Time before the attempt that answered, seconds; absent when there was no retry. */
  readonly retryWait?: number;
  /** Time that a run on the user's own server waited for `setup()`, seconds; absent when it did not. */
  readonly setupTime?: number;
  /** Time that it waited for a free slot, seconds; absent when it did not. */
  readonly queueTime?: number;
  /** Time of the prediction by the server's own clock, seconds. */
  readonly predictTime?: number;
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
  /** Pictures went along with the request. */
  readonly sendsPictures: boolean;
  /** It ran on a server of the user's own. */
  readonly isOwn: boolean;
  /** Took part in no ranking: a retry, a fallback, a gateway-cache hit, a failure, an unfinished or truncated run. */
  readonly unranked: boolean;
}

/** Fewer output tokens than this are too few to rate a speed (metrics.md section 3, rules 3 and 8). */
const fewestTokensToRate = 20;
/** A shorter output window, in seconds, is too short to rate a speed (metrics.md section 3, rule 3). */
const shortestWindowToRate = 0.05;

/**
 * Computes every metric that is known so far; what depends on the complete answer is absent until it is complete.
 * `model` tells whether reasoning may have been hidden, and what the answer is; without it, none was and it is text.
 */
export function metricsOf(state: RunState, model?: Reasoner & Partial<Pick<Model, 'task' | 'hosting'>>): Metrics {
  const { times } = state;
  const tokens = tokensOf(state, model);
  const notStreamed = isNotStreamed(state, tokens);
  const first = times && firstOutput(times);
  const since = (at: number | undefined): number | undefined =>
    times && at !== undefined ? at - times.started : undefined;
  const speed = speedOf(state, tokens, notStreamed, model);
  // All reasoning in one piece says nothing of how long it took.
  const thinking = notStreamed ? undefined : difference(times?.firstAnswer, times?.firstReasoning);
  const e2e = state.status === 'done' ? since(times?.lastOutput) : undefined;
  const effective = e2e && tokens.output && !notStreamed && state.media.length === 0 ? tokens.output / e2e : undefined;
  return {
    ...known('ttft', since(first)),
    ...known('ttfa', since(times?.firstAnswer)),
    ...known('thinking', thinking),
    ...known('headerTime', since(times?.headers)),
    ...known('decode', speed.decode),
    ...known('itl', speed.decode === undefined ? undefined : 1 / speed.decode),
    ...known('effective', effective),
    ...known('e2e', e2e),
    ...known('retryWait', state.attempt > 1 && times ? times.started - times.requested : undefined),
    ...known('setupTime', state.waited?.setup),
    ...known('queueTime', state.waited?.queue),
    ...known('predictTime', state.predictSeconds),
    ...known('inputTokens', tokens.input),
    ...known('outputTokens', tokens.output),
    ...known('reasoningTokens', tokens.reasoning),
    ...known('cachedTokens', tokens.cachedRead),
    ...mediaMetrics(state, model?.task, e2e),
    approximate: tokens.approximate,
    notStreamed,
    tooShortToRate: speed.tooShort,
    disclosure: disclosureOf(state, model),
    sendsPictures: sentPictures(inputOf(state.request?.body ?? {})).count > 0,
    isOwn: model?.hosting === 'own' || state.wire === 'cog',
    unranked: isUnranked(state),
  };
}

function known<K extends keyof Metrics>(key: K, value: number | undefined): { readonly [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: number });
}

/** `t1`: the first output of any kind. */
function firstOutput(times: RunTimes): number | undefined {
  const first = Math.min(
    times.firstReasoning ?? Infinity,
    times.firstAnswer ?? Infinity,
    times.firstToolCall ?? Infinity,
  );
  return first === Infinity ? undefined : first;
}

/** `later - earlier`, when both happened in that order. */
function difference(later: number | undefined, earlier: number | undefined): number | undefined {
  return later !== undefined && earlier !== undefined && later >= earlier ? later - earlier : undefined;
}

/** Only a complete answer can be said not to have streamed, and a short one may rightly be a single chunk. */
function isNotStreamed({ status, media, warnings, chunks }: RunState, { output }: RunTokens): boolean {
  if (status !== 'done' || media.length > 0) return false;
  if (warnings.some(({ code }) => code === 'not-streamed')) return true;
  if (chunks.count === 0 || (output !== undefined && output < fewestTokensToRate)) return false;
  // True of a single chunk too.
  return chunks.firstLength * 2 > chunks.totalLength;
}

/**
 * Decode speed: tokens after the first over the time they took. Tokens and time must be of the same output, so hidden
 * reasoning is taken out of the count, because its time lies before the first output.
 */
function speedOf(
  state: RunState,
  tokens: RunTokens,
  notStreamed: boolean,
  model: Reasoner | undefined,
): { readonly decode?: number; readonly tooShort: boolean } {
  const { times } = state;
  const first = times && firstOutput(times);
  if (first === undefined || notStreamed || state.media.length > 0) return { tooShort: false };
  const window = (times?.lastOutput ?? first) - first;
  const hidden = state.reasoning === '' ? (tokens.reasoning ?? 0) : 0;
  const rated = tokens.output === undefined ? undefined : tokens.output - hidden;
  const tooShort = window < shortestWindowToRate || (rated !== undefined && rated < fewestTokensToRate);
  // While output is still coming, a short answer is not yet known to be short.
  if (tooShort) return { tooShort: state.status === 'done' };
  if (rated === undefined || mayHideReasoning(state, model)) return { tooShort: false };
  return { decode: (rated - 1) / window, tooShort: false };
}

function disclosureOf(state: RunState, model: Reasoner | undefined): Disclosure {
  if (state.reasoning !== '') return 'verbatim';
  const tokens = state.usage?.reasoningTokens;
  if (tokens !== undefined) return tokens > 0 ? 'hidden' : 'none';
  return state.status !== 'done' || mayHideReasoning(state, model) ? 'unknown' : 'none';
}

function isUnranked({ status, retries, gateway, warnings }: RunState): boolean {
  const truncated = warnings.some(({ code }) => code === 'truncated');
  return (
    status !== 'done' || truncated || retries.length > 0 || gateway.cacheStatus === 'HIT' || (gateway.step ?? 0) > 0
  );
}
