/**
 * The client on a real socket: what a fake cannot prove about Node's own fetch.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../../../src/core/inference/client';
import type { InferencePorts } from '../../../../src/core/inference/ports';
import type { InferenceRequest } from '../../../../src/core/inference/request';
import { chunk, requestTo, settle, sse, Watched } from './support';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server on loopback, and a request to it. */
async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<InferenceRequest> {
  server = createServer(handler);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { endpoint } = requestTo();
  return requestTo({}, { endpoint: { ...endpoint, baseUrl: `http://127.0.0.1:${port}/client/v4` } });
}

function ports(signal: AbortSignal = new AbortController().signal): InferencePorts {
  return {
    fetch: globalThis.fetch,
    random: () => 0,
    signal,
    clock: {
      now: () => performance.now() / 1000,
      after: (seconds, callback) => {
        const timer = setTimeout(callback, seconds * 1000);
        return () => clearTimeout(timer);
      },
    },
  };
}

const OK = sse(chunk('Hello', 'stop'), '[DONE]');

describe('on a real socket', () => {
  it('a stop in mid-stream is seen by the server', async () => {
    const closed = Promise.withResolvers<void>();
    const request = await serve((_, response) => {
      response.on('close', closed.resolve);
      response.write(sse(chunk('Half')));
    });
    const abort = new AbortController();
    let text = '';
    let last;
    for await (const event of run(request, ports(abort.signal))) {
      last = event;
      if (event.type !== 'text') continue;
      text += event.text;
      abort.abort();
    }
    await closed.promise;
    expect(text).toBe('Half');
    expect(last).toMatchObject({ type: 'failed', error: { reason: 'aborted' } });
  });

  it('leaving the loop is seen by the server', async () => {
    const closed = Promise.withResolvers<void>();
    const request = await serve((_, response) => {
      response.on('close', closed.resolve);
      response.write(sse(chunk('Half')));
    });
    for await (const event of run(request, ports())) if (event.type === 'text') break;
    await closed.promise;
  });

  it('a server that dies in mid-answer leaves the text and a network failure', async () => {
    const request = await serve((_, response) => {
      response.write(sse(chunk('Half')), () => response.socket?.resetAndDestroy());
    });
    const watched = new Watched(run(request, ports()));
    await watched.done;
    expect(watched.text).toBe('Half');
    expect(watched.error).toMatchObject({ reason: 'network', retryable: true });
  });

  it('a connection reset before headers is retried', async () => {
    let calls = 0;
    const request = await serve((_, response) => {
      calls += 1;
      if (calls === 1) response.socket?.resetAndDestroy();
      else response.end(OK);
    });
    const watched = new Watched(run(request, ports()));
    await watched.done;
    expect(watched.types).toEqual(['started', 'retrying', 'started', 'headers', 'text', 'finished']);
  });

  it('a refused connection is told with its code', async () => {
    const request = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));
    const watched = new Watched(run({ ...request, policy: { ...request.policy, maxAttempts: 1 } }, ports()));
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'network' });
    expect(watched.error?.message).toContain('ECONNREFUSED');
  });

  it('a finished answer leaves its socket to the next', async () => {
    const sockets = new Set<unknown>();
    const request = await serve((incoming, response) => {
      sockets.add(incoming.socket);
      response.end(OK);
    });
    for (let n = 0; n < 3; n += 1) {
      await new Watched(run(request, ports())).done;
      await settle();
    }
    expect(sockets.size).toBe(1);
  });

  it('a form arrives as a form', async () => {
    const received = Promise.withResolvers<[string | undefined, string]>();
    const request = await serve((incoming, response) => {
      let body = '';
      incoming.on('data', (data: Buffer) => (body += data.toString()));
      incoming.on('end', () => {
        received.resolve([incoming.headers['content-type'], body]);
        response.end('{"image":"%"}');
      });
    });
    const flux = requestTo({ id: '@cf/black-forest-labs/flux-2-dev', task: 'text-to-image', requestFormats: [] });
    await new Watched(run({ ...flux, endpoint: request.endpoint }, ports())).done;
    const [type, body] = await received.promise;
    expect(type).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toContain('name="prompt"');
  });
});
