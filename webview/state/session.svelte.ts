/**
 * The playground as the view holds it: what the host said, what the user set up, and the calls between both.
 * The host owns the runs; everything here can be drawn again from one snapshot.
 */
import type { Model, Task } from '../../src/core/catalog/model';
import { taskInputs } from '../../src/core/catalog/task-inputs';
import { defaultColumns, firstParameters } from '../../src/core/catalog/default-columns';
import type { RunParameters } from '../../src/core/inference/request';
import type { RunEstimate } from '../../src/core/run/estimate';
import type { Batch } from '../../src/core/run/outbox';
import { spokenSummary } from '../../src/core/run/spoken';
import type { SnippetKind } from '../../src/core/snippets/kinds';
import type {
  ColumnIntent,
  ConnectionInfo,
  HostApi,
  ParkedColumns,
  PlaygroundIntent,
  RunView,
  SessionCost,
  Snapshot,
  Surroundings,
  ViewApi,
} from '../../src/protocol/api';
import type { Channel } from '../../src/protocol/rpc';
import { connectHost, toRpcError } from '../../src/protocol/rpc';
import { strings } from '../strings';
import { dayOf } from './ages';
import { announcementOf } from './announcement';
import { Announcer } from './announcer.svelte';
import { Attachments } from './attachments.svelte';
import { isHidden, runsBlind, shuffled, votesOf, type Winner } from './blind';
import { CatalogView } from './catalog.svelte';
import { HostClock } from './clock.svelte';
import { CogView } from './cog.svelte';
import { Column } from './column.svelte';
import { createFiles } from './files';
import { Finder } from './finder.svelte';
import { createFrameLoop } from './frames';
import { createKeeper } from './keeper';
import { labelOf } from './labels';
import { parameterProblem, typedProblem, type Misplaced } from './run-check';
import { elapsedOf } from './timeline';

/** Columns side by side at most. */
export const MAX_COLUMNS = 12;

/** Whether the host can be reached. */
export type LinkState = 'connecting' | 'online' | 'offline';

/** A call that the host refused as a whole. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Where it can be put right. */
  readonly at?: { readonly column: Column; readonly field: string };
}

const localSeconds = (): number => performance.now() / 1000;
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** The whole state of the view. */
export class Session {
  link = $state.raw<LinkState>('connecting');
  /** Losses of the connection since it last stood. */
  losses = $state.raw(0);
  connection = $state.raw<ConnectionInfo | undefined>();
  mediaBase = $state.raw('');
  task = $state.raw<Task>('text-generation');
  prompt = $state.raw('');
  system = $state.raw('');
  texts = $state.raw<readonly string[]>([]);
  reference = $state.raw('');
  blind = $state.raw(false);
  columns = $state.raw<readonly Column[]>([]);
  surroundings = $state.raw<Surroundings>({ dialogs: false, workspace: false, workers: false });
  problem = $state.raw<Problem | undefined>();
  /** What Run would cost as things stand; undefined: not known. */
  estimate = $state.raw<RunEstimate | undefined>();
  /** The model whose page is open. */
  shownModel = $state.raw<string | undefined>();

  readonly catalog = new CatalogView(() => this.#host);
  /** How the picker was last set. */
  readonly finder = new Finder();
  readonly announcer = new Announcer();
  readonly attachments = new Attachments({
    host: () => this.#host,
    surroundings: () => this.surroundings,
    changed: () => this.#changed(),
  });
  readonly files = createFiles({
    host: () => this.#host,
    surroundings: () => this.surroundings,
    mediaBase: () => this.mediaBase,
    refused: (error) => this.#refused(error),
  });
  readonly cog = new CogView(
    () => this.#host,
    (words) => this.announcer.say(words),
  );
  readonly clock = new HostClock(localSeconds, () => reducedMotion.matches);

  #cost = $state.raw<SessionCost | undefined>();
  /** As it was before a blind comparison; undefined after a reload in the middle of one. */
  #costBefore = $state.raw<SessionCost | undefined>();

  readonly active = $derived(this.columns.some((column) => column.active));
  readonly started = $derived(this.columns.some((column) => column.starting || column.state !== undefined));
  /** Names of models are hidden: a blind comparison is going on, or waits for its vote. */
  readonly hidden = $derived(this.columns.some(({ hidden }) => hidden));
  /** Stands still while names are hidden: what each column adds would tell which one is dear. */
  readonly sessionCost = $derived(this.hidden ? this.#costBefore : this.#cost);
  /** Seconds that the longest bar takes. */
  readonly longest = $derived(
    Math.max(0, ...this.columns.map(({ shown }) => (shown ? elapsedOf(shown, this.clock.now) : 0))),
  );

  #host: HostApi | undefined;
  #disconnect: (() => void) | undefined;
  #batches: Batch[] = [];
  /** Columns of tasks that are not shown now. */
  readonly #stash = new Map<Task, readonly Column[]>();
  readonly #frames = createFrameLoop(() => this.#draw());
  readonly #keeper = createKeeper<PlaygroundIntent>((intent) => {
    this.#host?.saveIntent(intent).catch((error: unknown) => this.#refused(error));
  });

  /** Speaks to the host over a fresh channel. */
  attach(channel: Channel): void {
    this.#disconnect?.();
    const { host, dispose } = connectHost(channel, this.#view);
    this.#host = host;
    this.#disconnect = dispose;
    host.ready().then(
      (snapshot) => {
        if (this.#host === host) this.#restore(snapshot);
      },
      (error: unknown) => {
        if (this.#host === host) this.#refused(error);
      },
    );
  }

  /** The channel is gone. */
  detach(): void {
    this.#disconnect?.();
    this.#host = undefined;
    this.#disconnect = undefined;
    this.losses += 1;
    if (this.link === 'online') this.announcer.say(strings.announce.offline);
    this.link = 'offline';
    for (const column of this.columns) column.starting = false;
  }

  /** Sends what waits: the page is about to go. */
  flush(): void {
    this.#keeper.flush();
  }

  modelOf(id: string): Model {
    return this.catalog.modelOf(id);
  }

  labelOf(column: Column): string {
    return labelOf(this.columns.indexOf(column));
  }

  // --- what the user does -------------------------------------------------------------------------------------------

  setPrompt(prompt: string): void {
    this.prompt = prompt;
    this.#changed();
  }

  setSystem(system: string): void {
    this.system = system;
    this.#changed();
  }

  setTexts(texts: readonly string[]): void {
    this.texts = texts;
    this.#changed();
  }

  setReference(reference: string): void {
    this.reference = reference;
    this.#changed();
  }

  setBlind(blind: boolean): void {
    this.blind = blind;
    this.#changed();
  }

  setTask(task: Task): void {
    if (task === this.task) return;
    this.#stash.set(this.task, this.columns);
    this.task = task;
    const parked = this.#stash.get(task);
    this.#stash.delete(task);
    this.columns =
      parked ?? defaultColumns(this.catalog.models, dayOf(Date.now()), task).map((model) => newColumn(model.id));
    this.problem = undefined;
    this.#changed();
  }

  addColumn(modelId: string, parameters?: RunParameters, after?: Column): Column | undefined {
    if (this.columns.length >= MAX_COLUMNS) return undefined;
    const column = newColumn(modelId, parameters);
    const at = after ? this.columns.indexOf(after) + 1 : this.columns.length;
    this.columns = this.columns.toSpliced(at, 0, column);
    this.announcer.say(strings.announce.added(this.labelOf(column), this.modelOf(modelId).name));
    this.#changed();
    return column;
  }

  removeColumn(column: Column): void {
    if (column.active && column.run) void this.stop([column]);
    this.announcer.say(strings.announce.removed(this.labelOf(column)));
    this.columns = this.columns.filter((other) => other !== column);
    this.#changed();
  }

  setModel(column: Column, modelId: string): void {
    column.modelId = modelId;
    // They belong to the form of the other model.
    column.drafts = new Map();
    this.#changed();
  }

  setParameters(columns: readonly Column[], parameters: RunParameters): void {
    for (const column of columns) column.parameters = parameters;
    this.#changed();
  }

  /** Runs these columns again, or all anew. Says why when it cannot. */
  async run(again?: readonly Column[]): Promise<void> {
    let columns = again ?? this.columns;
    const host = this.#host;
    if (!host) return;
    this.problem = undefined;
    if (columns.length === 0) return this.#complain('no-columns', strings.composer.noColumns);
    if (this.attachments.busy.length > 0) return this.#complain('uploading', strings.composer.uploading);
    if (this.#lacksPrompt) return this.#complain('empty-prompt', strings.composer.emptyPrompt);
    if (columns.some((column) => column.active)) return this.announcer.say(strings.composer.running);
    const typed = typedProblem(columns);
    if (typed) return this.#invalid(typed);
    // Who is alone has nothing to be told apart from.
    const blind = runsBlind(this.blind && columns.length > 1, again);
    if (blind && !this.hidden) this.#costBefore = this.#cost;
    for (const column of columns) {
      column.startsBlind = blind;
      column.starting = true;
    }
    // In their old places the columns would give themselves away.
    if (blind && !again) columns = this.columns = shuffled(columns, Math.random);
    this.#changed();
    this.#keeper.flush();
    try {
      const wrong = await parameterProblem(columns, this.catalog);
      if (wrong) return this.#invalid(wrong);
      this.#show(await host.run({ ...this.#drafts, blind, columns: columns.map(({ intent }) => intent) }));
      this.announcer.say(strings.announce.started(columns.length));
    } catch (error) {
      this.#refused(error);
    } finally {
      for (const column of columns) column.starting = false;
    }
  }

  /** Stops these columns, or all. */
  async stop(columns?: readonly Column[]): Promise<void> {
    const runIds = columns?.flatMap(({ run }) => run?.runId ?? []);
    await this.#host?.stop(runIds).catch((error: unknown) => this.#refused(error));
  }

  /** Says which answer of a blind comparison was the best, which shows the names. */
  async vote(winner: Winner, comment: string): Promise<void> {
    const runs = this.columns.flatMap(({ id, run }) =>
      run && isHidden(run) ? [{ columnId: id, runId: run.runId }] : [],
    );
    await this.#host?.vote(votesOf(runs, winner, comment)).catch((error: unknown) => this.#refused(error));
  }

  async clear(): Promise<void> {
    try {
      await this.#host?.clear();
      this.#forget();
      this.announcer.say(strings.announce.cleared);
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Code for what this column would send now. Rejects with an `RpcError`. */
  async snippet(kind: SnippetKind, column: Column): Promise<string> {
    if (!this.#host) throw new Error(strings.offline);
    return this.#host.snippet(kind, { ...this.#drafts, columns: [column.intent] }, column.id);
  }

  /** A Worker that calls this model with the prompt as it stands. Rejects with an `RpcError`. */
  async worker(modelId: string): Promise<string> {
    if (!this.#host) throw new Error(strings.offline);
    const column = newColumn(modelId);
    const prompt = this.prompt.trim() === '' ? strings.model.samplePrompt : this.prompt;
    return this.#host.snippet('worker', { prompt, system: this.system, columns: [column.intent] }, column.id);
  }

  /** Brings this column into a Worker, with the other columns as what it may fall back on. Rejects with an `RpcError`. */
  async useInWorker(column: Column): Promise<void> {
    const { columns } = this;
    await this.#host?.useInWorker({ ...this.#drafts, columns: columns.map(({ intent }) => intent) }, column.id);
  }

  /** The same for a model as it is, without a column. */
  async useModelInWorker(modelId: string): Promise<void> {
    const column = newColumn(modelId);
    const { prompt, system } = this;
    await this.#host?.useInWorker({ prompt, system, columns: [column.intent] }, column.id);
  }

  openLink(url: string): void {
    this.#host?.openLink(url).catch((error: unknown) => this.#refused(error));
  }

  connect(): void {
    this.#host?.connect().catch((error: unknown) => this.#refused(error));
  }

  changeBudget(): void {
    this.#host?.changeBudget().catch((error: unknown) => this.#refused(error));
  }

  setFavourite(modelId: string, favourite: boolean): void {
    const { name } = this.modelOf(modelId);
    this.announcer.say(favourite ? strings.announce.starred(name) : strings.announce.unstarred(name));
    this.catalog.setFavourite(modelId, favourite).catch((error: unknown) => this.#refused(error));
  }

  // --- what the host says -------------------------------------------------------------------------------------------

  readonly #view: ViewApi = {
    batch: (batch) => {
      this.clock.align(batch.now);
      this.#batches.push(batch);
      this.#frames.request();
    },
    connection: (info) => {
      this.connection = info;
    },
    models: (models) => {
      this.catalog.models = models;
    },
    catalogStatus: (status) => {
      this.catalog.status = status;
    },
    personal: (personal) => {
      this.catalog.personal = personal;
    },
    estimate: (estimate) => {
      this.estimate = estimate ?? undefined;
    },
    showModel: (modelId) => {
      this.shownModel = modelId;
    },
    cogServers: (servers) => {
      for (const modelId of this.cog.take(servers)) this.catalog.forgetSchema(modelId);
    },
    showAddCog: (folder) => {
      this.cog.adding = folder === undefined ? {} : { folder };
    },
    sessionCost: (cost) => {
      this.#cost = cost;
    },
    intent: (intent) => {
      // What is typed here and not sent yet is newer.
      if (!this.#keeper.pending) this.#adopt(intent);
    },
    runs: (runs) => this.#show(runs),
    cleared: () => this.#forget(),
    voted: (votes) => {
      for (const vote of votes) this.#columnOf(vote.runId)?.voted(vote);
      this.announcer.say(strings.announce.voted);
    },
  };

  /** What a plan and the intent have in common. */
  get #drafts(): Pick<PlaygroundIntent, 'prompt' | 'system' | 'attachments' | 'texts' | 'blind'> {
    const { prompt, system, texts, blind } = this;
    return { prompt, system, attachments: this.attachments.list, texts, blind };
  }

  get #lacksPrompt(): boolean {
    const isGiven = this.prompt.trim() !== '' || (this.task === 'embeddings' && this.texts.some((text) => text.trim()));
    // What models of the user's own need their schema says, which the host looks at.
    const isHosts = this.columns.every(({ modelId }) => this.modelOf(modelId).hosting === 'own');
    return !isGiven && !isHosts && taskInputs(this.task).prompt === 'required';
  }

  get #parked(): ParkedColumns {
    return Object.fromEntries([...this.#stash].map(([task, columns]) => [task, columns.map(({ intent }) => intent)]));
  }

  #changed(): void {
    const columns = this.columns.map(({ intent }) => intent);
    // An empty playground is not worth keeping: the host's rule is one column at least.
    if (columns.length === 0) return;
    this.#keeper.keep({ task: this.task, ...this.#drafts, reference: this.reference, columns, parked: this.#parked });
  }

  #restore(snapshot: Snapshot): void {
    this.#batches = [];
    this.clock.reset(snapshot.now);
    this.connection = snapshot.connection;
    this.catalog.restore(snapshot);
    this.estimate = snapshot.estimate;
    this.shownModel = snapshot.shownModel ?? this.shownModel;
    this.cog.servers = snapshot.cogServers;
    this.cog.adding = snapshot.addCog ?? this.cog.adding;
    this.#cost = snapshot.sessionCost;
    this.mediaBase = snapshot.mediaBase;
    this.surroundings = snapshot.surroundings;
    if (this.#keeper.pending) this.#keeper.flush();
    else this.#adopt(snapshot.intent);
    const runs = new Map(snapshot.runs.map((run) => [run.columnId, run]));
    for (const column of this.#all) column.replace(runs.get(column.id));
    if (this.link === 'offline') this.announcer.say(strings.announce.online);
    this.link = 'online';
    this.losses = 0;
    this.#frames.request();
  }

  #adopt(intent: PlaygroundIntent): void {
    const known = new Map(this.#all.map((column) => [column.id, column]));
    const adopted = (columns: readonly ColumnIntent[]) =>
      columns.map((wanted) => {
        const column = known.get(wanted.id) ?? new Column(wanted);
        column.modelId = wanted.modelId;
        column.parameters = wanted.parameters;
        return column;
      });
    this.task = intent.task;
    this.prompt = intent.prompt;
    this.system = intent.system;
    this.attachments.restore(intent.attachments ?? []);
    this.texts = intent.texts ?? [];
    this.reference = intent.reference ?? '';
    this.blind = intent.blind ?? false;
    this.columns = adopted(intent.columns);
    this.#stash.clear();
    for (const [task, columns] of Object.entries(intent.parked ?? {})) this.#stash.set(task as Task, adopted(columns));
  }

  #show(runs: readonly RunView[]): void {
    for (const run of runs) this.#all.find(({ id }) => id === run.columnId)?.show(run);
    this.#frames.request();
  }

  #forget(): void {
    for (const column of this.#all) column.replace(undefined);
    this.problem = undefined;
  }

  #invalid({ column, field, message }: Misplaced): void {
    const sentence = strings.composer.invalid(this.labelOf(column), message);
    this.problem = { code: 'invalid-parameters', message: sentence, at: { column, field } };
  }

  #complain(code: string, message: string): void {
    this.problem = { code, message };
  }

  #refused(error: unknown): void {
    const { code, message } = toRpcError(error);
    // The banner already says that the host is away, and who cancelled knows it.
    if (code !== 'closed' && code !== 'cancelled') this.#complain(code, message);
  }

  /** One frame: applies what arrived, moves the clock. */
  #draw(): boolean {
    const batches = this.#batches;
    this.#batches = [];
    for (const batch of batches) {
      for (const frame of batch.frames) this.#applyFrame(frame);
      // An answer that is lost with its channel is of no interest: the next snapshot starts anew.
      this.#host?.ack(batch.seq).catch(() => undefined);
    }
    if (this.active) this.clock.tick();
    else this.clock.settle();
    return this.active;
  }

  #applyFrame({ runId, events }: Batch['frames'][number]): void {
    const column = this.#columnOf(runId);
    const before = column?.state;
    if (column === undefined || before === undefined) return;
    column.apply(events);
    const { state, run } = column;
    if (state === undefined || run === undefined || !this.columns.includes(column)) return;
    const said = announcementOf(before, state, {
      label: this.labelOf(column),
      hidden: isHidden(run),
      model: isHidden(run) ? strings.blindModel : run.model.name,
      // Figures tell models apart.
      summary: (done) => (isHidden(run) ? '' : spokenSummary(done, run.model)),
    });
    if (said !== undefined) this.announcer.say(said);
  }

  /** The columns of all tasks, the shown ones first. */
  get #all(): readonly Column[] {
    return [this.columns, ...this.#stash.values()].flat();
  }

  #columnOf(runId: string): Column | undefined {
    return this.#all.find(({ run }) => run?.runId === runId);
  }
}

function newColumn(modelId: string, parameters: RunParameters = firstParameters({ id: modelId })): Column {
  return new Column({ id: crypto.randomUUID(), modelId, parameters });
}
