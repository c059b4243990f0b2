import { describe, expect, it } from 'vitest';
import { createCogServers } from '../../../src/app/cog-servers';
import { CogStartError, type StoredCogServer } from '../../../src/core/cog/server';
import { settle } from '../../fakes/clock';
import { fakeCogRunner, memoryCogServers } from '../../fakes/cog';
import { fakePorts } from '../../fakes/ports';

const SCHEMA = {
  paths: { '/predictions': { post: { 'x-cog-streaming': true } } },
  components: {
    schemas: {
      Input: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] },
      Output: { type: 'array', items: { type: 'string' }, 'x-cog-array-type': 'iterator' },
    },
  },
};

const health = (status: string, setup: object = {}) => ({
  status,
  setup: {
    started_at: '2026-11-20T12:00:00Z',
    completed_at: '2026-11-20T12:00:03Z',
    status: 'succeeded',
    logs: '',
    ...setup,
  },
  version: { coglet: '0.22.0', python_sdk: '0.22.0', python: '3.12' },
});

/** Servers by origin; a missing one refuses the connection. */
function world(
  stored: readonly StoredCogServer[] = [],
  runner: ReturnType<typeof fakeCogRunner> | undefined = fakeCogRunner(),
) {
  const listening = new Map<string, { health: unknown; schema?: unknown }>();
  const asked: string[] = [];
  const store = memoryCogServers(stored);
  const ports = fakePorts({
    cogServers: store,
    ...(runner && { cogRunner: runner }),
    fetch: (input) => {
      const url = new URL(String(input));
      asked.push(url.href);
      const server = listening.get(url.origin);
      if (server === undefined) return Promise.reject(new TypeError('fetch failed'));
      if (url.pathname === '/health-check') {
        return Promise.resolve(
          typeof server.health === 'string' ? new Response(server.health) : Response.json(server.health),
        );
      }
      return Promise.resolve(
        server.schema === undefined ? new Response('{}', { status: 503 }) : Response.json(server.schema),
      );
    },
  });
  const servers = createCogServers(ports);
  return { servers, ports, listening, asked, store, runner: runner ?? fakeCogRunner() };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error as { code: unknown }).code,
  );

const now = (servers: ReturnType<typeof createCogServers>) => servers.all.map(({ name, state }) => `${name}: ${state}`);

describe('a server by its address', () => {
  it('is listed with what it says of itself, and is one of the models', async () => {
    const { servers, listening, store } = world();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    const added = await servers.add(' http://127.0.0.1:5000/ ', false);
    expect(added).toMatchObject({
      url: 'http://127.0.0.1:5000',
      modelId: 'cog/127.0.0.1:5000',
      origin: 'url',
      state: 'ready',
      task: 'text-generation',
      isStreaming: true,
      setupSeconds: 3,
    });
    expect(servers.models).toMatchObject([{ id: 'cog/127.0.0.1:5000', hosting: 'own', pricing: [] }]);
    expect(servers.schema('cog/127.0.0.1:5000')?.input).toMatchObject({ properties: { prompt: { type: 'string' } } });
    expect(servers.endpoint('cog/127.0.0.1:5000')).toEqual({
      kind: 'own',
      baseUrl: 'http://127.0.0.1:5000',
      reachesHost: true,
    });
    expect(store.kept).toHaveLength(1);
  });

  it('is one server however often it is added', async () => {
    const { servers, listening } = world();
    listening.set('http://127.0.0.1:5000', { health: health('READY') });
    await servers.add('http://127.0.0.1:5000', false);
    await servers.add('http://127.0.0.1:5000/', false);
    expect(now(servers)).toEqual(['127.0.0.1:5000: ready']);
  });

  it('is listed though nobody answers, and says so', async () => {
    const { servers } = world();
    const added = await servers.add('http://127.0.0.1:5000', false);
    expect(added.state).toBe('unreachable');
    expect(added.problem?.message).toContain('Nothing answers at http://127.0.0.1:5000');
  });

  it('that is no Cog server is told as that', async () => {
    const { servers, listening } = world();
    listening.set('http://127.0.0.1:5000', { health: '<html>hello</html>' });
    const added = await servers.add('http://127.0.0.1:5000', false);
    expect(added.problem?.message).toContain('is not a Cog server');
  });

  it.each([
    ['nonsense', false, 'bad-request'],
    ['file:///etc/passwd', false, 'bad-request'],
    ['http://user:secret@127.0.0.1:5000', false, 'not-allowed'],
    ['http://models.example:5000', true, 'not-allowed'],
    ['https://models.example', false, 'needs-confirmation'],
    ['https://models.example', true, 'none'],
    ['http://[::1]:5000', false, 'none'],
    ['http://localhost:5000', false, 'none'],
  ])('%s (confirmed: %s) → %s', async (url, confirmed, code) => {
    const { servers, asked } = world();
    expect(await codeOf(servers.add(url, confirmed))).toBe(code);
    if (code !== 'none') expect([asked, servers.all]).toEqual([[], []]);
  });

  it('is looked at while somebody watches, and not after that', async () => {
    const { servers, listening, ports, asked } = world();
    await servers.add('http://127.0.0.1:5000', false);
    const seen = asked.length;
    await ports.clock.advance(60);
    expect(asked.length).toBe(seen);
    const watching = servers.watch();
    await settle();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    await ports.clock.advance(6);
    expect(now(servers)).toEqual(['127.0.0.1:5000: ready']);
    watching.dispose();
    await ports.clock.advance(6);
    const before = asked.length;
    await ports.clock.advance(60);
    expect([asked.length, ports.clock.pending]).toEqual([before, 0]);
  });

  it('whose setup failed shows its log, and the schema of a new one is read anew', async () => {
    const { servers, listening, ports } = world();
    listening.set('http://127.0.0.1:5000', {
      health: health('SETUP_FAILED', { status: 'failed', logs: 'RuntimeError: no weights here' }),
    });
    const added = await servers.add('http://127.0.0.1:5000', false);
    expect([added.state, added.log]).toEqual(['setup-failed', 'RuntimeError: no weights here']);
    expect(added.problem?.message).toMatch(/setup/i);
    const watching = servers.watch();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    await ports.clock.advance(6);
    expect(servers.all[0]).toMatchObject({ state: 'ready', isStreaming: true });
    watching.dispose();
  });

  it('tells listeners only what changed', async () => {
    const { servers, listening, ports } = world();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    await servers.add('http://127.0.0.1:5000', false);
    let changes = 0;
    servers.onDidChange(() => changes++);
    const watching = servers.watch();
    await ports.clock.advance(30);
    expect(changes).toBe(0);
    watching.dispose();
  });
});

describe('another model at a known address', () => {
  it('has the form of its own', async () => {
    const { servers, listening, ports } = world();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    await servers.add('http://127.0.0.1:5000', false);
    servers.watch();
    await ports.clock.advance(1);
    expect(servers.all[0]).toMatchObject({ isStreaming: true });
    const plain = { ...SCHEMA, paths: { '/predictions': { post: {} } } };
    listening.set('http://127.0.0.1:5000', {
      health: health('READY', { completed_at: '2026-11-20T12:00:09Z' }),
      schema: plain,
    });
    await ports.clock.advance(10);
    expect(servers.all[0]).toMatchObject({ isStreaming: false, setupSeconds: 9 });
  });
});

describe('a server from a project', () => {
  it('goes from installing to ready, with its log, and is stopped with the host', async () => {
    const { servers, listening, ports, runner, store } = world();
    await servers.start('python', '/home/me/my model');
    const [process] = runner.started;
    expect([process?.how, process?.folder]).toEqual(['python', '/home/me/my model']);
    expect(servers.all[0]).toMatchObject({ id: 'my-model', name: 'my model', state: 'starting' });
    process?.stage('installing');
    process?.line('Installing cog');
    await ports.clock.advance(1);
    expect(servers.all[0]).toMatchObject({ state: 'installing', log: 'Installing cog\n' });
    expect(servers.endpoint('cog/my-model')?.problem?.message).toContain('still being installed');
    process?.stage('starting');
    listening.set('http://127.0.0.1:5111', { health: health('STARTING', { completed_at: null, status: null }) });
    process?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(1);
    expect(servers.all[0]).toMatchObject({ state: 'setup', url: 'http://127.0.0.1:5111' });
    listening.set('http://127.0.0.1:5111', { health: health('READY'), schema: SCHEMA });
    await ports.clock.advance(3);
    expect(servers.all[0]).toMatchObject({ state: 'ready', isStreaming: true });
    expect(servers.endpoint('cog/my-model')).toEqual({
      kind: 'own',
      baseUrl: 'http://127.0.0.1:5111',
      reachesHost: true,
    });
    expect(store.kept[0]).toMatchObject({ url: 'http://127.0.0.1:5111', folder: '/home/me/my model' });
    servers.dispose();
    expect(process?.stopped).toBe(true);
  });

  it('is given time until it listens', async () => {
    const { servers, ports, runner } = world();
    await servers.start('python', '/m');
    runner.started[0]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(10);
    expect(servers.all[0]?.state).toBe('starting');
  });

  it('that ends by itself has failed, with its last words', async () => {
    const { servers, ports, runner } = world();
    await servers.start('python', '/m');
    runner.started[0]?.line('ModuleNotFoundError: no torch');
    runner.started[0]?.exit(1);
    await ports.clock.advance(1);
    expect(servers.all[0]).toMatchObject({
      state: 'failed',
      problem: { message: 'The server ended with exit code 1. It said last: ModuleNotFoundError: no torch' },
      log: 'ModuleNotFoundError: no torch\n',
    });
    expect(servers.endpoint('cog/m')?.problem?.message).toContain('exit code 1');
  });

  it('that cannot be started says why', async () => {
    const { servers, runner, ports } = world();
    await servers.start('docker', '/m');
    // Within a container, addresses of this machine are the container's own.
    expect(servers.endpoint('cog/m')).toMatchObject({ reachesHost: false });
    runner.started[0]?.fail(new CogStartError('Docker does not answer.', 'Start Docker.'));
    await settle();
    expect(servers.all[0]).toMatchObject({ state: 'failed', problem: { nextStep: 'Start Docker.' } });
    expect(ports.logged).toEqual([]);
  });

  it('is one server when it is started again, and the process before is stopped', async () => {
    const { servers, runner } = world();
    await Promise.all([servers.start('python', '/m'), servers.start('python', '/m')]);
    await servers.start('python', '/m');
    expect(runner.started.map(({ stopped }) => stopped)).toEqual([true, false]);
    runner.started[0]?.exit(1);
    expect(now(servers)).toEqual(['m: starting']);
  });

  it.each(['stop', 'remove'] as const)('that is being started again heeds a %s meanwhile', async (what) => {
    const { servers, runner } = world();
    await servers.start('python', '/m');
    const again = servers.start('python', '/m');
    await servers[what]('m');
    await again;
    expect(runner.started.map(({ stopped }) => stopped)).toEqual([true]);
    expect(now(servers)).toEqual(what === 'stop' ? ['m: stopped'] : []);
  });

  it('is followed again when somebody looks, however long nobody did', async () => {
    const { servers, listening, runner, ports } = world();
    await servers.start('python', '/m');
    listening.set('http://127.0.0.1:5111', { health: health('BUSY'), schema: SCHEMA });
    runner.started[0]?.listen('http://127.0.0.1:5111');
    const first = servers.watch();
    await ports.clock.advance(1);
    first.dispose();
    await ports.clock.advance(60);
    listening.set('http://127.0.0.1:5111', { health: health('DEFUNCT'), schema: SCHEMA });
    servers.watch();
    await ports.clock.advance(1);
    expect(now(servers)).toEqual(['m: failed']);
  });

  it('tells what it takes to a run that was planned during its setup', async () => {
    const { servers, listening, runner, ports } = world();
    await servers.start('python', '/m');
    listening.set('http://127.0.0.1:5111', { health: health('STARTING', { completed_at: null }) });
    runner.started[0]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(1);
    const { learn } = servers.endpoint('cog/m') ?? {};
    listening.set('http://127.0.0.1:5111', { health: health('READY'), schema: SCHEMA });
    expect(await learn?.()).toMatchObject({ isStreaming: true, schema: { input: { required: ['prompt'] } } });
    expect(servers.endpoint('cog/m')).not.toHaveProperty('learn');
  });

  it('is stopped on request, and nothing is sent to who has its port then', async () => {
    const { servers, listening, runner, asked, ports } = world();
    await servers.start('python', '/m');
    listening.set('http://127.0.0.1:5111', { health: health('READY'), schema: SCHEMA });
    runner.started[0]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(1);
    await servers.stop('m');
    expect(now(servers)).toEqual(['m: stopped']);
    const watching = servers.watch();
    const before = asked.length;
    await ports.clock.advance(30);
    expect(asked.length).toBe(before);
    expect(servers.endpoint('cog/m')?.problem?.message).toBe('m is not running.');
    watching.dispose();
  });

  it('comes back stopped in the next session', async () => {
    const { servers, asked } = world([
      { id: 'm', name: 'My model', origin: 'python', url: 'http://127.0.0.1:5111', folder: '/m', pricePerHourUsd: 2 },
    ]);
    servers.watch();
    await settle();
    expect(servers.all).toMatchObject([{ name: 'My model', state: 'stopped', pricePerHourUsd: 2 }]);
    expect(asked).toEqual([]);
  });

  it('is not started where nothing may be', async () => {
    const { ports } = world();
    const servers = createCogServers({ ...ports, cogRunner: undefined } as never);
    expect(await codeOf(servers.start('python', '/m'))).toBe('not-allowed');
    expect((await servers.tools()).python).toMatchObject({ usable: false });
  });
});

describe('what the user changes', () => {
  it('name, task and price are kept, and taken back', async () => {
    const { servers, listening, store } = world();
    listening.set('http://127.0.0.1:5000', { health: health('READY'), schema: SCHEMA });
    const { id } = await servers.add('http://127.0.0.1:5000', false);
    servers.update(id, { name: ' Mine ', task: 'summarization', pricePerHourUsd: 1.5 });
    expect(store.kept).toMatchObject([{ name: 'Mine', task: 'summarization', pricePerHourUsd: 1.5 }]);
    expect(servers.models).toMatchObject([{ name: 'Mine', task: 'summarization', pricing: [{ usd: 1.5 }] }]);
    servers.update(id, { task: null, pricePerHourUsd: null });
    expect(store.kept).toEqual([{ id, name: 'Mine', origin: 'url', url: 'http://127.0.0.1:5000' }]);
    expect(servers.all[0]?.task).toBe('text-generation');
  });

  it('a removed server is gone, and its process with it', async () => {
    const { servers, runner, store } = world();
    const { id } = await servers.start('python', '/m');
    await servers.remove(id);
    expect([servers.all, store.kept, runner.started[0]?.stopped]).toEqual([[], [], true]);
    expect(servers.endpoint('cog/m')).toBeUndefined();
    await expect(servers.stop(id)).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('logs keep their end', async () => {
    const { servers, runner, ports } = world();
    const { id } = await servers.start('python', '/m');
    for (let line = 0; line < 40_000; line++) runner.started[0]?.line(`line ${line}`);
    await ports.clock.advance(1);
    const { text } = servers.log(id);
    expect(text.length).toBeLessThanOrEqual(256 * 1024);
    expect(text.endsWith('line 39999\n')).toBe(true);
    expect(servers.all[0]?.log.length).toBeLessThanOrEqual(4000);
  });
});
