import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSimulator } from '../../../src/simulator/start';

// Sockets and processes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'simulator-'));
const worker = path.join(folder, 'simulator-worker.js');
const program = path.join(folder, 'simulator.js');

beforeAll(async () => {
  await build({
    entryPoints: { 'simulator-worker': 'src/simulator/worker.ts', simulator: 'src/simulator/main.ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outdir: folder,
    logLevel: 'error',
  });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"commonjs"}');
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (baseUrl: string, token: string) =>
  fetch(`${baseUrl}/user/tokens/verify`, { headers: { authorization: `Bearer ${token}` } });

/** Holds a port for the time of `use`. */
async function withBusyPort(use: (port: number) => Promise<void>): Promise<void> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    await use((other.address() as AddressInfo).port);
  } finally {
    other.close();
  }
}

function launch(words: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, ...environment } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const firstLine = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return { child, exited, firstLine, output: () => output, errors: () => errors };
}

describe('the worker', () => {
  it('serves until disposed', async () => {
    const simulator = await startSimulator({ workerFile: worker, speed: 0 });
    expect(simulator).toMatchObject({ accountId: 'simulator', token: 'offline-access-token' });
    expect(simulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/client\/v4$/);
    expect((await verify(simulator.baseUrl, simulator.token)).status).toBe(200);
    simulator.dispose();
    await expect
      .poll(() =>
        verify(simulator.baseUrl, simulator.token).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
  });

  it('says when the port is taken or the file is missing', async () => {
    await withBusyPort(async (port) => {
      await expect(startSimulator({ workerFile: worker, port })).rejects.toThrow(/could not start.*EADDRINUSE/);
    });
    await expect(startSimulator({ workerFile: path.join(folder, 'none.js') })).rejects.toThrow(/none\.js/);
  });
});

describe('the program', () => {
  it('prints one line, serves at the speed asked, and ends cleanly on Ctrl-C', async () => {
    const { child, exited, firstLine, output } = launch(['--port', '0'], { SIMULATOR_SPEED: '0' });
    await firstLine;
    const baseUrl = /^Simulator ready: (http:\/\/127\.0\.0\.1:\d+\/client\/v4)\n$/.exec(output())?.[1] ?? '';
    const hanging = fetch(`${baseUrl}/accounts/simulator/ai/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer test' },
      body: JSON.stringify({
        model: '@cf/simulator/stall-first',
        stream: true,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    });
    expect((await hanging).status).toBe(200);
    child.kill('SIGINT');
    expect(await exited).toBe(0);
    expect(output().split('\n')).toHaveLength(2);
  });

  it('says that a port is in use and exits 1', async () => {
    await withBusyPort(async (port) => {
      const { exited, errors } = launch(['--port', String(port)]);
      expect(await exited).toBe(1);
      expect(errors()).toContain(`Port ${port} is in use`);
    });
  });

  it.each([
    [['--port'], {}],
    [['--port', 'x'], {}],
    [['--help'], {}],
    [[], { SIMULATOR_SPEED: 'fast' }],
  ])('refuses %j %j and tells how it is used', async (words, environment) => {
    const { exited, errors } = launch(words, environment as Record<string, string>);
    expect(await exited).toBe(1);
    expect(errors()).toContain('Usage: simulator [--port N]');
  });
});
