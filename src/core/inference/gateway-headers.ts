/**
 * What the gateway says in response headers (cloudflare-api.md 1.4). All of it may be missing.
 */
import type { GatewayInfo } from '../run/events';
import { asText } from './json';

/** Cache status, ids, step and routing. */
export function gatewayInfo(headers: Headers): GatewayInfo {
  const cache = headers.get('cf-aig-cache-status')?.toUpperCase();
  const step = headers.get('cf-aig-step');
  const known: { readonly [Name in keyof GatewayInfo]: GatewayInfo[Name] | undefined } = {
    cacheStatus: cache === 'HIT' || cache === 'MISS' ? cache : undefined,
    logId: asText(headers.get('cf-aig-log-id')),
    requestId: asText(headers.get('cf-aig-request-id')) ?? asText(headers.get('cf-ai-req-id')),
    step: step !== null && /^\d+$/.test(step) ? Number(step) : undefined,
    model: asText(headers.get('cf-aig-routed-model')) ?? asText(headers.get('cf-aig-model')),
    provider: asText(headers.get('cf-aig-provider')),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** The id to give to support: the gateway's log id, else the best there is. */
export function bestLogId(info: GatewayInfo): string | undefined {
  return info.logId ?? info.requestId;
}
