/**
 * An address of this machine at which a Cog server tells how far a prediction is (Cog's webhooks).
 */
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { OpenProgressHook } from '../../core/inference/ports';

/** Bytes of one report; each holds the whole log so far. */
const MOST = 8 * 1024 * 1024;

/** Opens a port of its own for each prediction, with a path that nobody can guess. */
export const openProgressHook: OpenProgressHook = async (heard) => {
  const path = `/${randomUUID()}`;
  let isOpen = true;
  const server = http.createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    void jsonOf(request).then((body) => {
      response.end();
      if (isOpen && body !== undefined) heard(body);
    });
  });
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  // It must not keep the host alive.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close() {
      isOpen = false;
      server.close();
      server.closeAllConnections();
    },
  };
};

/** Undefined: too long, cut off, or no JSON. */
async function jsonOf(request: http.IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.byteLength;
      if (length > MOST) return undefined;
      pieces.push(piece);
    }
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
