/**
 * The bar under a column: how the time of a run was spent, and the one axis that all bars share.
 */
import type { RunState } from '../../src/core/run/state';

/**
 * What a stretch of time was spent on. `retry` is the time before the attempt that counts; `download`, that in which files
 * came.
 */
export type Phase = 'retry' | 'waiting' | 'thinking' | 'answer' | 'download';

/** One stretch, in seconds from the moment Run was pressed. */
export interface Segment {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** The stretches of a run at host time `now`, in order, none empty. */
export function segmentsOf(state: RunState, now: number): Segment[] {
  const { times } = state;
  if (times === undefined) return [];
  const over = times.ended ?? (isOver(state) ? (times.lastOutput ?? times.started) : undefined);
  const end = over === undefined ? Math.max(now, times.lastOutput ?? times.started) : endOf(state, over);
  const segments: Segment[] = [];
  const add = (phase: Phase, from: number, to: number): void => {
    const start = Math.min(from, end);
    const stop = Math.min(to, end);
    if (stop > start) segments.push({ phase, from: start - times.requested, to: stop - times.requested });
  };
  const answer = earliest(times.firstAnswer, times.firstToolCall);
  const first = earliest(times.firstReasoning, answer) ?? end;
  const attempt = state.retryAt === undefined ? times.started : end;
  add('retry', times.requested, attempt);
  add('waiting', attempt, first);
  if (times.firstReasoning !== undefined) add('thinking', times.firstReasoning, answer ?? end);
  if (answer !== undefined) add(bringsFiles(state) ? 'download' : 'answer', answer, end);
  return segments;
}

/** A finished answer ends with its last output: what the server did afterwards made nobody wait. */
function endOf(state: RunState, ended: number): number {
  return state.status === 'done' ? (state.times?.lastOutput ?? ended) : ended;
}

/** Whether what comes are files and no text. */
function bringsFiles({ text, toolCalls, media, progress }: RunState): boolean {
  return text === '' && toolCalls.length === 0 && (media.length > 0 || progress !== undefined);
}

/** How far a job has come that takes its time. Bytes. */
export type Step =
  { readonly is: 'working' } | { readonly is: 'downloading'; readonly received: number; readonly total?: number };

/** The step that a run is at; undefined for those whose status says it all. Models that chat show what they do. */
export function stepOf({ status, wire, retryAt, progress, media }: RunState): Step | undefined {
  if (isOver({ status })) return undefined;
  if (progress !== undefined) return { is: 'downloading', ...progress };
  const isJob = wire === 'run' || wire === 'run-model';
  return isJob && status === 'waiting' && retryAt === undefined && media.length === 0 ? { is: 'working' } : undefined;
}

/** Seconds from pressing Run to the end of the bar. */
export function elapsedOf(state: RunState, now: number): number {
  return segmentsOf(state, now).at(-1)?.to ?? 0;
}

/** A counter that runs: tenths of a second are what an eye can follow. Measured times are written by `formatSeconds`. */
export function counterSeconds(seconds: number): string {
  return `${Math.max(0, seconds).toFixed(1)} s`;
}

/** The end of an axis that holds `longest` seconds: grows in steps, so that bars are not rescaled all the time. */
export function axisEnd(longest: number): number {
  if (longest <= 1) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(longest));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => longest <= factor * magnitude) ?? 10;
  return step * magnitude;
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function isOver({ status }: Pick<RunState, 'status'>): boolean {
  return status === 'done' || status === 'failed' || status === 'stopped';
}
