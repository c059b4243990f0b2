/**
 * The simulator itself: a request in, a described reply out. It opens no socket and waits for nothing.
 */
import type { Model } from '../core/catalog/model';
import { SimCatalog } from './catalog';
import type { SimContext } from './context';
import { ok, paged, Refusal, refused } from './envelope';
import type { Reply, SimRequest } from './exchange';
import { Gateway } from './gateway';
import { PrefixCache } from './prefix-cache';
import { listAccounts, listGateways, verifyToken } from './routes/account';
import { pictureRoute, servePicture } from './routes/image';
import { compatible, run, runModel } from './routes/inference';
import { schemaOf } from './routes/schema';

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
  const catalog = new SimCatalog(models);
  const context: SimContext = { catalog, prefixes: new PrefixCache(), flakyAttempts: new Map(), speed };
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
    if (path.startsWith(pictureRoute)) return servePicture(request);
    const rest = /^\/client\/v4(\/.*)$/.exec(path)?.[1];
    if (rest === undefined) throw noRoute();
    const token = authenticate(request, rest);
    const inAccount = /^\/accounts\/([^/]+)(\/.+)$/.exec(rest)?.[2];
    const get = request.method === 'GET';
    if (inAccount === undefined) {
      if (get && rest === '/user/tokens/verify') return verifyToken();
      if (get && rest === '/accounts') return listAccounts(token, request.query);
      throw noRoute();
    }
    return get ? read(inAccount, request) : write(inAccount, request);
  }

  function read(path: string, { query }: SimRequest): Reply {
    if (path === '/tokens/verify') return verifyToken();
    if (path === '/ai-gateway/gateways') return listGateways(query);
    if (path === '/ai/models/search') return paged(catalog.searchHosted(query), query, 50);
    if (path === '/ai/models/schema') return ok(schema(query.get('model') ?? ''));
    if (path === '/ai/catalog/models') return paged(catalog.listThirdParty(), query, 50);
    const modelId = /^\/ai\/catalog\/models\/(.+)\/schema$/.exec(path)?.[1];
    if (modelId !== undefined) return ok({ schema: schema(modelId) });
    throw noRoute();
  }

  async function write(path: string, request: SimRequest): Promise<Reply> {
    if (request.method !== 'POST') throw new Refusal(405, 10405, 'Method not allowed for this endpoint');
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

  function schema(modelId: string): unknown {
    const sim = catalog.find(modelId);
    const found = sim === undefined ? undefined : schemaOf(sim);
    if (found === undefined) throw new Refusal(404, 7003, `No schema for ${modelId}`);
    return found;
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
