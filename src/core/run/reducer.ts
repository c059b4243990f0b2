/**
 * Folds the events of one run into its state. Host and view fold the same events and so hold the same state.
 */
import type { MediaRef } from '../media/media';
import type { MergedDeltas, RunEvent, WarningCode } from './events';
import { RUN_LOG_KEPT, type ChunkStats, type RunState, type RunTimes, type ToolCall } from './state';

type Draft<T> = { -readonly [K in keyof T]: T[K] };
/** A state that this fold may write: its own copy down to `times` and `chunks`; arrays and the rest are shared. */
type RunDraft = Omit<Draft<RunState>, 'times' | 'chunks'> & { times?: Draft<RunTimes>; chunks: Draft<ChunkStats> };

/** Warnings about the request rather than the answer: true of every attempt, so a retry keeps them. */
const requestWarnings: ReadonlySet<WarningCode> = new Set(['unsupported-parameter', 'metadata-dropped']);

const noChunks: ChunkStats = { count: 0, firstLength: 0, totalLength: 0, maxGap: 0 };

/** The state before any event. */
export function initialRun(runId: string): RunState {
  return {
    runId,
    status: 'waiting',
    attempt: 0,
    maxAttempts: 1,
    retries: [],
    gateway: {},
    reasoning: '',
    text: '',
    toolCalls: [],
    media: [],
    chunks: noChunks,
    warnings: [],
  };
}

/** Folds one event. Never throws; events after the end of the run change nothing. */
export function reduce(state: RunState, event: RunEvent<MediaRef>): RunState {
  if (isEnded(state)) return state;
  const draft = draftOf(state);
  apply(draft, event);
  return draft;
}

/** Folds many events with one copy of the state, so that long runs cost linear time. Equal to folding them one by one. */
export function reduceAll(state: RunState, events: readonly RunEvent<MediaRef>[]): RunState {
  if (events.length === 0 || isEnded(state)) return state;
  const draft = draftOf(state);
  for (const event of events) {
    if (isEnded(draft)) break;
    apply(draft, event);
  }
  return draft;
}

function isEnded(state: { readonly status: RunState['status'] }): boolean {
  return state.status === 'done' || state.status === 'failed' || state.status === 'stopped';
}

function draftOf(state: RunState): RunDraft {
  const { times, ...rest } = state;
  return { ...rest, chunks: { ...state.chunks }, ...(times && { times: { ...times } }) };
}

function apply(draft: RunDraft, event: RunEvent<MediaRef>): void {
  switch (event.type) {
    case 'started':
      startAttempt(draft, event);
      break;
    case 'phase':
      endPhase(draft, event.at);
      draft.phase = { name: event.phase, since: event.at };
      draft.status = 'waiting';
      break;
    case 'log':
      draft.log = `${draft.log ?? ''}${event.text}`.slice(-RUN_LOG_KEPT);
      break;
    case 'serverTime':
      draft.predictSeconds = event.predict;
      break;
    case 'retrying': {
      const { attempt, wait, error } = event;
      draft.retries = [...draft.retries, { attempt, wait, error }];
      draft.retryAt = event.at + wait;
      draft.status = 'waiting';
      break;
    }
    case 'headers':
      if (draft.times) draft.times.headers = event.at;
      draft.gateway = { ...draft.gateway, ...event.gateway };
      break;
    case 'gateway':
      draft.gateway = { ...draft.gateway, ...event.gateway };
      break;
    case 'reasoning':
      if (event.text === '') break;
      draft.reasoning += event.text;
      if (draft.times) draft.times.firstReasoning ??= event.at;
      if (draft.status === 'waiting') draft.status = 'reasoning';
      countOutput(draft, event.at, event.text.length, event.merged);
      break;
    case 'text':
      if (event.text === '') break;
      draft.text += event.text;
      if (draft.times) draft.times.firstAnswer ??= event.at;
      draft.status = 'answering';
      countOutput(draft, event.at, event.text.length, event.merged);
      break;
    case 'toolCall':
      draft.toolCalls = withToolCall(draft.toolCalls, event);
      // A delta that only announces id and name carries no output yet (metrics.md section 1).
      if (event.arguments === '') break;
      if (draft.times) draft.times.firstToolCall ??= event.at;
      draft.status = 'answering';
      countOutput(draft, event.at, event.arguments.length, event.merged);
      break;
    case 'media':
      draft.media = [...draft.media, event.media];
      delete draft.progress;
      if (draft.times) draft.times.firstAnswer ??= event.firstAt ?? event.at;
      draft.status = 'answering';
      countOutput(draft, event.at, 0, undefined);
      break;
    case 'result':
      draft.result = event.result;
      if (draft.times) draft.times.firstAnswer ??= event.at;
      draft.status = 'answering';
      countOutput(draft, event.at, 0, undefined);
      break;
    case 'progress': {
      const { received, total } = event;
      draft.progress = { received, ...(total !== undefined && { total }) };
      if (draft.times) draft.times.firstAnswer ??= event.at;
      draft.status = 'answering';
      break;
    }
    case 'usage':
      draft.usage = event.usage;
      if (draft.times) draft.times.usage = event.at;
      break;
    case 'approximateUsage':
      draft.approximateUsage = event.usage;
      break;
    case 'warning': {
      const { code, message } = event;
      const known = draft.warnings.some((warning) => warning.code === code && warning.message === message);
      if (!known) draft.warnings = [...draft.warnings, { code, message }];
      break;
    }
    case 'finished':
      draft.status = 'done';
      draft.finishReason = event.finishReason;
      end(draft, event.at);
      break;
    case 'failed':
      draft.status = event.error.reason === 'aborted' ? 'stopped' : 'failed';
      draft.error = event.error;
      end(draft, event.at);
      break;
  }
}

/** A later attempt begins from nothing but the memory of the earlier ones. */
function startAttempt(draft: RunDraft, event: Extract<RunEvent, { type: 'started' }>): void {
  endPhase(draft, event.at);
  draft.status = 'waiting';
  draft.wire = event.wire;
  draft.request = event.request;
  draft.attempt = event.attempt;
  draft.maxAttempts = event.maxAttempts;
  draft.times = { requested: draft.times?.requested ?? event.at, started: event.at };
  draft.chunks = { ...noChunks };
  draft.gateway = {};
  draft.reasoning = '';
  draft.text = '';
  draft.toolCalls = [];
  draft.media = [];
  draft.warnings = draft.warnings.filter((warning) => requestWarnings.has(warning.code));
  delete draft.retryAt;
  delete draft.usage;
  delete draft.result;
  delete draft.progress;
  delete draft.approximateUsage;
  delete draft.log;
  delete draft.predictSeconds;
}

function endPhase(draft: RunDraft, at: number): void {
  const { phase, waited } = draft;
  if (phase === undefined) return;
  draft.waited = { ...waited, [phase.name]: (waited?.[phase.name] ?? 0) + Math.max(0, at - phase.since) };
  delete draft.phase;
}

function end(draft: RunDraft, at: number): void {
  endPhase(draft, at);
  delete draft.retryAt;
  delete draft.progress;
  if (draft.times) draft.times.ended = at;
}

function countOutput(draft: RunDraft, at: number, length: number, merged: MergedDeltas | undefined): void {
  const { chunks, times } = draft;
  // Output before any attempt has no time to be measured from.
  if (!times) return;
  if (chunks.count === 0) chunks.firstLength = merged?.firstLength ?? length;
  const gapBefore = times.lastOutput === undefined ? 0 : at - times.lastOutput;
  chunks.maxGap = Math.max(chunks.maxGap, gapBefore, merged?.maxGap ?? 0);
  chunks.count += merged?.count ?? 1;
  chunks.totalLength += length;
  times.lastOutput = merged?.lastAt ?? at;
}

function withToolCall(calls: readonly ToolCall[], event: Extract<RunEvent, { type: 'toolCall' }>): readonly ToolCall[] {
  const next = [...calls];
  // A server may skip an index; the list has no holes.
  while (next.length <= event.index) next.push({ arguments: '' });
  const call = next[event.index];
  const id = call?.id ?? event.id;
  const name = call?.name ?? event.name;
  next[event.index] = {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    arguments: (call?.arguments ?? '') + event.arguments,
  };
  return next;
}
