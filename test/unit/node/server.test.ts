import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAccess, type Access } from '../../../src/node/access';
import { startServer, type Server } from '../../../src/node/server';
import { MAX_INPUT } from '../../../src/core/media/limits';
import { socketChannel } from '../../../src/node/socket';
import { RpcError } from '../../../src/protocol/rpc';
import { fakePorts } from '../../fakes/ports';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const { log, logged } = fakePorts();
const picture = `${'ab'.repeat(32)}.png`;
let folder: string;
let server: Server;
let access: Access;
/** What the views of this test's server did. */
let seen: { readonly received: unknown[]; readonly taken: { name: string; bytes: Uint8Array }[]; gone: number };

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
  const views: typeof seen = { received: [], taken: [], gone: 0 };
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
      takeFile(bytes, name) {
        if (name === 'bad.png') return Promise.reject(new RpcError('bad-media', 'bad.png is empty.'));
        if (name === 'full.png') return Promise.reject(new Error('ENOSPC: no space left'));
        views.taken.push({ name, bytes });
        return Promise.resolve({
          media: { kind: 'image', mediaType: 'image/png', file: picture, byteLength: bytes.length },
          name,
          role: 'input',
        });
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
function ask(
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
  sentBody?: Uint8Array,
): Promise<Answer> {
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
    sent.end(sentBody);
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

describe('a part of a file', () => {
  const part = async (range: string, method = 'GET') =>
    ask(`/media/${picture}`, { cookie: await enter(), range }, method);

  it.each([
    ['bytes=0-0', 'P', 'bytes 0-0/3'],
    ['bytes=1-', 'NG', 'bytes 1-2/3'],
    ['bytes=1-100', 'NG', 'bytes 1-2/3'],
    ['bytes=-2', 'NG', 'bytes 1-2/3'],
    ['bytes=-100', 'PNG', 'bytes 0-2/3'],
  ])('is sent for %s, so that players can seek', async (range, body, contentRange) => {
    const answer = await part(range);
    expect(answer).toMatchObject({ status: 206, body });
    expect(answer.headers).toMatchObject({
      'content-range': contentRange,
      'content-length': String(body.length),
      'accept-ranges': 'bytes',
      'content-type': 'image/png',
    });
  });

  it.each(['bytes=3-', 'bytes=3-9', 'bytes=-0'])('behind the end is refused: %s', async (range) => {
    const answer = await part(range);
    expect(answer).toMatchObject({ status: 416, body: '' });
    expect(answer.headers['content-range']).toBe('bytes */3');
  });

  it.each(['bytes=2-1', 'bytes=-', 'bytes=0-0,2-2', 'lines=1-2', 'bytes=x', ''])(
    'is all of it where the header may be ignored: %j',
    async (range) => {
      expect(await part(range)).toMatchObject({ status: 200, body: 'PNG' });
    },
  );

  it('is not for HEAD', async () => {
    const answer = await part('bytes=1-', 'HEAD');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers).toMatchObject({ 'content-length': '3', 'accept-ranges': 'bytes' });
  });

  it('may be let go of halfway: the server goes on and complains of nothing', async () => {
    const large = `${'ef'.repeat(32)}.mp4`;
    writeFileSync(path.join(folder, 'media', large), new Uint8Array(8 * 1024 * 1024));
    const cookie = await enter();
    logged.length = 0;
    await new Promise<void>((resolve, reject) => {
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port: server.port,
          path: `/media/${large}`,
          headers: { host: own(), cookie },
          agent: false,
        },
        (response) => {
          response.once('data', () => response.destroy());
          response.once('close', resolve);
        },
      );
      sent.on('error', reject);
      sent.end();
    });
    expect((await ask('/', { cookie })).status).toBe(200);
    expect(logged).toEqual([]);
  });
});

describe('files that could be active', () => {
  it.each([
    ['svg', 'image/svg+xml'],
    ['pdf', 'application/pdf'],
    ['json', 'application/json'],
  ])('.%s is saved when it is opened, and runs nothing', async (extension, type) => {
    const name = `${'12'.repeat(32)}.${extension}`;
    writeFileSync(path.join(folder, 'media', name), '<svg onload="alert(1)"/>');
    const { headers } = await ask(`/media/${name}`, { cookie: await enter() });
    expect(headers).toMatchObject({
      'content-type': type,
      'content-disposition': 'attachment',
      'content-security-policy': `sandbox; default-src 'none'; style-src 'unsafe-inline'`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('and no others are', async () => {
    const { headers } = await ask(`/media/${picture}`, { cookie: await enter() });
    expect(headers['content-disposition']).toBeUndefined();
  });
});

describe('a posted file', () => {
  const origin = () => `http://${own()}`;
  const post = async (name: string | undefined, bytes: Uint8Array, target = '/media') => {
    const headers = { cookie: await enter(), origin: origin(), ...(name !== undefined && { 'x-file-name': name }) };
    return ask(target, headers, 'POST', bytes);
  };

  it('is taken with its name', async () => {
    const answer = await post('Zo%C3%AB%201.png', Uint8Array.of(1, 2, 3));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ attachment: { name: 'Zoë 1.png', role: 'input' } });
    expect(seen.taken.map(({ name, bytes }) => [name, ...bytes])).toEqual([['Zoë 1.png', 1, 2, 3]]);
  });

  it('needs no name', async () => {
    expect((await post(undefined, new Uint8Array(1))).status).toBe(200);
    expect((await post('%zz', new Uint8Array(1))).status).toBe(200);
    expect(seen.taken.map(({ name }) => name)).toEqual(['', '']);
  });

  it('needs cookie and own origin', async () => {
    const cookie = await enter();
    const bytes = new Uint8Array(1);
    expect((await ask('/media', { cookie }, 'POST', bytes)).status).toBe(403);
    expect((await ask('/media', { origin: origin() }, 'POST', bytes)).status).toBe(403);
    expect((await ask('/media', { cookie, origin: 'https://evil.example' }, 'POST', bytes)).status).toBe(403);
    expect(seen.taken).toEqual([]);
  });

  it('goes nowhere else', async () => {
    for (const target of ['/', `/media/${picture}`, '/media/', '/webview/main.js']) {
      expect((await post('a', new Uint8Array(1), target)).status).toBe(405);
    }
    expect((await ask('/media', { cookie: await enter(), origin: origin() }, 'PUT')).status).toBe(405);
  });

  it('that cannot work is answered with what is wrong', async () => {
    const answer = await post('bad.png', new Uint8Array(1));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([422, { message: 'bad.png is empty.' }]);
  });

  it('that cannot be kept is answered without details, which are logged', async () => {
    logged.length = 0;
    const answer = await post('full.png', new Uint8Array(1));
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('ENOSPC');
    expect(logged.join()).toContain('ENOSPC');
  });

  it('that is larger than any may be is refused, and nothing of it is taken', async () => {
    const answer = await post('a.mp4', new Uint8Array(MAX_INPUT.video + 1));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      413,
      { message: 'The file has more than 100 MiB. Make it smaller first.' },
    ]);
    expect(seen.taken).toEqual([]);
  });

  it('of which the sender lets go is not taken', async () => {
    const cookie = await enter();
    const headers = { host: own(), cookie, origin: origin(), 'content-length': '1000' };
    const sent = httpRequest({ host: '127.0.0.1', port: server.port, path: '/media', method: 'POST', headers });
    sent.on('error', () => undefined);
    await new Promise<void>((resolve) => sent.write(new Uint8Array(10), () => resolve()));
    logged.length = 0;
    const gone = new Promise((resolve) => sent.once('close', resolve));
    sent.destroy();
    await gone;
    for (let round = 0; round < 3; round++) expect((await ask('/', { cookie })).status).toBe(200);
    expect([seen.taken, logged]).toEqual([[], []]);
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
    takeFile: () => Promise.reject(new Error('not here')),
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
