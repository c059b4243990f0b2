/**
 * An API that makes no picture but has them: answers of a hosted model with a picture in base64, all let go at the same
 * moment; and the peers of the media benchmark, on a plain server: a bare page with the same pictures, and a POST whose
 * body is written to disk.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { noisePng } from './noise';

/** The API. */
export interface PictureApi {
  readonly origin: string;
  /** Environment of a playground that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes the pictures of the next run; returns their bytes in all. */
  prepare(): Promise<number>;
  /** When the answers of the run were let go, in milliseconds as `Date.now` counts them; resolves then. */
  released(): Promise<number>;
  close(): void;
}

const BARE = `<!doctype html><title>Bare</title>
<style>body { display: grid; grid-template-columns: repeat(12, 1fr); margin: 0 } img { width: 100% }</style>`;

/** Starts it with `count` pictures of `bytes` bytes to a run: as many calls are awaited before any is answered. */
export async function startPictureApi(count: number, bytes: number): Promise<PictureApi> {
  const folder = mkdtempSync(path.join(tmpdir(), 'unified-inference-bench-pictures-'));
  let answers: readonly string[] = [];
  let waiting: ServerResponse[] = [];
  let release = Promise.withResolvers<number>();

  function infer(response: ServerResponse): void {
    waiting.push(response);
    if (waiting.length < count) return;
    release.resolve(performance.timeOrigin + performance.now());
    waiting.forEach((one, index) => one.setHeader('content-type', 'application/json').end(answers[index]));
    waiting = [];
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '/' } = request;
    const [, picture] = /^\/pictures\/(\d+)\.png/.exec(url) ?? [];
    if (method === 'POST' && url.includes('/ai/run/')) {
      request.resume();
      await once(request, 'end');
      return infer(response);
    }
    if (method === 'POST' && url === '/keep') {
      const file = path.join(folder, randomUUID());
      await pipeline(request, createWriteStream(file));
      response.end('{}');
      return rmSync(file);
    }
    if (picture !== undefined) {
      const file = path.join(folder, `${picture}.png`);
      const headers = { 'content-type': 'image/png', 'content-length': statSync(file).size };
      response.writeHead(200, headers);
      return pipeline(createReadStream(file), response);
    }
    if (url === '/bare.html') return void response.setHeader('content-type', 'text/html').end(BARE);
    // Lists of models: there are none, and the bundled ones will do.
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ success: false, errors: [{ code: 7000, message: 'No route' }] }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    env: {
      CLOUDFLARE_API_BASE_URL: `${origin}/client/v4`,
      CLOUDFLARE_API_TOKEN: 'bench',
      CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
    },
    async prepare() {
      const pictures = Array.from({ length: count }, () => noisePng(bytes));
      await Promise.all(pictures.map((picture, index) => writeFile(path.join(folder, `${index}.png`), picture)));
      answers = pictures.map((picture) =>
        JSON.stringify({ success: true, errors: [], messages: [], result: { image: picture.toString('base64') } }),
      );
      release = Promise.withResolvers();
      return pictures.reduce((sum, { length }) => sum + length, 0);
    },
    released: () => release.promise,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
