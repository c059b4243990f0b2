import type { Settings } from './ports';

/**
 * Whose money a run spends, and whose answers are measured: the simulator's, or those of an account at an API origin.
 * The same words for the same account in every window: the ledger keeps its sums by them.
 */
export function ownerOf({ connection, apiBaseUrl, accountId }: Settings): string {
  if (connection === 'simulator') return 'simulator';
  const origin = URL.canParse(apiBaseUrl) ? new URL(apiBaseUrl).origin : apiBaseUrl;
  return `${origin} ${accountId}`;
}

/** Owner of runs on the user's own servers, whatever the connection: no account pays for them. */
export const OWN_OWNER = 'own servers';
