import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccruals } from '../../../src/app/accruals';
import { createTextCounts } from '../../../src/app/text-counts';
import { costOf } from '../../../src/core/run/cost';
import { initialRun, reduce } from '../../../src/core/run/reducer';
import type { RunState } from '../../../src/core/run/state';
import type { RunView } from '../../../src/protocol/api';
import { fakePorts, model } from '../../fakes/ports';
import { runEvents } from '../core/run/arbitraries';

const isOver = ({ status }: RunState): boolean => status === 'done' || status === 'failed' || status === 'stopped';

/** Two runs of one Run; the second never hears anything. */
function start() {
  const { log, countTokens } = fakePorts();
  const views = ['one', 'two'].map((runId): RunView => ({
    columnId: runId,
    runId,
    model: model('@cf/test/alpha'),
    simulated: false,
    prompt: 'say hello',
    state: initialRun(runId),
    restored: false,
  }));
  const running = () => views.filter(({ state }) => !isOver(state));
  const accruals = createAccruals(createTextCounts(countTokens, log), countTokens, log, running);
  const messages = [{ role: 'user', content: 'say hello' }] as const;
  accruals.begin(
    'me',
    views.map(({ runId }) => ({ runId, messages, parameters: {} })),
  );
  return { accruals, views };
}

describe('what accrues', () => {
  it('never decreases while a run is under way, whatever happens to it', async () => {
    await fc.assert(
      fc.asyncProperty(runEvents, fc.infiniteStream(fc.boolean()), async (events, counts) => {
        const { accruals, views } = start();
        let last = 0;
        for (const event of events) {
          const [view] = views;
          if (view === undefined) return;
          views[0] = { ...view, state: reduce(view.state, event) };
          if (isOver(views[0].state)) break;
          if (counts.next().value) await accruals.count();
          const { usd } = accruals.ofOwner('me');
          expect(usd).toBeGreaterThanOrEqual(last);
          expect(accruals.byRun()).toEqual([{ runIds: ['one', 'two'], usd }]);
          last = usd;
        }
      }),
    );
  });

  it('ends as the cost when that is known, and else as our own count; the group keeps it', () => {
    fc.assert(
      fc.property(runEvents, (events) => {
        const { accruals, views } = start();
        const [view] = views;
        if (view === undefined) return;
        const ended = { ...view, state: events.reduce(reduce, view.state) };
        if (!isOver(ended.state)) return;
        views[0] = ended;
        const final = accruals.end(ended);
        expect(final?.owner).toBe('me');
        expect(accruals.end(ended)).toBeUndefined();
        const alone = start();
        const [, silent] = alone.views;
        const other = silent === undefined ? 0 : alone.accruals.ofOwner('me').usd / 2;
        const cost = costOf(ended.state, ended.model);
        const kept = cost.provenance === 'unknown' ? (final?.usd ?? 0) : cost.usd;
        expect(accruals.byRun()).toEqual([{ runIds: ['two'], usd: expect.closeTo(other + kept, 12) as number }]);
      }),
    );
  });

  it('counts a picture that was sent, until the server tells all of the input', () => {
    const { log, countTokens } = fakePorts();
    const of = model('openai/gpt', { provider: 'openai' });
    const state = initialRun('one');
    const view = { columnId: 'one', runId: 'one', model: of, simulated: false, prompt: 'x', restored: false };
    let now: RunView = { ...view, state };
    const accruals = createAccruals(createTextCounts(countTokens, log), countTokens, log, () => [now]);
    const messages = [{ role: 'user', content: '' }] as const;
    const media = [{ kind: 'image', width: 1024, height: 1024 }] as const;
    accruals.begin('me', [{ runId: 'one', messages, media, parameters: {} }]);
    // 765 tokens of input at $1 a million
    expect(accruals.ofOwner('me').usd).toBeCloseTo(0.000765, 12);
    now = { ...now, state: { ...state, usage: { inputTokens: 800 } } };
    expect(accruals.ofOwner('me').usd).toBeCloseTo(0.0008, 12);
  });

  it('is kept by Run and by owner, as long as something runs', () => {
    const { accruals, views } = start();
    expect([...accruals.owners()]).toEqual(['me']);
    expect(accruals.ofOwner('you')).toEqual({ runIds: [], usd: 0 });
    views.length = 0;
    expect([accruals.byRun(), accruals.owners().size]).toEqual([[], 0]);
  });
});
