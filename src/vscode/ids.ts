/** Identifiers that the manifest also holds; `test/unit/manifest.test.ts` compares them. */

/** Section of all settings. */
export const SECTION = 'unifiedInference';

/** View type of the panel; also its activation event. */
export const PANEL_TYPE = 'unifiedInference.playground';

/** Commands, as in the manifest. */
export const COMMANDS = {
  openPlayground: 'unifiedInference.openPlayground',
  connect: 'unifiedInference.connect',
  disconnect: 'unifiedInference.disconnect',
} as const;

/** Context key: true while a credential is stored. */
export const HAS_CREDENTIAL = 'unifiedInference.hasCredential';
