/**
 * How messages reach the host: `postMessage` inside VS Code, a WebSocket in a browser.
 */
import type { Channel } from '../src/protocol/rpc';

/** What happens to the link. */
export interface LinkHandlers {
  /** A fresh channel is ready. After a loss it is a new one: the view says `ready` again and redraws itself. */
  opened(channel: Channel): void;
  /** The channel is gone; calls in progress will not be answered. Attempts to reconnect go on. */
  closed(): void;
}

/** Keeps a channel to the host open as long as the page lives. */
export interface Link {
  readonly kind: 'vscode' | 'standalone';
  start(handlers: LinkHandlers): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Milliseconds before the first attempt to reconnect; doubles with every failure. */
const FIRST_DELAY = 250;
/** Milliseconds between attempts, at most. */
const LONGEST_DELAY = 4_000;

/** The link of the page we are in. */
export function createLink(): Link {
  return typeof acquireVsCodeApi === 'function' ? vsCodeLink(acquireVsCodeApi()) : socketLink(socketUrl(location));
}

function socketUrl({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws`;
}

function vsCodeLink(api: VsCodeApi): Link {
  return {
    kind: 'vscode',
    start({ opened }) {
      opened({
        post: (message) => api.postMessage(message),
        onMessage(listener) {
          const handle = (event: MessageEvent): void => listener(event.data);
          window.addEventListener('message', handle);
          return { dispose: () => window.removeEventListener('message', handle) };
        },
      });
    },
  };
}

function socketLink(url: string): Link {
  return {
    kind: 'standalone',
    start({ opened, closed }) {
      let delay = FIRST_DELAY;
      const open = (): void => {
        const socket = new WebSocket(url);
        socket.addEventListener('open', () => {
          delay = FIRST_DELAY;
          opened(socketChannel(socket));
        });
        socket.addEventListener('close', () => {
          closed();
          setTimeout(open, delay);
          delay = Math.min(delay * 2, LONGEST_DELAY);
        });
      };
      open();
    },
  };
}

function socketChannel(socket: WebSocket): Channel {
  return {
    post(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      const handle = (event: MessageEvent): void => {
        if (typeof event.data === 'string') listener(JSON.parse(event.data));
      };
      socket.addEventListener('message', handle);
      return { dispose: () => socket.removeEventListener('message', handle) };
    },
  };
}
