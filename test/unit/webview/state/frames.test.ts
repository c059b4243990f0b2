import { describe, expect, it } from 'vitest';
import { createFrameLoop, type FramePorts } from '../../../../webview/state/frames';

/** A browser whose frames and timers happen when the test says so. */
function fakeBrowser() {
  const frames = new Map<number, () => void>();
  const timers = new Map<number, () => void>();
  let next = 1;
  const add = (into: Map<number, () => void>, callback: () => void): number => {
    into.set(next, callback);
    return next++;
  };
  const ports: FramePorts = {
    requestAnimationFrame: (callback) => add(frames, callback),
    cancelAnimationFrame: (handle) => void frames.delete(handle),
    setTimeout: (callback) => add(timers, callback),
    clearTimeout: (handle) => void timers.delete(handle),
  };
  const fire = (from: Map<number, () => void>): void => {
    const due = [...from.values()];
    from.clear();
    for (const callback of due) callback();
  };
  return { ports, frame: () => fire(frames), timeout: () => fire(timers), waiting: () => frames.size + timers.size };
}

describe('the frame loop', () => {
  it('draws once for several requests, in the next frame', () => {
    const browser = fakeBrowser();
    let drawn = 0;
    const loop = createFrameLoop(() => (drawn++, false), browser.ports);
    loop.request();
    loop.request();
    expect(drawn).toBe(0);
    browser.frame();
    expect(drawn).toBe(1);
    expect(browser.waiting()).toBe(0);
  });

  it('goes on as long as there is something that grows', () => {
    const browser = fakeBrowser();
    let left = 3;
    createFrameLoop(() => --left > 0, browser.ports).request();
    for (let index = 0; index < 5; index++) browser.frame();
    expect(left).toBe(0);
  });

  it('draws by the timer when the browser makes no frames, and not twice when both come', () => {
    const browser = fakeBrowser();
    let drawn = 0;
    const loop = createFrameLoop(() => (drawn++, false), browser.ports);
    loop.request();
    browser.timeout();
    browser.frame();
    expect(drawn).toBe(1);
  });

  it('leaves nothing behind', () => {
    const browser = fakeBrowser();
    const loop = createFrameLoop(() => true, browser.ports);
    loop.request();
    loop.dispose();
    expect(browser.waiting()).toBe(0);
  });
});
