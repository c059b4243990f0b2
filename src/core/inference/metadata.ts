/**
 * `cf-aig-metadata`: a JSON object in a header, with which the gateway tags its log (cloudflare-api.md 1.3).
 */
import type { GatewayMetadata } from './request';

/** The gateway keeps at most this many entries; what it does with more is not documented. */
const MAX_ENTRIES = 5;
/** The gateway strips keys that start with this. */
const RESERVED_PREFIX = 'cf.';
/** Our entry, by which a run can be found in the gateway log without its log id. */
const RUN_ID_KEY = 'run_id';

/** The entries that the gateway takes, and the keys of the others. */
export function acceptedMetadata(entries: GatewayMetadata): {
  readonly kept: GatewayMetadata;
  readonly dropped: readonly string[];
} {
  const kept: [string, string | number | boolean][] = [];
  const dropped: string[] = [];
  for (const [key, value] of Object.entries(entries)) {
    if (kept.length < MAX_ENTRIES && isAllowed(key, value)) kept.push([key, value]);
    else dropped.push(key);
  }
  return { kept: Object.fromEntries(kept), dropped };
}

/**
 * The header's value, ASCII only, and the keys of the user's entries that could not be sent. The run id comes last and
 * only when there is room: the gateway drops the last entry when it adds one of its own. A request that is only shown
 * has none, and `''` for its run.
 */
export function metadataHeader(entries: GatewayMetadata, runId: string): { value: string; dropped: readonly string[] } {
  const { kept, dropped } = acceptedMetadata(entries);
  const hasRoom = runId !== '' && Object.keys(kept).length < MAX_ENTRIES && !Object.hasOwn(kept, RUN_ID_KEY);
  return { value: asciiJson(hasRoom ? { ...kept, [RUN_ID_KEY]: runId } : kept), dropped };
}

/** Settings are typed by hand, so the declared type is not trusted. */
function isAllowed(key: string, value: unknown): boolean {
  if (key === '' || key.startsWith(RESERVED_PREFIX)) return false;
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

/** JSON whose every character may stand in a header: whatever is not printable ASCII becomes `\uXXXX`. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => {
    return '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0');
  });
}
