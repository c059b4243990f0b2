import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../../src/app/accounts';
import { connect, connectArguments, type ConnectArguments, type ConnectPorts } from '../../../src/vscode/connect';

vi.mock('vscode', async () => (await import('./fake-vscode')).fakeVscode);

const BASE = 'https://api.example/client/v4';

/** A Cloudflare that knows accounts and permissions. */
interface Cloud {
  accounts: Account[];
  /** HTTP status of each probe. */
  ai: number;
  gateway: number;
  /** Called before each answer. */
  before: (url: string) => void | Promise<void>;
}

let cloud: Cloud;
let calls: { url: string; authorization: string | null }[];
let asked: string[];
let saved: string[];
let answers: { method?: 'token' | 'environment' | 'simulator'; token?: string; account?: string; accountId?: string };
let cancel: AbortController;

const json = (status: number, result: unknown) =>
  new Response(JSON.stringify({ success: status < 400, result, errors: [], messages: [] }), { status });

const fetch: typeof globalThis.fetch = async (input, init) => {
  const url = String(input);
  calls.push({ url, authorization: new Headers(init?.headers).get('authorization') });
  await cloud.before(url);
  init?.signal?.throwIfAborted();
  if (url.includes('/user/tokens/verify')) return json(200, { id: 't', status: 'active' });
  if (url.includes('/ai/models/search')) return json(cloud.ai, []);
  if (url.includes('/ai-gateway/')) return json(cloud.gateway, []);
  return json(200, cloud.accounts);
};

function ports(overrides: Partial<ConnectPorts> = {}): ConnectPorts {
  const ask = <T>(what: string, answer: T) => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  return {
    ui: {
      pickMethod: ({ hasToken }) => ask(`method, environment ${hasToken ? 'set' : 'unset'}`, answers.method),
      askToken: (origin) => ask(`token for ${origin}`, answers.token),
      pickAccount: (accounts) => ask(`account of ${accounts.map(({ name }) => name).join()}`, answers.account),
      askAccountId: () => ask('account id', answers.accountId),
      whileVerifying: (task) => task(cancel.signal),
    },
    fetch,
    settings: {
      get: () => ({
        connection: 'simulator',
        apiBaseUrl: BASE,
        accountId: '',
        gatewayId: 'default',
        metadata: {},
        policy: { firstTokenTimeout: 1, idleTimeout: 1, maxAttempts: 1 },
        budget: {},
      }),
    },
    credentials: {
      set: ({ token, origin }) => Promise.resolve(void saved.push(`token ${token} for ${origin}`)),
      useEnvironment: (origin) => Promise.resolve(void saved.push(`environment for ${origin}`)),
    },
    environment: { token: undefined, accountId: undefined },
    saveConnection: (connection, accountId) =>
      Promise.resolve(void saved.push(`${connection ?? 'simulator'} ${accountId ?? ''}`.trim())),
    protect: (secret) => void saved.push(`protect ${secret}`),
    ...overrides,
  };
}

const failure = async (args: ConnectArguments, overrides?: Partial<ConnectPorts>) => {
  const error: unknown = await connect(args, ports(overrides)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  return error as Error & { code: string };
};

beforeEach(() => {
  cloud = { accounts: [{ id: 'a1', name: 'Ada' }], ai: 200, gateway: 200, before: () => undefined };
  calls = [];
  asked = [];
  saved = [];
  answers = {};
  cancel = new AbortController();
});

describe('connect', () => {
  it('asks nothing when everything is given', async () => {
    const result = await connect({ method: 'token', token: ' secret-1 ', accountId: 'a9' }, ports());
    expect(result).toEqual({ accountId: 'a9', method: 'token' });
    expect(asked).toEqual([]);
    expect(saved).toEqual(['protect secret-1', 'token secret-1 for https://api.example', 'cloudflare a9']);
    expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret-1']));
    expect(calls.filter(({ url }) => url.includes('/accounts/a9/'))).toHaveLength(2);
  });

  it('takes a token alone for the method token, and its only account without asking', async () => {
    expect(await connect({ token: 'secret-1' }, ports())).toEqual({ accountId: 'a1', method: 'token' });
    expect(asked).toEqual([]);
  });

  it('asks step by step when nothing is given', async () => {
    cloud.accounts.push({ id: 'b2', name: 'Bob' });
    answers = { method: 'token', token: 'typed-1', account: 'b2' };
    expect(await connect({}, ports())).toEqual({ accountId: 'b2', method: 'token' });
    expect(asked).toEqual(['method, environment unset', 'token for https://api.example', 'account of Ada,Bob']);
  });

  it('asks for an account id when the token may list none', async () => {
    cloud.accounts = [];
    answers = { accountId: 'c3' };
    expect(await connect({ token: 'secret-1' }, ports())).toEqual({ accountId: 'c3', method: 'token' });
    expect(asked).toEqual(['account id']);
  });

  it('changes nothing when the user backs out anywhere', async () => {
    cloud.accounts.push({ id: 'b2', name: 'Bob' });
    for (const given of [{}, { method: 'token' as const }, { method: 'token' as const, token: 'typed-1' }]) {
      answers = given;
      expect((await failure({})).code).toBe('cancelled');
    }
    expect(saved.filter((what) => !what.startsWith('protect'))).toEqual([]);
  });

  it('changes nothing when the check is cancelled, whatever the server answers', async () => {
    cloud.before = () => cancel.abort();
    expect((await failure({ token: 'secret-1' })).code).toBe('cancelled');
    expect(saved).toEqual(['protect secret-1']);
  });

  it('refuses a token without Workers AI, and names the permission', async () => {
    cloud.ai = 401;
    const error = await failure({ token: 'secret-1' });
    expect(error.code).toBe('permission');
    expect(error.message).toContain('Account > Workers AI > Read');
    expect(error.message).toContain('a1');
    expect(error.message).not.toContain('secret-1');
    expect(saved).toEqual(['protect secret-1']);
  });

  it('accepts a token without AI Gateway, because models run, and names the permission', async () => {
    cloud.gateway = 403;
    expect(await connect({ token: 'secret-1' }, ports())).toEqual({
      accountId: 'a1',
      method: 'token',
      missingPermissions: ['Account > AI Gateway > Read'],
    });
  });

  it('leaves the token of the environment in the environment', async () => {
    const environment = { token: 'env-secret', accountId: 'e5' };
    expect(await connect({ method: 'environment' }, ports({ environment }))).toEqual({
      accountId: 'e5',
      method: 'environment',
    });
    expect(saved).toEqual(['protect env-secret', 'environment for https://api.example', 'cloudflare e5']);
  });

  it('says so when the environment has no token', async () => {
    expect((await failure({ method: 'environment' })).code).toBe('no-environment');
    expect(calls).toEqual([]);
  });

  it('goes back to the simulator without any call', async () => {
    expect(await connect({ method: 'simulator' }, ports())).toEqual({ accountId: 'simulator', method: 'simulator' });
    expect(saved).toEqual(['simulator']);
    expect(calls).toEqual([]);
  });

  it('sends no token to an address in the clear', async () => {
    const settings = { get: () => ({ ...ports().settings.get(), apiBaseUrl: 'http://api.example/client/v4' }) };
    expect((await failure({ token: 'secret-1' }, { settings })).code).toBe('bad-base-url');
    expect(calls).toEqual([]);
  });

  it.each([
    ['wrangler', 'method-not-available'],
    ['pigeon', 'bad-argument'],
  ])('refuses the method %s with the code %s', async (method, code) => {
    expect((await failure({ method })).code).toBe(code);
  });

  it.each([[null], ['token'], [{ token: 5 }], [{ accountId: '' }], [{ method: ' ' }]])(
    'refuses the argument %j',
    (value) => {
      expect(() => connectArguments(value)).toThrow(expect.objectContaining({ code: 'bad-argument' }));
    },
  );
});
