/**
 * What AI Gateway adds around an inference: response headers and the response cache (cloudflare-api.md 1.3, 1.4, 1.7).
 */
import { runOf } from './context';
import type { Reply, SimRequest, Step } from './exchange';
import { hash } from './random';

/** Seconds a cached response lives when the request names no time. */
const defaultTtl = 300;
const mostEntries = 200;

interface Entry {
  readonly reply: Reply;
  readonly expires: number;
}

/** Wraps inference replies. */
export class Gateway {
  private readonly cache = new Map<string, Entry>();

  constructor(private readonly newId: () => string) {}

  /** Answers from the cache, else by `infer`, and adds the `cf-aig-*` headers. */
  async pass(request: SimRequest, infer: () => Reply | Promise<Reply>): Promise<Reply> {
    const key = cacheKey(request);
    const entry = key === undefined ? undefined : this.cache.get(key);
    if (entry !== undefined && entry.expires > request.receivedAt) {
      const steps = entry.reply.steps.map((step): Step =>
        step.type === 'write' ? { ...step, at: cacheLatency } : step,
      );
      return this.decorated({ ...entry.reply, headersAt: cacheLatency, steps }, request, 'HIT');
    }
    const reply = await infer();
    // Streams are not cached (cloudflare-api.md 1.7).
    if (key !== undefined && reply.status === 200 && reply.headers['content-type'] !== 'text/event-stream') {
      const ttl = Number(request.headers['cf-aig-cache-ttl']) || defaultTtl;
      this.cache.set(key, { reply, expires: request.receivedAt + ttl });
      const oldest = this.cache.keys().next();
      if (this.cache.size > mostEntries && oldest.done !== true) this.cache.delete(oldest.value);
    }
    return this.decorated(reply, request, 'MISS');
  }

  private decorated(reply: Reply, request: SimRequest, cacheStatus: 'HIT' | 'MISS'): Reply {
    // Since October 2026 one-step requests have one id for log, request and event.
    const id = this.newId();
    const headers = {
      'cf-aig-log-id': id,
      'cf-aig-request-id': id,
      'cf-aig-event-id': request.headers['cf-aig-event-id'] ?? id,
      'cf-aig-cache-status': cacheStatus,
      'cf-aig-step': '0',
      'cf-ai-req-id': this.newId(),
      'cf-ray': `${id.replaceAll('-', '').slice(-16)}-SIM`,
    };
    const run = runOf(request);
    return { ...reply, headers: { ...reply.headers, ...headers }, ...(run === undefined ? {} : { run }) };
  }
}

/** Seconds a cached answer takes. */
const cacheLatency = 0.03;

/** The cache entry a request asks for: only `cf-aig-cache-key` opts in; a TTL alone does not. */
function cacheKey(request: SimRequest): string | undefined {
  const key = request.headers['cf-aig-cache-key'];
  if (key === undefined || request.headers['cf-aig-skip-cache'] === 'true') return undefined;
  const token = hash(request.headers['authorization'] ?? '');
  return JSON.stringify([key, request.path, request.headers['cf-aig-gateway-id'], token]);
}
