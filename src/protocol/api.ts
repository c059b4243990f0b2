/**
 * What the host and its views may ask of each other. These interfaces are the documentation of the channel.
 * Everything that crosses is JSON-safe; no secret ever does.
 */
import type { CatalogModel, CatalogStatus, PriceOrigin } from '../core/catalog/entry';
import type { Model, Task } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import type { CogServer, CogTools } from '../core/cog/server';
import type { RunParameters } from '../core/inference/request';
import type { Attachment, MediaKind, MediaRef } from '../core/media/media';
import type { RunEstimate } from '../core/run/estimate';
import type { Batch } from '../core/run/outbox';
import type { RunState } from '../core/run/state';
import type { SnippetKind } from '../core/snippets/kinds';

// Part of this protocol, defined where it is made.
/** One column as the user set it up: a model and its parameters. */
export interface ColumnIntent {
  /** Unique within the playground, made by the view. */
  readonly id: string;
  readonly modelId: string;
  readonly parameters: RunParameters;
}

/** What the user has typed and chosen. Kept by the host, so that it survives everything. */
export interface PlaygroundIntent {
  readonly task: Task;
  readonly prompt: string;
  readonly system: string;
  readonly attachments?: readonly Attachment[];
  /** Texts to embed beside the prompt, or documents to rank. */
  readonly texts?: readonly string[];
  /** What a transcript should say, to count word errors against. */
  readonly reference?: string;
  /** Names are hidden from Run until a vote. */
  readonly blind?: boolean;
  /** 1 to 12. */
  readonly columns: readonly ColumnIntent[];
  /** Columns of the tasks not shown now: they keep their answers, and what runs in them goes on. */
  readonly parked?: ParkedColumns;
}

/** Columns by the task that shows them. */
export type ParkedColumns = Readonly<Partial<Record<Task, readonly ColumnIntent[]>>>;

/** How the host is connected. */
export interface ConnectionInfo {
  readonly kind: 'simulator' | 'cloudflare' | 'none';
  /** True when answers come from the simulator and no model runs. */
  readonly simulated: boolean;
  readonly accountId?: string;
  /** Name of the account, where the API told it. */
  readonly accountName?: string;
  readonly gatewayId: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** Origin of the API base, for example `https://api.cloudflare.com`. */
  readonly origin: string;
  /** Where the clock runs: `local`, `ssh-remote`, `wsl`, `browser` … */
  readonly hostKind: string;
  /** Why there is no usable connection, and what to do. */
  readonly problem?: string;
  /** One sentence telling how to connect to a real account from here. */
  readonly howToConnect: string;
  /** Whether `connect()` does something here (VS Code) or the user must restart with environment variables. */
  readonly canConnect: boolean;
}

/** Sum of known costs since the host process started, over all views. Simulated and real are never added. */
export interface SessionCost {
  /** USD of the wallet now shown (simulated or real, as the connection is). Absent: no run with a known cost yet. */
  readonly usd?: number;
  readonly simulated: boolean;
  /** Runs whose cost is unknown. */
  readonly unknownRuns: number;
  /** The same sum by wallet, USD: neurons of hosted models, credits of third-party ones. */
  readonly byWallet: { readonly neurons: number; readonly credits: number };
  readonly today: DaySpend;
}

/** What this machine has seen spent since 00:00 UTC, over all windows, for the account and kind of money now shown. */
export interface DaySpend {
  /** Known costs, USD: neurons of hosted models, credits of third-party ones. Two wallets, never one balance. */
  readonly byWallet: { readonly neurons: number; readonly credits: number };
  /** Runs whose cost is unknown. */
  readonly unknownRuns: number;
  /** Neurons left of the daily free allowance, as far as this machine has seen; never below 0. */
  readonly freeNeuronsLeft: number;
  /** USD that may be spent a day, if the user set a limit. */
  readonly budgetUsd?: number;
}

/** What this machine has measured of a model: medians of its newest answered runs. */
export interface Measured {
  /** Runs behind the figures. */
  readonly runs: number;
  /** Seconds. */
  readonly ttft?: number;
  /** Seconds. */
  readonly ttfa?: number;
  /** Tokens per second. */
  readonly decode?: number;
  /** Seconds. */
  readonly e2e?: number;
  readonly outputTokens?: number;
}

/** What the user and this machine add to the catalog. */
export interface Personal {
  /** Model ids, the newest first. */
  readonly favourites: readonly string[];
  /** Ids of models that ran last, the newest first; at most 10. */
  readonly recent: readonly string[];
  /** By model id; of the simulator or of the real API, as the connection is. */
  readonly measured: Readonly<Record<string, Measured>>;
}

/** What a refresh of the catalog changed. */
export interface CatalogChange {
  /** Models in the catalog now. */
  readonly models: number;
  readonly added: number;
  readonly removed: number;
}

/** What the user thought of an answer whose model was hidden. */
export interface Vote {
  /** `bad`: no answer of the comparison was good. */
  readonly verdict: 'won' | 'lost' | 'tie' | 'bad';
  /** May be empty. */
  readonly comment: string;
}

/** A vote for one run. */
export interface RunVote extends Vote {
  readonly runId: string;
}

/** A file that the user chose: kept, or what is wrong with it. */
export type Picked = Attachment | { readonly name: string; readonly problem: string };

/** What a view can do with files here. */
export interface Surroundings {
  /** The host can show a file dialog (`pickFiles` from `disk`, `saveMedia`, `saveText`); else the page does it itself. */
  readonly dialogs: boolean;
  /** A folder is open: `pickFiles` from `workspace` finds its files. */
  readonly workspace: boolean;
  /** `useInWorker` does something here. */
  readonly workers: boolean;
  /**
   * `startCogServer` does something here: `dialog` asks for the folder itself, `path` needs it. Absent: nothing can be
   * started (a window that is not trusted).
   */
  readonly startCog?: 'dialog' | 'path';
  /** Where the page may POST a file to attach, with its bytes as body; absent: `uploadChunk` takes them. */
  readonly uploadUrl?: string;
}

/** A run as a view sees it. */
export interface RunView {
  readonly columnId: string;
  readonly runId: string;
  /** The catalog entry as it was when the run started: its prices are the ones to bill. */
  readonly model: Model;
  /** Absent in runs of before prices had an origin, and for models without a price. */
  readonly priceOrigin?: PriceOrigin;
  readonly simulated: boolean;
  readonly prompt: string;
  readonly attachments?: readonly Attachment[];
  readonly texts?: readonly string[];
  /** It ran with its name hidden. */
  readonly blind?: boolean;
  readonly vote?: Vote;
  readonly state: RunState;
  /** True when the run was read back from disk rather than watched. */
  readonly restored: boolean;
}

/** Everything a view needs to draw itself from nothing. Frames that follow carry numbers above `seq`. */
export interface Snapshot {
  readonly seq: number;
  /** Host clock now, seconds: aligns the view's own clock for growing bars. */
  readonly now: number;
  readonly connection: ConnectionInfo;
  readonly models: readonly CatalogModel[];
  readonly catalogStatus: CatalogStatus;
  readonly personal: Personal;
  /** Absent until it is known. */
  readonly estimate?: RunEstimate;
  /** The model whose page a command asked for. */
  readonly shownModel?: string;
  /** A command asked for "Add Cog model" (`ViewApi.showAddCog`). */
  readonly addCog?: { readonly folder?: string };
  readonly intent: PlaygroundIntent;
  /** The last run of each column. */
  readonly runs: readonly RunView[];
  readonly sessionCost: SessionCost;
  /** Prefix for `MediaRef.file`; ends with a slash. */
  readonly mediaBase: string;
  readonly surroundings: Surroundings;
  /** The user's own Cog servers, in the order in which they were added. */
  readonly cogServers: readonly CogServer[];
}

/** What Run sends: everything needed, so that what is on screen is what runs. */
export interface RunPlan {
  readonly prompt: string;
  readonly system: string;
  readonly attachments?: readonly Attachment[];
  readonly texts?: readonly string[];
  readonly blind?: boolean;
  readonly columns: readonly ColumnIntent[];
}

/** What the user may change of a Cog server. An absent field stays as it is. */
export interface CogServerChange {
  readonly name?: string;
  readonly task?: Task | null;
  /** USD per hour of its machine. */
  readonly pricePerHourUsd?: number | null;
}

/** What a view may ask of the host. Every call gets exactly one answer; failures are `RpcError`s. */
export interface HostApi {
  /** The first call of every view; also its way back after it was hidden. */
  ready(): Promise<Snapshot>;
  /** Starts one run per column and answers with them in `waiting`; refuses the whole plan when it cannot work. */
  run(plan: RunPlan): Promise<readonly RunView[]>;
  /** Stops these runs, or all. Partial output is kept. */
  stop(runIds?: readonly string[]): Promise<void>;
  /** Stops everything and forgets the answers of all columns. Drafts and columns stay. */
  clear(): Promise<void>;
  /** Latest wins. */
  saveIntent(intent: PlaygroundIntent): Promise<void>;
  /** The batch was applied; the next may come. */
  ack(seq: number): Promise<void>;
  /**
   * Code for the request that this column would send now. The token is read from the environment or the binding. Code
   * `bad-request`: the kind is none of `snippetKindsFor` the model.
   */
  snippet(kind: SnippetKind, plan: RunPlan, columnId: string): Promise<string>;
  /**
   * Brings this column's model, parameters and gateway options into a Worker, asking the user where. Resolves when that
   * is done or cancelled. The prompt may be blank: in the Worker it comes from elsewhere.
   */
  useInWorker(plan: RunPlan, columnId: string): Promise<void>;
  /** Opens an `https:` link outside, after the host checked it. */
  openLink(url: string): Promise<void>;
  /** Starts the connect flow where there is one. */
  connect(): Promise<void>;
  /** Reads all live sources of the catalog again. Code `network` or `server` when none could be read. */
  refreshCatalog(): Promise<CatalogChange>;
  /** Stops a refresh under way; it rejects with code `cancelled`, and the catalog stays as it was. */
  cancelRefresh(): Promise<void>;
  /** The model's own schema; null where there is none. Code `network` or `server` when it could not be read. */
  modelSchema(modelId: string): Promise<ModelSchema | null>;
  setFavourite(modelId: string, favourite: boolean): Promise<void>;
  /** Opens the place where budgets are set, or rejects with a sentence telling how. */
  changeBudget(): Promise<void>;
  /**
   * Takes a piece of a file to attach, at most `UPLOAD_CHUNK` bytes, and answers the last one with the stored media,
   * the others with null. Only over a channel that carries bytes (`postMessage`). Code `bad-media` tells what is wrong
   * with the file.
   */
  uploadChunk(uploadId: string, chunk: Uint8Array, last: boolean): Promise<MediaRef | null>;
  /** Fetches an `https:` address and keeps what is there. Codes `bad-media`, `network`, `not-allowed`. */
  attachUrl(url: string): Promise<Attachment>;
  /** Lets the user choose files. Empty: cancelled. Code `bad-media` when they cannot be read, or are too many. */
  pickFiles(from: 'disk' | 'workspace', kinds: readonly MediaKind[]): Promise<readonly Picked[]>;
  /** Saves a stored file where the user says; `name` is the suggestion. False: cancelled. */
  saveMedia(file: string, name: string): Promise<boolean>;
  /** Saves text, for example subtitles, where the user says. False: cancelled. */
  saveText(text: string, name: string): Promise<boolean>;
  /** Opens a stored file outside of the view. */
  openMedia(file: string): Promise<void>;
  /**
   * Adds a Cog server that runs. Codes: `bad-request` (not an address), `needs-confirmation` (an address that is not on
   * this machine: call again with `confirmed`), `not-allowed` (`http:` to another machine, or credentials in it). A server
   * that does not answer is added too, and its state tells. An address that is listed already answers with its server.
   */
  addCogServer(url: string, confirmed: boolean): Promise<CogServer>;
  /** What could start a server here, looked up anew. */
  cogTools(): Promise<CogTools>;
  /**
   * Starts a server from a Cog project; `folder` where `Surroundings.startCog` is `path`, or to start one anew. Null: the
   * user cancelled the dialog. Answers as soon as it is listed; what goes wrong afterwards shows in its state. A column
   * for it is added by the host when its schema says which task it has. Code `not-allowed`: nothing may be started here.
   */
  startCogServer(how: 'docker' | 'python', folder?: string): Promise<CogServer | null>;
  /** Ends the process of a server that we started; its columns and log stay. */
  stopCogServer(id: string): Promise<void>;
  /** Forgets a server; one that we started is stopped. */
  removeCogServer(id: string): Promise<void>;
  /** Changes what the user may; null: back to a guess, or to no price. */
  updateCogServer(id: string, change: CogServerChange): Promise<void>;
  /** Shows the whole log of a server outside of the view; where there is no such place, answers it. */
  showCogLog(id: string): Promise<string | null>;
  /** Keeps what the user thinks of runs whose names were hidden, which shows them. */
  vote(votes: readonly RunVote[]): Promise<void>;
}

/** Bytes of one piece of an upload, at most. */
export const UPLOAD_CHUNK = 192 * 1024;

/** What the host tells its views. No answer is expected. */
export interface ViewApi {
  batch(batch: Batch): void;
  connection(info: ConnectionInfo): void;
  models(models: readonly CatalogModel[]): void;
  catalogStatus(status: CatalogStatus): void;
  personal(personal: Personal): void;
  /** All servers; latest wins. */
  cogServers(servers: readonly CogServer[]): void;
  /** A command wants "Add Cog model" to be shown; with a folder, for starting it. */
  showAddCog(folder?: string): void;
  /** Latest wins. `null`: not known. */
  estimate(estimate: RunEstimate | null): void;
  /** A command asked for the page of this model. */
  showModel(modelId: string): void;
  sessionCost(cost: SessionCost): void;
  /** Another view or a command changed the intent. */
  intent(intent: PlaygroundIntent): void;
  /** A command started these runs, or another view did. */
  runs(runs: readonly RunView[]): void;
  /** Another view cleared the answers. */
  cleared(): void;
  /** Runs were voted on. */
  voted(votes: readonly RunVote[]): void;
}
