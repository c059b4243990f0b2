/**
 * The models to choose from: the bundled catalog, and the ids that the connected account lists beside it.
 */
import type { Model } from '../core/catalog/model';
import { mergeModels, parseCatalog } from '../core/catalog/parse';
import type { Connection } from './connection';
import { createEmitter } from './emitter';
import { fetchLiveModels } from './live-models';
import type { AppPorts, Disposable, Event } from './ports';

/** The catalog of this session. */
export interface Catalog extends Disposable {
  readonly models: readonly Model[];
  readonly onDidChange: Event<readonly Model[]>;
  /** Settles when the bundled catalog is there. Never rejects: without it the list is the live one. */
  load(): Promise<void>;
  /** Loads, and asks the connection for its models unless that was done. Settles when both are there or failed. */
  refresh(): Promise<void>;
  /** The model of this id; waits for the live list when the bundled one does not know it. */
  find(id: string): Promise<Model | undefined>;
}

/** Whose list it is: another account or server means another list. */
function ownerOf({ info }: Connection): string | undefined {
  if (info.kind === 'none') return undefined;
  return info.kind === 'simulator' ? 'simulator' : `${info.origin} ${info.accountId}`;
}

/** Makes the catalog and follows the connection once it has been asked to `refresh`. */
export function createCatalog(
  ports: Pick<AppPorts, 'fetch' | 'bundledCatalog' | 'log'>,
  connection: Connection,
): Catalog {
  const emitter = createEmitter<readonly Model[]>();
  let bundled: readonly Model[] = [];
  let models: readonly Model[] = [];
  let loading: Promise<void> | undefined;
  let owner: string | undefined;
  let asking: Promise<void> | undefined;

  function publish(live: readonly Model[]): void {
    models = mergeModels(bundled, live);
    emitter.fire(models);
  }

  async function readBundled(): Promise<void> {
    try {
      bundled = parseCatalog(await ports.bundledCatalog());
    } catch (error) {
      ports.log.error('The bundled model catalog could not be read.', error);
    }
    models = bundled;
  }

  const load = (): Promise<void> => (loading ??= readBundled());

  async function ask(asked: string): Promise<void> {
    try {
      const live = await fetchLiveModels(ports.fetch, await connection.endpoint());
      if (owner === asked) publish(live);
    } catch (error) {
      ports.log.warn(`The live model list was not read: ${error instanceof Error ? error.message : String(error)}`);
      // The next refresh tries again.
      if (owner === asked) asking = undefined;
    }
  }

  async function refresh(): Promise<void> {
    await load();
    const now = ownerOf(connection);
    if (now !== owner) {
      // Models of the other connection, the simulator's faults above all, are not callable here.
      if (owner !== undefined) publish([]);
      owner = now;
      asking = undefined;
    }
    if (now === undefined) return;
    await (asking ??= ask(now));
  }

  let following = false;
  const subscription = connection.onDidChange(() => {
    if (following) void refresh();
  });

  return {
    get models() {
      return models;
    },
    onDidChange: emitter.event,
    load,
    refresh() {
      following = true;
      return refresh();
    },
    async find(id) {
      await load();
      const known = models.find((model) => model.id === id);
      if (known !== undefined) return known;
      await refresh();
      return models.find((model) => model.id === id);
    },
    dispose: () => subscription.dispose(),
  };
}
