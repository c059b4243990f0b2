/**
 * Turns of views that stream side by side. Drawing all of them in every frame would make frames late; when a frame's
 * time is used up, the rest is drawn in the next one, whoever has waited longest first.
 */

/** Milliseconds of a frame for drawing Markdown; layout and paint of what changed cost several times as much again. */
const BUDGET = 1.5;

const waiting = new Set<() => void>();
let frame: unknown;
let spent = 0;
let scheduled = false;

/** Starts counting anew in a new frame (whose time stands still); without a timeline every call is one. */
function lookAtFrame(): void {
  const now = document.timeline?.currentTime ?? performance.now();
  if (now === frame) return;
  frame = now;
  spent = 0;
}

function timed(draw: () => void): void {
  const start = performance.now();
  draw();
  spent += performance.now() - start;
}

function drawWaiting(): void {
  scheduled = false;
  lookAtFrame();
  for (const draw of waiting) {
    waiting.delete(draw);
    timed(draw);
    if (spent > BUDGET) break;
  }
  if (waiting.size > 0) schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawWaiting);
}

/** Calls `draw` now if this frame has time left and nobody waits, otherwise in one of the next frames; once. */
export function takeTurn(draw: () => void): void {
  lookAtFrame();
  if (waiting.size === 0 && spent <= BUDGET) return timed(draw);
  waiting.add(draw);
  schedule();
}

/** Gives up a turn that was asked for with the same function. */
export function leaveTurn(draw: () => void): void {
  waiting.delete(draw);
}
