/**
 * How far the TTFT that we show is from the truth: the simulator, in its own thread, notes when it writes the first token;
 * both ends read the same clock, `process.hrtime`.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { mergeListings } from '../../src/core/catalog/merge';
import { parseBundle } from '../../src/core/catalog/sources/bundle';
import { run } from '../../src/core/inference/client';
import type { Clock } from '../../src/core/inference/ports';
import type { MediaRef } from '../../src/core/media/media';
import type { RunEvent } from '../../src/core/run/events';
import { metricsOf } from '../../src/core/run/metrics';
import { initialRun, reduce } from '../../src/core/run/reducer';
import { startSimulator } from '../../src/simulator/start';
import { root } from '../tools/setup.mjs';
import type { Row } from './limits';

/** Every wire, hosted and not, reasoning and not. */
const MODELS = [
  '@cf/zai-org/glm-4.7-flash',
  '@cf/meta/llama-3.2-3b-instruct',
  '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
  '@cf/openai/gpt-oss-20b',
  'anthropic/claude-sonnet-4.5',
  'anthropic/claude-haiku-4.5',
  'openai/gpt-5.4-mini',
  'google/gemini-2.5-flash',
];
const ROUNDS = 25;

const clock: Clock = {
  now: () => Number(process.hrtime.bigint()) / 1e9,
  after(seconds, callback) {
    const timer = setTimeout(callback, seconds * 1000);
    return () => clearTimeout(timer);
  },
};

/** Emits median and 95th percentile of the error in milliseconds, over rounds of eight columns at once. */
export async function bench(emit: (row: Row) => void): Promise<void> {
  const catalog = mergeListings([
    parseBundle(JSON.parse(await readFile(path.join(root, 'media/catalog.json'), 'utf8'))),
  ]);
  const models = MODELS.map((id) => {
    const model = catalog.find((entry) => entry.id === id);
    if (model === undefined) throw new Error(`${id} is not in the catalog`);
    return model;
  });
  const simulator = await startSimulator({ workerFile: path.join(root, 'dist/simulator-worker.js') });
  const endpoint = { ...simulator, gatewayId: 'default', metadata: {} };
  const policy = { firstTokenTimeout: 30, idleTimeout: 30, maxAttempts: 1 };
  const statistics = async () => {
    const response = await fetch(`${simulator.baseUrl}/simulator/stats`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    const { result } = (await response.json()) as { result: { firstTokenWrites: Record<string, string> } };
    return result.firstTokenWrites;
  };

  const errors: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const shown = await Promise.all(
      models.map(async (model) => {
        const runId = randomUUID();
        const messages = [{ role: 'user' as const, content: '[[simulate tokens=120 rate=200]] Tell me about rivers.' }];
        let state = initialRun(runId);
        const request = { runId, model, messages, parameters: {}, endpoint, policy };
        const ports = { fetch: globalThis.fetch, clock, random: Math.random, signal: new AbortController().signal };
        for await (const event of run(request, ports)) state = reduce(state, event as RunEvent<MediaRef>);
        const { ttft } = metricsOf(state);
        if (ttft === undefined || state.times === undefined)
          throw new Error(`${model.id} has no TTFT: ${JSON.stringify(state.error)}`);
        return { runId, ttft, started: state.times.started };
      }),
    );
    const written = await statistics();
    // The first round opens the sockets.
    if (round < 0) continue;
    for (const { runId, ttft, started } of shown) {
      const write = written[runId];
      if (write === undefined) throw new Error(`the simulator knows no first token of ${runId}`);
      errors.push((ttft - (Number(BigInt(write)) / 1e9 - started)) * 1000);
    }
  }
  simulator.dispose();
  errors.sort((a, b) => a - b);
  const quantile = (share: number) => Number((errors[Math.ceil(share * errors.length) - 1] ?? NaN).toFixed(3));
  const name = `TTFT error, ${MODELS.length} columns at once`;
  emit({ name: `${name}, median`, value: quantile(0.5), unit: 'ms' });
  emit({ name: `${name}, p95`, value: quantile(0.95), unit: 'ms' });
}
