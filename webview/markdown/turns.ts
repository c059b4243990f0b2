/**
 * Turns of views that stream side by side. Drawing all of them in every frame would make frames late; when a frame's
 * time is used up, the rest is drawn in the next one, whoever has waited longest first.
 */

/** Milliseconds of a frame for drawing Markdown; layout and paint of what changed cost several times as much again. */
const BUDGET = 1.5;

/**
 * A view that drew longer than `EASY` milliseconds rests `REST` times the excess. A huge open block (a list of a thousand
 * items) then costs a share of the time, not its whole length in every frame.
 */
const EASY = 4;
const REST = 8;

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

/** The right of one view to draw. */
export interface Turn {
  /** Draws now if there is time, otherwise as soon as there is. */
  ask(): void;
  /** Draws now, whatever it costs. */
  insist(): void;
  /** Takes back what was asked for. */
  cancel(): void;
}

/** Lets a view draw by turns. A view whose `draw` takes long gets its turn less often, so that none takes the page. */
export function createTurn(draw: () => void): Turn {
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const measured = (): void => {
    const start = performance.now();
    draw();
    const end = performance.now();
    notBefore = end + Math.max(0, end - start - EASY) * REST;
  };
  const ask = (): void => {
    if (timer !== undefined) return;
    const rest = notBefore - performance.now();
    if (rest > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        ask();
      }, rest);
      return;
    }
    lookAtFrame();
    if (waiting.size === 0 && spent <= BUDGET) return timed(measured);
    waiting.add(measured);
    schedule();
  };
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
    waiting.delete(measured);
  };
  return {
    ask,
    insist() {
      cancel();
      measured();
    },
    cancel,
  };
}
