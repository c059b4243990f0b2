/**
 * The one frame loop of the page: whatever arrives between two frames is drawn in the next one.
 */

/** Milliseconds after which a frame is made although the browser draws none (hidden tab). */
const HIDDEN_FRAME = 250;

/** What the loop borrows from the browser; tests bring their own. */
export interface FramePorts {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: never): void;
}

/** Calls back once per frame while there is something to draw. */
export interface FrameLoop {
  /** Asks for a frame; several requests before it give one. */
  request(): void;
  dispose(): void;
}

/** Makes the loop. `draw` returns whether the next frame is wanted too. */
export function createFrameLoop(draw: () => boolean, ports: FramePorts = window as unknown as FramePorts): FrameLoop {
  let cancel: (() => void) | undefined;

  function run(): void {
    cancel?.();
    cancel = undefined;
    if (draw()) request();
  }

  function request(): void {
    if (cancel !== undefined) return;
    const frame = ports.requestAnimationFrame(run);
    const timer = ports.setTimeout(run, HIDDEN_FRAME);
    cancel = () => {
      ports.cancelAnimationFrame(frame);
      ports.clearTimeout(timer as never);
    };
  }

  return {
    request,
    dispose() {
      cancel?.();
      cancel = undefined;
    },
  };
}
