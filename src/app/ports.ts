/**
 * What the services need of the machine they run on. VS Code and the standalone server each supply these.
 */
import type { CogTools, StoredCogServer } from '../core/cog/server';
import type { Clock, OpenProgressHook } from '../core/inference/ports';
import type { CallPolicy, GatewayMetadata } from '../core/inference/request';
import type { MediaBytes, MediaRef } from '../core/media/media';
import type { Wallet } from '../core/run/cost';
import type { Measured, PlaygroundIntent, RunView, RunVote } from '../protocol/api';

/** Something to give back. */
export interface Disposable {
  dispose(): void;
}

/** A list of listeners. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Writes to the log after redaction. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

/** User settings in our own units. */
export interface Settings {
  readonly connection: 'simulator' | 'cloudflare';
  readonly apiBaseUrl: string;
  readonly accountId: string;
  readonly gatewayId: string;
  readonly metadata: GatewayMetadata;
  readonly policy: CallPolicy;
  readonly budget: Budget;
}

/** Most that may be spent, USD. An absent field means no limit. */
export interface Budget {
  /** By one press of Run, over all its columns. */
  readonly perRunUsd?: number;
  /** Since 00:00 UTC, as far as this machine has seen. */
  readonly perDayUsd?: number;
  /** One sentence telling which limit could not be read. Nothing is run then: a limit that is not understood is not none. */
  readonly problem?: string;
}

/** Live settings. */
export interface SettingsSource {
  get(): Settings;
  readonly onDidChange: Event<void>;
}

/** A token and the only origin it may be sent to. */
export interface Credential {
  readonly token: string;
  readonly origin: string;
}

/** Where the token lives. */
export interface CredentialStore {
  /** The credential, or undefined when there is none. */
  get(): Promise<Credential | undefined>;
  set(credential: Credential): Promise<void>;
  clear(): Promise<void>;
}

/** Durable storage of the playground. Every method is quick and synchronous (SQLite). */
export interface PlaygroundStore extends Disposable {
  loadIntent(): PlaygroundIntent | undefined;
  saveIntent(intent: PlaygroundIntent): void;
  /** Inserts or replaces by run id. */
  saveRun(run: RunView): void;
  /** Writes votes into the stored runs; runs that are not stored are passed over. */
  saveVotes(votes: readonly RunVote[]): void;
  /** The newest run of each of these columns, those of cleared columns excepted. */
  lastRuns(columnIds: readonly string[]): readonly RunView[];
  /** Marks all runs as cleared: history keeps them, columns do not show them. */
  clearColumns(): void;
}

/** One run that has ended, as the ledger keeps it. */
export interface LedgerEntry {
  readonly runId: string;
  readonly modelId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whose money: `simulator`, or the API's origin and the account id. */
  readonly owner: string;
  readonly wallet: Wallet;
  /** USD; absent when unknown. */
  readonly usd?: number;
  /** USD that had accrued by our own count when a run of unknown cost ended: for budgets, never shown as a cost. */
  readonly accruedUsd?: number;
  /** Figures of a run that counts in statistics (metrics.md section 4); absent for others. */
  readonly measured?: Omit<Measured, 'runs'>;
}

/** A sum over runs, USD. */
export interface LedgerSum {
  /** Known costs. */
  readonly byWallet: Readonly<Record<Wallet, number>>;
  readonly unknownRuns: number;
  /** What the runs of unknown cost had accrued. */
  readonly accrued: Readonly<Record<Wallet, number>>;
}

/** Money and measurements of this machine, over all windows. Every method is quick and synchronous (SQLite). */
export interface Ledger extends Disposable {
  /** Inserts or replaces by run id. */
  add(entry: LedgerEntry): void;
  /** What this owner's runs cost from `since` on, milliseconds since 1970. */
  spent(owner: string, since: number): LedgerSum;
  /** Medians over the newest 50 measured runs of each model of this owner, or of this one. */
  measured(owner: string, modelId?: string): Readonly<Record<string, Measured>>;
  /** Ids of the models that ran last, the newest first. */
  recentModels(count: number): readonly string[];
  /** The newest first. */
  favourites(): readonly string[];
  setFavourite(modelId: string, favourite: boolean): void;
}

/** Last good copies of live catalogs on disk, by owner (account or server). Holds no secret. */
export interface CatalogCache {
  /** What was written last; undefined when there is none. A damaged file is set aside and logged. */
  read(owner: string): Promise<unknown>;
  write(owner: string, content: unknown): Promise<void>;
}

/** Keeps media bytes, content-addressed. */
export interface MediaStore {
  /** Keeps the bytes; length and size of sound and video are measured. */
  save(media: MediaBytes): Promise<MediaRef>;
  /** The bytes of a kept file (`MediaRef.file`). Rejects with a sentence when it is gone. */
  read(file: string): Promise<Uint8Array>;
}

/** Counts tokens approximately; loaded on first use. */
export type TokenCounter = (text: string) => Promise<number>;

/** Where the user's Cog servers are kept. Every method is quick and synchronous. */
export interface CogServerStore {
  /** In the order in which they were added. What cannot be read is left out. */
  load(): readonly StoredCogServer[];
  save(servers: readonly StoredCogServer[]): void;
}

/** A Cog server's process that we started. */
export interface CogProcess extends Disposable {
  /** Base URL on loopback. Resolves once the port is known and the process runs; rejects with a `CogStartError`. */
  readonly url: Promise<string>;
  /** Lines as they come, installation included; each without its line end. */
  readonly onLine: Event<string>;
  /** What is being done, until the server's process runs. */
  readonly onStage: Event<'installing' | 'starting'>;
  /** The process ended by itself; not after `dispose`. Its exit code, or null when a signal ended it. */
  readonly onExit: Event<number | null>;
  /** Ends it and all that it started. Resolves when it is gone; at the latest after a few seconds, by force. */
  stop(): Promise<void>;
}

/** Starts Cog servers on this machine. */
export interface CogRunner {
  /** What is there now. Takes up to a few seconds, and never rejects. */
  tools(): Promise<CogTools>;
  /** Starts a project. Never throws: what goes wrong rejects `url`. */
  start(how: 'docker' | 'python', folder: string): CogProcess;
}

/** What carries predictions of Cog servers. */
export interface CogTransport {
  /** Waits for servers on this machine as long as it is let. Never follows a redirect. */
  readonly fetch: typeof globalThis.fetch;
  readonly openHook: OpenProgressHook;
}

/** A running simulator. */
export interface SimulatorHandle extends Disposable {
  /** v4 base on loopback, for example `http://127.0.0.1:41234/client/v4`. */
  readonly baseUrl: string;
  /** The token it accepts. */
  readonly token: string;
  readonly accountId: string;
}

/** Everything the services borrow. */
export interface AppPorts {
  readonly clock: Clock;
  /** Wall clock, milliseconds since 1970: for dates, never for durations. */
  readonly epoch: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly settings: SettingsSource;
  readonly credentials: CredentialStore;
  readonly store: PlaygroundStore;
  readonly ledger: Ledger;
  readonly catalogCache: CatalogCache;
  readonly media: MediaStore;
  readonly countTokens: TokenCounter;
  /** Starts the simulator on first use and keeps it. */
  readonly simulator: () => Promise<SimulatorHandle>;
  readonly cogServers: CogServerStore;
  readonly cogTransport: CogTransport;
  /** Undefined where nothing may be started now. */
  readonly cogRunner?: CogRunner | undefined;
  /** The bundled catalog (`media/catalog.json`), parsed. */
  readonly bundledCatalog: () => Promise<unknown>;
  readonly hostKind: string;
}
