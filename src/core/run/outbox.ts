/**
 * Events on their way to one view. While the view has not acknowledged the last batch, new events wait here;
 * neighbouring deltas are merged, so what waits is bounded by the text itself and not by the number of events.
 */
import type { MediaRef } from '../media/media';
import type { MergedDeltas, RunEvent } from './events';
import { RUN_LOG_KEPT } from './state';

/** New events of one run, neighbouring deltas merged. */
export interface RunFrame {
  readonly runId: string;
  readonly events: readonly RunEvent<MediaRef>[];
}

/** One batch of frames. The next is sent only after this one was acknowledged. */
export interface Batch {
  readonly seq: number;
  /** Host clock at sending, seconds. */
  readonly now: number;
  readonly frames: readonly RunFrame[];
}

/** The outbox of one view. */
export interface Outbox {
  /** Puts an event at the end of its run's queue. */
  push(runId: string, event: RunEvent<MediaRef>): void;
  /** Everything that waits, as the next batch; `undefined` while one is unacknowledged or when nothing waits. */
  take(now: number): Batch | undefined;
  /** The view has applied batch `seq`. A number other than that of the batch under way changes nothing. */
  ack(seq: number): void;
  /**
   * Forgets what waits and what is under way, because the view draws itself anew from a snapshot that holds it all.
   * Returns the number for that snapshot: the batches that follow carry higher ones.
   */
  reset(): number;
}

/** Makes an empty outbox; the first batch has number 1. */
export function createOutbox(): Outbox {
  let waiting = new Map<string, RunEvent<MediaRef>[]>();
  let lastSeq = 0;
  let underWay: number | undefined;
  return {
    push(runId, event) {
      // Empty deltas are no output and change nothing; merged into others they would count.
      if ((event.type === 'text' || event.type === 'reasoning') && event.text === '') return;
      const queue = waiting.get(runId);
      if (queue) append(queue, event);
      else waiting.set(runId, [event]);
    },
    take(now) {
      if (underWay !== undefined || waiting.size === 0) return undefined;
      const frames: RunFrame[] = Array.from(waiting, ([runId, events]) => ({ runId, events }));
      waiting = new Map();
      underWay = ++lastSeq;
      return { seq: underWay, now, frames };
    },
    ack(seq) {
      if (seq === underWay) underWay = undefined;
    },
    reset() {
      waiting = new Map();
      underWay = undefined;
      return lastSeq;
    },
  };
}

function append(queue: RunEvent<MediaRef>[], event: RunEvent<MediaRef>): void {
  const lastIndex = queue.length - 1;
  const last = queue[lastIndex];
  if (event.type === 'usage') {
    if (last?.type === 'usage') queue[lastIndex] = event;
    else queue.push(event);
    return;
  }
  // Some servers send a usage with every chunk. A delta may move before it: the fold compares their times, not their order.
  const index = last?.type === 'usage' ? lastIndex - 1 : lastIndex;
  const before = queue[index];
  const merged = before && merge(before, event);
  if (merged) queue[index] = merged;
  else queue.push(event);
}

/** One delta for two neighbours of the same kind; `undefined` when they must stay apart. */
function merge(a: RunEvent<MediaRef>, b: RunEvent<MediaRef>): RunEvent<MediaRef> | undefined {
  if (a.type === 'log' && b.type === 'log') return { ...a, text: (a.text + b.text).slice(-RUN_LOG_KEPT) };
  if ((a.type === 'text' && b.type === 'text') || (a.type === 'reasoning' && b.type === 'reasoning')) {
    return { ...a, text: a.text + b.text, merged: joined(a, a.text.length, b, b.text.length) };
  }
  if (a.type === 'toolCall' && b.type === 'toolCall' && a.index === b.index) {
    // The announcement of a call is no output, so merging arguments into it would move the first output back to it.
    if (a.arguments === '' || b.arguments === '') return undefined;
    // The fold keeps the first id and name.
    const id = a.id ?? b.id;
    const name = a.name ?? b.name;
    return {
      ...a,
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      arguments: a.arguments + b.arguments,
      merged: joined(a, a.arguments.length, b, b.arguments.length),
    };
  }
  return undefined;
}

interface Delta {
  readonly at: number;
  readonly merged?: MergedDeltas;
}

function joined(a: Delta, aLength: number, b: Delta, bLength: number): MergedDeltas {
  const first = a.merged ?? { count: 1, lastAt: a.at, maxGap: 0, firstLength: aLength };
  const second = b.merged ?? { count: 1, lastAt: b.at, maxGap: 0, firstLength: bLength };
  return {
    count: first.count + second.count,
    lastAt: second.lastAt,
    maxGap: Math.max(first.maxGap, b.at - first.lastAt, second.maxGap),
    firstLength: first.firstLength,
  };
}
