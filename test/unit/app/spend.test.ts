import { describe, expect, it } from 'vitest';
import { createSpend } from '../../../src/app/spend';
import type { Usage } from '../../../src/core/run/events';
import { initialRun, reduce } from '../../../src/core/run/reducer';
import type { RunView } from '../../../src/protocol/api';
import { model } from '../../fakes/ports';

/** A finished run; $1 and $2 per million input and output tokens. */
function run(modelId: string, usage: Usage | undefined, simulated = false): RunView {
  let state = reduce(initialRun('r'), {
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
  return { columnId: 'a', runId: 'r', model: model(modelId), simulated, prompt: 'p', state, restored: false };
}

const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 };

describe('session cost', () => {
  it('is absent, not zero, before anything is known', () => {
    expect(createSpend().total({ simulated: false })).toEqual({
      simulated: false,
      unknownRuns: 0,
      byWallet: { neurons: 0, credits: 0 },
    });
  });

  it('sums known costs by wallet', () => {
    const spend = createSpend();
    spend.add(run('@cf/a/b', million));
    spend.add(run('openai/x', million));
    spend.add(run('openai/x', million));
    expect(spend.total({ simulated: false })).toEqual({
      usd: 9,
      simulated: false,
      unknownRuns: 0,
      byWallet: { neurons: 3, credits: 6 },
    });
  });

  it('counts unknown costs and never adds them as zero', () => {
    const spend = createSpend();
    spend.add(run('@cf/a/b', undefined));
    expect(spend.total({ simulated: false })).not.toHaveProperty('usd');
    expect(spend.total({ simulated: false }).unknownRuns).toBe(1);
    spend.add(run('@cf/a/b', million));
    expect(spend.total({ simulated: false })).toMatchObject({ usd: 3, unknownRuns: 1 });
  });

  it('never adds simulated to real', () => {
    const spend = createSpend();
    spend.add(run('@cf/a/b', million, true));
    spend.add(run('@cf/a/b', undefined, true));
    spend.add(run('openai/x', million));
    expect(spend.total({ simulated: true })).toMatchObject({ usd: 3, unknownRuns: 1, simulated: true });
    expect(spend.total({ simulated: false })).toMatchObject({ usd: 3, unknownRuns: 0, simulated: false });
  });
});
