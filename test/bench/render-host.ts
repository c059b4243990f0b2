/** A host whose models never tire: serves the built webview, and streams prepared answers to whoever connects. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { pageHtml } from '../../src/app/page';
import type { CatalogModel } from '../../src/core/catalog/entry';
import { createOutbox } from '../../src/core/run/outbox';
import { initialRun } from '../../src/core/run/reducer';
import { socketChannel } from '../../src/node/socket';
import type { HostApi, RunView, Snapshot, ViewApi } from '../../src/protocol/api';
import { serveView } from '../../src/protocol/rpc';
import { root } from '../tools/setup.mjs';

/** Milliseconds between two looks at which tokens are due. */
const TICK = 5;

const model: CatalogModel = {
  id: '@cf/bench/model',
  provider: 'bench',
  name: 'Bench',
  task: 'text-generation',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: ['chat-completions'],
  pricing: [],
  origins: {},
  confirmed: true,
};

/** The host, waiting for a page. */
export interface RenderHost {
  readonly url: string;
  /** Streams `answers` (tokens of each column) to the page that is connected, at `rate` tokens a second each. */
  stream(answers: readonly (readonly string[])[], rate: number): Promise<void>;
  close(): void;
}

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.ttf': 'font/ttf' };

const seconds = (): number => performance.now() / 1000;

const today = { byWallet: { neurons: 0, credits: 0 }, unknownRuns: 0, freeNeuronsLeft: 10_000 };

function snapshot(columns: number): Snapshot {
  return {
    seq: 0,
    now: seconds(),
    cogServers: [],
    connection: {
      kind: 'simulator',
      simulated: true,
      gatewayId: 'default',
      metadata: {},
      origin: 'http://127.0.0.1',
      hostKind: 'local',
      howToConnect: '',
      canConnect: false,
    },
    models: [model],
    catalogStatus: { sources: [], refreshing: false },
    personal: { favourites: [], recent: [], measured: {} },
    intent: {
      task: 'text-generation',
      prompt: 'Measure',
      system: '',
      columns: Array.from({ length: columns }, (_, index) => ({ id: `c${index}`, modelId: model.id, parameters: {} })),
    },
    runs: [],
    sessionCost: { simulated: true, unknownRuns: 0, byWallet: { neurons: 0, credits: 0 }, today },
    mediaBase: '/media/',
    surroundings: { dialogs: false, workspace: false, workers: false },
  };
}

/** Starts the host for pages of `columns` columns. Besides the playground at `/` it serves `/peer.html?how=…`. */
export async function startRenderHost(columns: number): Promise<RenderHost> {
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/' || pathname === '/peer.html') {
        const port = (server.address() as AddressInfo).port;
        const page = pageHtml({
          nonce: 'bench',
          cspSource: `'self'`,
          scriptUri: pathname === '/' ? '/webview/main.js' : '/test/bench/render.page.js',
          styleUris: ['/webview/codicon.css', '/webview/standalone.css', '/webview/main.css'],
          host: 'standalone',
          connectSrc: `ws://127.0.0.1:${port}`,
        });
        response.setHeader('content-type', 'text/html').end(page);
        return;
      }
      const file = path.join(root, 'dist', path.normalize(pathname));
      response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
      response.end(await readFile(file));
    })().catch(() => response.writeHead(404).end());
  });
  const sockets = new WebSocketServer({ server });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  let view: ViewApi | undefined;
  let outbox = createOutbox();
  const flush = (): void => {
    const batch = outbox.take(seconds());
    if (batch) view?.batch(batch);
  };
  const nothing = (): Promise<void> => Promise.resolve();
  const host: HostApi = {
    ready: () => Promise.resolve(snapshot(columns)),
    run: () => Promise.resolve([]),
    stop: nothing,
    clear: nothing,
    saveIntent: nothing,
    ack(seq) {
      outbox.ack(seq);
      flush();
      return nothing();
    },
    snippet: () => Promise.resolve(''),
    useInWorker: nothing,
    openLink: nothing,
    connect: nothing,
    refreshCatalog: () => Promise.resolve({ models: 1, added: 0, removed: 0 }),
    cancelRefresh: nothing,
    modelSchema: () => Promise.resolve(null),
    setFavourite: nothing,
    changeBudget: nothing,
    uploadChunk: () => Promise.resolve(null),
    attachUrl: () => Promise.reject(new Error('not here')),
    pickFiles: () => Promise.resolve([]),
    saveMedia: () => Promise.resolve(false),
    saveText: () => Promise.resolve(false),
    openMedia: nothing,
    addCogServer: () => Promise.reject(new Error('not here')),
    cogTools: () => Promise.reject(new Error('not here')),
    startCogServer: () => Promise.resolve(null),
    stopCogServer: nothing,
    removeCogServer: nothing,
    updateCogServer: nothing,
    showCogLog: () => Promise.resolve(null),
    vote: nothing,
  };
  sockets.on('connection', (socket) => {
    outbox = createOutbox();
    view = serveView(socketChannel(socket), host).view;
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stream(answers, rate) {
      const runs: RunView[] = answers.map((_, index) => ({
        columnId: `c${index}`,
        runId: `r${index}`,
        model,
        simulated: true,
        prompt: 'Measure',
        state: initialRun(`r${index}`),
        restored: false,
      }));
      view?.runs(runs);
      const push = outbox.push.bind(outbox);
      const start = seconds();
      for (const { runId } of runs) {
        push(runId, {
          type: 'started',
          at: start,
          attempt: 1,
          maxAttempts: 1,
          wire: 'chat-completions',
          request: { method: 'POST', url: 'http://127.0.0.1/', headers: {}, body: {} },
        });
        push(runId, { type: 'headers', at: start, status: 200, gateway: {} });
      }
      const length = Math.max(...answers.map((answer) => answer.length));
      let sent = 0;
      while (sent < length) {
        const due = Math.min(length, Math.floor((seconds() - start) * rate));
        for (; sent < due; sent++) {
          for (const [index, answer] of answers.entries()) {
            push(`r${index}`, { type: 'text', at: seconds(), text: answer[sent] ?? '' });
          }
        }
        flush();
        await new Promise((resolve) => setTimeout(resolve, TICK));
      }
      for (const { runId } of runs) push(runId, { type: 'finished', at: seconds(), finishReason: 'stop' });
      flush();
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
    },
  };
}
