import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RunningServer, serve } from '../../../src/simulator/http';
import { sniff } from '../../../src/simulator/inputs/sniff';
import { files } from './samples';

// Sockets and large bodies on a machine that others keep busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let server: RunningServer | undefined;
afterEach(() => server?.close());

const start = async (): Promise<RunningServer> => (server = await serve({ port: 0, speed: 0 }));
const headers = { authorization: 'Bearer test', 'cf-aig-metadata': '{"run_id":"r"}' };
const post = ({ baseUrl }: RunningServer, path: string, body: BodyInit, rest: Record<string, string> = {}) =>
  fetch(`${baseUrl}/accounts/simulator${path}`, { method: 'POST', body, headers: { ...headers, ...rest } });
const address = async (running: RunningServer, prompt: string): Promise<string> => {
  const body = JSON.stringify({ model: 'google/imagen-4', input: { prompt } });
  return ((await (await post(running, '/ai/run', body)).json()) as any).result.result.image;
};

describe('media over the socket', () => {
  it('come from the address in the answer, without a token', async () => {
    const running = await start();
    const response = await fetch(await address(running, 'A fox'));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(sniff(new Uint8Array(await response.arrayBuffer())).width).toBe(1024);
  });

  it('never end when ordered so, until the client leaves', async () => {
    const running = await start();
    const left = new AbortController();
    const response = await fetch(await address(running, 'A [[simulate media=endless]]'), { signal: left.signal });
    expect(response.headers.get('content-length')).toBeNull();
    let bytes = 0;
    await expect(async () => {
      for await (const chunk of response.body ?? []) {
        bytes += chunk.length;
        if (bytes > 60_000) left.abort();
      }
    }).rejects.toThrow(/abort/i);
    expect(bytes).toBeGreaterThan(60_000);
  });

  it('announce more than they send when ordered so', async () => {
    const running = await start();
    const response = await fetch(await address(running, 'A [[simulate media=oversized]]'));
    expect(response.headers.get('content-length')).toBe('600000000');
    await response.body?.cancel();
  });

  it('go in as numbers, as many as a large recording has', async () => {
    const running = await start();
    const bytes = new Uint8Array(8 * 1024 * 1024);
    bytes.set(files.wav);
    const body = JSON.stringify({ audio: [...bytes] });
    const began = performance.now();
    const response = await post(running, '/ai/run/@cf/openai/whisper', body);
    expect(((await response.json()) as any).result.text).toMatch(/\S/);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('mark the moment of their first byte for the run', async () => {
    const running = await start();
    await (await post(running, '/ai/run/@cf/deepgram/aura-1', '{"text":"Good morning."}')).arrayBuffer();
    const { result } = (await (await fetch(`${running.baseUrl}/simulator/stats`)).json()) as any;
    expect(BigInt(result.firstTokenWrites['r'])).toBeGreaterThan(0n);
  });

  it('are said by long texts too', async () => {
    const running = await start();
    const text = Array.from({ length: 1500 }, (_, index) => `w${(index * 7919) % 9973}`).join(' ');
    const body = JSON.stringify({ model: 'minimax/speech-2.8-hd', input: { text, format: 'wav' } });
    const { result } = (await (await post(running, '/ai/run', body)).json()) as any;
    const response = await fetch(result.result.audio);
    expect(sniff(new Uint8Array(await response.arrayBuffer())).type).toBe('audio/wav');
  });
});
