import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Model } from '../../../src/core/catalog/model';
import { run } from '../../../src/core/inference/client';
import type { RunEvent } from '../../../src/core/run/events';
import type { Fault } from '../../../src/simulator/faults';
import { type RunningServer, serve } from '../../../src/simulator/http';
import { faultModels } from '../../../src/simulator/models';
import { models } from './support';

// Sockets and processes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

// The product's own client over a real socket: every fault has the outcome of the contract, every model an answer.

let server: RunningServer;
beforeAll(async () => {
  server = await serve({ port: 0, speed: 0 });
});
afterAll(() => server.close());

async function events(model: Model): Promise<RunEvent[]> {
  const clock = {
    now: () => performance.now() / 1000,
    after: (seconds: number, callback: () => void) => {
      const timer = setTimeout(callback, seconds * 1000);
      return () => clearTimeout(timer);
    },
  };
  const list: RunEvent[] = [];
  const request = {
    runId: `run ${model.id}`,
    model,
    messages: [{ role: 'user' as const, content: 'Explain tides' }],
    parameters: {},
    endpoint: {
      baseUrl: server.baseUrl,
      accountId: 'simulator',
      token: 'secret-token',
      gatewayId: 'default',
      metadata: {},
    },
    policy: { firstTokenTimeout: 5, idleTimeout: 5, maxAttempts: 3 },
  };
  const patience = model.id.includes('stall') ? { firstTokenTimeout: 0.5, idleTimeout: 0.5, maxAttempts: 3 } : {};
  const signal = new AbortController().signal;
  const policy = { ...request.policy, ...patience };
  for await (const event of run({ ...request, policy }, { fetch, clock, random: () => 0, signal })) list.push(event);
  return list;
}

const textOf = (list: readonly RunEvent[]): string =>
  list.map((event) => (event.type === 'text' ? event.text : '')).join('');

const outcomes: Readonly<Record<Fault, string>> = {
  auth: 'auth',
  permission: 'permission',
  billing: 'billing',
  'free-quota': 'billing',
  'paid-plan': 'billing',
  blocked: 'blocked',
  'rate-limit': 'rate-limit',
  capacity: 'capacity',
  flaky: 'finished',
  'bad-request': 'bad-request',
  'not-found': 'not-found',
  'too-large': 'too-large',
  'server-error': 'server',
  'html-error': 'server',
  reset: 'network',
  disconnect: 'network, text kept',
  'stall-first': 'timeout-first-token',
  'stall-mid': 'timeout-idle, text kept',
  'error-event': 'server, text kept',
  malformed: 'finished',
  truncated: 'finished',
  'plain-json': 'finished',
  'one-chunk': 'finished',
  'no-usage': 'finished',
  'byte-split': 'finished',
  'huge-event': 'finished',
};

describe('the client against the simulator', () => {
  it.each(faultModels())('$fault has the outcome of the contract', async ({ model, fault }) => {
    const list = await events(model);
    const last = list.at(-1);
    const text = textOf(list);
    const outcome = last?.type === 'failed' ? `${last.error.reason}${text === '' ? '' : ', text kept'}` : last?.type;
    expect(outcome).toBe(outcomes[fault ?? 'flaky']);
    if (outcome === 'finished') expect(text).toMatch(/no model ran/i);
    if (fault === 'flaky') expect(list.filter((event) => event.type === 'retrying')).toHaveLength(2);
  });

  it('answers for every text model of the catalog, with usage, on the wire that is chosen for it', async () => {
    for (const model of models.filter(({ task }) => task === 'text-generation')) {
      const list = await events(model);
      expect(list.at(-1), model.id).toMatchObject({ type: 'finished', finishReason: 'stop' });
      expect(textOf(list), model.id).toMatch(/no model ran/i);
      const usage = list.findLast((event) => event.type === 'usage')?.usage;
      expect(usage?.outputTokens, model.id).toBeGreaterThan(50);
    }
  }, 30_000);

  it('paints with a hosted and a third-party model', async () => {
    for (const id of ['@cf/black-forest-labs/flux-1-schnell', '@cf/lykon/dreamshaper-8-lcm', 'google/imagen-4']) {
      const model = models.find((candidate) => candidate.id === id);
      expect(model, id).toBeDefined();
      const list = model === undefined ? [] : await events(model);
      expect(list.find((event) => event.type === 'media')?.media, id).toMatchObject({
        mediaType: id.includes('dreamshaper') ? 'image/jpeg' : 'image/png',
        width: 1024,
      });
    }
  });
});
