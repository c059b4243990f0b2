/**
 * The models to choose from: the bundled catalog as the floor, the last good copies of the account's lists, and the lists
 * as they are now.
 */
import type { CatalogModel, CatalogStatus, Listing, PriceOrigin, Source, SourceStatus } from '../core/catalog/entry';
import { mergeListings } from '../core/catalog/merge';
import { parseBundle } from '../core/catalog/sources/bundle';
import type { CatalogChange } from '../protocol/api';
import { RpcError, toRpcError } from '../protocol/rpc';
import { listingOf, readCopies, storedCopies, type ListCopy, type LiveSource } from './catalog-copies';
import type { Connection } from './connection';
import { createEmitter } from './emitter';
import { cancelled } from './http';
import { readLiveCatalog, type ListReading } from './live-catalog';
import { ownerOf } from './owner';
import type { AppPorts, Disposable, Event } from './ports';

/** The catalog of this session. */
export interface Catalog extends Disposable {
  /** The same array as long as nothing in it changed. */
  readonly models: readonly CatalogModel[];
  readonly status: CatalogStatus;
  /** Models or status changed. */
  readonly onDidChange: Event<void>;
  /** Settles when the bundled catalog is there. Never rejects: without it the list is the live one. */
  load(): Promise<void>;
  /**
   * Loads, and from now on keeps up with the connection: reads the live lists of each account, and again when that was a
   * day ago. Settles when what was due is done; failures are logged.
   */
  follow(): Promise<void>;
  /**
   * Reads the live lists again; joins a refresh under way. Rejects with `RpcError`: `cancelled` (the signal, `cancelRefresh`,
   * or another connection; the catalog is then as it was), `network` or `server` when no list could be read, or why there
   * is no connection.
   */
  refresh(signal?: AbortSignal): Promise<CatalogChange>;
  /** Stops the refresh under way, if there is one. */
  cancelRefresh(): void;
  /** The model of this id; waits for the live lists when it is not known without them. */
  find(id: string): Promise<CatalogModel | undefined>;
  /** Where the prices of a model come from; undefined when it has none. */
  priceOrigin(model: CatalogModel): PriceOrigin | undefined;
}

/** Milliseconds after which the lists are read again. */
const MAX_AGE = 86_400_000;

/**
 * Seconds between two looks at the age: timers stand still while a machine sleeps. After as long a list that failed is
 * asked for again.
 */
const LOOK_INTERVAL = 3600;

const liveSources: readonly LiveSource[] = ['models-search', 'third-party-catalog', 'compat-models'];

/** What is known of the lists of one account or server. */
interface Account {
  /** Undefined: none, and the bundle is all there is. */
  readonly owner: string | undefined;
  readonly copies: Map<LiveSource, ListCopy>;
  /** Made of the copies. */
  readonly listings: Map<LiveSource, Listing>;
  readonly problems: Map<LiveSource, string>;
  /** When the lists were read in this session, milliseconds since 1970; set back when one of them failed. */
  readAt?: number;
  /** Settles when the stored copies are there. */
  entered: Promise<void>;
}

interface Refresh {
  readonly owner: string;
  readonly controller: AbortController;
  done: Promise<CatalogChange>;
}

type CatalogPorts = Pick<
  AppPorts,
  'fetch' | 'bundledCatalog' | 'log' | 'catalogCache' | 'clock' | 'epoch' | 'settings'
>;

/** Makes the catalog. It asks nobody before `follow`, `refresh`, or `find` of a model that the bundle does not know. */
export function createCatalog(ports: CatalogPorts, connection: Connection): Catalog {
  const { log, catalogCache, clock, epoch, settings } = ports;
  const emitter = createEmitter<void>();
  const accountOf = (owner: string | undefined): Account => ({
    owner,
    copies: new Map(),
    listings: new Map(),
    problems: new Map(),
    entered: Promise.resolve(),
  });
  let bundle: Listing | undefined;
  let account = accountOf(undefined);
  let models: readonly CatalogModel[] = [];
  let loading: Promise<void> | undefined;
  let refreshing: Refresh | undefined;
  let cancelLook: (() => void) | undefined;
  let following = false;
  let disposed = false;

  function merge(): void {
    models = mergeListings([...(bundle === undefined ? [] : [bundle]), ...account.listings.values()]);
  }

  async function readBundle(): Promise<void> {
    try {
      bundle = parseBundle(await ports.bundledCatalog());
      if (bundle.leftOut > 0) log.warn(`The bundled model catalog: ${bundle.leftOut} entries left out.`);
    } catch (error) {
      log.error('The bundled model catalog could not be read.', error);
    }
    merge();
    emitter.fire();
  }

  const load = (): Promise<void> => (loading ??= readBundle());

  /** Shows the models of this owner, as they are known without asking. */
  function enter(owner: string | undefined): Promise<void> {
    if (owner === account.owner) return account.entered;
    if (refreshing !== undefined && refreshing.owner !== owner) stopRefresh();
    const hadLists = account.copies.size > 0;
    account = accountOf(owner);
    // Models of the other connection, the simulator's faults above all, are not callable here.
    if (hadLists) merge();
    emitter.fire();
    if (owner !== undefined) account.entered = restore(account, owner);
    return account.entered;
  }

  function keep({ copies, listings }: Account, copy: ListCopy): void {
    copies.set(copy.source, copy);
    listings.set(copy.source, listingOf(copy));
  }

  async function restore(entering: Account, owner: string): Promise<void> {
    let copies: readonly ListCopy[] = [];
    try {
      const stored = await catalogCache.read(owner);
      copies = readCopies(stored);
      if (stored !== undefined && copies.length === 0) log.warn('The stored model catalog was not understood.');
    } catch (error) {
      log.warn(`The stored model catalog was not read: ${toRpcError(error).message}`);
    }
    for (const copy of copies) keep(entering, copy);
    if (entering !== account || copies.length === 0) return;
    merge();
    emitter.fire();
  }

  /** Takes what could be read; the others keep their copy. */
  function apply(readings: readonly ListReading[]): void {
    let isChanged = false;
    for (const reading of readings) {
      const { source } = reading;
      if ('problem' in reading) {
        account.problems.set(source, reading.problem);
        continue;
      }
      const { pages } = reading.copy;
      const before = account.copies.get(source)?.pages;
      isChanged ||= before?.length !== pages.length || pages.some((page, index) => page !== before[index]);
      account.problems.delete(source);
      keep(account, reading.copy);
    }
    if (isChanged) merge();
  }

  async function store(owner: string, copies: readonly ListCopy[]): Promise<void> {
    try {
      await catalogCache.write(owner, storedCopies(copies));
    } catch (error) {
      log.warn(`The model catalog was not stored: ${toRpcError(error).message}`);
    }
  }

  async function read(owner: string, signal: AbortSignal): Promise<CatalogChange> {
    const endpoint = await connection.endpoint();
    await load();
    if (signal.aborted) throw cancelled();
    await enter(owner);
    const mine = account;
    const readings = await readLiveCatalog(ports, endpoint, [...mine.copies.values()], signal);
    if (signal.aborted || mine !== account) throw cancelled();
    const before = new Set(models.map(({ id }) => id));
    apply(readings);
    throwIfNone(readings);
    const isPart = readings.some((reading) => 'problem' in reading && reading.failure !== undefined);
    mine.readAt = epoch() - (isPart ? MAX_AGE - LOOK_INTERVAL * 1000 : 0);
    void store(owner, [...mine.copies.values()]);
    const added = models.filter(({ id }) => !before.has(id)).length;
    return { models: models.length, added, removed: before.size + added - models.length };
  }

  function startRefresh(): Refresh {
    const controller = new AbortController();
    // In one breath with the endpoint, which is made of the same settings: lists of one account never pass for another's.
    const owner = ownerOf(settings.get());
    const started: Refresh = { owner, controller, done: read(owner, controller.signal) };
    refreshing = started;
    started.done = started.done.finally(() => {
      if (refreshing === started) refreshing = undefined;
      emitter.fire();
    });
    emitter.fire();
    return started;
  }

  function stopRefresh(): void {
    refreshing?.controller.abort();
    // Who asks again gets an answer, and not the end of this one.
    refreshing = undefined;
  }

  const isDue = (): boolean => {
    const age = account.readAt === undefined ? undefined : epoch() - account.readAt;
    return age === undefined || age >= MAX_AGE || age < 0;
  };

  async function catchUp(): Promise<void> {
    await load();
    // A connection that is not ready lists nothing.
    await enter(connection.info.kind === 'none' ? undefined : ownerOf(settings.get()));
    if (disposed || account.owner === undefined || (refreshing === undefined && !isDue())) return;
    try {
      await (refreshing ?? startRefresh()).done;
    } catch (error) {
      log.info(`The model catalog was not refreshed: ${toRpcError(error).message}`);
    }
  }

  function lookRegularly(): void {
    cancelLook ??= clock.after(LOOK_INTERVAL, () => {
      cancelLook = undefined;
      lookRegularly();
      void catchUp();
    });
  }

  /** From the first use on. */
  function keepUp(): void {
    following = true;
    if (!disposed) lookRegularly();
  }

  const subscription = connection.onDidChange(() => {
    if (following) void catchUp();
  });

  async function follow(): Promise<void> {
    keepUp();
    await catchUp();
  }

  return {
    get models() {
      return models;
    },
    get status() {
      const sources = (account.owner === undefined ? [] : liveSources).map((source) => {
        const problem = account.problems.get(source);
        return { ...statusOf(source, account.listings.get(source)), ...(problem !== undefined && { problem }) };
      });
      return { sources: [...sources, statusOf('bundle', bundle)], refreshing: refreshing !== undefined };
    },
    onDidChange: emitter.event,
    load,
    follow,
    async refresh(signal) {
      if (signal?.aborted === true) throw cancelled();
      keepUp();
      const { done, controller } = refreshing ?? startRefresh();
      const stop = () => {
        if (refreshing?.controller === controller) stopRefresh();
      };
      signal?.addEventListener('abort', stop);
      try {
        return await done;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    },
    cancelRefresh: stopRefresh,
    async find(id) {
      await load();
      const owner = ownerOf(settings.get());
      // The settings have just changed, and the connection has not told yet: what is shown is still of the one before.
      if (account.owner !== undefined && account.owner !== owner) await enter(owner);
      const known = models.find((model) => model.id === id);
      if (known !== undefined) return known;
      await follow();
      return models.find((model) => model.id === id);
    },
    priceOrigin({ origins: { pricing: source } }) {
      const listing = source === 'bundle' || source === undefined ? bundle : account.listings.get(source);
      return source === undefined || listing === undefined ? undefined : { source, asOf: listing.asOf };
    },
    dispose() {
      disposed = true;
      cancelLook?.();
      stopRefresh();
      subscription.dispose();
    },
  };
}

function statusOf(source: Source, listing: Listing | undefined): SourceStatus {
  const { asOf, models, leftOut } = listing ?? { models: [], leftOut: 0 };
  return { source, ...(asOf !== undefined && { asOf }), models: models.length, leftOut };
}

/** Throws when no list could be read. */
function throwIfNone(readings: readonly ListReading[]): void {
  const failed = readings.filter((reading) => 'problem' in reading).filter(({ failure }) => failure !== undefined);
  if (readings.some((reading) => 'copy' in reading)) return;
  const code = failed.every(({ failure }) => failure === 'network') ? 'network' : 'server';
  throw new RpcError(code, failed[0]?.problem ?? 'There is no list to read.', true);
}
