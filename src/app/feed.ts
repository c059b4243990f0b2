/**
 * Paces the events of all runs towards one view. First output goes out at once, then at most one batch a frame for all
 * columns together, and only after the view has applied the batch before. What waits meanwhile is merged, so a slow
 * view gets fewer and larger batches, and a hidden one a snapshot when it returns.
 */
import type { Clock } from '../core/inference/ports';
import type { MediaRef } from '../core/media/media';
import type { RunEvent } from '../core/run/events';
import { createOutbox, type Batch } from '../core/run/outbox';
import type { Disposable } from './ports';

/** Seconds between two batches: one frame at 60 Hz. */
const FRAME = 0.016;

/** The paced stream to one view. */
export interface Feed extends Disposable {
  push(runId: string, event: RunEvent<MediaRef>): void;
  /**
   * Forgets what waits, because the snapshot about to be sent contains it, and opens the stream.
   * Returns the number of the last batch; those that follow carry higher ones.
   */
  restart(): number;
  /** Sends nothing until `release`: an answer must arrive first. */
  hold(): void;
  release(): void;
  /** The view applied this batch. Numbers of batches from before a `restart` are ignored. */
  ack(seq: number): void;
}

type Pace = 'now' | 'frame' | 'next-frame';

/** Makes a feed that is closed until its first `restart`. */
export function createFeed(clock: Clock, post: (batch: Batch) => void): Feed {
  const outbox = createOutbox();
  const answering = new Set<string>();
  let open = false;
  let held = false;
  let pending = false;
  let inFlight = false;
  let seq = 0;
  let lastSent = Number.NEGATIVE_INFINITY;
  let due = Number.POSITIVE_INFINITY;
  let cancel: (() => void) | undefined;

  function unschedule(): void {
    cancel?.();
    cancel = undefined;
    due = Number.POSITIVE_INFINITY;
  }

  function send(): void {
    unschedule();
    if (!open || held || inFlight || !pending) return;
    const batch = outbox.take(clock.now());
    pending = false;
    if (batch === undefined) return;
    seq = batch.seq;
    inFlight = true;
    lastSent = clock.now();
    post(batch);
  }

  function schedule(pace: Pace): void {
    // A later ack or release schedules what waits.
    if (!open || held || inFlight) return;
    const now = clock.now();
    const at = pace === 'now' ? now : pace === 'frame' ? lastSent + FRAME : Math.max(now, lastSent) + FRAME;
    if (at <= now) return send();
    if (at >= due) return;
    unschedule();
    due = at;
    cancel = clock.after(at - now, send);
  }

  function paceOf(runId: string, event: RunEvent<MediaRef>): Pace {
    switch (event.type) {
      case 'reasoning':
      case 'text':
      case 'toolCall':
      case 'media':
        if (answering.has(runId)) return 'frame';
        answering.add(runId);
        return 'now';
      case 'finished':
      case 'failed':
        answering.delete(runId);
        return 'frame';
      default:
        // Headers arrive just before the first token: alone they would make it wait for an acknowledgement.
        return 'next-frame';
    }
  }

  return {
    push(runId, event) {
      if (!open) return;
      outbox.push(runId, event);
      pending = true;
      schedule(paceOf(runId, event));
    },
    restart() {
      unschedule();
      seq = outbox.reset();
      open = true;
      pending = false;
      inFlight = false;
      return seq;
    },
    hold() {
      held = true;
      unschedule();
    },
    release() {
      held = false;
      if (pending) schedule('frame');
    },
    ack(acknowledged) {
      if (!inFlight || acknowledged !== seq) return;
      outbox.ack(seq);
      inFlight = false;
      if (pending) schedule('frame');
    },
    dispose() {
      open = false;
      unschedule();
    },
  };
}
