import { describe, expect, it } from 'vitest';
import { probePermissions, verifyToken } from '../../../src/app/accounts';
import { TOKEN } from '../../fakes/ports';

const BASE = 'https://api.example/client/v4';

type Answer = { readonly status?: number; readonly result?: unknown } | 'down';

/** An API of a few paths; everything else is 404. */
function api(answers: Readonly<Record<string, Answer>>) {
  const asked: { path: string; authorization: string | null; redirect: string | undefined }[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const url = new URL(String(input));
    const path = url.pathname.replace('/client/v4', '');
    asked.push({ path, authorization: new Headers(init?.headers).get('authorization'), redirect: init?.redirect });
    const answer = answers[path] ?? { status: 404 };
    if (answer === 'down') return Promise.reject(new TypeError(`connect ECONNREFUSED with Bearer ${TOKEN}`));
    const { status = 200, result = null } = answer;
    const errors = status < 400 ? [] : [{ code: 10000, message: 'Authentication error' }];
    return Promise.resolve(Response.json({ success: status < 400, result, errors, messages: [] }, { status }));
  };
  return { fetch, asked };
}

const active = { result: { id: 't', status: 'active' } };

describe('verifying a token', () => {
  it('lists its accounts, asking only with the token and never following a redirect', async () => {
    const { fetch, asked } = api({
      '/user/tokens/verify': active,
      '/accounts': { result: [{ id: 'a1', name: 'Team' }, { id: 'a2' }, { name: 'broken' }, null] },
    });
    expect(await verifyToken(fetch, `${BASE}/`, TOKEN)).toEqual([
      { id: 'a1', name: 'Team' },
      { id: 'a2', name: 'a2' },
    ]);
    expect(asked.map(({ path }) => path)).toEqual(['/user/tokens/verify', '/accounts']);
    for (const { authorization, redirect } of asked) {
      expect([authorization, redirect]).toEqual([`Bearer ${TOKEN}`, 'error']);
    }
  });

  it('accepts a token that may not list accounts, and one that belongs to an account', async () => {
    expect(
      await verifyToken(api({ '/user/tokens/verify': active, '/accounts': { status: 403 } }).fetch, BASE, TOKEN),
    ).toEqual([]);
    const owned = api({
      '/user/tokens/verify': { status: 401 },
      '/accounts': { result: [{ id: 'a1', name: 'Team' }] },
    });
    expect(await verifyToken(owned.fetch, BASE, TOKEN)).toEqual([{ id: 'a1', name: 'Team' }]);
  });

  it.each([
    ['an unknown token', { '/user/tokens/verify': { status: 401 }, '/accounts': { status: 401 } }, 'auth', false],
    ['a disabled token', { '/user/tokens/verify': { result: { status: 'disabled' } } }, 'auth', false],
    ['a server in trouble', { '/user/tokens/verify': { status: 503 } }, 'server', true],
    ['no network', { '/user/tokens/verify': 'down' }, 'network', true],
  ] as const)('tells %s', async (_what, answers, code, retryable) => {
    const error = await verifyToken(api(answers).fetch, BASE, TOKEN).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code, retryable });
    expect((error as Error).message).not.toContain(TOKEN);
  });

  it.each(['', 'two words', 'line\nbreak', 'ключ'])('does not send %j', async (token) => {
    const { fetch, asked } = api({});
    await expect(verifyToken(fetch, BASE, token)).rejects.toMatchObject({ code: 'bad-token' });
    expect(asked).toEqual([]);
  });

  it('does not send a token over plain http', async () => {
    const { fetch, asked } = api({});
    await expect(verifyToken(fetch, 'http://api.example/v4', TOKEN)).rejects.toMatchObject({ code: 'bad-base-url' });
    expect(asked).toEqual([]);
  });
});

describe('probing permissions', () => {
  const models = '/accounts/acc/ai/models/search';
  const gateways = '/accounts/acc/ai-gateway/gateways';
  const fine = { result: [] };

  it.each([
    [{ [models]: fine, [gateways]: fine }, []],
    [{ [models]: { status: 401 }, [gateways]: fine }, ['Account > Workers AI > Read']],
    [{ [models]: fine, [gateways]: { status: 403 } }, ['Account > AI Gateway > Read']],
    [
      { [models]: { status: 403 }, [gateways]: { status: 401 } },
      ['Account > Workers AI > Read', 'Account > AI Gateway > Read'],
    ],
  ] as const)('names what is missing: %j → %j', async (answers, missing) => {
    expect(await probePermissions(api(answers).fetch, BASE, TOKEN, 'acc')).toEqual(missing);
  });

  it('does not take a broken server for a missing permission', async () => {
    const { fetch } = api({ [models]: fine, [gateways]: { status: 500 } });
    await expect(probePermissions(fetch, BASE, TOKEN, 'acc')).rejects.toMatchObject({
      code: 'server',
      retryable: true,
    });
  });

  it('keeps an account id within its place in the path', async () => {
    const { fetch, asked } = api({});
    await probePermissions(fetch, BASE, TOKEN, '../user').catch(() => undefined);
    for (const { path } of asked) expect(path).toMatch(/^\/accounts\/\.\.%2Fuser\//);
  });
});
