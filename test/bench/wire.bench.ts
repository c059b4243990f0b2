/**
 * The wire pipeline against what it is built on and against the `openai` SDK, over the same bytes in the same run.
 */
import { createParser } from 'eventsource-parser';
import OpenAI from 'openai';
import type { Model } from '../../src/core/catalog/model';
import { run } from '../../src/core/inference/client';
import type { InferencePorts } from '../../src/core/inference/ports';
import type { InferenceRequest } from '../../src/core/inference/request';
import { EVENTS, recut, respond, streamEvents } from './wire-stream';

/** One line of output. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  against: string;
  ratio: number;
}

type Contender = (pieces: readonly Uint8Array[]) => Promise<number>;

const ROUNDS = 9;

/** Emits MB/s of the pipeline, and how many times the peers' that is, for large reads, for one read per event, and for
 * chunks that never repeat (from which the pipeline cannot learn a pattern). */
export async function bench(emit: (row: Row) => void): Promise<void> {
  const events = streamEvents();
  const streams = {
    '16 KiB reads': recut(events, 16 * 1024),
    'one-event reads': events,
    'chunks that never repeat': recut(streamEvents(true), 16 * 1024),
  };
  const contenders: Readonly<Record<string, Contender>> = {
    ours,
    'eventsource-parser + JSON.parse': parserAlone,
    'openai SDK': sdk,
  };
  for (const [stream, pieces] of Object.entries(streams)) {
    const megabytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0) / 1e6;
    const seconds: Record<string, number[]> = {};
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const [name, read] of Object.entries(contenders)) {
        const took = await timed(read, pieces);
        // The first round warms up.
        if (round >= 0) (seconds[name] ??= []).push(took);
      }
    }
    const ours = median(seconds['ours'] ?? []);
    for (const peer of Object.keys(contenders).filter((name) => name !== 'ours')) {
      emit({
        name: `wire pipeline, ${EVENTS} events, ${stream}`,
        value: round(megabytes / ours),
        unit: 'MB/s',
        against: peer,
        ratio: round(median(seconds[peer] ?? []) / ours),
      });
    }
  }
}

async function timed(read: Contender, pieces: readonly Uint8Array[]): Promise<number> {
  const start = performance.now();
  const texts = await read(pieces);
  const took = (performance.now() - start) / 1000;
  if (texts !== EVENTS - 3) throw new Error(`expected ${EVENTS - 3} texts, got ${texts}`);
  return took;
}

const model: Model = {
  id: '@cf/zai-org/glm-4.7-flash',
  provider: 'zai-org',
  name: 'GLM 4.7 Flash',
  task: 'text-generation',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: ['chat-completions'],
  pricing: [],
};

const request: InferenceRequest = {
  runId: 'bench',
  model,
  messages: [{ role: 'user', content: 'Hello' }],
  parameters: {},
  endpoint: {
    baseUrl: 'http://127.0.0.1/client/v4',
    accountId: 'a',
    token: 'bench-token',
    gatewayId: 'default',
    metadata: {},
  },
  policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 1 },
};

async function ours(pieces: readonly Uint8Array[]): Promise<number> {
  const ports: InferencePorts = {
    fetch: () => Promise.resolve(respond(pieces)),
    clock: {
      now: () => performance.now() / 1000,
      after: (seconds, callback) => {
        const timer = setTimeout(callback, seconds * 1000);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    signal: new AbortController().signal,
  };
  let texts = 0;
  for await (const event of run(request, ports)) if (event.type === 'text') texts += 1;
  return texts;
}

/** Nothing but the libraries: bytes are decoded, split and parsed, and the text is looked at. */
async function parserAlone(pieces: readonly Uint8Array[]): Promise<number> {
  let texts = 0;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') return;
      const chunk = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
      if (chunk.choices[0]?.delta.content) texts += 1;
    },
  });
  const decoder = new TextDecoder();
  const reader = respond(pieces).body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return texts;
    parser.feed(decoder.decode(value, { stream: true }));
  }
}

async function sdk(pieces: readonly Uint8Array[]): Promise<number> {
  const client = new OpenAI({
    apiKey: 'k',
    baseURL: 'http://127.0.0.1/v1',
    fetch: () => Promise.resolve(respond(pieces)),
  });
  const stream = await client.chat.completions.create({
    model: model.id,
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
  });
  let texts = 0;
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) texts += 1;
  return texts;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
