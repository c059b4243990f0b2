/**
 * The decisions of Connect: which way, which token, which account, and whether they work. Asking is `connect-ui.ts`.
 */
import * as vscode from 'vscode';
import { probePermissions, verifyToken, type Account } from '../app/accounts';
import { parseBaseUrl } from '../app/base-url';
import type { CredentialStore, SettingsSource } from '../app/ports';
import { RpcError } from '../protocol/rpc';

/** The ways to connect that stand. `wrangler` is named by the contract and not available yet. */
export type ConnectMethod = 'token' | 'environment' | 'simulator';

/** Argument of the command `connect`. What it gives is not asked. */
export interface ConnectArguments {
  readonly method?: string;
  readonly token?: string;
  readonly accountId?: string;
}

/** Value of the command `connect`. */
export interface ConnectResult {
  readonly accountId: string;
  readonly method: ConnectMethod;
  /** Permissions that some features want and this token lacks, as the dashboard spells them. Absent: none. */
  readonly missingPermissions?: readonly string[];
}

/** What the user is asked. Everything answers `undefined` when the user backs out. */
export interface ConnectUi {
  pickMethod(environment: { readonly hasToken: boolean }): Promise<ConnectMethod | undefined>;
  /** `origin` is where the token will be sent. */
  askToken(origin: string): Promise<string | undefined>;
  /** One of several accounts. */
  pickAccount(accounts: readonly Account[]): Promise<string | undefined>;
  /** The token may not list accounts. */
  askAccountId(): Promise<string | undefined>;
  /** Shows progress with a way to cancel, which aborts the signal. */
  whileVerifying<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** What Connect borrows. */
export interface ConnectPorts {
  readonly ui: ConnectUi;
  readonly fetch: typeof globalThis.fetch;
  readonly settings: Pick<SettingsSource, 'get'>;
  readonly credentials: Pick<CredentialStore, 'set'> & { useEnvironment(origin: string): Promise<void> };
  /** Variables of the extension host. */
  readonly environment: { readonly token: string | undefined; readonly accountId: string | undefined };
  /** `undefined` is the simulator. */
  readonly saveConnection: (connection: 'cloudflare' | undefined, accountId?: string) => Promise<void>;
  /** Keeps this value out of the log from now on. */
  readonly protect: (secret: string) => void;
}

/** Without this permission no model can be called; without the others only some features miss. */
const ESSENTIAL = 'Account > Workers AI > Read';

/** The user backed out; nothing was changed. */
function cancelled(): RpcError {
  return new RpcError('cancelled', vscode.l10n.t('Connecting was cancelled. Nothing was changed.'));
}

function answered<T>(answer: T | undefined): T {
  if (answer === undefined) throw cancelled();
  return answer;
}

/** Checks what a command was called with. Throws `RpcError` with code `bad-argument`. */
export function connectArguments(value: unknown): ConnectArguments {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) {
    throw new RpcError('bad-argument', vscode.l10n.t('Connect takes an object as its argument.'));
  }
  const fields = value as Record<string, unknown>;
  for (const name of ['method', 'token', 'accountId']) {
    const field = fields[name];
    if (field !== undefined && (typeof field !== 'string' || field.trim() === '')) {
      throw new RpcError('bad-argument', vscode.l10n.t('Connect: "{0}" must be a text that is not empty.', name));
    }
  }
  return fields as ConnectArguments;
}

function methodOf(name: string): ConnectMethod {
  if (name === 'token' || name === 'environment' || name === 'simulator') return name;
  if (name === 'wrangler') {
    throw new RpcError(
      'method-not-available',
      vscode.l10n.t('Connecting with a wrangler login is not available yet. Use an API token or the environment.'),
    );
  }
  throw new RpcError('bad-argument', vscode.l10n.t('Connect: there is no method "{0}".', name));
}

/** Verifies a token and finds the account it is for. */
async function accountFor(
  ports: ConnectPorts,
  baseUrl: string,
  token: string,
  wanted: string | undefined,
): Promise<{ accountId: string; missing: readonly string[] }> {
  const { ui } = ports;
  const verifying = <T>(task: (fetch: typeof globalThis.fetch) => Promise<T>): Promise<T> =>
    ui.whileVerifying(async (signal) => {
      const cancellable: typeof globalThis.fetch = (input, init) =>
        ports.fetch(input, { ...init, signal: AbortSignal.any(init?.signal ? [init.signal, signal] : [signal]) });
      try {
        const result = await task(cancellable);
        if (signal.aborted) throw cancelled();
        return result;
      } catch (error) {
        // An aborted call looks like a broken network.
        throw signal.aborted ? cancelled() : error;
      }
    });

  const accounts = await verifying((fetch) => verifyToken(fetch, baseUrl, token));
  const chosen =
    wanted ??
    (accounts.length === 1 ? accounts[0]?.id : undefined) ??
    answered(accounts.length === 0 ? await ui.askAccountId() : await ui.pickAccount(accounts));
  const missing = await verifying((fetch) => probePermissions(fetch, baseUrl, token, chosen));
  if (missing.includes(ESSENTIAL)) {
    throw new RpcError(
      'permission',
      vscode.l10n.t(
        'This API token lacks a permission on the account {0}: {1}. Add it to the token in the Cloudflare dashboard, then connect again.',
        chosen,
        missing.join(', '),
      ),
    );
  }
  return { accountId: chosen, missing };
}

/**
 * Connects. Nothing is stored before everything was verified.
 * Rejects with an error whose `code` is `cancelled`, `bad-argument`, `method-not-available`, `no-environment`,
 * `bad-base-url`, `bad-token`, `auth`, `permission`, `network` or `server`.
 */
export async function connect(args: ConnectArguments, ports: ConnectPorts): Promise<ConnectResult> {
  const { environment, ui, credentials } = ports;
  const implied = args.token === undefined ? undefined : 'token';
  const method = methodOf(
    args.method ?? implied ?? answered(await ui.pickMethod({ hasToken: Boolean(environment.token) })),
  );

  if (method === 'simulator') {
    await ports.saveConnection(undefined);
    return { accountId: 'simulator', method };
  }

  const base = parseBaseUrl(ports.settings.get().apiBaseUrl);
  const token = (
    method === 'token' ? (args.token ?? answered(await ui.askToken(base.origin))) : environment.token
  )?.trim();
  if (!token) {
    throw new RpcError(
      'no-environment',
      vscode.l10n.t(
        'CLOUDFLARE_API_TOKEN is not set where the extension runs. Set it there and restart VS Code, or connect with an API token.',
      ),
    );
  }
  ports.protect(token);
  const wanted = args.accountId ?? (method === 'environment' ? environment.accountId : undefined);
  const { accountId, missing } = await accountFor(ports, base.href, token, wanted);

  if (method === 'token') await credentials.set({ token, origin: base.origin });
  else await credentials.useEnvironment(base.origin);
  await ports.saveConnection('cloudflare', accountId);
  return { accountId, method, ...(missing.length > 0 && { missingPermissions: missing }) };
}
