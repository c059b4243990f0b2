/**
 * Receives a file and tells how far it is.
 */
import type { Answer } from './answer';
import type { AttemptGuard } from './attempt-guard';
import { joined, type Reads } from './body';
import type { Clock } from './ports';

/** Least seconds between two notes of progress. */
const PAUSE = 0.1;

/** What is told of the file. */
export interface ReceiveContext {
  readonly clock: Clock;
  readonly guard: AttemptGuard;
  readonly answer: Answer;
}

/** Seconds after which a file that still comes is given up: nobody waits for a byte a minute. */
const LONGEST = 30 * 60;

/** A file, or why it was given up. */
export interface Received {
  /** Undefined: it was given up, or the attempt was ended. */
  readonly bytes: Uint8Array | undefined;
  readonly gaveUp?: 'too-large' | 'too-slow';
  /** When its first byte came, seconds. */
  readonly firstAt: number | undefined;
}

/** Reads to the end. Every piece counts as being heard: only the idle timer runs between them. */
export async function receive(
  read: Reads,
  { headers }: Pick<Response, 'headers'>,
  limit: number,
  { clock, guard, answer }: ReceiveContext,
): Promise<Received> {
  const stated = Number(headers.get('content-length'));
  // Of a compressed body it is another length.
  const total = stated > 0 && !headers.get('content-encoding') ? stated : undefined;
  if (total !== undefined && total > limit) return { bytes: undefined, gaveUp: 'too-large', firstAt: undefined };
  const parts: Uint8Array[] = [];
  let received = 0;
  let firstAt: number | undefined;
  let toldAt = 0;
  for (;;) {
    const { done, value } = await read();
    const at = clock.now();
    if (guard.stopReason) return { bytes: undefined, firstAt };
    if (done) return { bytes: joined(parts, received), firstAt };
    if (value.byteLength === 0) continue;
    answer.at = at;
    if (firstAt === undefined) firstAt = toldAt = at;
    parts.push(value);
    received += value.byteLength;
    if (received > limit) return { bytes: undefined, gaveUp: 'too-large', firstAt };
    if (at - firstAt > LONGEST) return { bytes: undefined, gaveUp: 'too-slow', firstAt };
    guard.heard(at, true);
    if (at - toldAt >= PAUSE) {
      toldAt = at;
      answer.progress(received, total);
    }
  }
}
