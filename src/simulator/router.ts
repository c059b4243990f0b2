/**
 * The simulator itself: a request in, a described reply out. It opens no socket and waits for nothing.
 */
import type { Model } from '../core/catalog/model';
import { SimCatalog } from './catalog';
import type { SimContext } from './context';
import { ok, Refusal, refused } from './envelope';
import type { Reply, SimRequest } from './exchange';
import { Gateway } from './gateway';
import { changedModels } from './listings/changed';
import { formOfAccount } from './listings/forms';
import { PrefixCache } from './prefix-cache';
import { listAccounts, listGateways, verifyToken } from './routes/account';
import { type CatalogView, readCatalog, readCompatModels } from './routes/catalog';
import { checkGatewayToken } from './routes/gateway-host';
import { compatible, run, runModel } from './routes/inference';
import { serveMedia } from './routes/media';
import { mediaRoute } from './deliver/address';

/** What a simulator is made of. */
export interface SimulatorOptions {
  readonly models: readonly Model[];
  /** What natural waiting is divided by; 0 means no waiting. */
  readonly speed: number;
  /** Makes ids for log entries and requests. */
  readonly newId: () => string;
  /** Counters to publish at `/client/v4/simulator/stats`. */
  readonly stats: () => unknown;
}

/** Answers requests. Never rejects: whatever is wrong becomes a reply. */
export type Simulator = (request: SimRequest) => Promise<Reply>;

/** A simulator with its own memory. */
export function createSimulator({ models, speed, newId, stats }: SimulatorOptions): Simulator {
  const usual = new SimCatalog(models);
  const changed = new SimCatalog(changedModels(models));
  const memory = { prefixes: new PrefixCache(), flakyAttempts: new Map<string, number>(), speed };
  const gateway = new Gateway(newId);

  return async (request) => {
    try {
      return await route(request);
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      return refused(new Refusal(500, undefined, `The simulator failed: ${String(error)}`));
    }
  };

  async function route(request: SimRequest): Promise<Reply> {
    const path = decodePath(request.path);
    if (path === '/client/v4/simulator/stats') return ok(stats());
    if (path.startsWith(mediaRoute)) return serveMedia(request);
    const gatewayHost = /^\/v1\/([^/]+)\/[^/]+\/compat\/models$/.exec(path)?.[1];
    if (gatewayHost !== undefined && request.method === 'GET') {
      checkGatewayToken(request);
      return readCompatModels(request, viewOf(gatewayHost));
    }
    const rest = /^\/client\/v4(\/.*)$/.exec(path)?.[1];
    if (rest === undefined) throw noRoute();
    const token = authenticate(request, rest);
    const [, account, inAccount] = /^\/accounts\/([^/]+)(\/.+)$/.exec(rest) ?? [];
    const get = request.method === 'GET';
    if (account === undefined || inAccount === undefined) {
      if (get && rest === '/user/tokens/verify') return verifyToken();
      if (get && rest === '/accounts') return listAccounts(token, request.query);
      throw noRoute();
    }
    return get ? read(inAccount, request, account) : write(inAccount, request, account);
  }

  function read(path: string, request: SimRequest, account: string): Reply {
    if (path === '/tokens/verify') return verifyToken();
    if (path === '/ai-gateway/gateways') return listGateways(request.query);
    const reply = readCatalog(path, request, viewOf(account));
    if (reply === undefined) throw noRoute();
    return reply;
  }

  async function write(path: string, request: SimRequest, account: string): Promise<Reply> {
    if (request.method !== 'POST') throw new Refusal(405, 10405, 'Method not allowed for this endpoint');
    const context: SimContext = { ...memory, catalog: viewOf(account).catalog };
    const format = /^\/ai\/v1\/(.+)$/.exec(path)?.[1];
    const modelId = /^\/ai\/run\/(.+)$/.exec(path)?.[1];
    return gateway.pass(request, async () => {
      try {
        if (format !== undefined) return compatible(format, request, context);
        if (modelId !== undefined) return await runModel(modelId, request, context);
        if (path === '/ai/run') return await run(request, context);
        throw noRoute();
      } catch (error) {
        // Refusals pass through the gateway too and carry its headers.
        if (error instanceof Refusal) return refused(error);
        throw error;
      }
    });
  }

  function viewOf(account: string): CatalogView {
    const form = formOfAccount(account);
    return { catalog: form === 'catalog-changed' ? changed : usual, form };
  }
}

/**
 * The bearer token of a request. Any will do, except a few that act out a lack of permission:
 * `invalid` everywhere, `no-workers-ai` on `/ai/*`, `no-ai-gateway` on `/ai-gateway/*`. Throws a `Refusal`.
 */
function authenticate(request: SimRequest, path: string): string {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const service = /^\/accounts\/[^/]+\/(ai|ai-gateway)\//.exec(path)?.[1];
  if (token === undefined || token === 'invalid' || (token === 'no-workers-ai' && service === 'ai')) {
    throw new Refusal(401, 10000, 'Authentication error');
  }
  if (token === 'no-ai-gateway' && service === 'ai-gateway') throw new Refusal(403, 10000, 'Authentication error');
  return token;
}

function noRoute(): Refusal {
  return new Refusal(404, 7000, 'No route for that URI');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
