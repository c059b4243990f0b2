import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCogTransport } from '../../../../src/node/cog/transport';

/** A `fetch` that must not be used. */
const none = () => Promise.reject(new Error('the fetch of the host was used'));
const { fetch, openHook } = createCogTransport(none);

/** A server that ends with the test; answers with its address. */
async function listen(answer: RequestListener): Promise<string> {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('fetch of this machine', () => {
  it('sends method, headers and text or bytes, and gives status, headers and body', async () => {
    const heard: unknown[] = [];
    const url = await listen((request, response) => {
      void text(request).then((body) => {
        heard.push([request.method, request.url, request.headers['content-type'], body]);
        response.writeHead(422, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] }).end('nö');
      });
    });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/a?b=c`, { method: 'POST', headers, body: '{"ü":1}' });
    expect([answer.status, answer.ok, answer.headers.get('content-type'), await answer.text()]).toEqual([
      422,
      false,
      'text/plain',
      'nö',
    ]);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    await fetch(url, { method: 'POST', headers, body: Uint8Array.of(65, 66) });
    expect(heard).toEqual([
      ['POST', '/a?b=c', 'application/json', '{"ü":1}'],
      ['POST', '/', 'application/json', 'AB'],
    ]);
  });

  it('gives a body as it comes, and closes the connection of one that is given up', async () => {
    const closed = Promise.withResolvers<undefined>();
    const url = await listen((_, response) => {
      response.write('one');
      response.on('close', () => closed.resolve(undefined));
    });
    const reader = (await fetch(url)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one');
    await reader?.cancel();
    await closed.promise;
  });

  it('ends with its signal, before the headers and after them', async () => {
    const closed: Promise<unknown>[] = [];
    const url = await listen((request, response) => {
      closed.push(once(response, 'close'));
      if (request.url === '/body') response.write('one');
    });
    const before = new AbortController();
    const waiting = fetch(url, { signal: before.signal });
    await expect.poll(() => closed.length).toBe(1);
    before.abort();
    await expect(waiting).rejects.toThrow('fetch failed');
    const after = new AbortController();
    const reader = (await fetch(`${url}/body`, { signal: after.signal })).body?.getReader();
    await reader?.read();
    after.abort();
    await expect(reader?.read()).rejects.toThrow();
    await Promise.all(closed);
  });

  it('tells a body that breaks off from one that ends', async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    });
    const answer = await fetch(url);
    await expect(answer.text()).rejects.toThrow();
  });

  it('hands redirects back, and bodiless answers', async () => {
    const url = await listen((request, response) => {
      response.writeHead(request.url === '/' ? 302 : 204, { location: 'http://10.0.0.1/' }).end();
    });
    expect((await fetch(url)).status).toBe(302);
    expect([(await fetch(`${url}/none`)).status, (await fetch(`${url}/none`)).body]).toEqual([204, null]);
  });

  it('fails for a status that is none', async () => {
    const url = await listen((_, response) => response.writeHead(999).end());
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('says why nothing came', async () => {
    const url = await listen((_, response) => response.destroy());
    await expect(fetch(url)).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
    await expect(fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('leaves what is elsewhere to the host, and what is encrypted', async () => {
    for (const url of ['https://models.example/', 'https://127.0.0.1:1/', 'http://models.example/'])
      await expect(fetch(url)).rejects.toThrow('the fetch of the host was used');
  });
});

describe('a progress hook', () => {
  const post = (url: string, body: string): Promise<Response> => globalThis.fetch(url, { method: 'POST', body });

  it('hears what is posted to its own address until it is closed, and nothing else', async () => {
    const heard: unknown[] = [];
    const hook = await openHook((body) => void heard.push(body));
    const url = hook?.url ?? '';
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect((await post(url, '{"logs":"a"}')).status).toBe(200);
    await post(url, 'no json');
    expect((await post(`${new URL(url).origin}/`, '{"logs":"b"}')).status).toBe(404);
    expect((await globalThis.fetch(url)).status).toBe(404);
    expect(heard).toEqual([{ logs: 'a' }]);
    hook?.close();
    await expect(post(url, '{"logs":"c"}')).rejects.toThrow();
    expect(heard).toHaveLength(1);
  });

  it('drops what is too long', async () => {
    const heard: unknown[] = [];
    const hook = await openHook((body) => void heard.push(body));
    onTestFinished(() => hook?.close());
    await post(hook?.url ?? '', JSON.stringify({ logs: 'x'.repeat(9 * 1024 * 1024) })).catch(() => {});
    await post(hook?.url ?? '', '{"logs":"a"}');
    expect(heard).toEqual([{ logs: 'a' }]);
  });
});
