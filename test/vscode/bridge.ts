/**
 * Lets a test call VS Code's API inside the extension host of a window it drives from outside.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type * as vscodeApi from 'vscode';
import { WebSocketServer, type WebSocket } from 'ws';

/** First message of an agent. */
export interface Hello {
  /** The folder its window has open. */
  readonly folder: string;
}

/** A function to run in the extension host. */
export interface Call {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

/** What became of a call. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly code: string | null;
    readonly stack: string;
  };
}

/** An error thrown in the extension host, with its code. */
export class HostError extends Error {
  constructor(
    message: string,
    readonly code: string | null,
  ) {
    super(message);
  }
}

/** Runs in the extension host. It is sent as text: it sees nothing but its parameters. Values must be JSON. */
export type HostFunction<A, R> = (vscode: typeof vscodeApi, argument: A, require: NodeJS.Require) => R | Promise<R>;

/** The extension host of one window, until the window reloads. */
export interface Host {
  readonly folder: string;
  /** Rejects with `HostError` when the function throws, and when the extension host ends before it answers. */
  call<R>(run: HostFunction<undefined, R>): Promise<R>;
  call<A, R>(run: HostFunction<A, R>, argument: A): Promise<R>;
  /** Runs a command with one argument at most. */
  command<R>(id: string, argument?: unknown): Promise<R>;
  /** Settles when this extension host has ended. */
  readonly ended: Promise<void>;
}

function createHost(socket: WebSocket, { folder }: Hello): Host {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  socket.on('message', (data) => {
    const { id, value, error } = JSON.parse(String(data)) as Answer;
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value);
    else caller?.reject(new HostError(error.message, error.code));
  });
  const ended = once(socket, 'close').then(() => {
    for (const { reject } of waiting.values()) reject(new HostError('The extension host ended.', 'ended'));
    waiting.clear();
  });

  const call = <R>(run: (...args: never[]) => unknown, argument?: unknown): Promise<R> =>
    new Promise<R>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve: (value) => resolve(value as R), reject });
      socket.send(JSON.stringify({ id, source: run.toString(), argument } satisfies Call));
    });
  return {
    folder,
    call,
    command: (id, argument) =>
      call(
        (vscode: typeof vscodeApi, { id, args }: { id: string; args: unknown[] }) =>
          vscode.commands.executeCommand(id, ...args),
        { id, args: argument === undefined ? [] : [argument] },
      ),
    ended,
  };
}

/** Where agents report. */
export interface Bridge {
  /** For the environment variable `UNIFIED_INFERENCE_TEST_BRIDGE`. */
  readonly address: string;
  /** The next extension host that reports. Each is handed out once. */
  next(): Promise<Host>;
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function openBridge(): Promise<Bridge> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const arrived: Host[] = [];
  const awaited: ((host: Host) => void)[] = [];
  server.on('connection', (socket) => {
    socket.once('message', (data) => {
      const host = createHost(socket, JSON.parse(String(data)) as Hello);
      const taker = awaited.shift();
      if (taker === undefined) arrived.push(host);
      else taker(host);
    });
  });
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => {
      const host = arrived.shift();
      return host === undefined ? new Promise((resolve) => awaited.push(resolve)) : Promise.resolve(host);
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
