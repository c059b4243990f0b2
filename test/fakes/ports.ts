import { createEmitter } from '../../src/app/emitter';
import type { AppPorts, Credential, Settings } from '../../src/app/ports';
import { createRedactor, redactingLog } from '../../src/app/redact';
import type { CatalogModel } from '../../src/core/catalog/entry';
import type { Model } from '../../src/core/catalog/model';
import { memoryCatalogCache, type MemoryCatalogCache } from './catalog-cache';
import { fakeClock, type FakeClock } from './clock';
import { memoryCogServers } from './cog';
import { memoryLedger, type MemoryLedger } from './ledger';
import { memoryStore, type MemoryStore } from './store';

/** A token that must be found nowhere but in an `Authorization` header. */
export const TOKEN = 'secret-token-0123456789abcdefghijklmnop';

/** Makes a catalog entry. */
export function model(id: string, more: Partial<Model> = {}): Model {
  return {
    id,
    provider: id.split('/')[1] ?? id,
    name: id,
    task: 'text-generation',
    hosting: id.startsWith('@cf/') ? 'hosted' : 'third-party',
    capabilities: [],
    requestFormats: ['chat-completions'],
    pricing: [
      { label: 'per M input tokens', usd: 1 },
      { label: 'per M output tokens', usd: 2 },
    ],
    ...more,
  };
}

/** Makes a model of the merged catalog, known from the bundle alone. */
export function catalogModel(id: string, more: Partial<Model> = {}): CatalogModel {
  return { ...model(id, more), origins: { pricing: 'bundle' }, confirmed: false };
}

/** Three text models and a picture model. */
export const MODELS: readonly Model[] = [
  model('@cf/test/alpha'),
  model('@cf/test/beta'),
  model('openai/gamma'),
  model('@cf/test/painter', { task: 'text-to-image', pricing: [{ label: 'Per image', usd: 0.01 }] }),
  model('@cf/test/reader', { task: 'image-to-text' }),
  model('@cf/test/talker', { task: 'realtime' }),
];

/** Ports whose every part a test can see into. */
export interface FakePorts extends AppPorts {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly ledger: MemoryLedger;
  readonly catalogCache: MemoryCatalogCache;
  /** Milliseconds since 1970 when the fake clock showed its start. Wall clock and timers go together. */
  epochStart: number;
  readonly logged: string[];
  readonly saved: Uint8Array[];
  change(settings: Partial<Settings>): void;
  setCredential(credential: Credential | undefined): void;
  /** How often the simulator was started. */
  simulatorStarts: number;
}

/** Ports of a host on the simulator, with nothing stored. */
export function fakePorts(overrides: Partial<AppPorts> & { readonly store?: MemoryStore } = {}): FakePorts {
  const changed = createEmitter<void>();
  const redactor = createRedactor();
  const logged: string[] = [];
  const saved: Uint8Array[] = [];
  let ids = 0;
  let credential: Credential | undefined;
  let settings: Settings = {
    connection: 'simulator',
    apiBaseUrl: 'https://api.example/client/v4',
    accountId: '',
    gatewayId: 'default',
    metadata: {},
    policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 },
    budget: {},
  };
  const clock = fakeClock();
  const clockStart = clock.now();
  const ports: FakePorts = {
    clock,
    epochStart: Date.parse('2026-11-20T12:00:00Z'),
    epoch: () => ports.epochStart + (clock.now() - clockStart) * 1000,
    store: memoryStore(),
    ledger: memoryLedger(),
    catalogCache: memoryCatalogCache(),
    cogServers: memoryCogServers(),
    cogTransport: {
      fetch: (...asked) => ports.fetch(...asked),
      openHook: () => Promise.resolve(undefined),
    },
    logged,
    saved,
    simulatorStarts: 0,
    fetch: () => Promise.resolve(Response.json({ success: true, result: [], errors: [], messages: [] })),
    random: () => 0.5,
    newId: () => `id-${++ids}`,
    log: redactingLog(redactor, (level, text) => void logged.push(`${level}: ${text}`)),
    settings: { get: () => settings, onDidChange: changed.event },
    credentials: {
      get: () => Promise.resolve(credential),
      set: (next) => {
        credential = next;
        return Promise.resolve();
      },
      clear: () => {
        credential = undefined;
        return Promise.resolve();
      },
    },
    media: {
      save: ({ bytes, kind, mediaType }) => {
        saved.push(bytes);
        return Promise.resolve({
          kind,
          mediaType,
          file: `${String(saved.length).padStart(64, '0')}.png`,
          byteLength: bytes.byteLength,
        });
      },
      read: (file) => {
        const bytes = saved[Number.parseInt(file, 10) - 1];
        return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`${file} is gone.`));
      },
    },
    // One token a word, so that tests can count by eye.
    countTokens: (text) => Promise.resolve(text.split(/\s+/).filter(Boolean).length),
    simulator() {
      ports.simulatorStarts++;
      return Promise.resolve({
        baseUrl: 'http://127.0.0.1:4999/client/v4',
        token: 'simulator-token',
        accountId: 'simulator',
        dispose() {},
      });
    },
    bundledCatalog: () => Promise.resolve({ asOf: '2026-11-01', models: MODELS }),
    hostKind: 'test',
    ...(overrides as object),
    change(next) {
      settings = { ...settings, ...next };
      changed.fire();
    },
    setCredential(next) {
      credential = next;
    },
  };
  return ports;
}
