/**
 * Tokens, accounts and gateways: what a connection is checked with.
 */
import { ok, paged } from '../envelope';
import type { Reply } from '../exchange';
import { formOfAccount } from '../listings/forms';

const created = '2026-01-01T00:00:00Z';
const pageSize = { usual: 20, largest: 1000 };

/** Answers `GET /user/tokens/verify` and `GET /accounts/{id}/tokens/verify`. */
export function verifyToken(): Reply {
  return ok({ id: '51a1a70e'.repeat(4), status: 'active' });
}

/**
 * Answers `GET /accounts`; the token `two-accounts` sees two, and a token called like an account whose catalog is broken
 * (`catalog-slow`) sees that one.
 */
export function listAccounts(token: string, query: URLSearchParams): Reply {
  const form = formOfAccount(token);
  const accounts = [{ id: form ?? 'simulator', name: 'Simulator (offline)' }];
  if (token === 'two-accounts') accounts.push({ id: 'simulator-2', name: 'Second simulator (offline)' });
  const items = accounts.map((account) => ({ ...account, type: 'standard', created_on: created, settings: {} }));
  return paged(items, query, pageSize);
}

/** Answers `GET /accounts/{id}/ai-gateway/gateways`. */
export function listGateways(query: URLSearchParams): Reply {
  const gateways = ['default', 'playground'].map((id) => ({
    id,
    is_default: id === 'default',
    authentication: true,
    cache_invalidate_on_update: true,
    cache_ttl: 0,
    collect_logs: true,
    rate_limiting_interval: 0,
    rate_limiting_limit: 0,
    rate_limiting_technique: 'fixed',
    workers_ai_billing_mode: 'postpaid',
    created_at: created,
    modified_at: created,
  }));
  return paged(gateways, query, pageSize);
}
