import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RunningServer, serve } from '../../../src/simulator/http';
import { chat } from './support';

// Sockets and processes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: RunningServer | undefined;
afterEach(() => server?.close());

async function start(speed: number): Promise<RunningServer> {
  server = await serve({ port: 0, speed });
  return server;
}

function ask(
  { baseUrl }: RunningServer,
  body: object,
  options: { signal?: AbortSignal; run?: string } = {},
): Promise<Response> {
  return fetch(`${baseUrl}/accounts/simulator/ai/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: 'Bearer test',
      ...(options.run === undefined ? {} : { 'cf-aig-metadata': JSON.stringify({ run_id: options.run }) }),
    },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

async function stats({ baseUrl }: RunningServer): Promise<any> {
  return ((await (await fetch(`${baseUrl}/simulator/stats`)).json()) as any).result;
}

/** Waits until the counters satisfy `test`; the test's own time limit ends a vain wait. */
async function statsWhen(running: RunningServer, test: (stats: any) => boolean): Promise<any> {
  for (;;) {
    const now = await stats(running);
    if (test(now)) return now;
  }
}

const model = 'openai/gpt-4.1';

describe('the server', () => {
  it('listens on loopback and answers with chunks as they are due', async () => {
    const running = await start(1);
    expect(running.baseUrl).toBe(`http://127.0.0.1:${running.port}/client/v4`);
    const began = performance.now();
    const response = await ask(running, chat(model, '[[simulate tokens=200 rate=200 first=0.1]]', { stream: true }));
    const times: number[] = [];
    for await (const chunk of response.body ?? []) times.push(chunk.length > 0 ? performance.now() - began : NaN);
    // 0.1 s to the first token and 200 tokens at 200 a second, less the grain of timers.
    expect(times.at(-1)).toBeGreaterThan(1090);
    expect(times.length).toBeGreaterThan(10);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
  });

  it('divides its waiting by the speed, and waits for nothing at speed 0', async () => {
    const body = chat(model, '[[simulate tokens=400 rate=40 first=2]]', { stream: true });
    for (const [speed, limit] of [
      [0, 1500],
      [50, 2500],
    ] as const) {
      const running = await start(speed);
      const began = performance.now();
      await (await ask(running, body)).text();
      expect(performance.now() - began).toBeLessThan(limit);
      expect(performance.now() - began).toBeGreaterThan(speed === 0 ? 0 : 239);
      await running.close();
    }
  });

  it('notices a client that leaves in mid-answer and stops', async () => {
    const running = await start(1);
    const leave = new AbortController();
    const response = await ask(running, chat(model, '[[simulate tokens=5000 rate=100 first=0.05]]', { stream: true }), {
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(await stats(running)).toMatchObject({ requests: 1, active: 1, aborted: 0 });
    leave.abort();
    expect(await statsWhen(running, ({ aborted }) => aborted === 1)).toMatchObject({ active: 0, completed: 0 });
  });

  it('notices a client that leaves before the headers, while stalled, and at speed 0', async () => {
    for (const [speed, body] of [
      [1, chat(model, '[[simulate first=60]]', { stream: true })],
      [1, chat('@cf/simulator/stall-mid', 'Hi', { stream: true })],
      [0, chat('@cf/simulator/stall-first', 'Hi', { stream: true })],
      [0, chat(model, '[[simulate tokens=150000]]', { stream: true })],
    ] as const) {
      const running = await start(speed);
      const leave = new AbortController();
      const asked = ask(running, body, { signal: leave.signal }).catch(() => undefined);
      await statsWhen(running, ({ requests }) => requests === 1);
      leave.abort();
      await asked;
      expect(await statsWhen(running, ({ active }) => active === 0)).toMatchObject({ aborted: 1 });
      await running.close();
    }
  });

  it('records when the first output of a run was written, reasoning included, the role not', async () => {
    const running = await start(1);
    const prompt = 'word '.repeat(4000);
    const response = await ask(running, chat('@cf/zai-org/glm-4.7-flash', prompt, { stream: true, max_tokens: 20 }), {
      run: 'run-1',
    });
    let role: bigint | undefined;
    let reasoning: bigint | undefined;
    for await (const bytes of response.body ?? []) {
      const text = Buffer.from(bytes).toString('utf8');
      if (text.includes('"reasoning_content"')) reasoning ??= process.hrtime.bigint();
      else if (text.includes('"role"')) role ??= process.hrtime.bigint();
    }
    const written = BigInt((await stats(running)).firstTokenWrites['run-1']);
    expect(role).toBeDefined();
    expect(written).toBeGreaterThan(role ?? 0n);
    expect(reasoning).toBeDefined();
    expect(written).toBeLessThanOrEqual(reasoning ?? 0n);
  });

  it('refuses a body beyond 100 MB as too large, and takes one of 64 MB', async () => {
    const running = await start(0);
    const response = await ask(running, chat(model, 'x'.repeat(101 * 1024 * 1024)));
    expect(response.status).toBe(413);
    expect(((await response.json()) as any).errors[0].code).toBe(3006);
    const held = await ask(running, chat(model, `[[echo]]${'x'.repeat(64 * 1024 * 1024)}`));
    // Too long for the model's context window, but read to its end.
    expect(((await held.json()) as any).errors[0].message).toContain('context window');
  });

  it('sends an unused log id of version 7 with every answer', async () => {
    const running = await start(0);
    const ids = [await ask(running, chat(model, 'Hi')), await ask(running, chat(model, 'Hi'))].map((response) =>
      response.headers.get('cf-aig-log-id'),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
