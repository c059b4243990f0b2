/**
 * The typed connection between the host and one view, over anything that carries JSON-safe messages.
 *
 * birpc matches answers to calls. What it lacks is here: errors keep their code on the way (its own error objects
 * do not survive JSON), unknown methods are answered, garbage is ignored, and both sides learn when an answer left.
 */
import { createBirpc } from 'birpc';
import type { HostApi, ViewApi } from './api';

/** A two-way stream of JSON-safe messages: `postMessage` or a WebSocket. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): { dispose(): void };
}

/** The only kind of error that crosses the channel. Codes are kebab-case words, for example `bad-request`. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: string,
    message: string,
    /** Whether the same call may succeed when made again unchanged. */
    readonly retryable = false,
  ) {
    super(message);
  }
}

/** What stands in an answer: a value, or an error of exactly four fields. */
type Envelope =
  | { readonly ok: true; readonly value?: unknown }
  | { readonly ok: false; readonly error: { name: string; message: string; code: string; retryable: boolean } };

type Functions = Record<string, (...args: unknown[]) => unknown>;

/** Any thrown value as an `RpcError`; unknown errors get the code `internal`. Stacks and causes stay behind. */
export function toRpcError(thrown: unknown): RpcError {
  if (thrown instanceof RpcError) return thrown;
  if (!(thrown instanceof Error)) return new RpcError('internal', 'Something failed without saying why.');
  const { code, retryable } = thrown as Error & { code?: unknown; retryable?: unknown };
  return new RpcError(typeof code === 'string' ? code : 'internal', thrown.message, retryable === true);
}

function failure(thrown: unknown): Envelope {
  const { name, message, code, retryable } = toRpcError(thrown);
  return { ok: false, error: { name, message, code, retryable } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a message is one of birpc's two kinds, well formed. Everything else on the channel is not for us. */
function isRpcMessage(message: unknown): message is Record<string, unknown> {
  if (!isRecord(message)) return false;
  if (message['t'] === 's') return typeof message['i'] === 'string';
  const { t, i, m, a } = message;
  return t === 'q' && typeof m === 'string' && Array.isArray(a) && (i === undefined || typeof i === 'string');
}

function unwrap(answer: unknown): unknown {
  if (isRecord(answer)) {
    if (answer['ok'] === true) return answer['value'];
    const error = answer['error'];
    if (answer['ok'] === false && isRecord(error)) {
      throw new RpcError(String(error['code']), String(error['message']), error['retryable'] === true);
    }
  }
  throw new RpcError('protocol', 'The other side answered with something that is not an answer.');
}

interface Peer {
  call(method: string, args: unknown[]): Promise<unknown>;
  emit(method: string, args: unknown[]): void;
  dispose(): void;
}

function connect(channel: Channel, functions: Functions, answered?: (method: string) => void): Peer {
  const table: Functions = Object.assign(Object.create(null) as Functions, functions);
  const inProgress = new Map<string, string>();
  let subscription: { dispose(): void } | undefined;

  const rpc = createBirpc<Functions, Functions, false>(table, {
    proxify: false,
    timeout: -1,
    post: (message: unknown) => {
      channel.post(message);
      if (!isRecord(message) || message['t'] !== 's') return;
      const id = String(message['i']);
      const method = inProgress.get(id);
      inProgress.delete(id);
      if (method !== undefined) answered?.(method);
    },
    on: (receive: (message: unknown) => unknown) => {
      subscription = channel.onMessage((message) => {
        if (!isRpcMessage(message)) return;
        if (message['t'] === 'q' && typeof message['i'] === 'string') {
          inProgress.set(message['i'], String(message['m']));
        }
        // Rejects only when the channel is gone: then nobody waits for the answer.
        Promise.resolve(receive(message)).catch(() => undefined);
      });
    },
    resolver: (method, fn) => {
      if (typeof fn !== 'function') {
        return () => failure(new RpcError('unknown-method', `There is no method "${method}".`));
      }
      return async (...args: unknown[]): Promise<Envelope> => {
        try {
          return { ok: true, value: await fn(...args) };
        } catch (thrown) {
          return failure(thrown);
        }
      };
    },
  });

  return {
    async call(method, args) {
      let answer: unknown;
      try {
        answer = await rpc.$call(method, ...args);
      } catch {
        throw new RpcError('closed', 'The connection to the playground host was closed.', true);
      }
      return unwrap(answer);
    },
    emit(method, args) {
      // Rejects only when the channel is gone; a view that is gone needs no events.
      rpc.$callEvent(method, ...args).catch(() => undefined);
    },
    dispose() {
      subscription?.dispose();
      rpc.$close();
    },
  };
}

/** Makes `{ a(...args) }` for each name, sending through `send`. The names are checked against the interface. */
function stub<T>(names: Record<keyof T, true>, send: (method: string, args: unknown[]) => unknown): T {
  const methods = Object.keys(names).map((name) => [name, (...args: unknown[]) => send(name, args)]);
  return Object.fromEntries(methods) as T;
}

const hostMethods: Record<keyof HostApi, true> = {
  ready: true,
  run: true,
  stop: true,
  clear: true,
  saveIntent: true,
  ack: true,
  snippet: true,
  useInWorker: true,
  openLink: true,
  connect: true,
  refreshCatalog: true,
  cancelRefresh: true,
  modelSchema: true,
  setFavourite: true,
  changeBudget: true,
  uploadChunk: true,
  attachUrl: true,
  pickFiles: true,
  saveMedia: true,
  saveText: true,
  openMedia: true,
  addCogServer: true,
  cogTools: true,
  startCogServer: true,
  stopCogServer: true,
  removeCogServer: true,
  updateCogServer: true,
  showCogLog: true,
  vote: true,
};

const viewMethods: Record<keyof ViewApi, true> = {
  batch: true,
  connection: true,
  models: true,
  catalogStatus: true,
  personal: true,
  cogServers: true,
  showAddCog: true,
  estimate: true,
  showModel: true,
  sessionCost: true,
  intent: true,
  runs: true,
  cleared: true,
  voted: true,
};

/** Only what the interface names can be called, whatever else the object carries. */
function pick<T extends object>(names: Record<keyof T, true>, target: T): Functions {
  const entries = (Object.keys(names) as (keyof T & string)[]).map((name) => {
    const method = target[name] as (...args: unknown[]) => unknown;
    return [name, (...args: unknown[]) => method.apply(target, args)];
  });
  return Object.fromEntries(entries) as Functions;
}

/**
 * The view's side. Calls reject with `RpcError`; after `dispose` with code `closed`.
 * An exception in a handler of `view` is reported as an uncaught error of the page, because no caller waits for it.
 */
export function connectHost(channel: Channel, view: ViewApi): { host: HostApi; dispose(): void } {
  const handlers = Object.entries(pick(viewMethods, view)).map(([name, handle]) => [
    name,
    (...args: unknown[]) => {
      try {
        handle(...args);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    },
  ]);
  const peer = connect(channel, Object.fromEntries(handlers) as Functions);
  return {
    host: stub<HostApi>(hostMethods, (method, args) => peer.call(method, args)),
    dispose: () => peer.dispose(),
  };
}

/**
 * The host's side. Every call gets exactly one answer. Calls on `view` are events: sent at once, in order, unanswered.
 * `answered` is told the method each time an answer has been posted, failures included; what is sent from then on
 * reaches the view after that answer.
 */
export function serveView(
  channel: Channel,
  host: HostApi,
  answered?: (method: string) => void,
): { view: ViewApi; dispose(): void } {
  const peer = connect(channel, pick(hostMethods, host), answered);
  return {
    view: stub<ViewApi>(viewMethods, (method, args) => peer.emit(method, args)),
    dispose: () => peer.dispose(),
  };
}
