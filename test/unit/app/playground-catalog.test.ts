import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import { costOf } from '../../../src/core/run/cost';
import type { ColumnIntent, RunPlan, RunView } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { hostedEntry, listServer, v4, type FakeLists } from '../../fakes/lists';
import { fakePorts, type FakePorts } from '../../fakes/ports';
import { attachView, runOf } from '../../fakes/view';

const ALPHA = '@cf/test/alpha';
const column = (id: string, modelId: string, parameters: ColumnIntent['parameters'] = {}): ColumnIntent => ({
  id,
  modelId,
  parameters,
});
const plan = (...columns: ColumnIntent[]): RunPlan => ({ prompt: 'say hello', system: '', columns });

const listing = (usd: number): FakeLists => ({ search: [v4([hostedEntry(ALPHA, usd)], { total_count: 1 })] });

function start(lists: FakeLists = {}, given: Partial<FakePorts> = {}) {
  const lists_ = listServer(lists);
  const ports = fakePorts({ fetch: lists_.fetch, ...given });
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  return { ports, server, playground, lists: lists_, view: attachView(playground) };
}

/** Runs alpha to its end: a million tokens in, none out. */
async function runAlpha({ view, server, ports }: ReturnType<typeof start>): Promise<void> {
  await view.host.run(plan(column('a', ALPHA)));
  const call = server.to(ALPHA);
  call.accept();
  call.emit({ type: 'usage', at: ports.clock.now(), usage: { inputTokens: 1_000_000, outputTokens: 0 } });
  call.finish();
  await ports.clock.advance(1);
}

const usd = ({ state, model }: RunView): unknown => {
  const cost = costOf(state, model);
  return cost.provenance === 'unknown' ? cost.why : cost.usd;
};

describe('the price of a run', () => {
  it('is the one of its start: no refresh changes what an old run cost, and no restart', async () => {
    const first = start(listing(7));
    const { view, lists, ports, playground } = first;
    await view.ready();
    await settle();
    await runAlpha(first);
    const run = runOf(view, 'a');
    expect(usd(run)).toBe(7);
    expect(run.priceOrigin).toEqual({ source: 'models-search', asOf: '2026-11-20T12:00:00.000Z' });
    lists.lists = listing(70);
    await view.host.refreshCatalog();
    const [now] = (await view.ready()).models.filter(({ id }) => id === ALPHA);
    expect(now?.pricing[0]?.usd).toBe(70);
    expect(usd(runOf(view, 'a'))).toBe(7);
    playground.dispose();
    const again = start(listing(70), { store: ports.store, catalogCache: ports.catalogCache });
    const restored = (await again.view.ready()).runs.find(({ columnId }) => columnId === 'a');
    expect(restored).toMatchObject({ restored: true, priceOrigin: run.priceOrigin });
    expect(restored && usd(restored)).toBe(7);
    await settle();
    await runAlpha(again);
    expect(usd(runOf(again.view, 'a'))).toBe(70);
  });

  it('is stored with plain facts, without where each came from, and sent so to the client', async () => {
    const { view, server, ports } = start(listing(7));
    await view.ready();
    await settle();
    await view.host.run(plan(column('a', ALPHA)));
    for (const model of [runOf(view, 'a').model, server.to(ALPHA).request.model]) {
      expect(model).not.toHaveProperty('origins');
      expect(model).not.toHaveProperty('confirmed');
    }
    expect(ports.store.dump()).not.toContain('"origins"');
  });

  it('of a model without one has no origin', async () => {
    const { view } = start({ search: [v4([hostedEntry('@cf/live/free-text')], { total_count: 1 })] });
    await view.ready();
    await settle();
    const [run] = await view.host.run(plan(column('a', '@cf/live/free-text')));
    expect(run).not.toHaveProperty('priceOrigin');
  });
});

describe('parameters', () => {
  const schema = { input: { type: 'object', properties: { top_k: { type: 'integer', minimum: 1, maximum: 50 } } } };
  const lists: FakeLists = { schemas: { [ALPHA]: { json: { success: true, result: schema } } } };

  it('that the model cannot take refuse the whole plan before anything is sent, naming model and value', async () => {
    const { view, server } = start(lists);
    await view.ready();
    const wrong = plan(column('b', '@cf/test/beta'), column('a', ALPHA, { temperature: 99 }));
    await expect(view.host.run(wrong)).rejects.toMatchObject({
      code: 'invalid-parameters',
      message: expect.stringMatching(/^@cf\/test\/alpha: .*[Tt]emperature/) as unknown,
    });
    expect(server.calls).toEqual([]);
    expect(view.runs.size).toBe(0);
  });

  it('are checked with the schema of the model, once the view has asked for it', async () => {
    const { view, server } = start(lists);
    await view.ready();
    const wrong = plan(column('a', ALPHA, { extra: { top_k: 99 } }));
    expect(await view.host.modelSchema(ALPHA)).toMatchObject(schema);
    await expect(view.host.run(wrong)).rejects.toMatchObject({ code: 'invalid-parameters' });
    await expect(view.host.snippet('curl', wrong, 'a')).rejects.toMatchObject({ code: 'invalid-parameters' });
    expect(server.calls).toEqual([]);
    await view.host.run(plan(column('a', ALPHA, { extra: { top_k: 50 } })));
    expect(server.calls).toHaveLength(1);
  });
});

describe('a view', () => {
  it('gets the models once, and from then on how they stand', async () => {
    const { view, ports } = start(listing(7));
    const snapshot = await view.ready();
    expect(snapshot.catalogStatus.sources.map(({ source }) => source)).toContain('bundle');
    await settle();
    expect(view.received.filter((name) => name === 'models')).toHaveLength(1);
    expect(view.received).toContain('catalogStatus');
    const again = await view.ready();
    expect(again.models.find(({ id }) => id === ALPHA)?.confirmed).toBe(true);
    expect(again.catalogStatus).toMatchObject({ refreshing: false });
    expect(ports.logged.join()).not.toContain('error');
  });

  it('refreshes the catalog and learns what changed; it can stop that', async () => {
    const { view, lists } = start(listing(7));
    await view.ready();
    await settle();
    lists.lists = { search: [v4([hostedEntry('@cf/live/new')], { total_count: 1 })] };
    expect(await view.host.refreshCatalog()).toMatchObject({ added: 1, removed: 0 });
    lists.gate = new Promise(() => undefined);
    const refreshed = expect(view.host.refreshCatalog()).rejects.toMatchObject({ code: 'cancelled' });
    await settle();
    await view.host.cancelRefresh();
    await refreshed;
    await view.host.cancelRefresh();
  });

  it('is told when the catalog cannot be refreshed', async () => {
    const { view } = start({ search: ['offline'], catalog: ['offline'] });
    await view.ready();
    await expect(view.host.refreshCatalog()).rejects.toMatchObject({ code: 'server' });
  });

  it('gets the schema of a model: null when there is none, an error when there is no such model', async () => {
    const { view } = start();
    await view.ready();
    expect(await view.host.modelSchema(ALPHA)).toBeNull();
    await expect(view.host.modelSchema('@cf/no/such')).rejects.toMatchObject({ code: 'unknown-model' });
    await expect(view.host.modelSchema('x'.repeat(201))).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('changes favourites, and every view learns of it', async () => {
    const { view, playground } = start();
    const other = attachView(playground);
    await view.ready();
    await other.ready();
    await view.host.setFavourite(ALPHA, true);
    await settle();
    expect(other.received).toContain('personal');
    expect(playground.personal.favourites).toEqual([ALPHA]);
    await expect(view.host.setFavourite(ALPHA, 'yes' as never)).rejects.toMatchObject({ code: 'bad-request' });
    expect((await other.ready()).personal.favourites).toEqual([ALPHA]);
  });
});

describe('the page of a model', () => {
  it('opens in a view that is there', async () => {
    const { view, playground, ports } = start();
    await view.ready();
    await playground.showModel(ALPHA);
    await settle();
    expect(view.received).toContain(`showModel ${ALPHA}`);
    await ports.clock.advance(6);
    expect(await view.ready()).not.toHaveProperty('shownModel');
  });

  it('waits for a view that is on its way, and opens once', async () => {
    const { view, playground } = start();
    await playground.showModel(ALPHA);
    expect((await view.ready()).shownModel).toBe(ALPHA);
    expect(await view.ready()).not.toHaveProperty('shownModel');
  });

  it('is not lost when the view that was told is hidden, and comes back at once', async () => {
    const { view, playground } = start();
    await view.ready();
    view.channel.deaf = true;
    await playground.showModel(ALPHA);
    view.channel.deaf = false;
    expect((await view.ready()).shownModel).toBe(ALPHA);
  });

  it('waits however long it takes when there is no view', async () => {
    const ports = fakePorts();
    const playground = createPlayground(ports, fakeInfer(ports.clock.now).infer);
    await playground.showModel(ALPHA);
    await ports.clock.advance(100);
    expect((await attachView(playground).ready()).shownModel).toBe(ALPHA);
  });

  it('of no model is refused', async () => {
    const { playground } = start();
    await expect(playground.showModel('@cf/no/such')).rejects.toMatchObject({ code: 'unknown-model' });
  });
});

describe('adding a column', () => {
  it('puts it behind the others and keeps what stands there', async () => {
    const { view, playground } = start();
    const { intent } = await view.ready();
    await playground.addColumn('@cf/test/beta');
    await settle();
    const columns = view.snapshot?.intent.columns ?? [];
    expect(columns.slice(0, -1)).toEqual(intent.columns);
    expect(columns.at(-1)).toMatchObject({ modelId: '@cf/test/beta', parameters: {} });
  });

  it('of another task shows that task, and parks what was shown', async () => {
    const { view, playground } = start();
    const { intent } = await view.ready();
    await playground.addColumn('@cf/test/painter');
    await settle();
    expect(view.snapshot?.intent).toMatchObject({
      task: 'text-to-image',
      columns: [{ modelId: '@cf/test/painter' }],
      parked: { 'text-generation': intent.columns },
    });
    await playground.addColumn(ALPHA);
    await settle();
    expect(view.snapshot?.intent).toMatchObject({ task: 'text-generation', parked: { 'text-to-image': [{}] } });
    expect(view.snapshot?.intent.columns).toHaveLength(intent.columns.length + 1);
  });

  it('is refused above twelve', async () => {
    const { view, playground } = start();
    const { intent } = await view.ready();
    for (let count = intent.columns.length; count < 12; count++) await playground.addColumn(ALPHA);
    await expect(playground.addColumn(ALPHA)).rejects.toMatchObject({ code: 'too-many-columns' });
    await expect(playground.addColumn('@cf/no/such')).rejects.toMatchObject({ code: 'unknown-model' });
  });
});
