/**
 * One playground session: it owns the runs, the drafts and the money; views come and go.
 */
import type { CatalogModel } from '../core/catalog/entry';
import type { Model, Task } from '../core/catalog/model';
import type { CogServer } from '../core/cog/server';
import { buildRequest } from '../core/inference/build';
import { run as runInference } from '../core/inference/client';
import type { Endpoint, OwnEndpoint } from '../core/inference/request';
import type { ChosenModel } from '../core/scaffold/worker/answers';
import { chosenModel } from '../core/snippets/chosen-model';
import { snippetKindsFor, type SnippetKind } from '../core/snippets/kinds';
import { snippetOf } from '../core/snippets/snippet';
import type {
  ColumnIntent,
  Personal,
  PlaygroundIntent,
  RunPlan,
  RunView,
  SessionCost,
  Snapshot,
  ViewApi,
} from '../protocol/api';
import { checkModelId, checkOpenArguments } from '../protocol/guards';
import { RpcError, type Channel } from '../protocol/rpc';
import { createAttachments, type Attachments } from './attachments';
import { createBudgetGuard, type BudgetGuard } from './budget-guard';
import { createCatalog, type Catalog } from './catalog';
import { createCogServers, type CogServers } from './cog-servers';
import { createConnection, type Connection } from './connection';
import { createEmitter } from './emitter';
import { createEstimates } from './estimates';
import { columnIdsOf, defaultIntent, storedIntent, withArguments, withModel, withPlan } from './intent';
import { withOwnModels, withOwnSchemas } from './own-models';
import { ownerOf } from './owner';
import { createPersonal } from './personal';
import { givenTexts, loadMedia, planColumn, planColumns, requestOf, type PlannedColumn } from './plan';
import type { AppPorts, Disposable, Event } from './ports';
import { createRuns, type Runs } from './runs';
import { createSchemas } from './schemas';
import { createSpend } from './spend';
import { createTextCounts } from './text-counts';
import { createViewSession, type SessionForView, type ViewHost, type ViewSession } from './view-session';
import { workerUse, type WorkerUse } from './worker-use';

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
  /** Takes files to attach. */
  readonly attachments: Pick<Attachments, 'take'>;
  readonly sessionCost: SessionCost;
  readonly onDidChangeSessionCost: Event<SessionCost>;
  /** Own models are among its models. */
  readonly catalog: Pick<Catalog, 'models' | 'status' | 'onDidChange' | 'load' | 'follow' | 'refresh'>;
  /** The user's own Cog servers. */
  readonly cog: Pick<CogServers, 'all' | 'onDidChange' | 'add' | 'tools'>;
  /**
   * Starts a Cog project; a column for it is added as soon as its schema says which task it has. Rejects with
   * `RpcError`: `not-allowed`.
   */
  startCog(how: 'docker' | 'python', folder: string): Promise<CogServer>;
  /** Shows "Add Cog model" in the views; in the next one that opens, when there is none. */
  showAddCog(folder?: string): void;
  readonly personal: Personal;
  readonly onDidChangePersonal: Event<Personal>;
  setFavourite(modelId: string, favourite: boolean): void;
  /**
   * Opens the page of this model in the views; in the next one that opens, when there is none.
   * Rejects with an `RpcError`, code `unknown-model`.
   */
  showModel(modelId: string): Promise<void>;
  /**
   * Adds a column for this model, under the task shown if the model has it, else under its own.
   * Rejects with an `RpcError`: `unknown-model`, or `too-many-columns`.
   */
  addColumn(modelId: string): Promise<void>;
  /** Ids of the models in the columns of a task, in their order, each once. */
  shownModels(task: Task): Promise<readonly string[]>;
  /**
   * Models for code, with the parameters of the column that shows each. Rejects with an `RpcError`, code `unknown-model`.
   */
  chosenModels(ids: readonly string[]): Promise<readonly ChosenModel[]>;
}

/** What a command wants a view to open. */
type Wanted = Pick<Snapshot, 'shownModel' | 'addCog'>;

/** Seconds for which that is kept for a view that may be on its way. */
const WANTED_WAIT = 5;

/**
 * Starts a session. It does nothing that costs time or money before the first view attaches.
 * `infer` is the client that runs call; tests give another.
 */
export function createPlayground(ports: AppPorts, infer: typeof runInference = runInference): Playground {
  const { log, newId, settings, store } = ports;
  const connection = createConnection(ports);
  const catalog = createCatalog(ports, connection);
  const cog = createCogServers(ports);
  const models = withOwnModels(catalog, cog, ports);
  const schemas = withOwnSchemas(createSchemas(ports, connection), cog);
  const owner = (): string => ownerOf(settings.get());
  // What the simulator serves, or a proxy on this machine, can be attached though it is not public.
  const attachments = createAttachments(ports, async () =>
    connection.endpoint().then(
      ({ baseUrl }) => new URL(baseUrl).origin,
      () => '',
    ),
  );
  const spend = createSpend(ports);
  const personal = createPersonal(ports.ledger, log, owner);
  const counts = createTextCounts(ports.countTokens, log);
  const estimates = createEstimates(counts, log, () => {
    if (intent === undefined) return undefined;
    return {
      prompt: intent.prompt,
      system: intent.system,
      ...(intent.attachments && { attachments: intent.attachments }),
      ...(intent.texts && { texts: intent.texts }),
      columns: intent.columns,
      model: (id) => models.models.find((model) => model.id === id),
      measured: personal.now.measured,
      verdict: (costs) => guard?.verdict(costs, owner()) ?? {},
    };
  });
  const costs = createEmitter<SessionCost>();
  const views = new Set<ViewSession>();
  const subscriptions: Disposable[] = [];
  let intent: PlaygroundIntent | undefined;
  let runs: Runs | undefined;
  let guard: BudgetGuard | undefined;
  let wanted: Wanted | undefined;
  let forgetWanted: (() => void) | undefined;

  const sessionCost = (): SessionCost => spend.total(connection.info, owner());

  function tellAll(message: (view: ViewApi) => void, except?: ViewSession): void {
    for (const view of views) if (view !== except) view.tell(message);
  }

  function publishCost(): void {
    const cost = sessionCost();
    tellAll((view) => view.sessionCost(cost));
    costs.fire(cost);
    estimates.update();
  }

  let publishedModels: readonly CatalogModel[] = [];
  function publishModels(): void {
    // The list is large: a view that has it needs only to know how it stands.
    const all = models.models;
    if (all !== publishedModels) tellAll((view) => view.models(all));
    publishedModels = all;
    estimates.update();
  }

  function publishCatalog(): void {
    publishModels();
    tellAll((view) => view.catalogStatus(catalog.status));
  }

  /** Ids of servers whose column waits for their schema. */
  const awaited = new Set<string>();

  function publishCog(): void {
    publishModels();
    tellAll((view) => view.cogServers(cog.all));
    for (const { id, modelId, state } of cog.all) {
      if (!awaited.has(id) || (state !== 'ready' && state !== 'busy')) continue;
      awaited.delete(id);
      void showColumn(modelId).catch((error: unknown) => log.error('A column was not added.', error));
    }
  }

  /** Adds a column for this model, unless there is one. */
  async function showColumn(modelId: string): Promise<void> {
    const session = await load();
    const shown = intent ?? session.intent;
    const model = await models.find(modelId);
    const columns = [shown.columns, ...Object.values(shown.parked ?? {})].flat();
    if (model === undefined || columns.some((column) => column.modelId === modelId)) return;
    changeIntent(withModel(shown, model, newId));
  }

  async function startCog(how: 'docker' | 'python', folder: string): Promise<CogServer> {
    const server = await cog.start(how, folder);
    awaited.add(server.id);
    return server;
  }

  subscriptions.push(
    connection.onDidChange((facts) => {
      for (const view of views) view.connection(facts);
      personal.reload();
      publishCost();
    }),
    catalog.onDidChange(publishCatalog),
    cog.onDidChange(publishCog),
    cog,
    personal.onDidChange((figures) => tellAll((view) => view.personal(figures))),
    settings.onDidChange(() => {
      guard?.changed();
      publishCost();
    }),
    estimates.onDidChange((estimate) => tellAll((view) => view.estimate(estimate))),
    estimates,
    spend,
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
    intent ??= storedIntent(ports) ?? defaultIntent(catalog.models, ports);
    if (runs === undefined) {
      runs = createRuns(ports, infer, storedRuns(columnIdsOf(intent)));
      const watched = createBudgetGuard(ports, counts, spend, runs);
      guard = watched;
      subscriptions.push(
        // Before its listeners: what runs until now is booked.
        runs,
        watched,
        runs.onEvent((published) => {
          for (const view of views) view.event(published);
        }),
        runs.onEnd((run) => {
          const accrued = watched.end(run);
          spend.add(run, accrued?.owner ?? owner(), accrued?.usd ?? 0);
          personal.ran(run.model.id);
          publishCost();
        }),
        spend.onNewDay(publishCost),
      );
      estimates.update();
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
    estimates.update();
  }

  /** Refuses, or starts the runs and tells the other views. */
  async function start(plan: RunPlan, by?: ViewSession, starting?: () => void): Promise<readonly RunView[]> {
    const session = await load();
    const columns = await planColumns(models, schemas, plan);
    const now = settings.get();
    // Own models need neither a connection nor a budget.
    const bought = columns.filter((planned) => !isOwn(planned));
    const [endpoint, media] = await Promise.all([
      bought.length === 0 ? undefined : connection.endpoint(),
      loadMedia(ports.media, plan, columns),
      guard?.prepare(plan),
    ]);
    if (bought.length > 0) guard?.check(plan, bought, ownerOf(now), personal.now.measured);
    // The settings may have changed while the endpoint was made ready; it belongs to those it was made from.
    const simulated = now.connection === 'simulator';
    starting?.();
    changeIntent(withPlan(intent ?? session.intent, plan), by);
    // Answers number the texts that were sent.
    const texts = givenTexts(plan);
    const starts = columns.map((planned) => ({
      columnId: planned.column.id,
      request: requestOf(newId(), plan, planned, endpointFor(planned, endpoint), now, media),
      ...(planned.priceOrigin && { priceOrigin: planned.priceOrigin }),
      prompt: plan.prompt,
      ...(plan.attachments && { attachments: plan.attachments }),
      ...(texts.length > 0 && { texts }),
      ...(plan.blind === true && { blind: true }),
      simulated: simulated && !isOwn(planned),
    }));
    const started = session.runs.start(starts);
    guard?.begin(
      ownerOf(now),
      starts.map(({ request }) => request).filter((request) => !isOwn(request)),
    );
    tellAll((view) => view.runs(started), by);
    return started;
  }

  function endpointFor({ model }: PlannedColumn, bought: Endpoint | undefined): Endpoint | OwnEndpoint {
    const endpoint = model.hosting === 'own' ? cog.endpoint(model.id) : bought;
    if (endpoint === undefined) throw new RpcError('unknown-model', `${model.name} was removed. Choose another model.`);
    return endpoint;
  }

  /** Until a view takes it. A view that is told may be a hidden one, which hears nothing and then asks anew. */
  function keepWanted(next: Wanted | undefined): void {
    forgetWanted?.();
    forgetWanted = undefined;
    wanted = next;
    if (next === undefined || views.size === 0) return;
    forgetWanted = ports.clock.after(WANTED_WAIT, () => keepWanted(undefined));
  }

  async function snippet(kind: SnippetKind, plan: RunPlan, columnId: string): Promise<string> {
    const column = columnOf(plan, columnId);
    const [planned] = await planColumns(models, schemas, { ...plan, columns: [column] });
    if (planned === undefined) throw new RpcError('internal', 'The column could not be planned.');
    if (!snippetKindsFor(planned.model).includes(kind)) {
      throw new RpcError(
        'bad-request',
        `Requests to ${planned.model.name} are in a format that ${kind} does not speak.`,
      );
    }
    const [endpoint, media] = await Promise.all([
      isOwn(planned) ? undefined : connection.endpoint(),
      loadMedia(ports.media, plan, [planned]),
    ]);
    // No run has this request: the gateway's log is not to name one.
    const to = endpointFor(planned, endpoint);
    const request = buildRequest(requestOf('', plan, planned, to, settings.get(), media));
    return snippetOf(kind, request);
  }

  /** Columns with the task that they stand under, those shown now first. */
  async function allColumns(): Promise<readonly (readonly [Task, ColumnIntent])[]> {
    const { task, columns, parked = {} } = intent ?? (await load()).intent;
    const others = Object.entries(parked) as [Task, readonly ColumnIntent[]][];
    return [[task, columns] as const, ...others].flatMap(([of, all]) => all.map((column) => [of, column] as const));
  }

  /** What else is shown is a suggestion: a column that could not run is left out. */
  async function useOf(plan: RunPlan, columnId: string): Promise<WorkerUse> {
    const column = columnOf(plan, columnId);
    const [planned, ...others] = await Promise.all([
      planColumn(models, schemas, column),
      ...plan.columns
        .filter((other) => other !== column)
        .map((other) => planColumn(models, schemas, other).catch(() => undefined)),
    ]);
    if (isOwn(planned)) {
      throw new RpcError(
        'bad-request',
        `${planned.model.name} runs on a server of your own, which no AI binding reaches. See "Package and Hand Over".`,
      );
    }
    const bought = others.filter((other) => other !== undefined).filter((other) => !isOwn(other));
    return workerUse(plan, [planned, ...bought], settings.get());
  }

  function sessionFor(view: () => ViewSession): SessionForView {
    return {
      async prepare() {
        await load();
        // Neither the simulator's start nor a slow network may delay the first picture.
        void connection.warm().then(() => catalog.follow());
      },
      snapshot() {
        if (intent === undefined || runs === undefined) throw new Error('The session is not loaded.');
        const shown = wanted;
        keepWanted(undefined);
        return {
          connection: connection.info,
          models: models.models,
          cogServers: cog.all,
          catalogStatus: catalog.status,
          personal: personal.now,
          ...(estimates.now && { estimate: estimates.now }),
          ...shown,
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
      workerUse: useOf,
      refreshCatalog: () => catalog.refresh(),
      cancelRefresh: () => catalog.cancelRefresh(),
      modelSchema: async (modelId) => (await schemas.get(await modelOf(modelId))) ?? null,
      setFavourite: personal.setFavourite,
      cog,
      startCog,
      uploadChunk: (uploadId, chunk, last) => attachments.chunk(uploadId, chunk, last),
      attachUrl: (url) => attachments.fromUrl(url),
      attach: ({ bytes, name }) => attachments.take(bytes, name),
      vote(votes) {
        const shown = runs?.vote(votes) ?? [];
        if (shown.length > 0) tellAll((each) => each.voted(shown));
      },
    };
  }

  return {
    connection,
    attachments,
    get sessionCost() {
      return sessionCost();
    },
    onDidChangeSessionCost: costs.event,
    catalog: {
      get models() {
        return models.models;
      },
      get status() {
        return catalog.status;
      },
      onDidChange(listener) {
        const both = [catalog.onDidChange(listener), cog.onDidChange(listener)];
        return { dispose: () => both.forEach((one) => one.dispose()) };
      },
      load: catalog.load,
      follow: catalog.follow,
      refresh: catalog.refresh,
    },
    cog,
    startCog,
    showAddCog(folder) {
      keepWanted({ addCog: folder === undefined ? {} : { folder } });
      tellAll((view) => view.showAddCog(folder));
    },
    get personal() {
      return personal.now;
    },
    onDidChangePersonal: personal.onDidChange,
    setFavourite: personal.setFavourite,
    async showModel(modelId) {
      const { id } = await modelOf(checkModelId(modelId));
      keepWanted({ shownModel: id });
      tellAll((view) => view.showModel(id));
    },
    async addColumn(modelId) {
      const model = await modelOf(checkModelId(modelId));
      const session = await load();
      changeIntent(withModel(intent ?? session.intent, model, newId));
    },
    async shownModels(task) {
      const shown = (await allColumns()).filter(([of]) => of === task).map(([, { modelId }]) => modelId);
      return [...new Set(shown)];
    },
    async chosenModels(ids) {
      const columns = await allColumns();
      return Promise.all(
        ids.map(async (id) => {
          const model = await modelOf(checkModelId(id));
          if (isOwn({ model })) throw new RpcError('bad-request', `No AI binding reaches ${model.name}.`);
          const column = columns.find(([, { modelId }]) => modelId === id);
          return chosenModel(model, column?.[1].parameters ?? {}, await schemas.get(model));
        }),
      );
    },
    attach(channel, viewHost) {
      const view: ViewSession = createViewSession(
        ports,
        channel,
        viewHost,
        sessionFor(() => view),
      );
      views.add(view);
      const watching = cog.watch();
      return {
        dispose() {
          views.delete(view);
          watching.dispose();
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
      // Who names models to run does not compare blindly.
      if (run === true) await start({ ...next, blind: false });
    },
    dispose() {
      keepWanted(undefined);
      for (const view of [...views]) view.dispose();
      views.clear();
      for (const subscription of subscriptions) subscription.dispose();
      catalog.dispose();
      connection.dispose();
    },
  };

  async function modelOf(id: string) {
    const model = await models.find(id);
    if (model === undefined) throw new RpcError('unknown-model', `There is no model ${id} in the catalog.`);
    return model;
  }
}

/** On a server of the user's own: nobody is paid, nothing of the connection is needed. */
const isOwn = ({ model }: { readonly model: Pick<Model, 'hosting'> }): boolean => model.hosting === 'own';

function columnOf({ columns }: RunPlan, columnId: string): ColumnIntent {
  const column = columns.find(({ id }) => id === columnId);
  if (column === undefined) throw new RpcError('bad-request', `There is no column ${columnId} in this plan.`);
  return column;
}
