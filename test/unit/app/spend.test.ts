import { describe, expect, it } from 'vitest';
import { createSpend } from '../../../src/app/spend';
import type { Usage } from '../../../src/core/run/events';
import { initialRun, reduce } from '../../../src/core/run/reducer';
import { openLedger } from '../../../src/node/ledger';
import type { RunView } from '../../../src/protocol/api';
import { fakePorts, model } from '../../fakes/ports';

let ids = 0;

/** A finished run; $1 and $2 per million input and output tokens. */
function run(modelId: string, usage: Usage | undefined, simulated = false): RunView {
  const runId = `run-${++ids}`;
  let state = reduce(initialRun(runId), {
    type: 'started',
    at: 1,
    attempt: 1,
    maxAttempts: 1,
    wire: 'chat-completions',
    request: { method: 'POST', url: 'https://api.example', headers: {}, body: {} },
  });
  state = reduce(state, { type: 'text', at: 2, text: 'hi' });
  if (usage) state = reduce(state, { type: 'usage', at: 3, usage });
  state = reduce(state, { type: 'finished', at: 3, finishReason: 'stop' });
  return { columnId: 'a', runId, model: model(modelId), simulated, prompt: 'p', state, restored: false };
}

const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 };
const real = { simulated: false };

describe('session cost', () => {
  it('is absent, not zero, before anything is known', () => {
    expect(createSpend(fakePorts()).total(real, 'me')).toEqual({
      simulated: false,
      unknownRuns: 0,
      byWallet: { neurons: 0, credits: 0 },
      today: { byWallet: { neurons: 0, credits: 0 }, unknownRuns: 0, freeNeuronsLeft: 10_000 },
    });
  });

  it('sums known costs by wallet', () => {
    const spend = createSpend(fakePorts());
    spend.add(run('@cf/a/b', million), 'me', 0);
    spend.add(run('openai/x', million), 'me', 0);
    spend.add(run('openai/x', million), 'me', 0);
    expect(spend.total(real, 'me')).toMatchObject({
      usd: 9,
      simulated: false,
      unknownRuns: 0,
      byWallet: { neurons: 3, credits: 6 },
    });
  });

  it('counts unknown costs and never adds them as zero, nor what our own count says of them', () => {
    const spend = createSpend(fakePorts());
    spend.add(run('@cf/a/b', undefined), 'me', 0.5);
    expect(spend.total(real, 'me')).not.toHaveProperty('usd');
    expect(spend.total(real, 'me')).toMatchObject({
      unknownRuns: 1,
      today: { byWallet: { neurons: 0 }, unknownRuns: 1 },
    });
    spend.add(run('@cf/a/b', million), 'me', 0);
    expect(spend.total(real, 'me')).toMatchObject({ usd: 3, unknownRuns: 1 });
  });

  it('never adds simulated to real', () => {
    const spend = createSpend(fakePorts());
    spend.add(run('@cf/a/b', million, true), 'simulator', 0);
    spend.add(run('@cf/a/b', undefined, true), 'simulator', 0);
    spend.add(run('openai/x', million), 'me', 0);
    expect(spend.total({ simulated: true }, 'simulator')).toMatchObject({
      usd: 3,
      unknownRuns: 1,
      today: { byWallet: { neurons: 3, credits: 0 }, unknownRuns: 1 },
    });
    expect(spend.total(real, 'me')).toMatchObject({
      usd: 3,
      unknownRuns: 0,
      today: { byWallet: { neurons: 0, credits: 3 }, unknownRuns: 0 },
    });
  });
});

describe('spent today', () => {
  it('goes on after a restart, while the session begins anew', () => {
    const ports = fakePorts();
    createSpend(ports).add(run('openai/x', million), 'me', 0);
    const again = createSpend(ports).total(real, 'me');
    expect(again).not.toHaveProperty('usd');
    expect(again.today.byWallet).toEqual({ neurons: 0, credits: 3 });
  });

  it('counts what other windows spent, as soon as they have', () => {
    const ledger = openLedger(':memory:', fakePorts().log);
    const [one, two] = [createSpend({ ...fakePorts(), ledger }), createSpend({ ...fakePorts(), ledger })];
    one.add(run('openai/x', million), 'me', 0);
    two.add(run('openai/x', undefined), 'me', 0.25);
    for (const spend of [one, two]) expect(spend.spentToday('me')).toBe(3.25);
    expect(two.total(real, 'me')).toMatchObject({
      unknownRuns: 1,
      today: { byWallet: { credits: 3 }, unknownRuns: 1 },
    });
  });

  it('keeps accounts apart', () => {
    const spend = createSpend(fakePorts());
    spend.add(run('openai/x', million), 'me', 0);
    expect(spend.spentToday('you')).toBe(0);
  });

  it('leaves what is left of the free neurons: hosted models only, unknown costs by our own count, never below 0', () => {
    const spend = createSpend(fakePorts());
    spend.add(run('openai/x', million), 'me', 0);
    spend.add(run('openai/x', undefined), 'me', 1);
    expect(spend.total(real, 'me').today.freeNeuronsLeft).toBe(10_000);
    // 1,000 input tokens at $1 for a million are $0.001; $0.011 are 1,000 neurons.
    spend.add(run('@cf/a/b', { inputTokens: 1000, outputTokens: 0 }), 'me', 0);
    spend.add(run('@cf/a/b', undefined), 'me', 0.0109);
    expect(spend.total(real, 'me').today.freeNeuronsLeft).toBeCloseTo(10_000 - (0.0119 / 0.011) * 1000, 6);
    spend.add(run('@cf/a/b', million), 'me', 0);
    expect(spend.total(real, 'me').today.freeNeuronsLeft).toBe(0);
  });

  it('begins anew at 00:00 UTC, and says so while somebody listens', async () => {
    const ports = fakePorts();
    ports.epochStart = Date.parse('2026-11-20T23:00:00Z');
    const spend = createSpend(ports);
    spend.add(run('openai/x', million), 'me', 0);
    expect(ports.clock.pending).toBe(0);
    let days = 0;
    spend.onNewDay(() => days++);
    await ports.clock.advance(3599);
    expect([days, spend.spentToday('me')]).toEqual([0, 3]);
    await ports.clock.advance(1);
    expect([days, spend.spentToday('me')]).toEqual([1, 0]);
    expect(spend.total(real, 'me')).toMatchObject({ usd: 3, today: { byWallet: { credits: 0 } } });
    await ports.clock.advance(86_400);
    expect(days).toBe(2);
    spend.dispose();
    expect(ports.clock.pending).toBe(0);
  });

  it('notices the new day soon after a machine has slept over midnight', async () => {
    const ports = fakePorts();
    const spend = createSpend(ports);
    let days = 0;
    spend.onNewDay(() => days++);
    // Timers stood still, the clock on the wall did not.
    ports.epochStart += 20 * 3600 * 1000;
    await ports.clock.advance(1000);
    expect(days).toBe(1);
    spend.dispose();
  });

  it('tells the limit of the day', () => {
    const ports = fakePorts();
    const spend = createSpend(ports);
    expect(spend.total(real, 'me').today).not.toHaveProperty('budgetUsd');
    ports.change({ budget: { perDayUsd: 2 } });
    expect(spend.total(real, 'me').today.budgetUsd).toBe(2);
  });

  it('survives a ledger that fails: the last figure stands, and the log says why', () => {
    const ports = fakePorts();
    const spend = createSpend(ports);
    spend.add(run('openai/x', million), 'me', 0);
    expect(spend.spentToday('me')).toBe(3);
    const broken = () => {
      throw new Error('disk I/O error');
    };
    Object.assign(ports.ledger, { spent: broken, add: broken });
    spend.add(run('openai/x', million), 'me', 0);
    expect(spend.spentToday('me')).toBe(3);
    expect(spend.total(real, 'me').usd).toBe(6);
    expect(ports.logged.join()).toContain('disk I/O error');
  });
});
