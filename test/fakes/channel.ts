import type { Channel } from '../../src/protocol/rpc';

/** One end of a pair of channels. */
export interface FakeChannel extends Channel {
  /** Everything this end has posted, as it would look after JSON. */
  readonly posted: unknown[];
  /** Delivers to this end's listeners, whatever it is. */
  deliver(message: unknown): void;
  /** While true, what is posted is lost: a hidden webview. */
  deaf: boolean;
}

function end(): FakeChannel {
  const listeners = new Set<(message: unknown) => void>();
  return {
    posted: [],
    deaf: false,
    post() {
      throw new Error('not connected');
    },
    deliver(message) {
      for (const listener of [...listeners]) listener(message);
    },
    onMessage(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/** `postMessage` carries bytes as they are; everything else must be JSON. */
const BYTES = '$bytes';
const wrap = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { [BYTES]: Buffer.from(value).toString('base64') } : value;
const unwrap = (_key: string, value: unknown): unknown => {
  const bytes = typeof value === 'object' && value !== null && (value as Record<string, unknown>)[BYTES];
  return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : value;
};

/** Two connected ends. Messages pass through JSON and arrive in order, each in a task of its own, as in a browser. */
export function channelPair(): { readonly host: FakeChannel; readonly view: FakeChannel } {
  const host = end();
  const view = end();
  for (const [from, to] of [
    [host, view],
    [view, host],
  ] as const) {
    from.post = (message) => {
      const text = JSON.stringify(message, wrap);
      from.posted.push(JSON.parse(text));
      if (!from.deaf) setImmediate(() => to.deliver(JSON.parse(text, unwrap)));
    };
  }
  return { host, view };
}
