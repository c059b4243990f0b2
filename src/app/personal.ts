/**
 * What the user and this machine add to the catalog: favourites, models used last, measured figures.
 */
import { metricsOf } from '../core/run/metrics';
import type { Measured, Personal, RunView } from '../protocol/api';
import { createEmitter } from './emitter';
import { OWN_OWNER } from './owner';
import type { Event, Ledger, Log } from './ports';

/** Most models in `Personal.recent`. */
const RECENT = 10;

/**
 * The figures of a run that counts in statistics: a whole answer of the model itself, at the first attempt, made and not
 * cached (metrics.md section 4). Undefined for others.
 */
export function measuredOf({ state, model }: Pick<RunView, 'state' | 'model'>): Omit<Measured, 'runs'> | undefined {
  const { unranked, approximate, ttft, ttfa, decode, e2e, outputTokens } = metricsOf(state, model);
  if (unranked) return undefined;
  const figures = { ttft, ttfa, decode: approximate ? undefined : decode, e2e, outputTokens };
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined));
}

/** The figures, live. */
export interface PersonalFigures {
  /** Read from the ledger when it is first asked for. */
  readonly now: Personal;
  readonly onDidChange: Event<Personal>;
  /** A run of this model was added to the ledger. */
  ran(modelId: string): void;
  /** Another owner's figures count from now on. */
  reload(): void;
  setFavourite(modelId: string, favourite: boolean): void;
}

/** Makes the figures of `owner`, as it is at each moment. A ledger that fails costs figures, never a run. */
export function createPersonal(ledger: Ledger, log: Log, owner: () => string): PersonalFigures {
  const changed = createEmitter<Personal>();
  let now: Personal | undefined;

  function read<T>(body: () => T, instead: T): T {
    try {
      return body();
    } catch (error) {
      log.error('Favourites and measured figures could not be read.', error);
      return instead;
    }
  }

  /** Own servers are there whatever the connection. */
  const measuredNow = (modelId?: string): Personal['measured'] => ({
    ...ledger.measured(owner(), modelId),
    ...ledger.measured(OWN_OWNER, modelId),
  });

  const readAll = (): Personal => ({
    favourites: read(() => ledger.favourites(), []),
    recent: read(() => ledger.recentModels(RECENT), []),
    measured: read(() => measuredNow(), {}),
  });

  function publish(next: Personal): void {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    changed.fire(next);
  }

  return {
    get now() {
      return (now ??= readAll());
    },
    onDidChange: changed.event,
    ran(modelId) {
      if (now === undefined) return publish(readAll());
      const { favourites, recent, measured } = now;
      publish({
        favourites,
        recent: read(() => ledger.recentModels(RECENT), recent),
        measured: { ...measured, ...read(() => measuredNow(modelId), {}) },
      });
    },
    reload() {
      if (now !== undefined) publish(readAll());
    },
    setFavourite(modelId, favourite) {
      ledger.setFavourite(modelId, favourite);
      publish({ ...(now ?? readAll()), favourites: read(() => ledger.favourites(), now?.favourites ?? []) });
    },
  };
}
