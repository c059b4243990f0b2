/**
 * One view: answers its calls after checking them, and tells it what happens, in an order it can rely on.
 */
import type { ModelSchema } from '../core/catalog/schema';
import type { CogServer } from '../core/cog/server';
import type { Attachment, MediaKind, MediaRef } from '../core/media/media';
import type { SnippetKind } from '../core/snippets/kinds';
import type {
  CatalogChange,
  ConnectionInfo,
  HostApi,
  Picked,
  PlaygroundIntent,
  RunPlan,
  RunView,
  RunVote,
  Snapshot,
  Surroundings,
  ViewApi,
} from '../protocol/api';
import {
  checkAddress,
  checkChunk,
  checkCogServerChange,
  checkCogServerId,
  checkCogStart,
  checkCogUrl,
  checkColumnId,
  checkConfirmed,
  checkFileName,
  checkFlag,
  checkFolder,
  checkIntent,
  checkKinds,
  checkLast,
  checkLink,
  checkMediaFile,
  checkModelId,
  checkPlace,
  checkPlan,
  checkRunIds,
  checkSeq,
  checkSnippetKind,
  checkText,
  checkUploadId,
  checkVotes,
} from '../protocol/guards';
import { RpcError, serveView, type Channel } from '../protocol/rpc';
import type { Clock } from '../core/inference/ports';
import type { CogServerLog, CogServers } from './cog-servers';
import type { ConnectionFacts } from './connection';
import { createFeed } from './feed';
import type { Disposable, Log } from './ports';
import type { PublishedEvent } from './runs';
import type { WorkerUse } from './worker-use';

/** What a view's surroundings add: where its media are, and what links and Connect do there. */
export interface ViewHost {
  /** Prefix for `MediaRef.file`; ends with a slash. */
  readonly mediaBase: string;
  /** Whether `connect` does something here. */
  readonly canConnect: boolean;
  /** One sentence telling how to connect to a real account from here. */
  readonly howToConnect: string;
  /** Opens an `https:` link that was already checked. */
  openLink(url: string): Promise<void>;
  connect(): Promise<void>;
  /** Opens the place where budgets are set, or rejects with a sentence telling how. */
  changeBudget(): Promise<void>;
  readonly surroundings: Surroundings;
  /** Lets the user choose files and reads them; empty when cancelled. What is wrong with one file keeps none of the others. */
  pickFiles(
    from: 'disk' | 'workspace',
    kinds: readonly MediaKind[],
  ): Promise<readonly (PickedFile | Exclude<Picked, Attachment>)[]>;
  /** Saves a stored file or text where the user says; false when cancelled. */
  saveFile(source: { readonly file: string } | { readonly text: string }, name: string): Promise<boolean>;
  /** Opens a stored file outside of the view. */
  openMedia(file: string): Promise<void>;
  /** Asks the user where this goes, and puts it there. */
  useInWorker(use: WorkerUse): Promise<void>;
  /** Lets the user choose the folder of a Cog project; undefined: cancelled. Absent: the view tells the path. */
  pickCogFolder?(): Promise<string | undefined>;
  /** Shows the log of a Cog server outside of the view. Absent: the view shows it. */
  showCogLog?(log: CogServerLog): void;
}

/** A file that the user chose. */
export interface PickedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the session adds to a snapshot; the rest is of the view itself. */
export type SessionSnapshot = Omit<Snapshot, 'seq' | 'now' | 'mediaBase' | 'surroundings' | 'connection'> & {
  readonly connection: ConnectionFacts;
};

/** The session as one view needs it. Arguments are checked already. */
export interface SessionForView {
  /** Settles when a snapshot can be taken. */
  prepare(): Promise<void>;
  snapshot(): SessionSnapshot;
  /** `starting` is called at the moment the plan is accepted, before the first event of the runs. */
  run(plan: RunPlan, starting: () => void): Promise<readonly RunView[]>;
  stop(runIds?: readonly string[]): void;
  clear(): void;
  saveIntent(intent: PlaygroundIntent): void;
  snippet(kind: SnippetKind, plan: RunPlan, columnId: string): Promise<string>;
  workerUse(plan: RunPlan, columnId: string): Promise<WorkerUse>;
  refreshCatalog(): Promise<CatalogChange>;
  cancelRefresh(): void;
  modelSchema(modelId: string): Promise<ModelSchema | null>;
  setFavourite(modelId: string, favourite: boolean): void;
  uploadChunk(uploadId: string, chunk: Uint8Array, last: boolean): Promise<MediaRef | null>;
  attachUrl(url: string): Promise<Attachment>;
  /** Keeps a file to attach it. */
  attach(file: PickedFile): Promise<Attachment>;
  readonly cog: Pick<CogServers, 'add' | 'tools' | 'stop' | 'remove' | 'update' | 'log'>;
  startCog(how: 'docker' | 'python', folder: string): Promise<CogServer>;
  vote(votes: readonly RunVote[]): void;
}

/** A served view. Nothing reaches it before it is `ready`, because the snapshot then holds everything. */
export interface ViewSession extends Disposable {
  event(published: PublishedEvent): void;
  connection(facts: ConnectionFacts): void;
  /** Any other event. */
  tell(message: (view: ViewApi) => void): void;
}

/** Serves one view over its channel. */
export function createViewSession(
  ports: { readonly clock: Clock; readonly log: Log },
  channel: Channel,
  viewHost: ViewHost,
  session: SessionForView,
): ViewSession {
  const { clock, log } = ports;
  let shown = false;
  /** Messages that must not overtake the answer under way. */
  let waiting: (() => void)[] | undefined;

  function tell(message: (view: ViewApi) => void): void {
    if (!shown) return;
    if (waiting === undefined) message(view);
    else waiting.push(() => message(view));
  }

  const feed = createFeed(clock, (batch) => view.batch(batch));

  function hold(): void {
    waiting ??= [];
    feed.hold();
  }

  function release(): void {
    const messages = waiting ?? [];
    waiting = undefined;
    for (const message of messages) message();
    feed.release();
  }

  const infoOf = (facts: ConnectionFacts): ConnectionInfo => ({
    ...facts,
    canConnect: viewHost.canConnect,
    howToConnect: viewHost.howToConnect,
  });

  /** Refusals pass with their words; anything else is ours to explain in the log, not the view's to read. */
  function guarded<Arguments extends unknown[], T>(method: string, body: (...args: Arguments) => T | Promise<T>) {
    return async (...args: Arguments): Promise<T> => {
      try {
        return await body(...args);
      } catch (error) {
        if (error instanceof RpcError) throw error;
        log.error(`The playground host failed at "${method}".`, error);
        throw new RpcError('internal', 'The playground host failed at this. The log says where.');
      }
    };
  }

  /** What is wrong with one file keeps none of the others. */
  async function picked(file: PickedFile | Exclude<Picked, Attachment>): Promise<Picked> {
    if ('problem' in file) return file;
    try {
      return await session.attach(file);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return { name: file.name, problem: error.message };
    }
  }

  const host: HostApi = {
    ready: guarded('ready', async () => {
      await session.prepare();
      hold();
      shown = true;
      const { connection, ...rest } = session.snapshot();
      return {
        ...rest,
        seq: feed.restart(),
        now: clock.now(),
        connection: infoOf(connection),
        mediaBase: viewHost.mediaBase,
        surroundings: viewHost.surroundings,
      };
    }),
    run: guarded('run', (plan: unknown) => session.run(checkPlan(plan), hold)),
    stop: guarded('stop', (runIds?: unknown) => session.stop(checkRunIds(runIds))),
    clear: guarded('clear', () => session.clear()),
    saveIntent: guarded('saveIntent', (intent: unknown) => session.saveIntent(checkIntent(intent))),
    ack: guarded('ack', (seq: unknown) => feed.ack(checkSeq(seq))),
    snippet: guarded('snippet', (kind: unknown, plan: unknown, columnId: unknown) =>
      session.snippet(checkSnippetKind(kind), checkPlan(plan), checkColumnId(columnId)),
    ),
    useInWorker: guarded('useInWorker', async (plan: unknown, columnId: unknown) =>
      viewHost.useInWorker(await session.workerUse(checkPlan(plan), checkColumnId(columnId))),
    ),
    openLink: guarded('openLink', (url: unknown) => viewHost.openLink(checkLink(url))),
    connect: guarded('connect', () => viewHost.connect()),
    refreshCatalog: guarded('refreshCatalog', () => session.refreshCatalog()),
    cancelRefresh: guarded('cancelRefresh', () => session.cancelRefresh()),
    modelSchema: guarded('modelSchema', (modelId: unknown) => session.modelSchema(checkModelId(modelId))),
    setFavourite: guarded('setFavourite', (modelId: unknown, favourite: unknown) =>
      session.setFavourite(checkModelId(modelId), checkFlag(favourite)),
    ),
    changeBudget: guarded('changeBudget', () => viewHost.changeBudget()),
    uploadChunk: guarded('uploadChunk', (uploadId: unknown, chunk: unknown, last: unknown) =>
      session.uploadChunk(checkUploadId(uploadId), checkChunk(chunk), checkLast(last)),
    ),
    attachUrl: guarded('attachUrl', (url: unknown) => session.attachUrl(checkAddress(url))),
    pickFiles: guarded('pickFiles', async (from: unknown, kinds: unknown) => {
      const files = await viewHost.pickFiles(checkPlace(from), checkKinds(kinds));
      return Promise.all(files.map(picked));
    }),
    saveMedia: guarded('saveMedia', (file: unknown, name: unknown) =>
      viewHost.saveFile({ file: checkMediaFile(file) }, checkFileName(name)),
    ),
    saveText: guarded('saveText', (content: unknown, name: unknown) =>
      viewHost.saveFile({ text: checkText(content) }, checkFileName(name)),
    ),
    openMedia: guarded('openMedia', (file: unknown) => viewHost.openMedia(checkMediaFile(file))),
    addCogServer: guarded('addCogServer', (url: unknown, confirmed: unknown) =>
      session.cog.add(checkCogUrl(url), checkConfirmed(confirmed)),
    ),
    cogTools: guarded('cogTools', () => session.cog.tools()),
    startCogServer: guarded('startCogServer', async (how: unknown, folder?: unknown) => {
      const way = checkCogStart(how);
      const chosen = checkFolder(folder) ?? (await viewHost.pickCogFolder?.());
      return chosen === undefined ? null : session.startCog(way, chosen);
    }),
    stopCogServer: guarded('stopCogServer', (id: unknown) => session.cog.stop(checkCogServerId(id))),
    removeCogServer: guarded('removeCogServer', (id: unknown) => session.cog.remove(checkCogServerId(id))),
    updateCogServer: guarded('updateCogServer', (id: unknown, change: unknown) =>
      session.cog.update(checkCogServerId(id), checkCogServerChange(change)),
    ),
    showCogLog: guarded('showCogLog', (id: unknown) => {
      const serverLog = session.cog.log(checkCogServerId(id));
      if (viewHost.showCogLog === undefined) return serverLog.text;
      viewHost.showCogLog(serverLog);
      return null;
    }),
    vote: guarded('vote', (votes: unknown) => session.vote(checkVotes(votes))),
  };

  const { view, dispose } = serveView(channel, host, (method) => {
    if (method === 'ready' || method === 'run') release();
  });

  return {
    event: ({ runId, event }) => feed.push(runId, event),
    connection: (facts) => tell((to) => to.connection(infoOf(facts))),
    tell,
    dispose() {
      shown = false;
      feed.dispose();
      dispose();
    },
  };
}
