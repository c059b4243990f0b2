import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import { settle } from '../../fakes/clock';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts } from '../../fakes/ports';
import { attachView, type FakeView } from '../../fakes/view';

const columns = [
  { id: 'a', modelId: '@cf/test/alpha', parameters: {} },
  { id: 'b', modelId: '@cf/test/beta', parameters: {} },
];

type Step =
  | { readonly do: 'text'; readonly column: 0 | 1; readonly text: string }
  | { readonly do: 'reasoning'; readonly column: 0 | 1; readonly text: string }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'hide' | 'show' | 'reload' | 'slow' | 'quick' | 'ack' | 'open' | 'close'; readonly view: 0 | 1 };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('text', 'reasoning'),
      column: fc.constantFrom(0, 1),
      text: fc.string({ minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(0.001, 0.005, 0.016, 0.1, 3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('hide', 'show', 'reload', 'slow', 'quick', 'ack', 'open', 'close'),
      view: fc.constantFrom(0, 1),
    }),
  },
) as fc.Arbitrary<Step>;

describe('whatever happens to the views', () => {
  it('in the end each one that looks has every text, whole and once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const ports = fakePorts();
        const server = fakeInfer(() => ports.clock.now());
        const playground = createPlayground(ports, server.infer);
        const views: [FakeView | undefined, FakeView | undefined] = [attachView(playground), undefined];
        const faults: string[] = [];
        await views[0]?.ready();
        await views[0]?.host.run({ prompt: 'go', system: '', columns });
        for (const call of server.calls) call.accept();
        const expected: [Record<'text' | 'reasoning', string>, Record<'text' | 'reasoning', string>] = [
          { text: '', reasoning: '' },
          { text: '', reasoning: '' },
        ];

        for (const next of steps) {
          if (next.do === 'wait') await ports.clock.advance(next.seconds);
          else if (next.do === 'text' || next.do === 'reasoning') {
            server.calls[next.column]?.emit({ type: next.do, at: ports.clock.now(), text: next.text });
            expected[next.column][next.do] += next.text;
          } else if (next.do === 'open') {
            if (views[next.view] !== undefined) continue;
            const view = attachView(playground);
            views[next.view] = view;
            await view.ready();
          } else {
            const view = views[next.view];
            if (view === undefined) continue;
            if (next.do === 'hide') view.channel.deaf = true;
            if (next.do === 'show' || next.do === 'reload') {
              view.channel.deaf = false;
              // Not awaited: tokens arrive while the snapshot is on its way.
              view.ready().catch(() => undefined);
            }
            if (next.do === 'slow') view.acknowledges = false;
            if (next.do === 'quick') view.acknowledges = true;
            if (next.do === 'ack' && !view.channel.deaf) await view.ackLast();
            if (next.do === 'close') {
              view.close();
              faults.push(...view.faults);
              views[next.view] = undefined;
            }
          }
        }
        for (const call of server.calls) call.finish();
        await settle();
        for (const view of views) {
          if (view === undefined) continue;
          if (view.channel.deaf) {
            view.channel.deaf = false;
            await view.ready();
          }
          view.acknowledges = true;
          await settle();
          await view.ackLast();
          await ports.clock.advance(1);
          faults.push(...view.faults);
          const shown = columns.map(({ id }) => {
            const state = [...view.runs.values()].find((run) => run.columnId === id)?.state;
            return { text: state?.text, reasoning: state?.reasoning, status: state?.status };
          });
          expect(shown).toEqual(expected.map((one) => ({ ...one, status: 'done' })));
        }
        expect(faults).toEqual([]);
        // With or without a view, the stored answer is whole as well.
        expect(ports.store.lastRuns(['a', 'b']).map(({ state }) => state.text)).toEqual(
          expected.map(({ text }) => text),
        );
        playground.dispose();
        expect(ports.clock.pending).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
