/**
 * Checks of an API token while connecting: whether it works, for which accounts, and which permission it lacks
 * (cloudflare-api.md 1.1, rest-api docs).
 */
import type { Endpoint } from '../core/inference/request';
import { RpcError } from '../protocol/rpc';
import { parseBaseUrl } from './base-url';
import { apiGet, resultOf, type ApiAnswer } from './http';

/** An account that a token can use. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

function unexpected(answer: ApiAnswer, what: string): RpcError {
  return new RpcError(
    'server',
    `${what} failed with HTTP ${answer.status}. Try again in a minute.`,
    answer.status >= 500 || answer.status === 429,
  );
}

const refused = (answer: ApiAnswer): boolean => answer.status === 400 || answer.status === 401 || answer.status === 403;

function accountsOf(result: unknown): readonly Account[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((item: unknown) => {
    const { id, name } = (item ?? {}) as { id?: unknown; name?: unknown };
    return typeof id === 'string' && id !== '' ? [{ id, name: typeof name === 'string' ? name : id }] : [];
  });
}

/**
 * Accounts the token can use; empty when the token works but may not list them, so that the user must name one.
 * Rejects with `RpcError`: `auth` (not a valid token, or not active), `bad-base-url`, `network`, `server`.
 */
export async function verifyToken(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  token: string,
): Promise<readonly Account[]> {
  const { href } = parseBaseUrl(baseUrl);
  const verified = await apiGet(fetch, `${href}/user/tokens/verify`, token);
  const listed = await apiGet(fetch, `${href}/accounts?per_page=50`, token);
  const accounts = accountsOf(resultOf(listed));
  const status = (resultOf(verified) as { status?: unknown } | undefined)?.status;
  if (typeof status === 'string' && status !== 'active') {
    throw new RpcError('auth', `This API token is ${status}. Create a new one in the Cloudflare dashboard.`);
  }
  // A token owned by an account is unknown to the user's verify endpoint, yet lists its account.
  if (status === 'active' || accounts.length > 0) return accounts;
  if (refused(verified)) {
    throw new RpcError(
      'auth',
      'Cloudflare does not accept this API token. Copy it again, or create a new one in the Cloudflare dashboard.',
    );
  }
  throw unexpected(verified, 'Verifying the token');
}

/** The account's name; undefined when this token may not read it. Rejects with `RpcError`: `network`. */
export async function accountName(
  fetch: typeof globalThis.fetch,
  { baseUrl, accountId, token }: Pick<Endpoint, 'baseUrl' | 'accountId' | 'token'>,
): Promise<string | undefined> {
  const answer = await apiGet(fetch, `${baseUrl}/accounts/${encodeURIComponent(accountId)}`, token);
  const [account] = accountsOf([resultOf(answer)]);
  return account?.id === accountId ? account.name : undefined;
}

/** Each permission, and a harmless call that needs it. */
const probes = [
  { permission: 'Account > Workers AI > Read', path: '/ai/models/search?per_page=1' },
  { permission: 'Account > AI Gateway > Read', path: '/ai-gateway/gateways?per_page=1' },
] as const;

/**
 * Names of the permissions that the token lacks on this account, as the dashboard spells them; empty when all is well.
 * Rejects with `RpcError`: `bad-base-url`, `network`, `server`.
 */
export async function probePermissions(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  token: string,
  accountId: string,
): Promise<readonly string[]> {
  const account = `${parseBaseUrl(baseUrl).href}/accounts/${encodeURIComponent(accountId)}`;
  const missing = await Promise.all(
    probes.map(async ({ permission, path }) => {
      const answer = await apiGet(fetch, account + path, token);
      if (answer.status === 401 || answer.status === 403) return [permission];
      if (answer.status >= 400) throw unexpected(answer, `Asking for ${permission}`);
      return [];
    }),
  );
  return missing.flat();
}
