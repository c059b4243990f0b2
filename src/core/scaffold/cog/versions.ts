/**
 * What depends on the version of Cog.
 */
import type { CogSpelling } from './answers';

/** First release with `BaseRunner`, `@streaming` and `@concurrent` (0.21.0, 2026-06-16). */
const RUNNER = [0, 21] as const;

/** The spelling for an installed Cog: of today, where none is or its version is not understood. */
export function spellingFor(version: string | undefined): CogSpelling {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || minor === undefined) return 'runner';
  const isOlder = Number(major) < RUNNER[0] || (Number(major) === RUNNER[0] && Number(minor) < RUNNER[1]);
  return isOlder ? 'predictor' : 'runner';
}
