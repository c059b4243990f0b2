import { afterEach, describe, expect, it, vi } from 'vitest';
import { apiGet } from '../../../src/app/http';
import { TOKEN } from '../../fakes/ports';

const URL_ = 'https://api.example/client/v4/x';

afterEach(() => vi.useRealTimers());

/** A server that is silent until the call is aborted. */
const silent: typeof globalThis.fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    const fail = () => reject(new DOMException('aborted', 'AbortError'));
    if (init?.signal?.aborted === true) fail();
    init?.signal?.addEventListener('abort', fail);
  });

describe('a call of the API', () => {
  it('that the caller stops rejects as cancelled, before or while it is under way', async () => {
    await expect(apiGet(silent, URL_, TOKEN, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const controller = new AbortController();
    const calling = apiGet(silent, URL_, TOKEN, { signal: controller.signal });
    controller.abort();
    await expect(calling).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('that is given up for its silence is no answer of the network, and leaves no timer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const calling = apiGet(silent, URL_, TOKEN, { signal: new AbortController().signal });
    const refused = expect(calling).rejects.toMatchObject({ code: 'network', retryable: true });
    await vi.advanceTimersByTimeAsync(15_000);
    await refused;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reads text that is cut between the bytes of a character', async () => {
    const bytes = new TextEncoder().encode('"äöü€"');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await apiGet(() => Promise.resolve(new Response(body)), URL_, TOKEN)).toEqual({ status: 200, body: 'äöü€' });
  });

  it('closes the connection of a body that is too large, and names the size', async () => {
    let signal: AbortSignal | null | undefined;
    const fetch: typeof globalThis.fetch = (_, init) => {
      signal = init?.signal;
      return Promise.resolve(new Response('x'.repeat(3 * 1024 * 1024)));
    };
    await expect(apiGet(fetch, URL_, TOKEN, { maxBytes: 2 * 1024 * 1024 })).rejects.toMatchObject({
      code: 'server',
      message: 'https://api.example sent more than 2 MiB.',
    });
    expect(signal?.aborted).toBe(true);
  });
});
