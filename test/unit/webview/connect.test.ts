import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLink } from '../../../webview/connect';

/** A socket that opens, closes and speaks when the test says so. */
class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  readonly sent: string[] = [];

  constructor(readonly url: string) {
    super();
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }

  say(message: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { protocol: 'http:', host: '127.0.0.1:4173' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const newest = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;

describe('the link of a page in a browser', () => {
  it('speaks JSON over a socket of its own host', () => {
    const heard: unknown[] = [];
    createLink().start({
      opened(channel) {
        channel.onMessage((message) => heard.push(message));
        channel.post({ hello: 1 });
      },
      closed: () => undefined,
    });
    newest().open();
    newest().say({ answer: 2 });
    expect(newest().url).toBe('ws://127.0.0.1:4173/ws');
    expect(newest().sent).toEqual(['{"hello":1}']);
    expect(heard).toEqual([{ answer: 2 }]);
  });

  it('comes back with a fresh channel, waiting longer after each failure', () => {
    const log: string[] = [];
    createLink().start({ opened: () => log.push('opened'), closed: () => log.push('closed') });
    newest().open();
    newest().close();
    expect(log).toEqual(['opened', 'closed']);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const before = FakeSocket.all.length;
      let waited = 0;
      while (FakeSocket.all.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      waits.push(waited);
      newest().close();
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
    vi.advanceTimersByTime(4000);
    newest().open();
    expect(log.at(-1)).toBe('opened');
  });

  it('drops what is said to a channel that is gone', () => {
    let post: ((message: unknown) => void) | undefined;
    createLink().start({ opened: (channel) => (post = channel.post), closed: () => undefined });
    const first = newest();
    first.open();
    first.close();
    post?.({ late: true });
    expect(first.sent).toEqual([]);
  });
});
