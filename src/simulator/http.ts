/**
 * Serves the simulator on loopback: reads requests, plays replies in time, and stops when a client leaves.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Model } from '../core/catalog/model';
import catalog from '../../media/catalog.json';
import { Refusal, refused } from './envelope';
import type { Reply, SimRequest, Step } from './exchange';
import { createRandom, hex } from './random';
import { createSimulator, type Simulator } from './router';
import { Stats } from './stats';

/** How to serve. */
export interface ServeOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** What natural waiting is divided by; 0 means no waiting. */
  readonly speed: number;
}

/** A server that runs. */
export interface RunningServer {
  readonly port: number;
  /** v4 base, for example `http://127.0.0.1:41234/client/v4`. */
  readonly baseUrl: string;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Bytes of a request body: Cloudflare's usual limit. (Its 25 MB in cloudflare-api.md 1.7 are those of a request to cache.) */
const largestBody = 100 * 1024 * 1024;
/** Bytes of the request line and headers: the address of a long speech carries its text. */
const largestHeader = 256 * 1024;

/** Starts serving on 127.0.0.1. Rejects with the system's error when the port is taken. */
export async function serve({ port, speed }: ServeOptions): Promise<RunningServer> {
  const stats = new Stats();
  const models = catalog.models as readonly Model[];
  const simulator = createSimulator({ models, speed, newId: uuidSource(), stats: () => stats.report() });
  const server = createServer({ maxHeaderSize: largestHeader }, (request, response) => {
    void answer(request, response, simulator, speed, stats);
  });
  // A client may reuse a connection just as an idle server closes it: that would look like a network fault.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    baseUrl: `http://127.0.0.1:${bound}/client/v4`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  simulator: Simulator,
  speed: number,
  stats: Stats,
): Promise<void> {
  const receivedAt = performance.now() / 1000;
  const left = new AbortController();
  response.once('close', () => left.abort());
  // A socket that breaks while something is written is a client that left, which `close` tells.
  response.on('error', () => undefined);
  const body = await readBody(incoming).catch(() => undefined);
  if (body === undefined) return;
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const counted = incoming.method === 'POST';
  if (counted) stats.began();
  const request: SimRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers as Record<string, string | undefined>,
    body,
    receivedAt,
  };
  stats.opened();
  const reply =
    body.length > largestBody ? refused(new Refusal(413, 3006, 'Request is too large')) : await simulator(request);
  const finished = await play(reply, response, { receivedAt, speed, signal: left.signal, stats });
  stats.closed();
  if (!counted) return;
  if (finished) stats.finished();
  else stats.left();
}

interface Stage {
  readonly receivedAt: number;
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly stats: Stats;
}

/** Plays a reply step by step. Resolves with false when the client left first. */
async function play(reply: Reply, response: ServerResponse, stage: Stage): Promise<boolean> {
  await until(reply.headersAt, stage);
  if (stage.signal.aborted) return false;
  if (reply.reset === true) {
    response.socket?.resetAndDestroy();
    return true;
  }
  response.writeHead(reply.status, reply.headers);
  response.flushHeaders();
  let unmarked = reply.run;
  for (const step of reply.steps) {
    if (step.type === 'hang') {
      await gone(stage.signal);
      return false;
    }
    if (step.type === 'drip') {
      await drip(response, step, stage.signal);
      return false;
    }
    await until(step.at, stage);
    if (stage.signal.aborted) return false;
    if (step.type === 'drop') {
      response.socket?.destroy();
      return true;
    }
    if (unmarked !== undefined && isOutput(step)) {
      stage.stats.firstToken(unmarked, process.hrtime.bigint());
      unmarked = undefined;
    }
    await write(response, step.data, stage.signal);
  }
  response.end();
  return true;
}

function isOutput(step: Step): boolean {
  return step.type === 'write' && (step.kind === 'text' || step.kind === 'reasoning' || step.kind === 'media');
}

/** Writes at an even pace, which no speed changes: an endless body must not fill a network without waiting. */
async function drip(
  response: ServerResponse,
  { every, data }: Extract<Step, { type: 'drip' }>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await write(response, data, signal);
    await new Promise((resolve) => setTimeout(resolve, every * 1000));
  }
}

/** Writes and waits until the system has taken it, so that a slow reader slows the writer, or until the client leaves. */
function write(response: ServerResponse, data: string | Uint8Array, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // Node does not call back for what is still queued when the socket closes.
    function finish(): void {
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
    response.write(data, finish);
  });
}

/**
 * Waits for a moment of the schedule, counted from the receipt of the request, or until the client leaves, which is all
 * that ends a wait for `Infinity`.
 */
function until(at: number, { receivedAt, speed, signal }: Stage): Promise<void> {
  if (at === Infinity) return gone(signal);
  const wait = speed === 0 ? 0 : receivedAt * 1000 + (at * 1000) / speed - performance.now();
  // Even without waiting the event loop must turn: other requests get their share, and a client's leaving is noticed.
  if (wait <= 0) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const timer = setTimeout(finish, wait);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}

function gone(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The body; of one too large, only enough to tell. Rejects when the client leaves while sending it. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    if (length <= largestBody) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

/** Makes lower-case UUIDs of version 7: the time in front, then dice. */
function uuidSource(): () => string {
  const random = createRandom(Date.now());
  return () => {
    const time = Date.now().toString(16).padStart(12, '0');
    const variant = (8 + random.between(0, 3)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`;
  };
}
