/**
 * One playground session: it owns the runs, the drafts and the money; views come and go.
 */
import { buildRequest } from '../core/inference/build';
import { run as runInference } from '../core/inference/client';
import { curlSnippet } from '../core/snippets/curl';
import { workerSnippet } from '../core/snippets/worker';
import type { PlaygroundIntent, RunPlan, RunView, SessionCost, SnippetKind, ViewApi } from '../protocol/api';
import { checkOpenArguments } from '../protocol/guards';
import { RpcError, type Channel } from '../protocol/rpc';
import { createCatalog } from './catalog';
import { createConnection, type Connection } from './connection';
import { createEmitter } from './emitter';
import { columnIdsOf, defaultIntent, storedIntent, withArguments, withPlan } from './intent';
import { planColumns, requestOf } from './plan';
import type { AppPorts, Disposable, Event } from './ports';
import { createRuns, type Runs } from './runs';
import { createSpend } from './spend';
import { createViewSession, type SessionForView, type ViewHost, type ViewSession } from './view-session';

/** Arguments of the command `openPlayground`. */
export interface OpenArguments {
  /** Model ids, one column each; 1 to 12. */
  readonly models?: readonly string[];
  readonly task?: string;
  readonly prompt?: string;
  readonly system?: string;
  /** Runs at once. */
  readonly run?: boolean;
}

/** A session and what surrounds it may ask of it. */
export interface Playground extends Disposable {
  /** Serves a view until the returned object is disposed. Its runs go on without it. */
  attach(channel: Channel, view: ViewHost): Disposable;
  /** Applies command arguments. Rejects with an `RpcError` when they cannot work. */
  open(args: OpenArguments): Promise<void>;
  readonly connection: Connection;
  readonly sessionCost: SessionCost;
  readonly onDidChangeSessionCost: Event<SessionCost>;
}

/**
 * Starts a session. It does nothing that costs time or money before the first view attaches.
 * `infer` is the client that runs call; tests give another.
 */
export function createPlayground(ports: AppPorts, infer: typeof runInference = runInference): Playground {
  const { log, newId, settings, store } = ports;
  const connection = createConnection(ports);
  const catalog = createCatalog(ports, connection);
  const spend = createSpend();
  const costs = createEmitter<SessionCost>();
  const views = new Set<ViewSession>();
  const subscriptions: Disposable[] = [];
  let intent: PlaygroundIntent | undefined;
  let runs: Runs | undefined;

  const sessionCost = (): SessionCost => spend.total(connection.info);

  function tellAll(message: (view: ViewApi) => void, except?: ViewSession): void {
    for (const view of views) if (view !== except) view.tell(message);
  }

  function publishCost(): void {
    const cost = sessionCost();
    tellAll((view) => view.sessionCost(cost));
    costs.fire(cost);
  }

  subscriptions.push(
    connection.onDidChange((facts) => {
      for (const view of views) view.connection(facts);
      publishCost();
    }),
    catalog.onDidChange((models) => tellAll((view) => view.models(models))),
  );

  function storedRuns(columnIds: readonly string[]): readonly RunView[] {
    try {
      return store.lastRuns(columnIds);
    } catch (error) {
      log.error('The stored answers could not be read.', error);
      return [];
    }
  }

  /** Reads what is stored, once, when it is first needed. */
  async function load(): Promise<{ readonly intent: PlaygroundIntent; readonly runs: Runs }> {
    await catalog.load();
    intent ??= storedIntent(ports) ?? defaultIntent(catalog.models, newId);
    if (runs === undefined) {
      runs = createRuns(ports, infer, storedRuns(columnIdsOf(intent)));
      subscriptions.push(
        runs.onEvent((published) => {
          for (const view of views) view.event(published);
        }),
        runs.onEnd((run) => {
          spend.add(run);
          publishCost();
        }),
        runs,
      );
    }
    return { intent, runs };
  }

  function changeIntent(next: PlaygroundIntent, by?: ViewSession): void {
    intent = next;
    runs?.keepColumns(columnIdsOf(next));
    try {
      store.saveIntent(next);
    } catch (error) {
      log.error('Columns and drafts could not be stored.', error);
    }
    tellAll((view) => view.intent(next), by);
  }

  /** Refuses, or starts the runs and tells the other views. */
  async function start(plan: RunPlan, by?: ViewSession, starting?: () => void): Promise<readonly RunView[]> {
    const session = await load();
    const columns = await planColumns(catalog, plan);
    const now = settings.get();
    const endpoint = await connection.endpoint();
    // The settings may have changed while the endpoint was made ready; it belongs to those it was made from.
    const simulated = now.connection === 'simulator';
    starting?.();
    changeIntent(withPlan(intent ?? session.intent, plan), by);
    const started = session.runs.start(
      columns.map((planned) => ({
        columnId: planned.column.id,
        request: requestOf(newId(), plan, planned, endpoint, now),
        prompt: plan.prompt,
        simulated,
      })),
    );
    tellAll((view) => view.runs(started), by);
    return started;
  }

  async function snippet(kind: SnippetKind, plan: RunPlan, columnId: string): Promise<string> {
    const column = plan.columns.find(({ id }) => id === columnId);
    if (column === undefined) throw new RpcError('bad-request', `There is no column ${columnId} in this plan.`);
    const [planned] = await planColumns(catalog, { ...plan, columns: [column] });
    if (planned === undefined) throw new RpcError('internal', 'The column could not be planned.');
    const endpoint = await connection.endpoint();
    const { raw } = buildRequest(requestOf(newId(), plan, planned, endpoint, settings.get()));
    return kind === 'curl' ? curlSnippet(raw) : workerSnippet(raw);
  }

  function sessionFor(view: () => ViewSession): SessionForView {
    return {
      async prepare() {
        await load();
        // Neither the simulator's start nor a slow network may delay the first picture.
        void connection.warm().then(() => catalog.refresh());
      },
      snapshot() {
        if (intent === undefined || runs === undefined) throw new Error('The session is not loaded.');
        return {
          connection: connection.info,
          models: catalog.models,
          intent,
          runs: runs.of(columnIdsOf(intent)),
          sessionCost: sessionCost(),
        };
      },
      run: (plan, starting) => start(plan, view(), starting),
      stop: (runIds) => runs?.stop(runIds),
      clear() {
        runs?.clear();
        tellAll((other) => other.cleared(), view());
      },
      saveIntent: (next) => changeIntent(next, view()),
      snippet,
    };
  }

  return {
    connection,
    get sessionCost() {
      return sessionCost();
    },
    onDidChangeSessionCost: costs.event,
    attach(channel, viewHost) {
      const view: ViewSession = createViewSession(
        ports,
        channel,
        viewHost,
        sessionFor(() => view),
      );
      views.add(view);
      return {
        dispose() {
          views.delete(view);
          view.dispose();
        },
      };
    },
    async open(args) {
      const { models: ids, task, prompt, system, run } = checkOpenArguments(args);
      const session = await load();
      const models = ids && (await Promise.all(ids.map((id) => modelOf(id))));
      const next = withArguments(intent ?? session.intent, { models, task, prompt, system }, newId);
      changeIntent(next);
      if (run === true) await start({ prompt: next.prompt, system: next.system, columns: next.columns });
    },
    dispose() {
      for (const view of [...views]) view.dispose();
      views.clear();
      for (const subscription of subscriptions) subscription.dispose();
      catalog.dispose();
      connection.dispose();
    },
  };

  async function modelOf(id: string) {
    const model = await catalog.find(id);
    if (model === undefined) throw new RpcError('unknown-model', `There is no model ${id} in the catalog.`);
    return model;
  }
}
