import type { WebSocket } from 'ws';
import type { Channel } from '../protocol/rpc';

/** The RPC channel over one WebSocket. Text that is not JSON, and binary messages, are ignored. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      const receive = (data: unknown, isBinary: boolean): void => {
        if (isBinary) return;
        let message: unknown;
        try {
          message = JSON.parse(String(data));
        } catch {
          return;
        }
        listener(message);
      };
      socket.on('message', receive);
      return { dispose: () => void socket.off('message', receive) };
    },
  };
}

/** Milliseconds between two pings. */
const PING_INTERVAL = 30_000;

/** Closes a socket whose other side has gone without saying so. Returns what stops the watch. */
export function watchSocket(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_INTERVAL).unref();
  return () => clearInterval(timer);
}
