/**
 * The HTTP and WebSocket server of the standalone playground, on 127.0.0.1 only. It knows no playground: it serves a
 * page, files, and sockets, and takes files, from whoever passes the gate.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../app/ports';
import type { Access } from './access';
import { UsageError } from './args';
import { watchSocket } from './socket';
import { bundleFile, mediaFile, sendFile } from './static-files';
import { answerUpload, type TakeFile } from './upload';

/** Bytes of one message: a prompt as large as any context window, and room for its quotes. */
const MAX_MESSAGE = 32 * 1024 * 1024;

/** What the server serves. */
export interface ServerOptions {
  readonly access: Access;
  /** The page and its content security policy, for the port the server got. */
  page(port: number): { readonly html: string; readonly policy: string };
  /** Folder of `main.js`; served under `/webview/`. */
  readonly webviewFolder: string;
  /** Folder of media; served under `/media/`. */
  readonly mediaFolder: string;
  /** A view connected. Returns what to do when it has gone. */
  onView(socket: WebSocket): () => void;
  /** Keeps what is posted to `/media`. */
  readonly takeFile: TakeFile;
  readonly log: Log;
}

/** A listening server. */
export interface Server {
  readonly port: number;
  /** Ends every connection and stops listening. */
  close(): void;
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

function refuseUpgrade(socket: Duplex, message: string): void {
  const body = `${message}\n`;
  socket.end(
    'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Starts listening on the first of these ports that is free. Rejects with `UsageError` when none is. */
export async function startServer(options: ServerOptions, ports: readonly number[]): Promise<Server> {
  const { access, log } = options;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error('A request failed.', error);
      response.destroy();
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  let listening = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const verdict = access.judge(request, listening);
    if (verdict.kind === 'refuse') return sendText(response, 403, verdict.message);
    if (verdict.kind === 'enter') {
      response.writeHead(303, { location: '/', 'set-cookie': verdict.cookie, 'cache-control': 'no-store' });
      return void response.end();
    }
    if (request.method === 'POST' && request.url === '/media') return answerUpload(request, response, options.takeFile);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendText(response, 405, 'Only GET is answered here.');
    }
    // Not normalised by URL: what looks like a way out of the folder must be seen as it was sent.
    const target = (request.url ?? '/').replace(/[?#].*$/, '');
    if (target === '/') return sendPage(response, request.method === 'GET');
    const [, folder, name = ''] = /^\/(webview|media)\/(.*)$/.exec(target) ?? [];
    const file =
      folder === 'webview'
        ? bundleFile(options.webviewFolder, name)
        : folder === 'media'
          ? mediaFile(options.mediaFolder, name)
          : undefined;
    const sent = file !== undefined && (await sendFile(request, response, file));
    if (!sent) sendText(response, 404, 'There is nothing here.');
  }

  function sendPage(response: ServerResponse, body: boolean): void {
    const { html, policy } = options.page(listening);
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // What a policy in the page itself cannot say.
      'content-security-policy': `${policy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    });
    response.end(body ? html : undefined);
  }

  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    const verdict = access.judge(request, listening, true);
    if (verdict.kind !== 'allow') {
      return refuseUpgrade(socket, verdict.kind === 'refuse' ? verdict.message : 'Open the page first.');
    }
    if (request.url !== '/ws') return refuseUpgrade(socket, 'There is no socket here.');
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const gone = options.onView(webSocket);
      const unwatch = watchSocket(webSocket);
      webSocket.on('error', (error) => log.warn(`A view's connection failed: ${error.message}`));
      webSocket.on('close', () => {
        unwatch();
        gone();
      });
    });
  });

  listening = await listen(server, ports);
  return {
    port: listening,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

function tryListen(server: ReturnType<typeof createServer>, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function listen(server: ReturnType<typeof createServer>, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const got = await tryListen(server, port);
    if (got !== undefined) return got;
  }
  throw new UsageError(
    `Port ${ports.join(', ')} is busy or not permitted. Choose another with --port N, or --port 0 for any free one.`,
  );
}
