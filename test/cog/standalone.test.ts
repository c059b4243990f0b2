/** `npm start` with a Cog project: the built program starts it, and ends it with itself. Needs a build. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { CogServer } from '../../src/core/cog/server';
import { socketChannel } from '../../src/node/socket';
import type { HostApi, ViewApi } from '../../src/protocol/api';
import { connectHost } from '../../src/protocol/rpc';
import { CACHE } from './cache';
import { projectOf } from './environment';

const program = path.resolve(import.meta.dirname, '../../dist/standalone.js');

async function start() {
  const data = mkdtempSync(path.join(tmpdir(), 'unified-inference-cog-standalone-'));
  // Environments as the other tests have them.
  symlinkSync(CACHE, path.join(data, 'cog'));
  const child = spawn(process.execPath, [program, '--port', '0', '--no-open', '--data', data], {
    env: { PATH: process.env['PATH'] ?? '', HOME: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url: line.replace('Playground ready: ', '') };
}

/** A view that looks at the list of servers alone. */
async function look(url: string): Promise<{ readonly host: HostApi; servers(): readonly CogServer[] }> {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
  await once(socket, 'open');
  onTestFinished(() => socket.terminate());
  let servers: readonly CogServer[] = [];
  const view: Partial<ViewApi> = { cogServers: (now) => void (servers = now) };
  const deaf = new Proxy(view, { get: (own, name) => Reflect.get(own, name) ?? (() => undefined) }) as ViewApi;
  const { host } = connectHost(socketChannel(socket), deaf);
  servers = (await host.ready()).cogServers;
  return { host, servers: () => servers };
}

it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('a server started there is gone after %s', async (signal) => {
  const { child, url } = await start();
  const { host, servers } = await look(url);
  const { id } = (await host.startCogServer('python', projectOf('stream', 'mein Mödel'))) ?? {};
  await expect
    .poll(() => servers().find((server) => server.id === id), { timeout: 50_000 })
    .toMatchObject({ name: 'mein Mödel', state: 'ready', isStreaming: true, task: 'text-generation' });
  const address = servers()[0]?.url ?? '';
  expect((await fetch(`${address}/health-check`)).status).toBe(200);
  child.kill(signal);
  await expect
    .poll(() =>
      fetch(address).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone');
});
