import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import { OWN_OWNER } from '../../../src/app/owner';
import type { ColumnIntent, RunPlan } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakeCogRunner, memoryCogServers } from '../../fakes/cog';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts } from '../../fakes/ports';
import { attachView, runOf } from '../../fakes/view';

const HEALTH = { status: 'READY', setup: { logs: '' }, version: { python_sdk: '0.22.0' } };
const SCHEMA = {
  paths: { '/predictions': { post: { 'x-cog-streaming': true } } },
  components: {
    schemas: {
      Input: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] },
      Output: { type: 'array', items: { type: 'string' }, 'x-cog-array-type': 'iterator' },
    },
  },
};

const OWN = 'cog/m';
const column = (id: string, modelId: string): ColumnIntent => ({ id, modelId, parameters: {} });
const plan = (...columns: ColumnIntent[]): RunPlan => ({ prompt: 'say hello', system: '', columns });

/** A playground whose one Cog server runs. */
async function start(overrides: Parameters<typeof fakePorts>[0] = {}) {
  const runner = fakeCogRunner();
  const ports = fakePorts({
    cogServers: memoryCogServers([
      { id: 'm', name: 'Mine', origin: 'url', url: 'http://127.0.0.1:5000', pricePerHourUsd: 3.6 },
    ]),
    cogRunner: runner,
    fetch: (input) => {
      const { port, pathname } = new URL(input instanceof Request ? input.url : input);
      if (port !== '5000' && port !== '5111') return Promise.resolve(Response.json({ success: true, result: [] }));
      return Promise.resolve(Response.json(pathname === '/health-check' ? HEALTH : SCHEMA));
    },
    ...overrides,
  });
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  const view = attachView(playground);
  await view.ready();
  await settle();
  return { ports, server, playground, view, runner };
}

describe('a column of an own model', () => {
  it('runs without credentials, is not simulated, and is sent to its server alone', async () => {
    const { ports, view, server } = await start();
    ports.change({ connection: 'cloudflare' });
    const starts = ports.simulatorStarts;
    await view.host.run(plan(column('o', OWN)));
    expect(server.to(OWN).request.endpoint).toEqual({
      kind: 'own',
      baseUrl: 'http://127.0.0.1:5000',
      reachesHost: true,
    });
    expect(server.to(OWN).request.schema?.input).toMatchObject({ properties: { prompt: {} } });
    expect(runOf(view, 'o').simulated).toBe(false);
    expect(ports.simulatorStarts).toBe(starts);
  });

  it('runs beside hosted ones, which keep their endpoint', async () => {
    const { view, server } = await start();
    await view.host.run(plan(column('o', OWN), column('a', '@cf/test/alpha')));
    expect(server.to('@cf/test/alpha').request.endpoint).toMatchObject({ token: 'simulator-token' });
    expect(server.to(OWN).request.endpoint).not.toHaveProperty('token');
    expect([runOf(view, 'o').simulated, runOf(view, 'a').simulated]).toEqual([false, true]);
  });

  it('is in no budget and in no sum, and its figures count', async () => {
    const { ports, view, server, playground } = await start();
    ports.change({ budget: { perRunUsd: 0.000001, perDayUsd: 0.000001 } });
    await view.host.run(plan(column('o', OWN)));
    const call = server.to(OWN);
    call.accept();
    call.text('hello');
    call.emit({ type: 'serverTime', at: ports.clock.now(), predict: 100 });
    call.finish();
    await ports.clock.advance(1);
    expect(runOf(view, 'o').state.status).toBe('done');
    expect(playground.sessionCost).toMatchObject({ unknownRuns: 0, byWallet: { neurons: 0, credits: 0 } });
    expect(playground.sessionCost.today.byWallet).toEqual({ neurons: 0, credits: 0 });
    expect(ports.ledger.entries).toMatchObject([{ owner: OWN_OWNER, modelId: OWN }]);
    expect(ports.ledger.entries[0]).not.toHaveProperty('usd');
    expect(playground.personal.measured[OWN]).toMatchObject({ runs: 1 });
    // The sum of an account is as untouched as that of the simulator.
    ports.change({ connection: 'cloudflare' });
    await settle();
    expect(playground.sessionCost).toMatchObject({ unknownRuns: 0, byWallet: { neurons: 0, credits: 0 } });
    ports.change({ connection: 'simulator' });
    await expect(view.host.run(plan(column('a', '@cf/test/alpha')))).rejects.toMatchObject({ code: 'over-budget' });
  });

  it('goes into no Worker, and says why; its request is copied without a token', async () => {
    const { view, playground } = await start();
    await expect(view.host.useInWorker(plan(column('o', OWN)), 'o')).rejects.toMatchObject({ code: 'bad-request' });
    await expect(playground.chosenModels([OWN])).rejects.toMatchObject({ code: 'bad-request' });
    const code = await view.host.snippet('curl', plan(column('o', OWN)), 'o');
    expect(code).toContain('http://127.0.0.1:5000/predictions');
    expect(code).not.toMatch(/authorization/i);
    await expect(view.host.snippet('worker', plan(column('o', OWN)), 'o')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('of a server that was removed is told as unknown, and takes no sibling down', async () => {
    const { view } = await start();
    await view.host.removeCogServer('m');
    await expect(view.host.run(plan(column('o', OWN)))).rejects.toMatchObject({ code: 'unknown-model' });
    expect(view.received).toContain('cogServers');
    expect(view.received).toContain('models');
  });
});

describe('a project that is started', () => {
  it('gets one column as soon as its schema is known, and none before', async () => {
    const { ports, view, runner } = await start();
    await view.host.startCogServer('python', '/home/me/writer');
    expect(JSON.stringify(view.snapshot?.intent)).not.toContain('cog/writer');
    runner.started[0]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(3);
    const columns = () => view.snapshot?.intent.columns.filter(({ modelId }) => modelId === 'cog/writer').length;
    expect(columns()).toBe(1);
    await view.host.startCogServer('python', '/home/me/writer');
    runner.started[1]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(3);
    expect(columns()).toBe(1);
    expect(runner.started[0]?.stopped).toBe(true);
  });

  it('fails in its own column while it is not up, whatever has its port', async () => {
    const { view, server, ports, runner } = await start();
    await view.host.startCogServer('python', '/home/me/writer');
    runner.started[0]?.listen('http://127.0.0.1:5111');
    await ports.clock.advance(3);
    await view.host.stopCogServer('writer');
    await view.host.run(plan(column('w', 'cog/writer'), column('a', '@cf/test/alpha')));
    expect(server.to('cog/writer').request.endpoint).toMatchObject({ problem: { message: 'writer is not running.' } });
    expect(server.to('@cf/test/alpha').request.endpoint).not.toHaveProperty('problem');
  });

  it('is asked for by a dialog where the host has one', async () => {
    const runner = fakeCogRunner();
    const playground = createPlayground(fakePorts({ cogRunner: runner }));
    const view = attachView(playground, { pickCogFolder: () => Promise.resolve(undefined) });
    await view.ready();
    expect(await view.host.startCogServer('python')).toBeNull();
    expect(runner.started).toEqual([]);
  });
});

describe('calls of a view about servers', () => {
  it.each([
    ['addCogServer', [5, false]],
    ['addCogServer', ['http://127.0.0.1:5000', 'yes']],
    ['startCogServer', ['sudo', '/m']],
    ['startCogServer', ['python', 5]],
    ['updateCogServer', ['m', { pricePerHourUsd: -1 }]],
    ['updateCogServer', ['m', { task: 'nonsense' }]],
    ['stopCogServer', [{}]],
    ['removeCogServer', ['gone']],
  ])('%s %j is refused', async (method, args) => {
    const { view } = await start();
    const call = view.host[method as 'stopCogServer'] as unknown as (...given: unknown[]) => Promise<unknown>;
    await expect(call(...args)).rejects.toMatchObject({ code: 'bad-request' });
  });
});

it('a command shows "Add Cog model" in the view that is there, or in the next', async () => {
  const playground = createPlayground(fakePorts());
  playground.showAddCog('/m');
  const view = attachView(playground);
  expect((await view.ready()).addCog).toEqual({ folder: '/m' });
  playground.showAddCog();
  await settle();
  expect(view.received).toContain('showAddCog');
});
