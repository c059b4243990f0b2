import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Attachment } from '../../../src/core/media/media';
import { reduce } from '../../../src/core/run/reducer';
import type { HostApi, RunView } from '../../../src/protocol/api';
import { connectHost } from '../../../src/protocol/rpc';
import { socketChannel } from '../../../src/node/socket';
import { serve } from '../../../src/simulator/http';
import { TOKEN } from '../../fakes/ports';
import { wav } from '../core/media/files';

let root: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'standalone-'));
  await build({
    entryPoints: {
      standalone: 'src/node/standalone.ts',
      'simulator-worker': 'src/simulator/worker.ts',
      tokenizer: 'gpt-tokenizer/encoding/o200k_base',
    },
    outdir: path.join(root, 'dist'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['bufferutil', 'utf-8-validate'],
    logLevel: 'error',
  });
  mkdirSync(path.join(root, 'dist', 'webview'));
  writeFileSync(path.join(root, 'dist', 'webview', 'main.js'), 'export {};');
  cpSync('media', path.join(root, 'media'), { recursive: true });
}, 60_000);

afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL');
    await new Promise((resolve) =>
      child.exitCode === null && child.signalCode === null ? child.on('exit', resolve) : resolve(0),
    );
  }
  children.clear();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Host {
  readonly child: ChildProcess;
  readonly url: string;
  readonly out: () => string;
  readonly err: () => string;
  readonly exit: Promise<number | null>;
}

function launch(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(root, 'dist', 'standalone.js'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: root, SIMULATOR_SPEED: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += String(part)));
  child.stderr.on('data', (part: Buffer) => (err += String(part)));
  const exit = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { child, exit, out: () => out, err: () => err };
}

async function start(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<Host> {
  const data = path.join(root, 'data');
  const launched = launch(['--port', '0', '--no-open', '--data', data, ...args], environment);
  await Promise.race([expect.poll(launched.out, { timeout: 15_000, interval: 10 }).toContain('\n'), launched.exit]);
  const url = /^Playground ready: (\S+)\n$/.exec(launched.out())?.[1];
  if (url === undefined) throw new Error(`it did not start: ${launched.out()}${launched.err()}`);
  return { ...launched, url };
}

interface View {
  readonly host: HostApi;
  readonly runs: Map<string, RunView>;
  readonly messages: string[];
  /** Resolves when every run shown has ended. */
  ended(): Promise<RunView[]>;
}

/** A view over a real socket. */
async function open({ url }: Host): Promise<View> {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const address = `${origin.replace('http', 'ws')}/ws`;
  // As in a browser: what a message resolves runs before the next message is delivered.
  const socket = new WebSocket(address, { headers: { cookie, origin }, allowSynchronousEvents: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  const runs = new Map<string, RunView>();
  const show = (views: readonly RunView[]) => {
    for (const view of views) runs.set(view.runId, view);
  };
  const { host } = connectHost(socketChannel(socket), {
    batch({ seq, frames }) {
      for (const { runId, events } of frames) {
        const run = runs.get(runId);
        if (run) runs.set(runId, { ...run, state: events.reduce(reduce, run.state) });
      }
      void host.ack(seq);
    },
    connection() {},
    models() {},
    catalogStatus() {},
    personal() {},
    estimate() {},
    showModel() {},
    cogServers() {},
    showAddCog() {},
    sessionCost() {},
    intent() {},
    runs: show,
    cleared() {},
    voted() {},
  });
  return {
    host: {
      ...host,
      async run(plan) {
        const views = await host.run(plan);
        show(views);
        return views;
      },
    },
    runs,
    messages,
    async ended() {
      const over = (run: RunView) => ['done', 'failed', 'stopped'].includes(run.state.status);
      await expect.poll(() => [...runs.values()].every(over), { timeout: 20_000, interval: 10 }).toBe(true);
      return [...runs.values()];
    },
  };
}

const plan = (...modelIds: string[]) => ({
  prompt: 'Say hello.',
  system: '',
  columns: modelIds.map((modelId, index) => ({ id: `c${index}`, modelId, parameters: { maxOutputTokens: 60 } })),
});

describe('the standalone playground', () => {
  it('runs models and keeps their answers, also for a second one with the same data', async () => {
    const one = await start();
    const view = await open(one);
    const snapshot = await view.host.ready();
    const modelIds = snapshot.intent.columns.map(({ modelId }) => modelId);
    expect(modelIds).toHaveLength(3);
    await view.host.run({ ...plan(...modelIds), columns: snapshot.intent.columns });
    const runs = await view.ended();
    for (const { state, simulated } of runs) {
      expect(state.error).toBeUndefined();
      expect([state.status, simulated]).toEqual(['done', true]);
      expect(state.text.length).toBeGreaterThan(10);
      expect(state.times?.firstAnswer).toBeGreaterThan(state.times?.started ?? Number.NaN);
    }
    const two = await start();
    const restored = await (await open(two)).host.ready();
    expect(restored.runs.map(({ state }) => state.text).sort()).toEqual(runs.map(({ state }) => state.text).sort());
    expect(restored.runs.every((run) => run.restored)).toBe(true);
    expect(one.err() + two.err()).toBe('');
  });

  it('shows the fault models of the simulator, counts tokens itself where none are reported', async () => {
    const view = await open(await start());
    await view.host.ready();
    await view.host.run(plan('@cf/simulator/no-usage', '@cf/simulator/auth'));
    const [counted, refused] = await view.ended();
    expect(counted?.state.status).toBe('done');
    expect(counted?.state.usage).toBeUndefined();
    expect(counted?.state.approximateUsage?.outputTokens).toBeGreaterThan(1);
    expect(refused?.state).toMatchObject({ status: 'failed', error: { reason: 'auth' } });
  });

  it('makes a picture that its own address then serves', async () => {
    const host = await start();
    const view = await open(host);
    await view.host.ready();
    await view.host.run({
      prompt: 'a red bicycle',
      system: '',
      columns: [{ id: 'p', modelId: '@cf/black-forest-labs/flux-1-schnell', parameters: { width: 128, height: 64 } }],
    });
    const [run] = await view.ended();
    expect(run?.state.error).toBeUndefined();
    const [media] = run?.state.media ?? [];
    const entered = await fetch(host.url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const shown = await fetch(new URL(`/media/${media?.file}`, host.url), { headers: { cookie } });
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect((await shown.arrayBuffer()).byteLength).toBe(media?.byteLength);
  });

  it('takes a posted file, measures it, serves it, and says what is wrong with another', async () => {
    const host = await start();
    const { surroundings } = await (await open(host)).host.ready();
    expect(surroundings).toEqual({
      dialogs: false,
      workspace: false,
      workers: false,
      uploadUrl: '/media',
      startCog: 'path',
    });
    const { origin } = new URL(host.url);
    const entered = await fetch(host.url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const post = (name: string, body: Uint8Array<ArrayBuffer>) =>
      fetch(`${origin}${surroundings.uploadUrl}`, {
        method: 'POST',
        headers: { cookie, origin, 'x-file-name': encodeURIComponent(name) },
        body,
      });
    const taken = await post('Größe.wav', wav(4000));
    expect(taken.status).toBe(200);
    const { attachment } = (await taken.json()) as { attachment: Attachment };
    expect(attachment).toMatchObject({
      name: 'Größe.wav',
      role: 'input',
      media: { kind: 'audio', mediaType: 'audio/wav', seconds: 0.5 },
    });
    const range = 'bytes=0-3';
    const served = await fetch(`${origin}/media/${attachment.media.file}`, { headers: { cookie, range } });
    expect([served.status, await served.text()]).toEqual([206, 'RIFF']);
    const refused = await post('notes.wav', new TextEncoder().encode('not a sound'));
    expect(refused.status).toBe(422);
    expect(await refused.json()).toEqual({ message: expect.stringMatching(/^notes\.wav is no picture, sound/) });
    expect(host.err()).toBe('');
  });

  it('leaves dialogs to the page', async () => {
    const { host } = await open(await start());
    const notHere = { code: 'not-here' };
    await expect(host.pickFiles('disk', ['image'])).rejects.toMatchObject(notHere);
    await expect(host.saveText('x', 'a.srt')).rejects.toMatchObject(notHere);
    await expect(host.openMedia(`${'0'.repeat(64)}.png`)).rejects.toMatchObject(notHere);
  });

  it('reads the live catalog, keeps a copy in its data folder, and starts from that when the server is gone', async () => {
    const account = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_ACCOUNT_ID: 'catalog-changed' };
    const simulator = await serve({ port: 0, speed: 0 });
    const environment = { ...account, CLOUDFLARE_API_BASE_URL: simulator.baseUrl };
    const data = path.join(root, 'catalog-data');
    const first = await open(await start(['--data', data], environment));
    await first.host.ready();
    await first.host.refreshCatalog();
    const fresh = await first.host.ready();
    const sources = fresh.catalogStatus.sources.map(({ source, models, problem }) => [source, models > 0, problem]);
    expect(sources).toEqual([
      ['models-search', true, undefined],
      ['third-party-catalog', true, undefined],
      ['compat-models', true, undefined],
      ['bundle', true, undefined],
    ]);
    expect(fresh.models.some(({ origins }) => origins.pricing === 'third-party-catalog')).toBe(true);
    const copies = path.join(data, 'catalogs');
    await expect.poll(() => readdirSync(copies).filter((name) => name.endsWith('.json'))).toHaveLength(1);
    simulator.close();

    const second = await open(await start(['--data', data], environment));
    await second.host.ready();
    await expect(second.host.refreshCatalog()).rejects.toMatchObject({ code: 'network' });
    const offline = await second.host.ready();
    expect(offline.models).toEqual(fresh.models);
    for (const { source, asOf, problem } of offline.catalogStatus.sources.slice(0, 3)) {
      expect(asOf).toBe(fresh.catalogStatus.sources.find((one) => one.source === source)?.asOf);
      expect(problem).toContain('did not answer');
    }
  });

  it('tells how a budget is set here', async () => {
    const view = await open(await start());
    await expect(view.host.changeBudget()).rejects.toMatchObject({
      code: 'not-here',
      message: expect.stringMatching(
        /UNIFIED_INFERENCE_BUDGET_PER_RUN_USD.*UNIFIED_INFERENCE_BUDGET_PER_DAY_USD/,
      ) as unknown,
    });
  });

  it('serves the page under a fresh nonce', async () => {
    const { url } = await start();
    const entered = await fetch(url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const pages = await Promise.all([1, 2].map(() => fetch(new URL('/', url), { headers: { cookie } })));
    const nonces = pages.map((page) => /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    const html = await pages[0]?.text();
    expect(html).toContain(`nonce="${nonces[0]}" src="/webview/main.js"`);
    expect(html).toContain('data-host="standalone"');
    expect(pages[0]?.headers.get('content-security-policy')).toContain(`connect-src 'self' ws://127.0.0.1:`);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends within a second of %s, in mid-run, and keeps the part',
    async (signal) => {
      const host = await start([], { SIMULATOR_SPEED: '1' });
      const view = await open(host);
      await view.host.ready();
      await view.host.clear();
      await view.host.run(plan('@cf/simulator/stall-mid'));
      const text = () => [...view.runs.values()][0]?.state.text ?? '';
      await expect.poll(text, { timeout: 15_000, interval: 10 }).not.toBe('');
      const asked = performance.now();
      host.child.kill(signal);
      expect(await host.exit).toBe(0);
      expect(performance.now() - asked).toBeLessThan(1000);
      expect(host.err()).toBe('');
      const again = await open(await start());
      const { runs } = await again.host.ready();
      expect(runs[0]?.state).toMatchObject({ status: 'stopped', error: { reason: 'aborted' } });
      expect(runs[0]?.state.text.length).toBeGreaterThan(0);
    },
  );

  it('says that an explicit port is busy and exits 1', async () => {
    const { url } = await start();
    const other = launch(['--no-open', '--data', path.join(root, 'data'), '--port', new URL(url).port]);
    expect(await other.exit).toBe(1);
    expect(other.err()).toMatch(new RegExp(`^Port ${new URL(url).port} is busy[^\n]*\n$`));
    expect(other.out()).toBe('');
  });

  it.each([
    [['--port', 'x'], {}, '--port'],
    [['--port', '0'], { CLOUDFLARE_API_BASE_URL: 'http://api.example' }, 'CLOUDFLARE_API_BASE_URL'],
  ])('says what is wrong with %j %j and exits 1', async (args, environment, words) => {
    const refused = launch(['--no-open', ...args], environment);
    expect(await refused.exit).toBe(1);
    expect(refused.err()).toContain(words);
    expect(refused.err().trim().split('\n')).toHaveLength(1);
  });

  it('says which half of the credentials is missing, and uses the simulator', async () => {
    const host = await start([], { CLOUDFLARE_API_TOKEN: TOKEN });
    expect(host.err()).toContain('CLOUDFLARE_ACCOUNT_ID is missing');
    expect((await (await open(host)).host.ready()).connection).toMatchObject({ kind: 'simulator' });
  });

  it('never lets the token out: not to a view, a log, the data folder, or the page', async () => {
    const data = path.join(root, 'secret-data');
    const environment = {
      CLOUDFLARE_API_TOKEN: TOKEN,
      CLOUDFLARE_ACCOUNT_ID: 'acc',
      // Nobody listens here: every call fails, and failures are what leaks.
      CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9/client/v4',
      UNIFIED_INFERENCE_MAX_ATTEMPTS: '1',
    };
    const host = await start(['--data', data], environment);
    const view = await open(host);
    const snapshot = await view.host.ready();
    expect(snapshot.connection).toMatchObject({ kind: 'cloudflare', accountId: 'acc', origin: 'http://127.0.0.1:9' });
    const [column] = snapshot.intent.columns;
    await view.host.run({ prompt: 'hi', system: '', columns: column ? [column] : [] });
    const [run] = await view.ended();
    expect(run).toMatchObject({ simulated: false, state: { status: 'failed', error: { reason: 'network' } } });
    await view.host.snippet('curl', { prompt: 'hi', system: '', columns: column ? [column] : [] }, column?.id ?? '');
    host.child.kill('SIGTERM');
    await host.exit;
    const stored = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    expect(stored.join('').length).toBeGreaterThan(1000);
    for (const text of [view.messages.join(), host.out(), host.err(), ...stored]) expect(text).not.toContain(TOKEN);
  });
});
