/**
 * What the routes share while the simulator lives.
 */
import type { SimCatalog } from './catalog';
import type { SimRequest } from './exchange';
import { isObject } from './fields';
import type { PrefixCache } from './prefix-cache';

/** State and facts common to all routes. */
export interface SimContext {
  readonly catalog: SimCatalog;
  readonly prefixes: PrefixCache;
  /** Attempts so far on the `flaky` model, by run. */
  readonly flakyAttempts: Map<string, number>;
  /** What natural waiting is divided by; 0 means no waiting. */
  readonly speed: number;
}

/** The caller's name for the run: `run_id` in `cf-aig-metadata`, else `cf-aig-event-id`. Invalid metadata is ignored. */
export function runOf(request: SimRequest): string | undefined {
  try {
    const metadata: unknown = JSON.parse(request.headers['cf-aig-metadata'] ?? '{}');
    if (isObject(metadata) && typeof metadata['run_id'] === 'string') return metadata['run_id'];
  } catch {
    // Not JSON: as good as absent.
  }
  return request.headers['cf-aig-event-id'];
}
