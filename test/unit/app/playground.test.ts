import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import type { ColumnIntent, RunPlan } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, model, type FakePorts } from '../../fakes/ports';
import { memoryStore } from '../../fakes/store';
import { attachView, runOf } from '../../fakes/view';

/** Name of the first file that the fake host keeps. */
const MADE = `${'1'.padStart(64, '0')}.png`;

const column = (id: string, modelId: string): ColumnIntent => ({ id, modelId, parameters: {} });
const alpha = column('a', '@cf/test/alpha');
const beta = column('b', '@cf/test/beta');
const gamma = column('g', 'openai/gamma');
const plan = (...columns: ColumnIntent[]): RunPlan => ({ prompt: 'say hello', system: '', columns });

function start(ports: FakePorts = fakePorts()) {
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  return { ports, server, playground, view: attachView(playground) };
}

describe('before the first view', () => {
  it('nothing is started, fetched or read', async () => {
    const ports = fakePorts({ fetch: () => Promise.reject(new Error('nobody asked')) });
    const read: string[] = [];
    ports.store.loadIntent = () => void read.push('intent') as undefined;
    createPlayground(ports, fakeInfer(ports.clock.now).infer);
    await ports.clock.advance(10);
    expect([ports.simulatorStarts, read, ports.logged, ports.clock.pending]).toEqual([0, [], [], 0]);
  });
});

describe('a new playground', () => {
  it('shows three sensible columns, nothing typed, and the simulator', async () => {
    const { view } = start();
    const snapshot = await view.ready();
    expect(snapshot.intent.columns).toHaveLength(3);
    expect(new Set(snapshot.intent.columns.map(({ id }) => id)).size).toBe(3);
    expect(snapshot.intent).toMatchObject({ task: 'text-generation', prompt: '', system: '' });
    expect(snapshot.connection).toMatchObject({
      kind: 'simulator',
      simulated: true,
      gatewayId: 'default',
      hostKind: 'test',
      canConnect: true,
      howToConnect: 'Press Connect.',
    });
    expect(snapshot).toMatchObject({
      runs: [],
      mediaBase: '/media/',
      sessionCost: { simulated: true, unknownRuns: 0 },
    });
    expect(snapshot.sessionCost).not.toHaveProperty('usd');
  });
});

describe('a run', () => {
  it('goes from waiting to done in every column, side by side', async () => {
    const { view, server, ports } = start();
    await view.ready();
    const runs = await view.host.run({ ...plan(alpha, gamma), system: 'be brief' });
    expect(runs.map(({ columnId, state, simulated }) => [columnId, state.status, simulated])).toEqual([
      ['a', 'waiting', true],
      ['g', 'waiting', true],
    ]);
    expect(server.calls.map(({ request }) => request.messages)).toEqual([
      [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'say hello' },
      ],
      [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'say hello' },
      ],
    ]);
    for (const call of server.calls) call.accept();
    server.to('openai/gamma').text('Hello ');
    server.to('@cf/test/alpha').text('Hi');
    await ports.clock.advance(1);
    expect([runOf(view, 'a').state.status, runOf(view, 'g').state.status]).toEqual(['answering', 'answering']);
    server.to('openai/gamma').text('world');
    server.to('openai/gamma').finish();
    await ports.clock.advance(1);
    expect(runOf(view, 'g').state).toMatchObject({ status: 'done', text: 'Hello world', finishReason: 'stop' });
    expect(runOf(view, 'a').state).toMatchObject({ status: 'answering', text: 'Hi' });
    expect(view.faults).toEqual([]);
  });

  it('that fails leaves its partial answer, and its siblings alone', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run(plan(alpha, beta));
    for (const call of server.calls) call.accept();
    server.to('@cf/test/alpha').text('half');
    server.to('@cf/test/alpha').emit({
      type: 'failed',
      at: 101,
      error: { reason: 'network', message: 'Lost.', nextStep: 'Again.', retryable: true },
    });
    server.to('@cf/test/alpha').close();
    server.to('@cf/test/beta').text('whole');
    server.to('@cf/test/beta').finish();
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state).toMatchObject({ status: 'failed', text: 'half', error: { reason: 'network' } });
    expect(runOf(view, 'b').state).toMatchObject({ status: 'done', text: 'whole' });
  });

  it('is failed, not left hanging, when the client ends without a word or throws', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run(plan(alpha, beta, gamma));
    server.to('@cf/test/alpha').close();
    ports.media.save = () => Promise.reject(new Error('disk full'));
    server.to('@cf/test/beta').accept();
    const media = { kind: 'image', mediaType: 'image/png', bytes: new Uint8Array(3) } as const;
    server.to('@cf/test/beta').emit({ type: 'media', at: 101, media });
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state).toMatchObject({ status: 'failed', error: { reason: 'protocol' } });
    expect(runOf(view, 'b').state).toMatchObject({ status: 'failed', error: { reason: 'protocol' } });
    expect(server.to('@cf/test/beta').signal.aborted).toBe(true);
    expect(server.to('openai/gamma').signal.aborted).toBe(false);
    expect(runOf(view, 'g').state.status).toBe('waiting');
    expect(ports.logged.join('\n')).toContain('disk full');
  });

  it('stores a picture before any view hears of it, and sends only the reference', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run({ ...plan(column('p', '@cf/test/painter')), system: 'ignored by pictures' });
    const call = server.to('@cf/test/painter');
    expect(call.request.messages).toEqual([{ role: 'user', content: 'say hello' }]);
    call.accept();
    const bytes = new Uint8Array([1, 2, 3]);
    call.emit({ type: 'media', at: 101, media: { kind: 'image', mediaType: 'image/png', bytes } });
    call.finish();
    await ports.clock.advance(1);
    expect(ports.saved).toEqual([bytes]);
    expect(runOf(view, 'p').state.media).toEqual([
      { kind: 'image', mediaType: 'image/png', file: MADE, byteLength: 3 },
    ]);
    expect(runOf(view, 'p').state.approximateUsage).toBeUndefined();
  });

  it('without usage is counted by the tokenizer before it is done: input, reasoning and answer apart', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run({ ...plan(alpha), system: 'be very brief' });
    const call = server.to('@cf/test/alpha');
    call.accept();
    call.emit({ type: 'reasoning', at: 101, text: 'let me think ' });
    call.text('one two three four');
    call.finish();
    await ports.clock.advance(1);
    const { state } = runOf(view, 'a');
    expect(state.approximateUsage).toEqual({ inputTokens: 5, outputTokens: 7, reasoningTokens: 3 });
    expect(state.usage).toBeUndefined();
  });

  it('with usage is not counted, nor is one that was stopped', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run(plan(alpha, beta));
    for (const call of server.calls) {
      call.accept();
      call.text('one two');
    }
    server.to('@cf/test/alpha').emit({ type: 'usage', at: 101, usage: { inputTokens: 9, outputTokens: 8 } });
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    await view.host.stop();
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state.approximateUsage).toBeUndefined();
    expect(runOf(view, 'b').state.approximateUsage).toBeUndefined();
    expect(runOf(view, 'b').state.status).toBe('stopped');
  });

  it('is done without counts when the tokenizer fails', async () => {
    const { view, server, ports } = start(fakePorts({ countTokens: () => Promise.reject(new Error('no tables')) }));
    await view.ready();
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('hi');
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state).toMatchObject({ status: 'done' });
    expect(runOf(view, 'a').state.approximateUsage).toBeUndefined();
  });

  it('bills with the catalog entry of its start', async () => {
    const { view, server } = start();
    await view.ready();
    const [run] = await view.host.run(plan(alpha));
    expect(run?.model).toEqual(model('@cf/test/alpha'));
    expect(server.calls[0]?.request.model).toEqual(model('@cf/test/alpha'));
  });
});

describe('stop and clear', () => {
  async function two() {
    const all = start();
    await all.view.ready();
    const [first, second] = await all.view.host.run(plan(alpha, beta));
    for (const call of all.server.calls) {
      call.accept();
      call.text('part');
    }
    await all.ports.clock.advance(1);
    return { ...all, first: first?.runId ?? '', second: second?.runId ?? '' };
  }

  it('stops one and keeps its text', async () => {
    const { view, first, ports, server } = await two();
    await view.host.stop([first]);
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state).toMatchObject({ status: 'stopped', text: 'part' });
    expect(runOf(view, 'b').state.status).toBe('answering');
    expect(server.calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('stops all', async () => {
    const { view, server, ports } = await two();
    await view.host.stop();
    await ports.clock.advance(1);
    expect(server.calls.every(({ signal }) => signal.aborted)).toBe(true);
    expect([runOf(view, 'a').state.status, runOf(view, 'b').state.status]).toEqual(['stopped', 'stopped']);
  });

  it('stops nothing when the list is empty', async () => {
    const { view, server } = await two();
    await view.host.stop([]);
    expect(server.calls.some(({ signal }) => signal.aborted)).toBe(false);
  });

  it('stops the old run of a column before a new one starts there', async () => {
    const { view, server, ports, first } = await two();
    await view.host.run(plan(alpha));
    await ports.clock.advance(1);
    expect(server.calls.map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
    expect(view.runs.get(first)?.state.status).toBe('stopped');
    expect(runOf(view, 'a').state.status).toBe('waiting');
  });

  it('stops a run whose column is taken away: nobody could stop it any more', async () => {
    const { view, server } = await two();
    const { intent } = await view.ready();
    await view.host.saveIntent({ ...intent, columns: intent.columns.filter(({ id }) => id !== 'a') });
    expect(server.calls.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  it('clears the answers, keeps drafts and columns, and they stay cleared after a restart', async () => {
    const { view, server, ports, playground } = await two();
    await view.host.clear();
    await ports.clock.advance(3);
    expect(server.calls.every(({ signal }) => signal.aborted)).toBe(true);
    const snapshot = await view.ready();
    expect(snapshot.runs).toEqual([]);
    expect(snapshot.intent.prompt).toBe('say hello');
    expect(snapshot.intent.columns).toContainEqual(alpha);
    playground.dispose();
    const again = start(fakePorts({ store: ports.store }));
    expect((await again.view.ready()).runs).toEqual([]);
  });
});

describe('refusals, before any money is spent', () => {
  it.each([
    ['an empty prompt', { ...plan(alpha), prompt: '  ' }, 'bad-request', 'prompt'],
    ['a model that is not in the catalog', plan(alpha, column('x', '@cf/none/such')), 'unknown-model', '@cf/none/such'],
    ['a task that needs a socket', plan(alpha, column('r', '@cf/test/talker')), 'task-not-supported', 'WebSocket'],
    ['a picture that is missing', plan(alpha, column('r', '@cf/test/reader')), 'missing-input', 'needs a picture'],
    ['no columns', plan(), 'bad-request', 'at least one column'],
    [
      'thirteen columns',
      plan(...Array.from({ length: 13 }, (_, index) => column(`c${index}`, '@cf/test/alpha'))),
      'bad-request',
      'at most 12',
    ],
  ])('%s', async (_what, refused, code, words) => {
    const { view, server } = start();
    await view.ready();
    const error = await view.host.run(refused).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(words);
    expect(server.calls).toEqual([]);
  });

  it('no token', async () => {
    const { view, server, ports } = start();
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    const snapshot = await view.ready();
    expect(snapshot.connection).toMatchObject({ kind: 'none', problem: expect.stringContaining('token') as string });
    await expect(view.host.run(plan(alpha))).rejects.toMatchObject({ code: 'no-token' });
    expect(server.calls).toEqual([]);
  });

  it('links that are not plain https', async () => {
    const { view } = start();
    await expect(view.host.openLink('command:quit')).rejects.toMatchObject({ code: 'bad-request' });
    await view.host.openLink('https://example.com/');
    expect(view.links).toEqual(['https://example.com/']);
  });

  it('what fails inside the host is explained in its log, not to the view', async () => {
    const { view, ports } = start();
    await view.ready();
    ports.store.clearColumns = () => {
      throw new Error('/home/me/secret.sqlite is read-only');
    };
    const error = await view.host.clear().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'internal' });
    expect((error as Error).message).not.toContain('secret.sqlite');
    expect(ports.logged.join('\n')).toContain('secret.sqlite');
  });
});

describe('several views', () => {
  it('share one session: intent, runs, cost and clear reach the others, not the one that acted', async () => {
    const { view, playground, server, ports } = start();
    const other = attachView(playground);
    await view.ready();
    await other.ready();
    await ports.clock.advance(1);
    view.received.length = 0;
    other.received.length = 0;
    await view.host.saveIntent({ task: 'text-generation', prompt: 'draft', system: '', columns: [alpha] });
    await settle();
    expect(other.snapshot?.intent.prompt).toBe('draft');
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('hi');
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    expect(runOf(other, 'a').state).toEqual(runOf(view, 'a').state);
    expect(runOf(other, 'a').state.text).toBe('hi');
    await view.host.clear();
    await settle();
    expect(other.runs.size).toBe(0);
    expect(view.received.filter((name) => ['intent', 'runs', 'cleared'].includes(name))).toEqual([]);
    expect(other.received.filter((name) => ['intent', 'runs', 'cleared'].includes(name))).toEqual([
      'intent',
      'intent',
      'runs',
      'cleared',
    ]);
    expect([...view.faults, ...other.faults]).toEqual([]);
  });

  it('one that never reads does not slow the other', async () => {
    const { view, playground, server, ports } = start();
    const slow = attachView(playground);
    slow.acknowledges = false;
    await view.ready();
    await slow.ready();
    await view.host.run(plan(alpha));
    const call = server.to('@cf/test/alpha');
    call.accept();
    for (let word = 0; word < 10; word++) {
      call.text(`${word} `);
      await ports.clock.advance(0.1);
    }
    expect(runOf(view, 'a').state.text).toBe('0 1 2 3 4 5 6 7 8 9 ');
    expect(slow.batches).toHaveLength(1);
  });
});

describe('storage', () => {
  it('writes a run at its start, every two seconds when it changed, and at its end', async () => {
    const { view, server, ports } = start();
    await view.ready();
    const idle = ports.clock.pending;
    await view.host.run(plan(alpha));
    expect(ports.store.writes).toBe(1);
    const call = server.to('@cf/test/alpha');
    call.accept();
    call.text('a');
    await ports.clock.advance(1.9);
    expect(ports.store.writes).toBe(1);
    await ports.clock.advance(0.2);
    expect(ports.store.writes).toBe(2);
    await ports.clock.advance(10);
    expect(ports.store.writes).toBe(2);
    call.text('b');
    await ports.clock.advance(2);
    expect(ports.store.writes).toBe(3);
    call.finish();
    await settle();
    expect(ports.store.writes).toBe(4);
    await ports.clock.advance(10);
    expect(ports.store.writes).toBe(4);
    expect(ports.clock.pending).toBe(idle);
  });

  it('brings columns, drafts and finished answers back after a restart, marked as restored', async () => {
    const { view, server, ports, playground } = start();
    await view.ready();
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('kept');
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    const before = runOf(view, 'a');
    playground.dispose();
    const again = start(fakePorts({ store: ports.store }));
    const snapshot = await again.view.ready();
    expect(snapshot.runs).toEqual([{ ...before, restored: true }]);
    expect(snapshot.intent).toMatchObject({ prompt: 'say hello' });
    expect(snapshot.sessionCost).not.toHaveProperty('usd');
  });

  it('keeps what had arrived when the host was closed in mid-run', async () => {
    const { view, server, ports, playground } = start();
    await view.ready();
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('so far');
    await settle();
    playground.dispose();
    expect(server.to('@cf/test/alpha').signal.aborted).toBe(true);
    const again = start(fakePorts({ store: ports.store }));
    const [run] = (await again.view.ready()).runs;
    expect(run?.state).toMatchObject({ status: 'stopped', text: 'so far' });
    expect(run?.state.error?.message).toContain('host stopped');
    expect(ports.clock.pending).toBe(0);
  });

  it('shows a run cut off by a crash as stopped, with its part and the times of its own clock', async () => {
    const { view, server, ports } = start();
    await view.ready();
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('so far');
    const heard = ports.clock.now();
    await ports.clock.advance(3);
    // No dispose: the process is gone.
    const again = start(fakePorts({ store: ports.store }));
    const [run] = (await again.view.ready()).runs;
    expect(run).toMatchObject({ restored: true, state: { status: 'stopped', text: 'so far' } });
    expect(run?.state.error).toMatchObject({ reason: 'aborted' });
    expect(run?.state.times).toMatchObject({ lastOutput: heard, ended: heard });
  });

  it('does without a store that fails', async () => {
    const store = memoryStore();
    const broken = () => {
      throw new Error('read-only');
    };
    Object.assign(store, { saveRun: broken, saveIntent: broken, lastRuns: broken, loadIntent: broken });
    const { view, server, ports } = start(fakePorts({ store }));
    await view.ready();
    await view.host.run(plan(alpha));
    server.to('@cf/test/alpha').accept();
    server.to('@cf/test/alpha').text('hi');
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    expect(runOf(view, 'a').state).toMatchObject({ status: 'done', text: 'hi' });
  });

  it('starts anew when the stored columns are not of a shape that is accepted', async () => {
    const store = memoryStore();
    store.saveIntent({ task: 'text-generation', prompt: 'x', system: '', columns: [] });
    const { view } = start(fakePorts({ store }));
    expect((await view.ready()).intent.columns).toHaveLength(3);
  });
});

describe('the command openPlayground', () => {
  it('sets columns, task and drafts, tells the views, and runs when asked', async () => {
    const { view, playground, server } = start();
    await view.ready();
    await playground.open({ models: ['openai/gamma', '@cf/test/alpha'], prompt: 'hello', system: 'brief', run: true });
    await settle();
    expect(view.snapshot?.intent).toMatchObject({ prompt: 'hello', system: 'brief' });
    expect(view.snapshot?.intent.columns.map(({ modelId }) => modelId)).toEqual(['openai/gamma', '@cf/test/alpha']);
    expect(view.received).toContain('runs');
    expect(server.calls.map(({ request }) => request.model.id)).toEqual(['openai/gamma', '@cf/test/alpha']);
  });

  it('works before any view, which then shows it', async () => {
    const { playground, ports } = start();
    await playground.open({ models: ['@cf/test/painter'] });
    const { intent } = await attachView(playground).ready();
    expect(intent).toMatchObject({ task: 'text-to-image', columns: [{ modelId: '@cf/test/painter' }] });
    expect(ports.store.loadIntent()).toEqual(intent);
  });

  it('keeps the column, parameters and answer of a model that is already there', async () => {
    const { view, playground } = start();
    await view.ready();
    const tuned = { ...alpha, parameters: { temperature: 0.1 } };
    await view.host.saveIntent({ task: 'text-generation', prompt: '', system: '', columns: [tuned, beta] });
    await playground.open({ models: ['@cf/test/alpha', '@cf/test/alpha'] });
    await settle();
    const columns = view.snapshot?.intent.columns ?? [];
    expect(columns[0]).toEqual(tuned);
    expect(columns[1]?.id).not.toBe('a');
  });

  it.each([
    [{ models: ['@cf/none/such'] }, 'unknown-model'],
    [{ models: [] }, 'bad-request'],
    [{ task: 'world-peace' }, 'bad-request'],
    [{ run: true }, 'bad-request'],
  ])('refuses %j', async (args, code) => {
    const { playground } = start();
    await expect(playground.open(args)).rejects.toMatchObject({ code });
  });
});

describe('a snippet', () => {
  it.each([
    ['curl', '$CLOUDFLARE_API_TOKEN'],
    ['worker', 'env.AI'],
    ['ts-openai', 'from "openai"'],
    ['ts-fetch', 'await fetch('],
    ['ts-ai-sdk', 'streamText('],
    ['py-openai', 'from openai import'],
    ['py-requests', 'requests.post('],
  ] as const)('as %s is the request of that column, without the token', async (kind, words) => {
    const { view } = start();
    await view.ready();
    const code = await view.host.snippet(kind, plan(alpha, gamma), 'g');
    expect(code).toContain(words);
    expect(code).toContain('openai/gamma');
    expect(code).toContain('say hello');
    expect(code).not.toContain('simulator-token');
    // It belongs to no run.
    expect(code).not.toContain('run_id');
  });

  it('by a library that does not speak the format of the model is refused', async () => {
    const { view } = start();
    await view.ready();
    const refused = view.host.snippet('py-anthropic', plan(alpha, gamma), 'g');
    await expect(refused).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('anthropic') });
    await expect(view.host.snippet('php' as 'curl', plan(alpha, gamma), 'g')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('of a column that is not in the plan is refused', async () => {
    const { view } = start();
    await expect(view.host.snippet('curl', plan(alpha), 'g')).rejects.toMatchObject({ code: 'bad-request' });
  });
});
