import { reduce } from '../../src/core/run/reducer';
import type { HostApi, RunView, Snapshot } from '../../src/protocol/api';
import { connectHost } from '../../src/protocol/rpc';
import type { Playground } from '../../src/app/playground';
import type { ViewHost } from '../../src/app/view-session';
import { channelPair, type FakeChannel } from './channel';

/** A view as small as one can be: it folds what it is told, exactly as the real one does. */
export interface FakeView {
  readonly host: HostApi;
  /** The host's end: what was posted there reached, or was meant for, the view. */
  readonly channel: FakeChannel;
  /** Runs by id. */
  readonly runs: Map<string, RunView>;
  snapshot: Snapshot | undefined;
  /** Names of the messages received, `batch` included, in order. */
  readonly received: string[];
  readonly batches: number[];
  /** Problems of order that a real view could not survive. */
  readonly faults: string[];
  /** Whether batches are acknowledged at once. */
  acknowledges: boolean;
  readonly links: string[];
  /** Asks for everything anew, as after a reload. */
  ready(): Promise<Snapshot>;
  ackLast(): Promise<void>;
  close(): void;
}

/** Attaches a view to a playground. */
export function attachView(playground: Pick<Playground, 'attach'>, more: Partial<ViewHost> = {}): FakeView {
  const pair = channelPair();
  const links: string[] = [];
  const attached = playground.attach(pair.host, {
    mediaBase: '/media/',
    canConnect: true,
    howToConnect: 'Press Connect.',
    openLink: (url) => Promise.resolve(void links.push(url)),
    connect: () => Promise.resolve(),
    changeBudget: () => Promise.resolve(),
    surroundings: { dialogs: true, workspace: true, workers: true },
    pickFiles: () => Promise.resolve([]),
    saveFile: () => Promise.resolve(true),
    openMedia: () => Promise.resolve(),
    useInWorker: () => Promise.resolve(),
    ...more,
  });
  const show = (runs: readonly RunView[]) => {
    for (const run of runs) view.runs.set(run.runId, run);
  };
  const peer = connectHost(pair.view, {
    batch(batch) {
      view.received.push('batch');
      // A batch that was under way when the view reloaded.
      if (view.snapshot === undefined || batch.seq <= view.snapshot.seq) return;
      if (batch.seq <= (view.batches.at(-1) ?? 0)) view.faults.push(`batch ${batch.seq} came again`);
      view.batches.push(batch.seq);
      for (const { runId, events } of batch.frames) {
        const run = view.runs.get(runId);
        if (run === undefined) view.faults.push(`events of ${runId}, which was never announced`);
        else view.runs.set(runId, { ...run, state: events.reduce(reduce, run.state) });
      }
      if (view.acknowledges) peer.host.ack(batch.seq).catch(() => undefined);
    },
    connection: () => void view.received.push('connection'),
    models: () => void view.received.push('models'),
    catalogStatus: () => void view.received.push('catalogStatus'),
    personal: () => void view.received.push('personal'),
    estimate: () => void view.received.push('estimate'),
    showModel: (modelId) => void view.received.push(`showModel ${modelId}`),
    sessionCost: () => void view.received.push('sessionCost'),
    intent(intent) {
      view.received.push('intent');
      if (view.snapshot) view.snapshot = { ...view.snapshot, intent };
    },
    runs(runs) {
      view.received.push('runs');
      show(runs);
    },
    cleared() {
      view.received.push('cleared');
      view.runs.clear();
    },
    voted: () => void view.received.push('voted'),
    cogServers(cogServers) {
      view.received.push('cogServers');
      if (view.snapshot) view.snapshot = { ...view.snapshot, cogServers };
    },
    showAddCog: (folder) => void view.received.push(`showAddCog ${folder ?? ''}`.trim()),
  });
  const view: FakeView = {
    host: {
      ...peer.host,
      async run(plan) {
        const runs = await peer.host.run(plan);
        show(runs);
        return runs;
      },
    },
    channel: pair.host,
    runs: new Map(),
    snapshot: undefined,
    received: [],
    batches: [],
    faults: [],
    acknowledges: true,
    links,
    async ready() {
      view.snapshot = undefined;
      const snapshot = await peer.host.ready();
      view.snapshot = snapshot;
      view.runs.clear();
      show(snapshot.runs);
      return snapshot;
    },
    ackLast: () => peer.host.ack(view.batches.at(-1) ?? 0),
    close() {
      attached.dispose();
      peer.dispose();
    },
  };
  return view;
}

/** The run of a column, as a view sees it. */
export function runOf(view: FakeView, columnId: string): RunView {
  const run = [...view.runs.values()].findLast((one) => one.columnId === columnId);
  if (run === undefined) throw new Error(`column ${columnId} shows no run`);
  return run;
}
