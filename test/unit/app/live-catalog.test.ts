import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listingOf, MAX_ENTRIES, readCopies, storedCopies, type ListCopy } from '../../../src/app/catalog-copies';
import { readLiveCatalog } from '../../../src/app/live-catalog';
import { hostedEntry, listServer, thirdPartyEntry, v4, type FakeLists } from '../../fakes/lists';
import { fakePorts, TOKEN } from '../../fakes/ports';

const SIMULATOR = 'http://127.0.0.1:4999/client/v4';
const MIB = 1024 * 1024;

afterEach(() => vi.useRealTimers());

/** Reads all lists of a server. */
async function read(
  lists: FakeLists | typeof globalThis.fetch,
  more: { known?: readonly ListCopy[]; baseUrl?: string } = {},
) {
  const server = listServer(typeof lists === 'function' ? {} : lists);
  const ports = fakePorts({ fetch: typeof lists === 'function' ? lists : server.fetch });
  const { baseUrl = SIMULATOR, known = [] } = more;
  const endpoint = { baseUrl, accountId: 'a c', gatewayId: 'default', token: TOKEN, metadata: {} };
  const readings = await readLiveCatalog(ports, endpoint, known, new AbortController().signal);
  const of = (source: string) => {
    const reading = readings.find((one) => one.source === source);
    if (reading === undefined) throw new Error(`nothing was said of ${source}`);
    return 'copy' in reading
      ? { copy: reading.copy, ids: listingOf(reading.copy).models.map(({ id }) => id) }
      : { problem: reading.problem, failure: reading.failure };
  };
  return { of, seen: server.seen(), logged: ports.logged };
}

const hosted = (count: number, prefix: string): unknown[] =>
  Array.from({ length: count }, (_, index) => hostedEntry(`@cf/live/${prefix}${index}`));

/** Answers `first` to the list of hosted models, and 404 to the others. */
const only =
  (first: () => Response | Promise<Response>): typeof globalThis.fetch =>
  (input) =>
    Promise.resolve(String(input).includes('/search') ? first() : new Response('', { status: 404 }));

describe('reading the live lists', () => {
  it('asks each at its address, with the token in its header, and follows no redirect', async () => {
    const server = listServer({});
    const ports = fakePorts({ fetch: server.fetch });
    const endpoint = { baseUrl: SIMULATOR, accountId: 'a c', gatewayId: 'g/1', token: TOKEN, metadata: {} };
    await readLiveCatalog(ports, endpoint, [], new AbortController().signal);
    expect(server.calls.map(({ url }) => url.href)).toEqual([
      'http://127.0.0.1:4999/client/v4/accounts/a%20c/ai/models/search?page=1&per_page=100',
      'http://127.0.0.1:4999/client/v4/accounts/a%20c/ai/catalog/models?page=1&per_page=50',
      'http://127.0.0.1:4999/v1/a%20c/g%2F1/compat/models',
    ]);
    const headers = server.calls.map(({ headers: h }) => [h.get('authorization'), h.get('cf-aig-authorization')]);
    expect(headers).toEqual([
      [`Bearer ${TOKEN}`, null],
      [`Bearer ${TOKEN}`, null],
      [null, `Bearer ${TOKEN}`],
    ]);
    expect(server.calls.map(({ redirect }) => redirect)).toEqual(['error', 'error', 'error']);
  });

  it('sends the token to no other origin: the gateway host of Cloudflare is left alone', async () => {
    const { of, seen, logged } = await read(
      { search: [v4([])], catalog: [v4([])], compat: [{ json: { data: [] } }] },
      { baseUrl: 'https://api.cloudflare.com/client/v4' },
    );
    expect(seen.some((call) => call.includes('compat'))).toBe(false);
    expect(of('compat-models').problem).toMatch(/^The token prices of the gateway host were not read: .*another host/);
    expect(of('compat-models').failure).toBeUndefined();
    expect(logged).toEqual([]);
  });

  it('reads all pages, and knows from the total or from a repeated or empty page that there are no more', async () => {
    const pages = [v4(hosted(100, 'a'), { total_count: 102 }), v4(hosted(2, 'b'), { total_count: 102 })];
    const counted = await read({ search: pages });
    expect(counted.of('models-search').ids).toHaveLength(102);
    expect(counted.seen.filter((call) => call.includes('search'))).toHaveLength(2);
    const repeated = v4(hosted(50, 'a'), { total_count: 1_000_000, total_pages: 20_000 });
    const looping = await read({ search: Array.from({ length: 30 }, () => repeated) });
    expect(looping.of('models-search').ids).toHaveLength(50);
    expect(looping.seen.filter((call) => call.includes('search'))).toHaveLength(2);
    const silent = await read({ search: [v4(hosted(3, 'a')), v4(hosted(3, 'b'))] });
    expect(silent.of('models-search').ids).toHaveLength(6);
    expect(silent.seen.filter((call) => call.includes('search'))).toHaveLength(3);
  });

  it('stops at 20 pages and at 5,000 entries', async () => {
    const endless = Array.from({ length: 40 }, (_, page) => v4(hosted(1, `p${page}-`)));
    const long = await read({ search: endless });
    expect(long.of('models-search').ids).toHaveLength(20);
    const wide = Array.from({ length: 40 }, (_, page) => v4(hosted(900, `p${page}-`)));
    const many = await read({ search: wide });
    expect(many.of('models-search').ids).toHaveLength(MAX_ENTRIES);
    expect(many.seen.filter((call) => call.includes('search'))).toHaveLength(6);
  });

  it('leaves out what is not understood, entry by entry, and counts it in one line of the log', async () => {
    const bad = [{ name: 'not callable' }, 7, { name: `@cf/a/${'x'.repeat(300)}` }, { name: '@cf/live/a0' }, null];
    const { of, logged } = await read({ search: [v4([...hosted(2, 'a'), ...bad], { total_count: 7 })] });
    expect(of('models-search').ids).toEqual(['@cf/live/a0', '@cf/live/a1']);
    const lines = logged.filter((line) => line.includes('left out'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^warn: The list of hosted models was not read in full: 5 entries left out: not callable \(/,
    );
    expect(lines[0]?.split(';')).toHaveLength(3);
    expect(lines[0]).toMatch(/@cf\/a\/x{74} \(/);
    expect(of('models-search').copy && listingOf(of('models-search').copy as ListCopy).leftOut).toBe(5);
  });

  it('counts a model that a later page repeats', async () => {
    const pages = [
      v4(hosted(2, 'a'), { total_pages: 2 }),
      v4([...hosted(1, 'a'), ...hosted(1, 'b')], { total_pages: 2 }),
    ];
    const { of } = await read({ search: pages });
    expect(listingOf(of('models-search').copy as ListCopy)).toMatchObject({ leftOut: 1, models: { length: 3 } });
  });

  it.each([
    ['is not JSON', { text: '<html>502</html>' }, 'the answer is not JSON'],
    ['is cut off', { text: '{"success":true,"result":[{"name":"@cf/' }, 'the answer is not JSON'],
    ['has another shape', v4([{ slug: '@cf/a/b' }, { slug: '@cf/a/c' }]), 'nothing in it was understood'],
    ['is no list', { json: { success: true, result: { a: 1 } } }, 'nothing in it was understood'],
    ['is null', { json: null }, 'nothing in it was understood'],
    ['reports a failure', { json: { success: false, errors: [{ code: 1 }], result: null } }, 'the server reports'],
    ['fails, and is empty', { json: { success: false, errors: [{ code: 1 }], result: [] } }, 'the server reports'],
    ['is refused', { status: 403, json: { success: false } }, 'the token may not read it (HTTP 403)'],
    ['is an error', { status: 500, text: '' }, 'the server answered with HTTP 500'],
  ] as const)('tells in one sentence that a list %s, whichever page it is', async (_, page, why) => {
    for (const pages of [[page], [v4(hosted(100, 'a'), { total_count: 200 }), page]]) {
      const { of, logged } = await read({ search: pages });
      const { problem, failure } = of('models-search');
      expect(problem).toContain(`The list of hosted models was not read: ${why}`);
      expect(problem).toMatch(/\.$/);
      expect(failure).toBe('server');
      expect(logged).toContain(`warn: ${problem}`);
    }
  });

  it('does not take an empty page for the end of a list that must be longer', async () => {
    const cut = await read({ search: [v4(hosted(100, 'a'), { total_count: 250 }), v4([], { total_count: 250 })] });
    expect(cut.of('models-search').problem).toContain('it ends before its end');
    const first = await read({ search: [v4(hosted(2, 'a'), { total_count: 2 })] });
    const { copy } = first.of('models-search');
    if (copy === undefined) throw new Error('not read');
    const empty = await read({ search: [v4([])] }, { known: [copy] });
    expect(empty.of('models-search').problem).toContain('it is empty, and was not before');
    // Of an account that never had any it may be true.
    expect((await read({ search: [v4([])] })).of('models-search').ids).toEqual([]);
  });

  it('does not believe a server that says "unchanged" of what we do not have', async () => {
    const { of } = await read(only(() => new Response(null, { status: 304 })));
    expect(of('models-search').problem).toContain('HTTP 304');
  });

  it('cuts off a body that is too large: the rest is never taken from the network', async () => {
    let pulled = 0;
    let closed = false;
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            pulled += MIB;
            controller.enqueue(new Uint8Array(MIB).fill(32));
          },
          cancel() {
            closed = true;
          },
        }),
      );
    const { of } = await read(only(endless));
    expect(of('models-search').problem).toContain('sent more than 16 MiB');
    expect(pulled).toBeLessThanOrEqual(19 * MIB);
    expect(closed).toBe(true);
  });

  it('reads a body up to that size', async () => {
    const { json } = v4(hosted(1, 'a'), { total_count: 1 }) as { json: unknown };
    const text = JSON.stringify(json);
    const { of } = await read(only(() => new Response(text + ' '.repeat(16 * MIB - text.length))));
    expect(of('models-search').ids).toEqual(['@cf/live/a0']);
    const over = await read(only(() => new Response(text + ' '.repeat(16 * MIB - text.length + 1))));
    expect(over.of('models-search').problem).toContain('16 MiB');
  });

  it.each(['before headers', 'in the body'])('gives up a server that is silent %s', async (where) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent: typeof globalThis.fetch = (_, init) =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new DOMException('aborted', 'AbortError'));
        init?.signal?.addEventListener('abort', fail);
        if (where === 'before headers') return;
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            controller.enqueue(new Uint8Array([123]));
            init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        resolve(new Response(body));
      });
    const reading = read(silent);
    await vi.advanceTimersByTimeAsync(14_999);
    let ended = false;
    void reading.then(() => (ended = true));
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const { of } = await reading;
    expect(of('models-search')).toMatchObject({ failure: 'network' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes pages that did not change from the copy, and the others as they come', async () => {
    const pages = (last: string) => [
      v4(hosted(100, 'a'), { total_count: 101 }),
      v4([hostedEntry(`@cf/live/${last}`)], { total_count: 101 }),
    ];
    const first = await read({ search: pages('x'), tags: true });
    const copy = first.of('models-search').copy as ListCopy;
    const second = await read({ search: pages('y'), tags: true }, { known: [copy] });
    expect(second.seen.filter((call) => call.includes('search'))).toEqual([
      'models/search?page=1&per_page=100 304',
      'models/search?page=2&per_page=100 200',
    ]);
    expect(second.of('models-search').ids).toHaveLength(101);
    expect(second.of('models-search').ids?.at(-1)).toBe('@cf/live/y');
    expect(second.of('models-search').copy?.pages[0]).toBe(copy.pages[0]);
  });

  it('never sends back a tag that could not stand in a header', async () => {
    const tag = (etag: string) =>
      only(() => Response.json({ success: true, result: hosted(1, 'a') }, { headers: { etag } }));
    const good = await read(tag('W/"abc"'));
    expect(good.of('models-search').copy?.pages[0]?.etag).toBe('W/"abc"');
    for (const etag of ['abc', `"${'x'.repeat(5000)}"`, '"a b"']) {
      expect((await read(tag(etag))).of('models-search').copy?.pages[0]?.etag).toBeUndefined();
    }
  });
});

describe('copies on disk', () => {
  it('come back as they were', async () => {
    const { of } = await read({
      search: [v4([hostedEntry('@cf/live/a', 3)])],
      catalog: [v4([thirdPartyEntry('openai/gamma', 2)], { total_pages: 1 })],
      tags: true,
    });
    const copies = [of('models-search').copy, of('third-party-catalog').copy] as ListCopy[];
    expect(readCopies(JSON.parse(JSON.stringify(storedCopies(copies))))).toEqual(copies);
  });

  it('never throw, whatever stands in them, and hold nothing that could not stand in a header', () => {
    const page = fc.record({ etag: fc.anything(), models: fc.anything(), leftOut: fc.anything(), last: fc.anything() });
    const copy = fc.record({
      source: fc.constantFrom('models-search', 'bundle', 'x', 1),
      asOf: fc.constantFrom('2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z\nx', 5),
      pages: fc.oneof(fc.anything(), fc.array(page, { maxLength: 25 })),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ version: fc.constant(1), copies: fc.array(copy) })), (stored) => {
        for (const { asOf, pages } of readCopies(stored)) {
          expect(asOf).toBe('2026-11-20T12:00:00.000Z');
          expect(pages.length).toBeGreaterThan(0);
        }
      }),
    );
    const evil = {
      version: 1,
      copies: [
        { source: 'models-search', asOf: '2026-11-20T12:00:00.000Z', pages: [{ etag: '"a"\r\nx: y', models: [] }] },
      ],
    };
    expect(readCopies(evil)).toEqual([
      { source: 'models-search', asOf: '2026-11-20T12:00:00.000Z', pages: [{ models: [], leftOut: 0, last: false }] },
    ]);
  });
});
