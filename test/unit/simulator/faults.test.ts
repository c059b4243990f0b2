import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultDescriptions } from '../../../src/simulator/faults';
import { type RunningServer, serve } from '../../../src/simulator/http';
import { chat } from './support';

// Sockets and processes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let server: RunningServer;
beforeAll(async () => {
  server = await serve({ port: 0, speed: 0 });
});
afterAll(() => server.close());

interface Outcome {
  readonly status?: number;
  readonly headers?: Headers;
  readonly chunks: Uint8Array[];
  readonly text: string;
  /** How it ended: whole, by an error before or after the headers, or by our own patience. */
  readonly end: 'complete' | 'refused' | 'broken' | 'silent';
}

/** Calls a fault model and watches, with patience for `patience` milliseconds of silence. */
async function call(
  fault: string,
  options: { stream?: boolean; run?: string; native?: boolean; patience?: number } = {},
): Promise<Outcome> {
  const model = `@cf/simulator/${fault}`;
  const stop = new AbortController();
  const url = `${server.baseUrl}/accounts/simulator/ai/${options.native === true ? `run/${model}` : 'v1/chat/completions'}`;
  const body = chat(model, 'Explain tides', {
    stream: options.stream ?? true,
    stream_options: { include_usage: true },
  });
  const chunks: Uint8Array[] = [];
  const outcome = (end: Outcome['end'], response?: Response): Outcome => ({
    ...(response === undefined ? {} : { status: response.status, headers: response.headers }),
    chunks,
    text: Buffer.concat(chunks).toString('utf8'),
    end,
  });
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      signal: stop.signal,
      headers: { authorization: 'Bearer test', 'cf-aig-metadata': JSON.stringify({ run_id: options.run ?? 'run' }) },
      body: JSON.stringify(body),
    });
  } catch {
    return outcome('refused');
  }
  const reader = response.body?.getReader();
  if (reader === undefined) return outcome('complete', response);
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<'silent'>((resolve) => {
        timer = setTimeout(resolve, options.patience ?? 5000, 'silent');
      });
      const next = await Promise.race([reader.read(), silence]);
      clearTimeout(timer);
      if (next === 'silent') {
        stop.abort();
        return outcome('silent', response);
      }
      if (next.done) return outcome('complete', response);
      chunks.push(next.value);
    }
  } catch {
    return outcome('broken', response);
  }
}

const contentOf = (text: string): string =>
  [...text.matchAll(/^data: (\{.*\})$/gm)]
    .map(([, data]) => JSON.parse(data ?? '').choices?.[0]?.delta?.content ?? '')
    .join('');

describe('fault models', () => {
  it.each([
    ['auth', 401, 10000],
    ['permission', 403, 5016],
    ['billing', 402, 2021],
    ['free-quota', 429, 3036],
    ['paid-plan', 403, 5035],
    ['blocked', 424, 2016],
    ['rate-limit', 429, 2003],
    ['capacity', 429, 3040],
    ['bad-request', 400, 7003],
    ['not-found', 400, 5007],
    ['too-large', 413, 3006],
    ['server-error', 500, undefined],
  ])('%s answers %i with code %s in an envelope, on both routes', async (fault, status, code) => {
    for (const native of [false, true]) {
      const outcome = await call(fault, { native });
      expect(outcome.status).toBe(status);
      const body = JSON.parse(outcome.text);
      expect(body).toMatchObject({ success: false, result: null });
      expect(body.errors[0].code).toBe(code);
      expect(body.errors[0].message).not.toBe('');
      expect(outcome.headers?.get('cf-aig-log-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    }
  });

  it('flaky refuses a run twice with Retry-After, then answers, and counts each run apart', async () => {
    const first = await call('flaky', { run: 'a' });
    expect([first.status, first.headers?.get('retry-after')]).toEqual([429, '0']);
    expect((await call('flaky', { run: 'b' })).status).toBe(429);
    expect((await call('flaky', { run: 'a' })).status).toBe(429);
    const answered = await call('flaky', { run: 'a' });
    expect(answered.status).toBe(200);
    expect(answered.text).toContain('[DONE]');
    expect((await call('flaky', { run: 'b' })).status).toBe(429);
  });

  it('html-error answers a page', async () => {
    const outcome = await call('html-error');
    expect(outcome.status).toBe(502);
    expect(outcome.headers?.get('content-type')).toContain('text/html');
    expect(outcome.text).toContain('<!DOCTYPE html>');
  });

  it('reset gives no headers', async () => {
    expect(await call('reset')).toMatchObject({ end: 'refused' });
  });

  it('disconnect breaks in mid-answer, streamed or not, with the text so far delivered', async () => {
    const streamed = await call('disconnect');
    expect(streamed).toMatchObject({ status: 200, end: 'broken' });
    expect(contentOf(streamed.text).length).toBeGreaterThan(50);
    expect(streamed.text).not.toContain('"finish_reason":"stop"');
    expect(await call('disconnect', { stream: false })).toMatchObject({ status: 200, end: 'broken' });
  });

  it('stall-first sends headers and a role, and then nothing', async () => {
    const outcome = await call('stall-first', { patience: 300 });
    expect(outcome).toMatchObject({ status: 200, end: 'silent' });
    expect(outcome.text).toContain('"role":"assistant"');
    expect(contentOf(outcome.text)).toBe('');
  });

  it('stall-mid falls silent after some text', async () => {
    const outcome = await call('stall-mid', { patience: 300 });
    expect(outcome).toMatchObject({ status: 200, end: 'silent' });
    expect(contentOf(outcome.text).length).toBeGreaterThan(50);
  });

  it('error-event ends with an error after some text', async () => {
    const outcome = await call('error-event');
    expect(outcome.end).toBe('complete');
    expect(contentOf(outcome.text).length).toBeGreaterThan(50);
    expect(outcome.text.trimEnd().split('\n\n').at(-1)).toMatch(/^data: \{"error":\{"message":/);
  });

  it('malformed sends one event that is not JSON amid a complete answer', async () => {
    const { text } = await call('malformed');
    const payloads = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '');
    const broken = payloads.filter((data) => {
      try {
        return data !== '[DONE]' && JSON.parse(data) === undefined;
      } catch {
        return true;
      }
    });
    expect(broken).toHaveLength(1);
    expect(text).toContain('"finish_reason":"stop"');
    expect(text).toContain('[DONE]');
  });

  it('truncated ends properly, but without finish reason, usage and [DONE]', async () => {
    const outcome = await call('truncated');
    expect(outcome.end).toBe('complete');
    expect(outcome.text).not.toMatch(/"finish_reason":"|"usage":\{|\[DONE\]/);
    expect(contentOf(outcome.text).length).toBeGreaterThan(50);
  });

  it('plain-json answers JSON where a stream was asked', async () => {
    const outcome = await call('plain-json');
    expect(outcome.headers?.get('content-type')).toBe('application/json');
    expect(JSON.parse(outcome.text).choices[0].message.content).toMatch(/no model ran/i);
    expect(JSON.parse((await call('plain-json', { native: true })).text).result.choices).toHaveLength(1);
  });

  it('one-chunk sends all text in one event', async () => {
    const { text } = await call('one-chunk');
    expect(text.match(/"content":"[^"]/g)).toHaveLength(1);
    expect(text).toContain('"usage":{');
  });

  it('no-usage reports none, streamed or not', async () => {
    expect((await call('no-usage')).text).not.toContain('"usage":{');
    expect(JSON.parse((await call('no-usage', { stream: false })).text)).not.toHaveProperty('usage');
  });

  it('byte-split writes byte by byte and loses none', async () => {
    const outcome = await call('byte-split');
    expect(outcome.chunks.filter((chunk) => chunk.length === 1).length).toBeGreaterThan(500);
    expect(contentOf(outcome.text)).toMatch(/no model ran/i);
    expect(outcome.text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('huge-event holds 10 MB in a padding key of one event, not in the text', async () => {
    const { text } = await call('huge-event');
    const longest = Math.max(...text.split('\n\n').map((event) => event.length));
    expect(longest).toBeGreaterThan(10_000_000);
    expect(longest).toBeLessThan(10_010_000);
    expect(contentOf(text).length).toBeLessThan(5000);
  });

  it('is complete: every fault is tested above', () => {
    expect(faultDescriptions.map(([fault]) => fault).sort()).toEqual(
      [
        ...['auth', 'permission', 'billing', 'free-quota', 'paid-plan', 'blocked', 'rate-limit', 'capacity', 'flaky'],
        ...[
          'bad-request',
          'not-found',
          'too-large',
          'server-error',
          'html-error',
          'reset',
          'disconnect',
          'stall-first',
        ],
        ...['stall-mid', 'error-event', 'malformed', 'truncated', 'plain-json', 'one-chunk', 'no-usage', 'byte-split'],
        'huge-event',
      ].sort(),
    );
  });
});
