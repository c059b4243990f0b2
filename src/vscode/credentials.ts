import type * as vscode from 'vscode';
import { createEmitter } from '../app/emitter';
import type { Credential, CredentialStore, Disposable, Event } from '../app/ports';

/** The one secret we keep. */
const KEY = 'unifiedInference.credential';

/** What is kept: a token with its origin, or only the origin when the token stays in the environment. */
type Stored =
  | { readonly source: 'token'; readonly token: string; readonly origin: string }
  | { readonly source: 'environment'; readonly origin: string };

function parse(text: string | undefined): Stored | undefined {
  if (text === undefined) return undefined;
  try {
    const { source, token, origin } = JSON.parse(text) as Record<string, unknown>;
    if (typeof origin !== 'string') return undefined;
    if (source === 'environment') return { source, origin };
    return source === 'token' && typeof token === 'string' ? { source, token, origin } : undefined;
  } catch {
    return undefined;
  }
}

/** Credentials in VS Code's SecretStorage, which encrypts them with the system's keychain where there is one. */
export interface VscodeCredentials extends CredentialStore, Disposable {
  /** From now on the token is read from the environment, for this origin only. Nothing secret is stored. */
  useEnvironment(origin: string): Promise<void>;
  /** Also fires when another window connected or disconnected. */
  readonly onDidChange: Event<void>;
}

/** `environmentToken` answers with `CLOUDFLARE_API_TOKEN` of the extension host. */
export function createCredentials(
  secrets: vscode.SecretStorage,
  environmentToken: () => string | undefined,
): VscodeCredentials {
  const changed = createEmitter<void>();
  const subscription = secrets.onDidChange((event) => {
    if (event.key === KEY) changed.fire();
  });
  const store = (stored: Stored) => secrets.store(KEY, JSON.stringify(stored));
  return {
    async get(): Promise<Credential | undefined> {
      const stored = parse(await secrets.get(KEY));
      const token = stored?.source === 'environment' ? environmentToken() : stored?.token;
      return stored === undefined || !token ? undefined : { token, origin: stored.origin };
    },
    async set({ token, origin }) {
      await store({ source: 'token', token, origin });
    },
    async clear() {
      await secrets.delete(KEY);
    },
    async useEnvironment(origin) {
      await store({ source: 'environment', origin });
    },
    onDidChange: changed.event,
    dispose: () => void subscription.dispose(),
  };
}
