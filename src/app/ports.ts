/**
 * What the services need of the machine they run on. VS Code and the standalone server each supply these.
 */
import type { Clock } from '../core/inference/ports';
import type { CallPolicy, GatewayMetadata } from '../core/inference/request';
import type { MediaBytes, MediaRef } from '../core/run/events';
import type { PlaygroundIntent, RunView } from '../protocol/api';

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
  /** The newest run of each of these columns, those of cleared columns excepted. */
  lastRuns(columnIds: readonly string[]): readonly RunView[];
  /** Marks all runs as cleared: history keeps them, columns do not show them. */
  clearColumns(): void;
}

/** Keeps media bytes, content-addressed. */
export interface MediaStore {
  save(media: MediaBytes): Promise<MediaRef>;
}

/** Counts tokens approximately; loaded on first use. */
export type TokenCounter = (text: string) => Promise<number>;

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
  readonly fetch: typeof globalThis.fetch;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly settings: SettingsSource;
  readonly credentials: CredentialStore;
  readonly store: PlaygroundStore;
  readonly media: MediaStore;
  readonly countTokens: TokenCounter;
  /** Starts the simulator on first use and keeps it. */
  readonly simulator: () => Promise<SimulatorHandle>;
  /** The bundled catalog (`media/catalog.json`), parsed. */
  readonly bundledCatalog: () => Promise<unknown>;
  readonly hostKind: string;
}
