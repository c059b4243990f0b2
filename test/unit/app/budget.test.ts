import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caution, refusal } from '../../../src/app/budget';
import { expectedCosts, type ExpectedCost } from '../../../src/app/expected-cost';
import { createPlayground } from '../../../src/app/playground';
import type { Budget } from '../../../src/app/ports';
import type { ColumnIntent, RunPlan } from '../../../src/protocol/api';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, model, MODELS, type FakePorts } from '../../fakes/ports';
import { attachView, runOf } from '../../fakes/view';

/** $1 and $2 per million tokens; a token a word; a picture is $0.01. */
const column = (id: string, modelId: string, maxOutputTokens = 1000): ColumnIntent => ({
  id,
  modelId,
  parameters: { maxOutputTokens },
});
const alpha = column('a', '@cf/test/alpha');
const beta = column('b', '@cf/test/beta');
const gamma = column('g', 'openai/gamma');
const painter = (id: string) => column(id, '@cf/test/painter');
const unpriced = column('u', '@cf/test/unpriced');
const free = column('f', '@cf/test/free');
const twoContexts = column('t', 'openai/two-contexts');
const catalog = [
  ...MODELS,
  model(twoContexts.modelId, {
    pricing: ['input', 'output'].flatMap((what) => [
      { label: `per 1M ${what} tokens (short context)`, usd: 1000 },
      { label: `per 1M ${what} tokens (long context)`, usd: 2000 },
    ]),
  }),
  model(unpriced.modelId, { pricing: [] }),
  model(free.modelId, {
    pricing: [
      { label: 'per M input tokens', usd: 0 },
      { label: 'per M output tokens', usd: 0 },
    ],
  }),
];
const plan = (...columns: ColumnIntent[]): RunPlan => ({ prompt: 'say hello', system: '', columns });
const words = (count: number): string => 'word '.repeat(count);

async function start(budget: Budget, ports: FakePorts = fakePorts()) {
  Object.assign(ports, { bundledCatalog: () => Promise.resolve({ asOf: '2026-11-01', models: catalog }) });
  ports.change({ budget });
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  const view = attachView(playground);
  await view.ready();
  const idle = ports.clock.pending;
  /** Runs, and lets the first answers through. */
  async function run(...columns: ColumnIntent[]) {
    const runs = await view.host.run(plan(...columns));
    for (const call of server.calls.slice(-columns.length)) call.accept();
    await settle();
    return runs;
  }
  async function say(modelId: string, text: string, seconds = 0.5) {
    server.to(modelId).text(text);
    await ports.clock.advance(seconds);
  }
  const status = (columnId: string) => runOf(view, columnId).state.status;
  const refused = (...columns: ColumnIntent[]) =>
    view.host.run(plan(...columns)).then(
      () => undefined,
      (error: unknown) => error as Error & { code: string },
    );
  return { ports, server, playground, view, idle, run, say, status, refused };
}

/** Ports that remember which texts were counted. */
function countingPorts() {
  const counted: string[] = [];
  const { countTokens } = fakePorts();
  const ports = fakePorts({
    countTokens: (text) => {
      counted.push(text);
      return countTokens(text);
    },
  });
  return { ports, counted };
}

/** The costs of these columns for a prompt of two tokens, as a check computes them. */
function costsOf(columns: readonly ColumnIntent[], outputTokens?: number): readonly ExpectedCost[] {
  const toRun = columns.map((one) => ({ column: one, model: catalog.find(({ id }) => id === one.modelId) }));
  const measured = outputTokens === undefined ? {} : { '@cf/test/alpha': { runs: 3, outputTokens } };
  return expectedCosts(toRun, { prompt: 'say hello', promptTokens: 2, systemTokens: 0 }, measured);
}

describe('a Run that is not refused', () => {
  it('comes with a warning when it would be stopped at its longest', () => {
    expect(caution(costsOf([alpha]), { perRunUsd: 0.001 }, 0)).toBe(
      'At its longest this Run would cost $0.0020; it is stopped when it reaches budget.perRunUsd of $0.0010.',
    );
    expect(caution(costsOf([alpha]), { perDayUsd: 1 }, 0.999)).toContain(
      'the $0.0010 that are left of budget.perDayUsd',
    );
    expect(caution(costsOf([alpha]), { perRunUsd: 0.01, perDayUsd: 1 }, 0.9)).toBeUndefined();
  });
});

describe('a Run is refused', () => {
  it('when what it surely costs is above the limit for a Run: pictures have a flat price', () => {
    expect(refusal(costsOf([painter('p'), painter('q')]), { perRunUsd: 0.015 }, 0)).toBe(
      'This Run would cost at least $0.0200, above budget.perRunUsd of $0.0150. Raise the limit, or run fewer, cheaper or shorter columns.',
    );
    expect(refusal(costsOf([painter('p')]), { perRunUsd: 0.01 }, 0)).toBeUndefined();
    expect(refusal(costsOf([painter('p'), painter('q'), painter('r')]), { perRunUsd: 0.03 }, 0)).toBeUndefined();
  });

  it('when its price depends on a context whose limit is not told: the lower price is sure', () => {
    // 2 × 1000/M
    expect(refusal(costsOf([twoContexts]), { perRunUsd: 0.0019 }, 0)).toContain('at least $0.0020, above');
    expect(refusal(costsOf([twoContexts]), { perRunUsd: 0.002 }, 0)).toBeUndefined();
  });

  it('when it typically costs more, but not when only its longest answer would', () => {
    expect(refusal(costsOf([alpha], 1000), { perRunUsd: 0.001 }, 0)).toContain('would cost about $0.0020, above');
    expect(refusal(costsOf([alpha], 100), { perRunUsd: 0.001 }, 0)).toBeUndefined();
    expect(refusal(costsOf([alpha]), { perRunUsd: 0.001 }, 0)).toBeUndefined();
  });

  it('when the day has no room for it', () => {
    const message = refusal(costsOf([painter('p')]), { perDayUsd: 1 }, 0.995);
    expect(message).toContain('at least $0.0100');
    expect(message).toContain('$0.9950 was spent since 00:00 UTC');
    expect(message).toContain('budget.perDayUsd of $1.0000');
    expect(refusal(costsOf([painter('p')]), { perDayUsd: 1 }, 0.98)).toBeUndefined();
  });

  it('when the day is spent, however little it costs', () => {
    expect(refusal(costsOf([alpha]), { perDayUsd: 1 }, 1)).toContain('budget.perDayUsd of $1.0000 is used up');
    expect(refusal(costsOf([unpriced]), { perDayUsd: 1 }, 1.5)).toContain('used up');
  });

  it('when nothing may be spent, unless it is known to be free', () => {
    for (const budget of [{ perRunUsd: 0 }, { perDayUsd: 0 }]) {
      expect(refusal(costsOf([alpha]), budget, 0)).toContain('$0.0000');
      expect(refusal(costsOf([unpriced]), budget, 0)).toContain('$0.0000');
      expect(refusal(costsOf([free]), budget, 0)).toBeUndefined();
    }
  });

  it('when a limit cannot be read', () => {
    const problem = 'The setting budget.perRunUsd is not a number.';
    expect(refusal(costsOf([free]), { problem }, 0)).toBe(problem);
  });

  it('and never only because a cost is not known', () => {
    expect(refusal(costsOf([unpriced, alpha]), { perRunUsd: 0.001, perDayUsd: 0.001 }, 0)).toBeUndefined();
  });

  it('never when there is no limit, always when the sure part is above one', () => {
    const usd = fc.double({ min: 0, max: 10, noNaN: true });
    const cost = fc
      .record({ sure: usd, more: usd, seen: fc.boolean(), known: fc.boolean() })
      .map(({ sure, more, seen, known }, index = 0): ExpectedCost => ({
        columnId: String(index),
        sureUsd: sure,
        atLimit: known ? { provenance: 'estimated', usd: sure + more } : { provenance: 'unknown', why: 'No price.' },
        ...(seen && { typical: { provenance: 'estimated', usd: sure + more / 2 } }),
      }));
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 12 }), usd, usd, (costs, cap, spent) => {
        const sure = costs.reduce((sum, { sureUsd }) => sum + sureUsd, 0);
        expect(refusal(costs, {}, spent)).toBeUndefined();
        if (sure > cap * 1.000001) expect(refusal(costs, { perRunUsd: cap }, 0)).toBeDefined();
        if (spent + sure > cap * 1.000001) expect(refusal(costs, { perDayUsd: cap }, spent)).toBeDefined();
      }),
    );
  });
});

describe('over budget', () => {
  it('nothing is sent, no column is touched, and the error has its code', async () => {
    const { view, server, refused, ports } = await start({ perRunUsd: 0.015 });
    const before = await view.ready();
    const error = await refused(painter('p'), painter('q'));
    expect(error).toMatchObject({ code: 'over-budget' });
    expect(error?.message).toContain('budget.perRunUsd of $0.0150');
    expect(server.calls).toEqual([]);
    expect((await view.ready()).intent).toEqual(before.intent);
    expect(ports.store.writes).toBe(0);
    expect(await refused(painter('p'))).toBeUndefined();
  });

  it('the estimate says so before anybody presses Run', async () => {
    const { view, ports } = await start({ perRunUsd: 0.005 });
    const { intent } = await view.ready();
    await view.host.saveIntent({ ...intent, task: 'text-to-image', prompt: 'a cat', columns: [painter('p')] });
    await settle();
    expect((await view.ready()).estimate).toMatchObject({
      atLimitUsd: 0.01,
      overBudget: expect.stringContaining('budget.perRunUsd of $0.0050') as string,
    });
    view.received.length = 0;
    ports.change({ budget: { perRunUsd: 0.02 } });
    await settle();
    expect(view.received).toContain('estimate');
    expect((await view.ready()).estimate).not.toHaveProperty('overBudget');
  });

  it('a command that runs at once is refused too', async () => {
    const { playground, server } = await start({ perRunUsd: 0 });
    const opened = playground.open({ models: ['@cf/test/alpha'], prompt: 'hi', run: true });
    await expect(opened).rejects.toMatchObject({ code: 'over-budget' });
    expect(server.calls).toEqual([]);
  });

  it('the input is counted before anything is sent', async () => {
    const { view, server } = await start({ perRunUsd: 0.0001 });
    const run = (prompt: string) => view.host.run({ prompt, system: '', columns: [alpha] });
    // 101 tokens at a millionth of a dollar; by their bytes they would pass.
    await expect(run('a '.repeat(101))).rejects.toMatchObject({ code: 'over-budget' });
    expect(server.calls).toEqual([]);
    await expect(run('a '.repeat(100))).resolves.toHaveLength(1);
  });

  it('a system prompt counts', async () => {
    const { view } = await start({ perRunUsd: 0.0001 });
    const run = (system: string) => view.host.run({ prompt: 'hi', system, columns: [alpha] });
    await expect(run(words(100))).rejects.toMatchObject({ code: 'over-budget' });
    await expect(run(words(90))).resolves.toHaveLength(1);
  });

  it('a day that was spent in another window refuses here', async () => {
    const ports = fakePorts();
    const { refused, run } = await start({ perDayUsd: 0.025 }, ports);
    const elsewhere = await start({ perDayUsd: 0.025 }, Object.assign(fakePorts(), { ledger: ports.ledger }));
    await elsewhere.run(painter('p'), painter('q'));
    for (const call of elsewhere.server.calls) {
      call.emit({ type: 'media', at: 101, media: { kind: 'image', mediaType: 'image/png', bytes: new Uint8Array(1) } });
      call.finish();
    }
    await elsewhere.ports.clock.advance(1);
    expect(await refused(painter('p'))).toMatchObject({ code: 'over-budget' });
    await run(alpha);
  });

  it('a day begins anew at 00:00 UTC', async () => {
    const ports = fakePorts();
    ports.epochStart = Date.parse('2026-11-20T23:59:50Z');
    ports.ledger.add({
      runId: 'r',
      modelId: 'm',
      at: ports.epochStart - 1000,
      owner: 'simulator',
      wallet: 'credits',
      usd: 1,
    });
    const { view, refused, run } = await start({ perDayUsd: 1 }, ports);
    expect((await view.ready()).sessionCost.today.byWallet.credits).toBe(1);
    expect(await refused(alpha)).toMatchObject({ code: 'over-budget' });
    view.received.length = 0;
    await ports.clock.advance(11);
    expect(view.received).toContain('sessionCost');
    expect((await view.ready()).sessionCost.today.byWallet.credits).toBe(0);
    await run(alpha);
  });

  it('two Runs started at once do not share the same rest of the day', async () => {
    const { refused } = await start({ perDayUsd: 0.015 });
    const both = await Promise.all([refused(painter('p')), refused(painter('q'))]);
    expect(both.map((error) => error?.code).toSorted()).toEqual(['over-budget', undefined]);
  });
});

describe('in mid-run', () => {
  it('all columns of a Run are stopped when they together are above its limit; what came is kept', async () => {
    // 0.0001 is 50 output tokens; the input of two columns is 4 tokens, the price of 2.
    const { view, run, say, status, server, ports, idle } = await start({ perRunUsd: 0.0001 });
    await run(alpha, beta);
    await say('@cf/test/alpha', words(25));
    await say('@cf/test/beta', words(20));
    expect([status('a'), status('b')]).toEqual(['answering', 'answering']);
    await say('@cf/test/beta', words(10));
    expect([status('a'), status('b')]).toEqual(['stopped', 'stopped']);
    expect(server.calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    const { state } = runOf(view, 'b');
    expect(state.text).toBe(words(30));
    expect(state.error).toMatchObject({ reason: 'aborted', retryable: false });
    expect(state.error?.message).toContain('budget.perRunUsd is $0.0001');
    expect(state.error?.message).toContain('about $0.00011');
    expect(state.error?.nextStep).toContain('budget.perRunUsd');
    expect(ports.clock.pending - idle).toBeLessThanOrEqual(1);
    await ports.clock.advance(5);
    expect(ports.clock.pending).toBe(idle);
    expect(view.faults).toEqual([]);
  });

  it('another Run under way has its own account', async () => {
    const { run, say, status } = await start({ perRunUsd: 0.0001 });
    await run(alpha);
    await run(beta);
    await say('@cf/test/alpha', words(40));
    await say('@cf/test/beta', words(60));
    expect([status('a'), status('b')]).toEqual(['answering', 'stopped']);
  });

  it('what a finished column cost counts for those of its Run still under way', async () => {
    const { run, say, status, server } = await start({ perRunUsd: 0.0001 });
    await run(alpha, beta);
    await say('@cf/test/alpha', words(30));
    server.to('@cf/test/alpha').finish();
    await say('@cf/test/beta', words(10));
    expect([status('a'), status('b')]).toEqual(['done', 'answering']);
    await say('@cf/test/beta', words(15));
    expect([status('a'), status('b')]).toEqual(['done', 'stopped']);
  });

  it('a column run again begins a new account; the others keep theirs', async () => {
    const { run, say, status, view } = await start({ perRunUsd: 0.0001 });
    await run(alpha, beta);
    await say('@cf/test/alpha', words(30));
    await run(alpha);
    await say('@cf/test/alpha', words(30));
    expect([status('a'), status('b')]).toEqual(['answering', 'waiting']);
    // 30 words of the first answer and 15 of this one are still below the limit, 25 are not.
    await say('@cf/test/beta', words(15));
    expect([status('a'), status('b')]).toEqual(['answering', 'answering']);
    await say('@cf/test/beta', words(10));
    expect([status('a'), status('b')]).toEqual(['answering', 'stopped']);
    expect(view.faults).toEqual([]);
  });

  it('reasoning and tool calls cost as well', async () => {
    const { run, status, server, ports } = await start({ perRunUsd: 0.0001 });
    await run(alpha, beta);
    server.to('@cf/test/alpha').emit({ type: 'reasoning', at: 101, text: words(25) });
    server.to('@cf/test/beta').emit({ type: 'toolCall', at: 101, index: 0, name: 'f', arguments: words(30) });
    await ports.clock.advance(0.5);
    expect([status('a'), status('b')]).toEqual(['stopped', 'stopped']);
  });

  it('the server’s own count is believed', async () => {
    const { run, say, status, server, ports } = await start({ perRunUsd: 0.0001 });
    await run(alpha);
    await say('@cf/test/alpha', words(10));
    server.to('@cf/test/alpha').emit({ type: 'usage', at: 102, usage: { inputTokens: 2, outputTokens: 60 } });
    await ports.clock.advance(0.5);
    expect(status('a')).toBe('stopped');
  });

  it('an answer of the gateway’s cache is not stopped: it is free', async () => {
    const { run, say, status, server } = await start({ perRunUsd: 0.0001 });
    await run(alpha);
    server.to('@cf/test/alpha').emit({ type: 'headers', at: 101, status: 200, gateway: { cacheStatus: 'HIT' } });
    await say('@cf/test/alpha', words(1000));
    expect(status('a')).toBe('answering');
  });

  it('a picture of exactly the limit is waited for: it is paid', async () => {
    const { run, status, ports } = await start({ perRunUsd: 0.01 });
    await run(painter('p'));
    await ports.clock.advance(5);
    expect(status('p')).toBe('waiting');
  });

  it('the day stops all that runs on the account, over all Runs', async () => {
    const { view, run, say, status } = await start({ perDayUsd: 0.0001 });
    await run(alpha);
    await run(gamma);
    await say('@cf/test/alpha', words(25));
    await say('openai/gamma', words(20));
    expect([status('a'), status('g')]).toEqual(['answering', 'answering']);
    await say('openai/gamma', words(10));
    expect([status('a'), status('g')]).toEqual(['stopped', 'stopped']);
    expect(runOf(view, 'a').state.error?.message).toContain('budget.perDayUsd is $0.0001');
  });

  it('what a stopped run had accrued counts for the day, and is not shown as its cost', async () => {
    const { run, say, refused, view, ports } = await start({ perDayUsd: 0.0001 });
    await run(alpha);
    await say('@cf/test/alpha', words(60));
    expect(await refused(beta)).toMatchObject({ code: 'over-budget' });
    const { sessionCost } = await view.ready();
    expect(sessionCost).toMatchObject({ unknownRuns: 1, today: { unknownRuns: 1, byWallet: { neurons: 0 } } });
    expect(sessionCost).not.toHaveProperty('usd');
    expect(sessionCost.today.freeNeuronsLeft).toBeLessThan(10_000);
    expect(ports.ledger.entries[0]?.accruedUsd).toBeCloseTo(0.000122, 9);
  });

  it('spending in another window stops what runs here', async () => {
    const { ports, run, say, status } = await start({ perDayUsd: 1 });
    await run(alpha);
    await say('@cf/test/alpha', 'hi');
    const at = ports.epoch();
    ports.ledger.add({ runId: 'x', modelId: 'm', at, owner: 'simulator', wallet: 'credits', usd: 2 });
    await ports.clock.advance(0.5);
    expect(status('a')).toBe('stopped');
  });

  it('a limit raised or taken away takes effect, and so does one set while it runs', async () => {
    const { ports, run, say, status } = await start({ perRunUsd: 0.0001 });
    await run(alpha);
    await say('@cf/test/alpha', words(40));
    ports.change({ budget: { perRunUsd: 0.001 } });
    await say('@cf/test/alpha', words(100));
    expect(status('a')).toBe('answering');
    ports.change({ budget: {} });
    await say('@cf/test/alpha', words(1000));
    expect(status('a')).toBe('answering');
    ports.change({ budget: { perRunUsd: 0.001 } });
    await settle();
    expect(status('a')).toBe('stopped');
  });

  it('a complete answer that is only being counted stays complete', async () => {
    const answers: (() => void)[] = [];
    const { countTokens } = fakePorts();
    const ports = fakePorts({
      countTokens: (text) =>
        text.includes('word')
          ? new Promise((resolve) => answers.push(() => resolve(countTokens(text))))
          : countTokens(text),
    });
    const { run, server, status, view } = await start({ perRunUsd: 0.0001 }, ports);
    await run(alpha);
    server.to('@cf/test/alpha').text(words(400));
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(1);
    expect(server.to('@cf/test/alpha').signal.aborted).toBe(true);
    for (const answer of answers) answer();
    await ports.clock.advance(1);
    expect(status('a')).toBe('done');
    expect(runOf(view, 'a').state.text).toBe(words(400));
  });

  it('works roughly without a tokenizer', async () => {
    const ports = fakePorts({ countTokens: () => Promise.reject(new Error('no tables')) });
    const { run, say, status } = await start({ perRunUsd: 0.0001 }, ports);
    await run(alpha);
    await say('@cf/test/alpha', words(30));
    expect(status('a')).toBe('answering');
    await say('@cf/test/alpha', words(30));
    expect(status('a')).toBe('stopped');
  });

  it('a run that the server refused has cost nothing', async () => {
    const { view, server, ports } = await start({ perDayUsd: 1 });
    await view.host.run(plan(painter('p')));
    server.to('@cf/test/painter').emit({
      type: 'failed',
      at: 101,
      error: { reason: 'rate-limit', message: 'Later.', nextStep: 'Wait.', status: 429, retryable: true },
    });
    await settle();
    expect(ports.ledger.entries).toMatchObject([{ accruedUsd: 0 }]);
  });

  it('is booked for the account it was started on, and also when the window closes', async () => {
    const { run, ports, playground, say } = await start({});
    await run(alpha);
    await say('@cf/test/alpha', words(10));
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    playground.dispose();
    expect(ports.ledger.entries).toMatchObject([{ owner: 'simulator', accruedUsd: expect.any(Number) as number }]);
    expect(ports.ledger.entries[0]?.accruedUsd).toBeGreaterThan(0);
    expect(ports.clock.pending).toBe(0);
  });

  it('costs nothing without a limit: no timer, no count of an answer under way', async () => {
    const { ports, counted } = countingPorts();
    const { run, say, server, idle } = await start({}, ports);
    await run(alpha);
    await ports.clock.advance(0.1);
    // The one timer is that of storing the run.
    expect(ports.clock.pending).toBe(idle + 1);
    await say('@cf/test/alpha', 'one two three', 5);
    expect(counted).toEqual(['say hello']);
    server.to('@cf/test/alpha').emit({ type: 'usage', at: 110, usage: { inputTokens: 2, outputTokens: 3 } });
    server.to('@cf/test/alpha').finish();
    await ports.clock.advance(5);
    expect(counted).toEqual(['say hello']);
  });

  it('never counts the same text twice, however often it looks', async () => {
    const { ports, counted } = countingPorts();
    const { run, say } = await start({ perRunUsd: 1 }, ports);
    await run(alpha);
    await say('@cf/test/alpha', 'one ', 2);
    await say('@cf/test/alpha', 'two ', 2);
    await ports.clock.advance(2);
    expect(counted.filter((text) => text !== 'say hello')).toEqual(['one ', 'two ']);
  });
});
