/** The client against real Cog servers. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cogModel } from '../../src/core/cog/model';
import { readCogSchema, taskOf } from '../../src/core/cog/schema';
import { run } from '../../src/core/inference/client';
import type { InferenceRequest, RequestMedia } from '../../src/core/inference/request';
import { costOf } from '../../src/core/run/cost';
import type { RunEvent } from '../../src/core/run/events';
import { metricsOf } from '../../src/core/run/metrics';
import { initialRun, reduce } from '../../src/core/run/reducer';
import type { RunState } from '../../src/core/run/state';
import type { JsonValue } from '../../src/core/catalog/schema';
import { clock } from '../../src/node/clock';
import { buildRequest } from '../../src/core/inference/build';
import { snippetKindsFor } from '../../src/core/snippets/kinds';
import { snippetOf } from '../../src/core/snippets/snippet';
import { runProgram } from '../../src/node/cog/program';
import { createCogTransport } from '../../src/node/cog/transport';
import { eventually, projectOf, serve, type ServedProject } from './environment';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture: RequestMedia = { kind: 'image', mediaType: 'image/png', bytes: PNG, name: 'dot.png', role: 'input' };

interface Asked {
  readonly prompt?: string;
  readonly extra?: Readonly<Record<string, JsonValue>>;
  readonly media?: readonly RequestMedia[];
}

async function requestFor(
  url: string,
  { prompt = 'hi', extra = {}, media = [] }: Asked = {},
): Promise<InferenceRequest> {
  const answer = await fetch(`${url}/openapi.json`);
  const schema = answer.ok ? readCogSchema(await answer.json()) : undefined;
  const task = schema === undefined ? 'text-generation' : taskOf(schema);
  return {
    runId: 'r',
    model: cogModel({
      modelId: 'cog/m',
      name: 'M',
      task,
      isStreaming: schema?.isStreaming ?? false,
      pricePerHourUsd: 3.6,
    }),
    messages: [{ role: 'user', content: prompt }],
    parameters: { extra },
    media,
    ...(schema && { schema: schema.schema }),
    endpoint: { kind: 'own', baseUrl: url, reachesHost: true },
    policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 },
  };
}

/** A run under way. */
class Watched {
  readonly events: RunEvent[] = [];
  state: RunState = initialRun('r');
  readonly done: Promise<void>;
  private readonly controller = new AbortController();

  constructor(request: InferenceRequest) {
    const transport = createCogTransport(globalThis.fetch);
    const ports = { ...transport, clock, random: Math.random, signal: this.controller.signal };
    this.done = (async () => {
      for await (const event of run(request, ports)) {
        this.events.push(event);
        const media =
          event.type === 'media' ? { ...event.media, file: 'f', byteLength: event.media.bytes.length } : undefined;
        this.state = reduce(this.state, (media ? { ...event, media } : event) as Parameters<typeof reduce>[1]);
      }
    })();
  }

  stop(): void {
    this.controller.abort();
  }

  /** Resolves when an event of this type has come. */
  until(type: RunEvent['type']): Promise<void> {
    return eventually(
      () => this.events.some((event) => event.type === type),
      () => `no ${type} among ${this.events.map((event) => event.type).join(', ')}`,
    );
  }
}

async function answered(server: Pick<ServedProject, 'url'>, asked: Asked = {}): Promise<Watched> {
  const watched = new Watched(await requestFor(server.url, asked));
  await watched.done;
  return watched;
}

describe('a model that answers whole', () => {
  it('tells its log while it works, once', async () => {
    const folder = projectOf('steps');
    const server = await serve(folder);
    const until = path.join(folder, 'go-on');
    const watched = new Watched(await requestFor(server.url, { extra: { until } }));
    await eventually(
      () => watched.state.log?.includes('50%|') === true,
      () => watched.state.log ?? 'no log',
    );
    expect([watched.state.status, watched.state.log?.includes('75%|')]).toEqual(['waiting', false]);
    writeFileSync(until, '');
    await watched.done;
    const { state } = watched;
    const bars = state.log?.match(/\d+%/g) ?? [];
    expect([
      state.status,
      state.text,
      bars.filter((bar, at) => bar !== bars[at - 1]),
      state.log?.match(/worked on/g),
    ]).toEqual(['done', 'HI', ['25%', '50%', '75%', '100%'], ['worked on']]);
  });

  it('keeps the log of a prediction that is stopped', async () => {
    const server = await serve(projectOf('hangs'));
    const watched = new Watched(await requestFor(server.url));
    await watched.until('log');
    watched.stop();
    await watched.done;
    expect([watched.state.log, watched.state.error?.reason]).toEqual(['working\n', 'aborted']);
    await eventually(
      async () => (await server.health()) === 'READY',
      () => server.log.join('\n'),
    );
  });
});

describe('a streaming model', () => {
  it('is timed by its parts, and costs what its machine does', async () => {
    const server = await serve(projectOf('stream'));
    const request = await requestFor(server.url, { extra: { words: 5, delay: 0.1 } });
    const watched = new Watched(request);
    await watched.done;
    const { state } = watched;
    expect([state.status, state.text, state.finishReason]).toEqual(['done', 'hi 1 hi 2 hi 3 hi 4 hi 5 ', 'stop']);
    expect(state.log).toBe('word 1\nword 2\nword 3\nword 4\nword 5\n');
    const { ttft = 0, e2e = 0, predictTime = 0, setupTime, queueTime, notStreamed } = metricsOf(state, request.model);
    expect([setupTime, queueTime, notStreamed]).toEqual([undefined, undefined, false]);
    expect(ttft).toBeGreaterThan(0.09);
    expect(e2e - ttft).toBeGreaterThan(0.3);
    expect(predictTime).toBeGreaterThan(0.5);
    expect(predictTime).toBeLessThan(e2e + 0.2);
    expect(costOf(state, request.model)).toEqual({
      provenance: 'estimated',
      usd: expect.closeTo(predictTime * 0.001, 9) as number,
    });
  });

  it('that fails in the middle keeps its words', async () => {
    const server = await serve(projectOf('stream'));
    const { state } = await answered(server, { extra: { fail_at: 3 } });
    expect([state.status, state.text]).toEqual(['failed', 'hi 1 hi 2 ']);
    expect(state.error).toMatchObject({ reason: 'server', message: 'The model failed: ValueError: no more words' });
  });

  it('refuses bad input by its name', async () => {
    const { state } = await answered(await serve(projectOf('stream')), { extra: { words: 500 } });
    expect(state.error).toMatchObject({ reason: 'bad-request', message: expect.stringContaining('words: ') as string });
  });

  it('can be stopped, which cancels it at the server', async () => {
    const server = await serve(projectOf('stream'));
    const watched = new Watched(await requestFor(server.url, { extra: { words: 100, delay: 0.2 } }));
    await watched.until('text');
    expect(await server.health()).toBe('BUSY');
    watched.stop();
    await watched.done;
    expect([watched.state.status, watched.state.text.startsWith('hi 1')]).toEqual(['stopped', true]);
    await eventually(
      async () => (await server.health()) === 'READY',
      () => 'the slot stays taken',
    );
  });

  it('waits for its turn, as a phase of its own', async () => {
    const server = await serve(projectOf('stream'));
    const first = new Watched(await requestFor(server.url, { extra: { words: 8, delay: 0.15 } }));
    await first.until('text');
    const second = await answered(server, { extra: { words: 1, delay: 0 } });
    expect([second.state.status, second.state.text]).toEqual(['done', 'hi 1 ']);
    expect(metricsOf(second.state).queueTime).toBeGreaterThan(0.3);
    expect(metricsOf(second.state).ttft).toBeLessThan(0.5);
    await first.done;
    expect(first.state.status).toBe('done');
  });

  it('whose server dies in mid-stream keeps its words and says so', async () => {
    const server = await serve(projectOf('stream'));
    const watched = new Watched(await requestFor(server.url, { extra: { words: 100, delay: 0.1 } }));
    await watched.until('text');
    server.kill();
    await watched.done;
    expect([watched.state.status, watched.state.error?.reason]).toEqual(['failed', 'network']);
    expect(watched.state.text).toContain('hi 1');
  });
});

describe('a model with slots', () => {
  it('answers as many at once as it says', async () => {
    const server = await serve(projectOf('concurrent'));
    const started = performance.now();
    const both = await Promise.all([
      answered(server, { prompt: 'a', extra: { delay: 0.4 } }),
      answered(server, { prompt: 'b', extra: { delay: 0.4 } }),
    ]);
    expect(both.map(({ state }) => state.text)).toEqual(['a 1 a 2 a 3 ', 'b 1 b 2 b 3 ']);
    // Right after it is ready Cog may refuse one for a moment though slots are free: that one waits, and both overlap.
    const wall = (performance.now() - started) / 1000;
    const each = both.map(({ state }) => metricsOf(state).predictTime ?? 0);
    expect(wall).toBeLessThan((each[0] ?? 0) + (each[1] ?? 0));
  });
});

describe('files', () => {
  it('go in and come out, in a field of any name', async () => {
    const { state, events } = await answered(await serve(projectOf('files')), { prompt: '', media: [picture] });
    expect(state.status).toBe('done');
    expect(state.result).toEqual({ kind: 'json', value: { label: 'picture', size: PNG.length, copy: '(file 1)' } });
    const file = events.find((event) => event.type === 'media');
    expect(Buffer.from(file?.media.bytes ?? [])).toEqual(PNG);
  });

  it.each([
    ['gone', 'failed', 'FileNotFoundError'],
    ['raise', 'failed', 'ValueError: bad thing happened'],
  ])('%s is a failure that says why', async (mode, status, words) => {
    const { state } = await answered(await serve(projectOf('files')), {
      prompt: '',
      media: [picture],
      extra: { mode },
    });
    expect([state.status, state.error?.message]).toEqual([status, expect.stringContaining(words)]);
  });

  it('that were announced and are none of it: what came is shown, with a warning', async () => {
    const asked = { prompt: '', media: [picture], extra: { mode: 'wrong-type' } };
    const { state } = await answered(await serve(projectOf('files')), asked);
    expect([state.status, state.warnings.map(({ code }) => code)]).toEqual(['done', ['unexpected-output']]);
    expect(state.result).toEqual({ kind: 'json', value: { label: 3, odd: ['a', { b: null }] } });
  });
});

describe('setup', () => {
  it('is waited for, apart from the answer', async () => {
    const server = await serve(projectOf('slow-setup'), 'STARTING');
    const { state } = await answered(server);
    expect([state.status, state.text]).toEqual(['done', 'HI']);
    const { setupTime, ttft } = metricsOf(state);
    expect(setupTime).toBeGreaterThan(0.5);
    expect(ttft).toBeLessThan(0.5);
  });

  it('that fails is told in its own words', async () => {
    const { state } = await answered(await serve(projectOf('setup-failure'), 'SETUP_FAILED'));
    expect(state.error).toMatchObject({
      reason: 'server',
      message: expect.stringContaining('RuntimeError: no weights here') as string,
    });
  });

  it('can be given up', async () => {
    const server = await serve(projectOf('slow-setup'), 'STARTING');
    const watched = new Watched(await requestFor(server.url));
    await watched.until('phase');
    watched.stop();
    await watched.done;
    expect([watched.state.status, watched.state.waited?.setup !== undefined]).toEqual(['stopped', true]);
  });
});

describe('a prediction that hangs', () => {
  it('can be stopped, and the server is free again', async () => {
    const server = await serve(projectOf('hangs'));
    const watched = new Watched(await requestFor(server.url));
    await eventually(
      async () => (await server.health()) === 'BUSY',
      () => 'it does not run',
    );
    watched.stop();
    await watched.done;
    expect(watched.state.status).toBe('stopped');
    await eventually(
      () => server.log.some((line) => line.includes('cancelled')),
      () => server.log.join('\n'),
    );
    await eventually(
      async () => (await server.health()) === 'READY',
      () => 'the slot stays taken',
    );
  });

  it('because its process has died is told', async () => {
    const { state } = await answered(await serve(projectOf('hangs')), { extra: { die: true } });
    expect(state.status).toBe('failed');
    expect(state.error?.nextStep).not.toBe('');
  });
});

describe('a large answer', () => {
  it('is taken up to 64 MiB, and refused above in words', async () => {
    const server = await serve(projectOf('big-output'));
    const large = await answered(server, { extra: { megabytes: 50 } });
    expect([large.state.status, large.state.text.length]).toEqual(['done', 50 * 1024 * 1024]);
    const { state } = await answered(server, { extra: { megabytes: 100 } });
    expect(state.error).toMatchObject({ reason: 'protocol', message: 'The answer is larger than 64 MiB.' });
    // The server is none the worse for it.
    expect((await answered(server)).state.status).toBe('done');
  });
});

describe('code for a request', () => {
  it.each(['curl', 'ts-fetch'] as const)('%s gives what the model says, without a token', async (kind) => {
    const server = await serve(projectOf('stream'));
    const request = await requestFor(server.url, { prompt: "it's", extra: { words: 2 } });
    expect(snippetKindsFor(request.model)).toEqual(['curl', 'ts-fetch', 'py-requests']);
    const code = snippetOf(kind, buildRequest(request));
    expect(code).not.toMatch(/token|authorization/i);
    const { output } =
      kind === 'curl'
        ? await runProgram('bash', ['-c', code], { timeout: 20_000 })
        : await runProgram(process.execPath, ['--input-type=module-typescript', '-e', code], { timeout: 20_000 });
    expect(output).toContain("it's 1");
    expect(output).toContain("it's 2");
  });
});
