/**
 * Owns the runs: starts, folds, stores and stops them, whether or not a view watches.
 */
import type { PriceOrigin } from '../core/catalog/entry';
import type { run } from '../core/inference/client';
import type { InferenceError } from '../core/inference/error';
import type { InferenceRequest } from '../core/inference/request';
import type { MediaRef } from '../core/media/media';
import type { RunEvent } from '../core/run/events';
import { initialRun, reduce } from '../core/run/reducer';
import type { RunState } from '../core/run/state';
import { mediaMadeBy } from '../core/catalog/task-media';
import type { Task } from '../core/catalog/model';
import type { Attachment } from '../core/media/media';
import type { RunView, RunVote } from '../protocol/api';
import { approximateUsage } from './approximate';
import { createEmitter } from './emitter';
import type { AppPorts, Disposable, Event } from './ports';

/** Seconds between two writes of a run that is going on. */
const SAVE_INTERVAL = 2;

/** What one column runs. */
export interface RunStart {
  readonly columnId: string;
  readonly request: InferenceRequest;
  /** Where the prices of the request's model come from. */
  readonly priceOrigin?: PriceOrigin;
  readonly prompt: string;
  readonly attachments?: readonly Attachment[];
  readonly texts?: readonly string[];
  readonly blind?: boolean;
  /** Whether the connection is the simulator. */
  readonly simulated: boolean;
}

/** One event of one run, as views may see it. */
export interface PublishedEvent {
  readonly runId: string;
  readonly event: RunEvent<MediaRef>;
}

/** All runs that columns show. */
export interface Runs extends Disposable {
  /** The last run of each of these columns. */
  of(columnIds: readonly string[]): readonly RunView[];
  /** Starts them side by side; a run going on in one of the columns is stopped first. */
  start(starts: readonly RunStart[]): readonly RunView[];
  /** Those that have not ended, as they stand. */
  running(): readonly RunView[];
  /** Stops these runs, or all. Each ends with its own `failed` event, reason `aborted`; `why` says it in other words. */
  stop(runIds?: readonly string[], why?: StopReason): void;
  /** Stops what runs in other columns than these, and forgets their runs. */
  keepColumns(columnIds: readonly string[]): void;
  /** Keeps votes with their runs. Answers with those whose run is shown. */
  vote(votes: readonly RunVote[]): readonly RunVote[];
  /** Stops everything; no column has a run afterwards. */
  clear(): void;
  readonly onEvent: Event<PublishedEvent>;
  /** A run of this session ended. */
  readonly onEnd: Event<RunView>;
}

/** Why runs are stopped, when it is not the user who stops them. */
export type StopReason = Pick<InferenceError, 'message' | 'nextStep'>;

type RunPorts = Pick<
  AppPorts,
  'clock' | 'fetch' | 'cogTransport' | 'random' | 'log' | 'store' | 'media' | 'countTokens'
>;

interface Run {
  view: RunView;
  readonly request?: InferenceRequest;
  readonly controller?: AbortController;
  /** Why it was stopped; absent: it was not, or by the user. */
  stopReason?: StopReason;
  ended: boolean;
  /** Changed since it was stored. */
  dirty: boolean;
}

const hostStopped: InferenceError = {
  reason: 'aborted',
  message: 'The host stopped while this was running; the part received was kept.',
  nextStep: 'Run it again for a complete answer.',
  retryable: true,
};

/** Tasks whose tokens are all text, in and out, as far as no media were sent: our own count can stand in for them. */
const isCountable = (task: Task): boolean => mediaMadeBy(task) === undefined && task !== 'speech-recognition';

const isOver = (state: RunState): boolean =>
  state.status === 'done' || state.status === 'failed' || state.status === 'stopped';

/** The run as read from disk. One that no host finished was cut off: its own clock tells when it was last heard of. */
function restore(view: RunView): RunView {
  const { state } = view;
  if (isOver(state)) return { ...view, restored: true };
  const { times } = state;
  const at = times?.lastOutput ?? times?.headers ?? times?.started ?? times?.requested ?? 0;
  return { ...view, restored: true, state: reduce(state, { type: 'failed', at, error: hostStopped }) };
}

/** Makes the owner. `restored` are the stored runs of the columns shown. `infer` is the client (`core/inference`). */
export function createRuns(ports: RunPorts, infer: typeof run, restored: readonly RunView[]): Runs {
  const { clock, log, store } = ports;
  const events = createEmitter<PublishedEvent>();
  const ends = createEmitter<RunView>();
  const byColumn = new Map<string, Run>();
  const active = new Set<Run>();
  let cancelSave: (() => void) | undefined;

  for (const view of restored) {
    byColumn.set(view.columnId, { view: restore(view), ended: true, dirty: false });
  }

  function save(run: Run): void {
    if (!run.dirty) return;
    try {
      store.saveRun(run.view);
      run.dirty = false;
    } catch (error) {
      log.error('A run could not be stored.', error);
    }
  }

  function saveRegularly(): void {
    cancelSave ??= clock.after(SAVE_INTERVAL, () => {
      cancelSave = undefined;
      for (const run of active) save(run);
      if (active.size > 0) saveRegularly();
    });
  }

  function apply(run: Run, event: RunEvent<MediaRef>): void {
    if (run.ended) return;
    run.view = { ...run.view, state: reduce(run.view.state, event) };
    run.dirty = true;
    const last = event.type === 'finished' || event.type === 'failed';
    if (last) {
      run.ended = true;
      active.delete(run);
      save(run);
    }
    events.fire({ runId: run.view.runId, event });
    if (last) ends.fire(run.view);
  }

  function fail(run: Run, message: string, error?: unknown): void {
    log.error(message, error);
    const failure: InferenceError = {
      reason: 'protocol',
      message,
      nextStep: 'Run it again; if it happens once more, the log says where it failed.',
      retryable: false,
    };
    apply(run, { type: 'failed', at: clock.now(), error: failure });
  }

  /** The client's end of a run that was stopped, in the words of who stopped it. */
  function inWordsOf({ stopReason }: Run, event: RunEvent<MediaRef>): RunEvent<MediaRef> {
    if (stopReason === undefined || event.type !== 'failed' || event.error.reason !== 'aborted') return event;
    return { ...event, error: { ...event.error, ...stopReason, retryable: false } };
  }

  async function countInstead(run: Run, request: InferenceRequest, at: number): Promise<void> {
    const { state, model } = run.view;
    if (state.usage !== undefined || !isCountable(model.task)) return;
    try {
      const usage = await approximateUsage(ports.countTokens, request, state);
      apply(run, { type: 'approximateUsage', at, usage });
    } catch (error) {
      log.warn(`Tokens were not counted: ${String(error)}`);
    }
  }

  async function pump(run: Run, request: InferenceRequest, signal: AbortSignal): Promise<void> {
    try {
      const transport = request.endpoint.kind === 'own' ? ports.cogTransport : { fetch: ports.fetch };
      for await (const event of infer(request, { ...transport, clock, random: ports.random, signal })) {
        if (event.type === 'media') {
          apply(run, { ...event, media: await ports.media.save(event.media) });
          continue;
        }
        if (event.type === 'finished') await countInstead(run, request, event.at);
        apply(run, inWordsOf(run, event));
      }
      if (!run.ended) fail(run, 'The answer ended without saying how.');
    } catch (error) {
      // Nothing more is read: the socket must not stay open behind a run that is shown as failed.
      run.controller?.abort();
      fail(run, 'The host failed while it handled the answer; the part received was kept.', error);
    }
  }

  function stopRun(run: Run, why?: StopReason): void {
    // Who stops first gives the reason.
    if (run.controller?.signal.aborted !== false) return;
    if (why !== undefined) run.stopReason = why;
    run.controller.abort();
  }

  return {
    onEvent: events.event,
    onEnd: ends.event,
    of(columnIds) {
      return columnIds.flatMap((id) => byColumn.get(id)?.view ?? []);
    },
    start(starts) {
      const runs = starts.map(({ columnId, request, priceOrigin, ...facts }) => {
        const old = byColumn.get(columnId);
        if (old !== undefined) stopRun(old);
        const { runId, model } = request;
        const view: RunView = {
          columnId,
          runId,
          model,
          ...(priceOrigin && { priceOrigin }),
          ...facts,
          state: initialRun(runId),
          restored: false,
        };
        const run = { view, request, controller: new AbortController(), ended: false, dirty: true };
        byColumn.set(columnId, run);
        active.add(run);
        save(run);
        return run;
      });
      saveRegularly();
      const views = runs.map((run) => run.view);
      // All are registered before the first is sent: what one column does must not delay another's start.
      for (const run of runs) void pump(run, run.request, run.controller.signal);
      return views;
    },
    running: () => [...active].map((run) => run.view),
    stop(runIds, why) {
      for (const run of active) if (runIds === undefined || runIds.includes(run.view.runId)) stopRun(run, why);
    },
    keepColumns(columnIds) {
      for (const [columnId, run] of byColumn) {
        if (columnIds.includes(columnId)) continue;
        stopRun(run);
        byColumn.delete(columnId);
      }
    },
    vote(votes) {
      store.saveVotes(votes);
      return votes.filter(({ runId, verdict, comment }) => {
        const run = [...byColumn.values()].find(({ view }) => view.runId === runId);
        if (run !== undefined) run.view = { ...run.view, vote: { verdict, comment } };
        return run !== undefined;
      });
    },
    clear() {
      for (const run of active) stopRun(run);
      byColumn.clear();
      store.clearColumns();
    },
    dispose() {
      cancelSave?.();
      for (const run of [...active]) {
        stopRun(run);
        // The client's own end would come after the store is closed.
        apply(run, { type: 'failed', at: clock.now(), error: hostStopped });
      }
    },
  };
}
