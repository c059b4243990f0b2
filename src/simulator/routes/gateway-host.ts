/**
 * What differs on the gateway host `gateway.ai.cloudflare.com`, whose paths start with `/v1/{account}/{gateway}`.
 */
import { Refusal } from '../envelope';
import type { SimRequest } from '../exchange';

/**
 * Checks the token, which stands in `cf-aig-authorization` there: `Authorization` is for the provider's own key
 * (cloudflare-api.md 1). Any will do except `invalid`, and `no-ai-gateway`, which lacks the permission.
 * Throws a `Refusal` (401, code 2009).
 */
export function checkGatewayToken(request: SimRequest): void {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers['cf-aig-authorization'] ?? '')?.[1];
  if (token === undefined || token === 'invalid' || token === 'no-ai-gateway') {
    throw new Refusal(401, 2009, 'Unauthorized');
  }
}
