/**
 * A bundled Worker in workerd, with the real client of the AI binding, whose calls come to a server of ours
 * (scaffolding.md 1.5). What Miniflare wants to be told is a beta's and stands here alone.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseConfig } from '../../src/core/scaffold/wrangler/parse-config';
import { installation } from './installation';

/** A call of `env.AI.run`, as it goes to Cloudflare. */
export interface AiCall {
  readonly model: string;
  /** Whether it goes through AI Gateway. */
  readonly isGateway: boolean;
  readonly inputs: Record<string, unknown>;
  readonly options: Record<string, unknown>;
  /** A file or a form that stands for the inputs, which are then its parameters alone. */
  readonly file?: { readonly type: string; readonly bytes: Buffer };
  /** Resolves when the Worker hangs up before the answer is complete. */
  readonly hungUp: Promise<void>;
}

/** Answers a call. */
export type Reply = (response: ServerResponse, call: AiCall) => void;

/** A Worker that runs. */
export interface RunningWorker {
  readonly url: string;
  /** In their order. */
  readonly calls: AiCall[];
  /** Replies to the next calls, each used once. Without one a call fails. */
  readonly replies: Reply[];
  stop(): Promise<void>;
}

interface Miniflare {
  readonly ready: Promise<URL>;
  dispose(): Promise<void>;
}

/** Folder of the bundle of the offline extra, for a Worker with Vectorize. */
export const OFFLINE_BUNDLE = 'dist-offline';

/** Starts the Worker that `wrangler deploy --dry-run --outdir dist` has bundled, with the variables of its configuration. */
export async function startWorker(folder: string): Promise<RunningWorker> {
  const calls: AiCall[] = [];
  const replies: Reply[] = [];
  const backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const hungUp = new Promise<void>((resolve) => {
        response.once('close', () => !response.writableFinished && resolve());
      });
      const call = { ...readCall(request.headers, Buffer.concat(chunks)), hungUp };
      calls.push(call);
      const reply = replies.shift() ?? failing(500, 'The test expects no further call.');
      reply(response, call);
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const { port } = backend.address() as AddressInfo;
  const miniflare = await startMiniflare(folder, port);
  return {
    url: (await miniflare.ready).href,
    calls,
    replies,
    async stop() {
      await miniflare.dispose();
      backend.closeAllConnections();
      await new Promise((resolve) => backend.close(resolve));
    },
  };
}

function readCall(headers: IncomingHttpHeaders, body: Buffer): Omit<AiCall, 'hungUp'> {
  const url = new URL(String(headers['mf-url']));
  const type = String(headers['mf-header-content-type']);
  const call = {
    model: String(headers['mf-header-cf-consn-model-id']),
    isGateway: url.pathname.startsWith('/ai-gateway/'),
  };
  // What is streamed is the body itself, with the other inputs in the address.
  const parameters = url.searchParams.get('userInputs');
  if (parameters !== null) {
    return { ...call, inputs: JSON.parse(parameters) as AiCall['inputs'], options: {}, file: { type, bytes: body } };
  }
  const { inputs, options } = JSON.parse(body.toString()) as Pick<AiCall, 'inputs' | 'options'>;
  return { ...call, inputs, options };
}

async function startMiniflare(folder: string, port: number): Promise<Miniflare> {
  const require = createRequire(path.join(await installation(), 'node_modules/wrangler/package.json'));
  const { Miniflare: Runtime } = require('miniflare') as { readonly Miniflare: new (options: unknown) => Miniflare };
  const config = parseConfig(await readFile(path.join(folder, 'wrangler.jsonc'), 'utf8'), 'jsonc');
  if (!config.ok) throw new Error(config.reason);
  const { compatibility_date, compatibility_flags, ai, vars, vectorize } = config.data as {
    readonly compatibility_date: string;
    readonly compatibility_flags: readonly string[];
    readonly ai: { readonly binding: string };
    readonly vars: Readonly<Record<string, string>>;
    readonly vectorize?: readonly [{ readonly binding: string }];
  };
  const script = async (file: string): Promise<object> => ({
    mainModule: 'index.js',
    modules: { 'index.js': { type: 'esm', contents: await readFile(path.join(folder, file), 'utf8') } },
  });
  const texts = Object.entries(vars).map(([name, value]) => [name, { type: 'text', value }] as const);
  return new Runtime({
    cf: false,
    workers: [
      {
        config: {
          name: 'worker',
          compatibilityDate: compatibility_date,
          compatibilityFlags: compatibility_flags,
          env: {
            ...Object.fromEntries(texts),
            [ai.binding]: { type: 'ai', dev: { remote: true } },
            ...(vectorize && {
              [vectorize[0].binding]: { type: 'worker', worker: 'offline', exportName: 'FakeVectorize' },
            }),
          },
          manifest: await script('dist/index.js'),
        },
        dev: { remoteProxyConnectionString: new URL(`http://127.0.0.1:${port}`) },
      },
      // Miniflare has no Vectorize: the one of the offline extra plays it.
      ...(vectorize
        ? [
            {
              config: {
                name: 'offline',
                compatibilityDate: compatibility_date,
                manifest: await script(`${OFFLINE_BUNDLE}/index.js`),
              },
            },
          ]
        : []),
    ],
  });
}

/** A client that asks, and leaves whenever it wants to. */
export interface Visitor {
  /** Resolves when a text is in the answer. */
  hears(text: string): Promise<void>;
  leave(): void;
}

/**
 * Posts a body, or gets when there is none. It leaves with a reset: workerd notices one that just ends its connection
 * only when it writes the next time (seen with 1.20261102).
 */
export function visitor(url: URL, body?: object): Visitor {
  const asking = request(url, { method: body ? 'POST' : 'GET', agent: false });
  // What the reset leads to here.
  asking.on('error', () => undefined);
  let heard = '';
  asking.on('response', (response) => {
    response.on('error', () => undefined);
    response.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      asking.emit('heard');
    });
  });
  asking.end(body && JSON.stringify(body));
  return {
    async hears(text) {
      while (!heard.includes(text)) await once(asking, 'heard');
    },
    leave: () => asking.socket?.resetAndDestroy(),
  };
}

/** A JSON answer. */
export function answering(value: unknown): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

/** A text answer that is an error. */
export function failing(status: number, body: unknown): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Workers AI's own error. */
export function modelError(status: number, internalCode: number, description: string): Reply {
  return failing(status, { internalCode, name: 'InferenceUpstreamError', description });
}

/** An event of a chat's stream. */
export function delta(content: string): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

/** A stream that the test writes: `open` resolves when it was asked for. */
export function stream(): { readonly reply: Reply; readonly open: Promise<ServerResponse> } {
  let opened: (response: ServerResponse) => void;
  const open = new Promise<ServerResponse>((resolve) => (opened = resolve));
  return {
    open,
    reply(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      opened(response);
    },
  };
}

/** Takes a call and does not answer it. `taken` resolves when it has come. */
export function silence(): { readonly reply: Reply; readonly taken: Promise<void> } {
  let take: () => void;
  const taken = new Promise<void>((resolve) => (take = resolve));
  return { taken, reply: () => take() };
}

/** A stream in pieces of one byte. `isBroken` ends it with the connection. */
export function crumbling(text: string, isBroken = false): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const bytes = [...Buffer.from(text)];
    const timer = setInterval(() => {
      const byte = bytes.shift();
      if (byte !== undefined) return void response.write(Uint8Array.of(byte));
      clearInterval(timer);
      if (isBroken) response.destroy();
      else response.end();
    }, 1);
  };
}

/** A whole stream. */
export function streaming(...events: readonly string[]): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${events.join('')}data: [DONE]\n\n`);
  };
}
