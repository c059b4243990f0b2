import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAccess, type Access } from '../../../src/node/access';
import { startServer, type Server } from '../../../src/node/server';
import { socketChannel } from '../../../src/node/socket';
import { fakePorts } from '../../fakes/ports';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const { log } = fakePorts();
const picture = `${'ab'.repeat(32)}.png`;
let folder: string;
let server: Server;
let access: Access;
/** What the views of this test's server did. */
let seen: { readonly received: unknown[]; gone: number };

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'server-'));
  for (const name of ['webview/chunks', 'media']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'webview/main.js'), 'export {};');
  writeFileSync(path.join(folder, 'webview/chunks/editor-A1.js'), 'export {};');
  writeFileSync(path.join(folder, 'webview/notes.txt'), 'private');
  writeFileSync(path.join(folder, 'secret.js'), 'private');
  writeFileSync(path.join(folder, 'media', picture), 'PNG');
  writeFileSync(path.join(folder, 'media/playground.sqlite'), 'private');
  access = createAccess();
  const views: typeof seen = { received: [], gone: 0 };
  seen = views;
  server = await startServer(
    {
      access,
      page: (port) => ({ html: `<p>page of ${port}</p>`, policy: `default-src 'none'` }),
      webviewFolder: path.join(folder, 'webview'),
      mediaFolder: path.join(folder, 'media'),
      log,
      onView(socket) {
        const channel = socketChannel(socket);
        channel.onMessage((message) => {
          views.received.push(message);
          channel.post({ echo: message });
        });
        return () => void views.gone++;
      },
    },
    [0],
  );
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request as it stands on the wire: paths are not tidied and every header can be set. */
function ask(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port: server.port,
        path: target,
        method,
        headers: { host: own(), ...headers },
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

const own = () => `127.0.0.1:${server.port}`;

async function enter(): Promise<string> {
  const { headers } = await ask(`/?key=${access.key}`);
  return String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

/** Opens a socket; resolves with it, or with the status of the refusal. */
function connect(headers: Record<string, string>, target = '/ws'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

describe('entering', () => {
  it('exchanges the key for a strict cookie named with the port and leaves the address', async () => {
    const answer = await ask(`/?key=${access.key}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      new RegExp(`^unified-inference-${server.port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect(cookie).not.toContain(access.key);
    const page = await ask('/', { cookie: `other=1; ${cookie.split(';')[0]}` });
    expect(page).toMatchObject({ status: 200, body: `<p>page of ${server.port}</p>` });
  });

  it('works again with the printed key, and once with a single-use one', async () => {
    expect((await ask(`/?key=${access.key}`)).status).toBe(303);
    expect((await ask(`/?key=${access.key}`)).status).toBe(303);
    const once = access.singleUseKey();
    expect((await ask(`/?key=${once}`)).status).toBe(303);
    expect((await ask(`/?key=${once}`)).status).toBe(403);
  });

  it.each(['wrong', '', 'KEY-CUT', 'KEY-LONGER'])('is refused with the key "%s"', async (key) => {
    const given = key === 'KEY-CUT' ? access.key.slice(0, -1) : key === 'KEY-LONGER' ? `${access.key}x` : key;
    const answer = await ask(`/?key=${given}`);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toMatch(/^The key in this address is not valid\..*\n$/);
  });

  it('lets the key open nothing but the page', async () => {
    for (const target of [`/webview/main.js?key=${access.key}`, `/media/${picture}?key=${access.key}`]) {
      expect((await ask(target)).status).toBe(403);
    }
    expect((await ask(`/?key=${access.key}`, { origin: `http://${own()}` }, 'POST')).status).toBe(403);
    expect(await connect({ origin: `http://${own()}` }, `/ws?key=${access.key}`)).toBe(403);
  });
});

describe('every request', () => {
  it.each(['/', '/webview/main.js', `/media/${picture}`, '/nothing'])('needs the cookie: %s', async (target) => {
    for (const cookie of ['', 'unified-inference-1=x', `unified-inference-${server.port}=wrong`]) {
      const { status, body } = await ask(target, cookie === '' ? {} : { cookie });
      expect(status).toBe(403);
      expect(body).toBe('Open the playground with the address that it printed when it started.\n');
    }
  });

  it('needs our own host: a name that leads here does not help (DNS rebinding)', async () => {
    const cookie = await enter();
    expect((await ask('/', { cookie, host: `localhost:${server.port}` })).status).toBe(200);
    for (const host of [
      'evil.example',
      `evil.example:${server.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `0.0.0.0:${server.port}`,
    ]) {
      expect((await ask('/', { cookie, host })).status).toBe(403);
      expect((await ask(`/?key=${access.key}`, { host })).status).toBe(403);
    }
  });

  it('needs our own origin where it names one, and names one unless it is a GET', async () => {
    const cookie = await enter();
    const origin = `http://${own()}`;
    expect((await ask('/', { cookie, origin })).status).toBe(200);
    expect((await ask('/', { cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('/', { cookie, origin: 'null' })).status).toBe(403);
    expect((await ask('/', { cookie }, 'POST')).status).toBe(403);
    expect((await ask('/', { cookie, origin: 'https://evil.example' }, 'POST')).status).toBe(403);
    expect((await ask('/', { cookie, origin }, 'POST')).status).toBe(405);
  });

  it('is answered with the security headers', async () => {
    const { headers } = await ask('/', { cookie: await enter() });
    expect(headers).toMatchObject({
      'content-security-policy': `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect((await ask('/')).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});

describe('files', () => {
  it.each([
    ['/webview/main.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['/webview/main.js?v=2', 'text/javascript; charset=utf-8', 'export {};'],
    ['/webview/chunks/editor-A1.js', 'text/javascript; charset=utf-8', 'export {};'],
    [`/media/${picture}`, 'image/png', 'PNG'],
  ])('%s is served', async (target, type, body) => {
    const answer = await ask(target, { cookie: await enter() });
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers['content-type']).toBe(type);
  });

  it.each([
    '/webview/../secret.js',
    '/webview/..%2fsecret.js',
    '/webview/%2e%2e/secret.js',
    '/webview/chunks/../../secret.js',
    '/webview/..\\secret.js',
    '/webview//etc/passwd.js',
    '/webview/./main.js',
    '/webview/notes.txt',
    '/webview/none.js',
    '/webview/',
    '/webview',
    '/webview/chunks',
    '/media/playground.sqlite',
    `/media/../media/${picture}`,
    `/media/${'cd'.repeat(32)}.png`,
    '/secret.js',
    '//127.0.0.1/secret.js',
  ])('%s is not', async (target) => {
    const answer = await ask(target, { cookie: await enter() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('private');
  });

  it('are announced without being sent for HEAD', async () => {
    const answer = await ask('/webview/main.js', { cookie: await enter() }, 'HEAD');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-length']).toBe('10');
  });
});

describe('the socket', () => {
  it('needs cookie, own origin, and its own path', async () => {
    const cookie = await enter();
    const origin = `http://${own()}`;
    expect(await connect({ origin })).toBe(403);
    expect(await connect({ cookie })).toBe(403);
    expect(await connect({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await connect({ cookie, origin: `http://localhost:${server.port}` })).toBe(403);
    expect(await connect({ cookie, origin, host: 'evil.example' })).toBe(403);
    expect(await connect({ cookie, origin }, '/other')).toBe(403);
    const socket = await connect({ cookie, origin });
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).close();
  });

  it('carries JSON both ways, ignores everything else, and tells when the view has gone', async () => {
    const socket = (await connect({ cookie: await enter(), origin: `http://${own()}` })) as WebSocket;
    const echo = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send('{not json');
    socket.send(Buffer.from('{"binary":1}'));
    socket.send('{"a":[1]}');
    expect(await echo).toBe('{"echo":{"a":[1]}}');
    expect(seen.received).toEqual([{ a: [1] }]);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.close();
    await closed;
    await expect.poll(() => seen.gone).toBe(1);
  });

  it('refuses a message that no prompt could need, and the server goes on', async () => {
    const cookie = await enter();
    const socket = (await connect({ cookie, origin: `http://${own()}` })) as WebSocket;
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send(`"${'x'.repeat(33 * 1024 * 1024)}"`);
    expect(await closed).toBe(1009);
    expect(seen.received).toEqual([]);
    expect((await ask('/', { cookie })).status).toBe(200);
  });

  it('is closed with the server', async () => {
    const socket = (await connect({ cookie: await enter(), origin: `http://${own()}` })) as WebSocket;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    server.close();
    await closed;
    await expect(ask('/')).rejects.toThrow();
  });
});

describe('the port', () => {
  const options = () => ({
    access,
    page: () => ({ html: '', policy: '' }),
    webviewFolder: folder,
    mediaFolder: folder,
    log,
    onView: () => () => undefined,
  });

  it('that was asked for and is busy is refused by name', async () => {
    await expect(startServer(options(), [server.port])).rejects.toThrow(`Port ${server.port} is busy`);
  });

  it('is the next free one of those to try', async () => {
    const other = await startServer(options(), [server.port, server.port, 0]);
    expect(other.port).not.toBe(server.port);
    other.close();
  });

  it('is open on 127.0.0.1 only', () => {
    const elsewhere = Object.values(os.networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    return new Promise<void>((resolve, reject) => {
      // Another address of this machine can be bound on the same port only when we do not hold them all.
      const probe = createServer();
      probe.once('error', reject);
      probe.listen(server.port, elsewhere ?? '127.0.0.2', () => {
        expect((probe.address() as AddressInfo).port).toBe(server.port);
        probe.close(() => resolve());
      });
    });
  });
});
