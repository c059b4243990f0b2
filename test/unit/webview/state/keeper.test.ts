import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeeper } from '../../../../webview/state/keeper';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is kept for the host', () => {
  it('sends only the newest of many changes, a little later', () => {
    const sent: string[] = [];
    const keeper = createKeeper<string>((value) => sent.push(value));
    for (const text of ['a', 'ab', 'abc']) keeper.keep(text);
    expect(sent).toEqual([]);
    expect(keeper.pending).toBe(true);
    vi.runAllTimers();
    expect(sent).toEqual(['abc']);
    expect(keeper.pending).toBe(false);
  });

  it('does not put a change off for ever while typing goes on', () => {
    const sent: number[] = [];
    const keeper = createKeeper<number>((value) => sent.push(value));
    for (let index = 0; index < 20; index++) {
      keeper.keep(index);
      vi.advanceTimersByTime(50);
    }
    expect(sent.length).toBeGreaterThan(2);
  });

  it('sends at once when the page goes, and not again', () => {
    const sent: string[] = [];
    const keeper = createKeeper<string>((value) => sent.push(value));
    keeper.keep('last words');
    keeper.flush();
    keeper.flush();
    vi.runAllTimers();
    expect(sent).toEqual(['last words']);
  });
});
