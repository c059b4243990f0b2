import { describe, expect, it } from 'vitest';
import { createCogServers } from '../../../src/app/cog-servers';
import { createViewSession, type SessionForView, type ViewSession } from '../../../src/app/view-session';
import { initialRun } from '../../../src/core/run/reducer';
import { channelPair } from '../../fakes/channel';
import { settle } from '../../fakes/clock';
import { fakePorts, model } from '../../fakes/ports';

/** What was posted: `answer`, or the name of the event. */
const kind = (message: unknown): string => {
  const { t, m } = message as { t: string; m?: string };
  return t === 's' ? 'answer' : String(m);
};

const today = { byWallet: { neurons: 0, credits: 0 }, unknownRuns: 0, freeNeuronsLeft: 10_000 };

/** Serves a view of a session that acts at the worst moment: between the making of an answer and its sending. */
function serve(meanwhile: (view: ViewSession) => void) {
  const { host: channel } = channelPair();
  const worst = () => queueMicrotask(() => meanwhile(view));
  const session: SessionForView = {
    prepare: () => Promise.resolve(),
    snapshot() {
      worst();
      return {
        connection: { kind: 'none', simulated: false, gatewayId: '', metadata: {}, origin: '', hostKind: '' },
        models: [],
        cogServers: [],
        catalogStatus: { sources: [], refreshing: false },
        personal: { favourites: [], recent: [], measured: {} },
        intent: { task: 'text-generation', prompt: '', system: '', columns: [] },
        runs: [],
        sessionCost: { simulated: false, unknownRuns: 0, byWallet: { neurons: 0, credits: 0 }, today },
      };
    },
    run(_plan, starting) {
      starting();
      worst();
      const state = initialRun('r');
      const run = { columnId: 'a', runId: 'r', model: model('@cf/a/b'), simulated: true, prompt: 'p', restored: false };
      return Promise.resolve([{ ...run, state }]);
    },
    stop() {},
    clear() {},
    saveIntent() {},
    snippet: () => Promise.resolve(''),
    workerUse: () => Promise.reject(new Error('not here')),
    refreshCatalog: () => Promise.resolve({ models: 1, added: 0, removed: 0 }),
    cancelRefresh() {},
    modelSchema: () => Promise.resolve(null),
    setFavourite() {},
    cog: createCogServers(fakePorts()),
    startCog: () => Promise.reject(new Error('not here')),
    uploadChunk: () => Promise.resolve(null),
    attachUrl: () => Promise.reject(new Error('not here')),
    attach: () => Promise.reject(new Error('not here')),
    vote() {},
  };
  const viewHost = {
    mediaBase: '/media/',
    canConnect: false,
    howToConnect: '',
    openLink: () => Promise.resolve(),
    connect: () => Promise.resolve(),
    changeBudget: () => Promise.resolve(),
    surroundings: { dialogs: false, workspace: false, workers: false },
    pickFiles: () => Promise.resolve([]),
    saveFile: () => Promise.resolve(false),
    openMedia: () => Promise.resolve(),
    useInWorker: () => Promise.resolve(),
  };
  const view = createViewSession(fakePorts(), channel, viewHost, session);
  let id = 0;
  return {
    view,
    call: async (method: string, ...args: unknown[]) => {
      channel.posted.length = 0;
      channel.deliver({ t: 'q', i: String(++id), m: method, a: args });
      await settle();
      return channel.posted.map(kind);
    },
  };
}

const columns = [{ id: 'a', modelId: '@cf/a/b', parameters: {} }];

describe('an answer', () => {
  it('with a snapshot is not overtaken by events that the snapshot does not hold', async () => {
    const { call } = serve((view) => {
      view.tell((to) => to.models([]));
      view.event({ runId: 'r', event: { type: 'text', at: 1, text: 'first token' } });
    });
    expect(await call('ready')).toEqual(['answer', 'models', 'batch']);
  });

  it('with new runs is not overtaken by their first token', async () => {
    let shown = false;
    const { call } = serve((view) => {
      if (shown) view.event({ runId: 'r', event: { type: 'text', at: 1, text: 'first token' } });
      shown = true;
    });
    await call('ready');
    expect(await call('run', { prompt: 'p', system: '', columns })).toEqual(['answer', 'batch']);
  });

  it('that is a refusal holds nothing up', async () => {
    const { call, view } = serve(() => undefined);
    await call('ready');
    expect(await call('run', { prompt: 'p', system: '', columns: [] })).toEqual(['answer']);
    view.event({ runId: 'r', event: { type: 'text', at: 1, text: 'first token' } });
    expect(await call('clear')).toEqual(['answer']);
    expect(await call('ready')).toEqual(['answer']);
  });
});

describe('a view that has not said ready', () => {
  it('is told nothing: the snapshot will hold it', async () => {
    const { call, view } = serve(() => undefined);
    view.tell((to) => to.cleared());
    view.event({ runId: 'r', event: { type: 'text', at: 1, text: 'x' } });
    expect(await call('saveIntent', { task: 'other', prompt: '', system: '', columns })).toEqual(['answer']);
  });
});
