/**
 * The user's own Cog servers: added by address or started from a project, followed while somebody looks, and kept.
 */
import { addressProblem } from '../core/cog/address';
import { type CogServer, type CogTools, type StoredCogServer } from '../core/cog/server';
import type { Model } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import type { OwnEndpoint } from '../core/inference/request';
import type { CogServerChange } from '../protocol/api';
import { RpcError } from '../protocol/rpc';
import { followCogServer, type LiveCogServer } from './cog-server';
import { createEmitter } from './emitter';
import type { AppPorts, Disposable, Event } from './ports';

/** Most servers that are kept. */
const MOST = 32;

/** A server's log, for a place outside of the views. */
export interface CogServerLog {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly onLine: Event<string>;
}

/** The registry. */
export interface CogServers extends Disposable {
  /** In the order in which they were added. The same array as long as nothing in it changed. */
  readonly all: readonly CogServer[];
  readonly onDidChange: Event<void>;
  /** Adds a server that runs, or answers with the one of this address. Rejects with the codes of `HostApi.addCogServer`. */
  add(url: string, confirmed: boolean): Promise<CogServer>;
  tools(): Promise<CogTools>;
  /** Starts a project, anew if it runs. Throws `RpcError`: `not-allowed` where nothing may be started. */
  start(how: 'docker' | 'python', folder: string): Promise<CogServer>;
  stop(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  update(id: string, change: CogServerChange): void;
  log(id: string): CogServerLog;
  /** The models that stand for them. */
  readonly models: readonly Model[];
  /** Undefined: not known, or there is no such server. */
  schema(modelId: string): ModelSchema | undefined;
  /** Undefined: there is no such server. */
  endpoint(modelId: string): OwnEndpoint | undefined;
  /** Servers are looked at regularly until this is given back. */
  watch(): Disposable;
}

type CogPorts = Pick<AppPorts, 'fetch' | 'clock' | 'log' | 'cogServers' | 'cogRunner'>;

/** Opens the registry. Nothing is asked before somebody watches. */
export function createCogServers(ports: CogPorts): CogServers {
  const { cogServers: store, log } = ports;
  const changes = createEmitter<void>();
  let kept: LiveCogServer[] | undefined;
  let watchers = 0;
  let shown: readonly CogServer[] = [];

  const isWatched = () => watchers > 0;

  function changed(): void {
    const now = live().map((server) => server.now);
    if (JSON.stringify(now) === JSON.stringify(shown)) return;
    shown = now;
    changes.fire();
  }

  function save(): void {
    try {
      store.save(live().map(({ stored }) => stored));
    } catch (error) {
      log.error('The list of Cog servers could not be stored.', error);
    }
  }

  function follow(stored: StoredCogServer): LiveCogServer {
    let { url } = stored;
    const server = followCogServer(ports, stored, isWatched, () => {
      if (server.stored.url !== url) save();
      url = server.stored.url;
      changed();
    });
    return server;
  }

  /** Read when they are first needed. */
  function live(): LiveCogServer[] {
    if (kept !== undefined) return kept;
    kept = [];
    try {
      kept = store.load().slice(0, MOST).map(follow);
    } catch (error) {
      log.error('The list of Cog servers could not be read.', error);
    }
    shown = kept.map((server) => server.now);
    return kept;
  }

  const byId = (id: string): LiveCogServer => {
    const found = live().find(({ stored }) => stored.id === id);
    if (found === undefined) throw new RpcError('bad-request', 'This Cog server is not in the list any more.');
    return found;
  };
  const ofModel = (modelId: string) => live().find(({ now }) => now.modelId === modelId);

  function addNew(stored: Omit<StoredCogServer, 'id'>): LiveCogServer {
    const all = live();
    if (all.length >= MOST) {
      throw new RpcError('bad-request', `There are ${MOST} Cog servers already. Remove one first.`);
    }
    const server = follow({ id: freeId(stored.name, new Set(all.map(({ stored: { id } }) => id))), ...stored });
    all.push(server);
    save();
    changed();
    return server;
  }

  return {
    get all() {
      live();
      return shown;
    },
    onDidChange: changes.event,
    async add(address, confirmed) {
      const url = checkedUrl(address, confirmed);
      const known = live().find(({ stored }) => stored.origin === 'url' && stored.url === url);
      const server = known ?? addNew({ name: new URL(url).host, origin: 'url', url });
      await server.look();
      return server.now;
    },
    async tools() {
      const why = 'Nothing is started in a window that is not trusted. Trust its folders, or add a server that runs.';
      const unusable = { usable: false, why } as const;
      return ports.cogRunner === undefined ? { docker: unusable, python: unusable } : ports.cogRunner.tools();
    },
    async start(how, folder) {
      const runner = ports.cogRunner;
      if (runner === undefined) {
        throw new RpcError(
          'not-allowed',
          'Nothing is started in a window that is not trusted. Trust its folders, then start the model again.',
        );
      }
      const known = live().find(({ stored }) => stored.folder === folder && stored.origin === how);
      const server = known ?? addNew({ name: nameOf(folder), origin: how, url: 'http://127.0.0.1:0', folder });
      await server.restart(() => runner.start(how, folder));
      return server.now;
    },
    async stop(id) {
      await byId(id).stop();
    },
    async remove(id) {
      const server = byId(id);
      live().splice(live().indexOf(server), 1);
      save();
      changed();
      await server.stop();
      server.dispose();
    },
    update(id, { name, task, pricePerHourUsd }) {
      byId(id).change({
        ...(name !== undefined && name.trim() !== '' && { name: name.trim() }),
        ...(task !== undefined && { task: task ?? undefined }),
        ...(pricePerHourUsd !== undefined && { pricePerHourUsd: pricePerHourUsd ?? undefined }),
      } as Parameters<LiveCogServer['change']>[0]);
      save();
    },
    log(id) {
      const { stored, log: text, onLine } = byId(id);
      return { id, name: stored.name, text, onLine };
    },
    get models() {
      return live().map(({ model }) => model);
    },
    schema: (modelId) => ofModel(modelId)?.schema?.schema,
    endpoint: (modelId) => ofModel(modelId)?.endpoint(),
    watch() {
      watchers++;
      if (watchers === 1) for (const server of live()) server.wake();
      let isOver = false;
      return {
        dispose() {
          if (!isOver) watchers--;
          isOver = true;
        },
      };
    },
    dispose() {
      for (const server of kept ?? []) server.dispose();
    },
  };
}

/** The address without what it ends with by habit. Throws `RpcError` with the codes of `HostApi.addCogServer`. */
function checkedUrl(address: string, confirmed: boolean): string {
  const text = address.trim();
  switch (addressProblem(text)) {
    case 'not-a-url':
      throw new RpcError('bad-request', 'This is not the address of a server. It looks like http://127.0.0.1:5000.');
    case 'has-credentials':
      throw new RpcError('not-allowed', 'An address with a user or password in it is not accepted.');
    case 'needs-https':
      throw new RpcError(
        'not-allowed',
        'What is not on this machine needs https: prompts and files would be readable.',
      );
    case 'needs-confirmation':
      if (!confirmed) {
        throw new RpcError(
          'needs-confirmation',
          `${new URL(text).host} is not this machine. Prompts and files of its columns will be sent there.`,
        );
      }
      break;
    case undefined:
  }
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

/** The last part of a path, of any system. */
function nameOf(folder: string): string {
  return folder.split(/[/\\]/).findLast((part) => part !== '') ?? folder;
}

/** An id that can stand in a model id and says what it is of. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.:_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const base = plain === '' ? 'model' : plain;
  for (let number = 2, id = base; ; number++) {
    if (!taken.has(id)) return id;
    id = `${base}-${number}`;
  }
}
