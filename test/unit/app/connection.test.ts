import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../../src/app/base-url';
import { createConnection } from '../../../src/app/connection';
import { settle } from '../../fakes/clock';
import { fakePorts, TOKEN } from '../../fakes/ports';

async function cloudflare(change: object = {}, origin = 'https://api.example') {
  const ports = fakePorts();
  ports.setCredential({ token: TOKEN, origin });
  ports.change({ connection: 'cloudflare', accountId: 'acc', ...change });
  const connection = createConnection(ports);
  await connection.refresh();
  return { ports, connection };
}

describe('an API base URL', () => {
  it.each([
    ['https://api.cloudflare.com/client/v4', 'https://api.cloudflare.com/client/v4', 'https://api.cloudflare.com'],
    ['https://api.cloudflare.com/client/v4///', 'https://api.cloudflare.com/client/v4', 'https://api.cloudflare.com'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://localhost:1/v4/', 'http://localhost:1/v4', 'http://localhost:1'],
    ['http://[::1]:1/v4', 'http://[::1]:1/v4', 'http://[::1]:1'],
  ])('may be %s', (given, href, origin) => {
    expect(parseBaseUrl(given)).toEqual({ href, origin });
  });

  it.each([
    'http://api.cloudflare.com/client/v4',
    'http://127.0.0.1.evil.example/v4',
    'http://localhost.evil.example',
    'http://192.168.0.1',
    'https://user:password@api.cloudflare.com',
    'https://api.cloudflare.com/?to=evil',
    'https://api.cloudflare.com/#x',
    'ws://127.0.0.1',
    'file:///etc',
    'api.cloudflare.com',
    '',
  ])('may not be %j', (given) => {
    expect(() => parseBaseUrl(given)).toThrow(expect.objectContaining({ code: 'bad-base-url' }) as Error);
  });
});

describe('a connection to Cloudflare', () => {
  it('gives the endpoint with the token of the store', async () => {
    const { connection } = await cloudflare({ gatewayId: 'team', metadata: { team: 'web' } });
    expect(await connection.endpoint()).toEqual({
      baseUrl: 'https://api.example/client/v4',
      accountId: 'acc',
      token: TOKEN,
      gatewayId: 'team',
      metadata: { team: 'web' },
    });
    expect(connection.info).toEqual({
      kind: 'cloudflare',
      simulated: false,
      accountId: 'acc',
      gatewayId: 'team',
      metadata: { team: 'web' },
      origin: 'https://api.example',
      hostKind: 'test',
    });
  });

  it.each([
    ['another origin', {}, 'https://api.cloudflare.com', 'origin-mismatch', 'https://api.cloudflare.com'],
    ['the same host over http', {}, 'http://api.example', 'origin-mismatch', 'http://api.example'],
    ['another port', {}, 'https://api.example:8443', 'origin-mismatch', ':8443'],
    ['no account', { accountId: '' }, undefined, 'no-account', 'account'],
    ['a base URL without protection', { apiBaseUrl: 'http://api.example' }, undefined, 'bad-base-url', 'apiBaseUrl'],
  ])('refuses with %s, says what to do, and shows it', async (_what, change, origin, code, words) => {
    const { connection } = await cloudflare(change, origin);
    await expect(connection.endpoint()).rejects.toMatchObject({ code });
    expect(connection.info).toMatchObject({ kind: 'none', simulated: false });
    expect(connection.info.problem).toContain(words);
    expect(connection.info.problem).not.toContain(TOKEN);
  });

  it('refuses what cannot be a token, without quoting it', async () => {
    const { ports, connection } = await cloudflare();
    ports.setCredential({ token: 'two words\n', origin: 'https://api.example' });
    const error = await connection.endpoint().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'bad-token' });
    expect((error as Error).message).not.toContain('two words');
  });

  it('reads the token again each time: a token taken away is not used once more', async () => {
    const { ports, connection } = await cloudflare();
    await connection.endpoint();
    ports.setCredential(undefined);
    await expect(connection.endpoint()).rejects.toMatchObject({ code: 'no-token' });
    expect(connection.info).toMatchObject({ kind: 'none' });
  });
});

describe('the account', () => {
  it('is shown by its name where the API tells it, asked for once', async () => {
    const asked: string[] = [];
    const ports = fakePorts({
      fetch: (input) => {
        asked.push(String(input));
        return Promise.resolve(Response.json({ success: true, result: { id: 'acc', name: 'Team' } }));
      },
    });
    ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    const connection = createConnection(ports);
    await connection.refresh();
    expect([connection.info.accountName, asked]).toEqual([undefined, []]);
    await connection.warm();
    await connection.warm();
    expect(connection.info).toMatchObject({ kind: 'cloudflare', accountId: 'acc', accountName: 'Team' });
    expect(asked).toEqual(['https://api.example/client/v4/accounts/acc']);
  });

  it('stays an id where the token may not read its name, and the connection works', async () => {
    const { ports, connection } = await cloudflare();
    Object.assign(ports, { fetch: () => Promise.resolve(Response.json({ success: false }, { status: 403 })) });
    await connection.warm();
    expect(connection.info).toMatchObject({ kind: 'cloudflare', accountId: 'acc' });
    expect(connection.info).not.toHaveProperty('accountName');
    expect(await connection.endpoint()).toMatchObject({ accountId: 'acc' });
  });
});

describe('changes', () => {
  it('of the settings are told once each, and not when nothing is different', async () => {
    const { ports, connection } = await cloudflare();
    const told: string[] = [];
    connection.onDidChange((info) => told.push(`${info.kind} ${info.gatewayId}`));
    ports.change({ gatewayId: 'team' });
    await settle();
    ports.change({ gatewayId: 'team' });
    await settle();
    ports.change({ connection: 'simulator' });
    await settle();
    expect(told).toEqual(['cloudflare team', 'simulator team']);
  });

  it('are not overtaken by a slower answer about the settings before', async () => {
    const ports = fakePorts();
    const answers: (() => void)[] = [];
    Object.assign(ports.credentials, {
      get: () => new Promise((resolve) => answers.push(() => resolve({ token: TOKEN, origin: 'https://api.example' }))),
    });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    const connection = createConnection(ports);
    ports.change({ connection: 'simulator' });
    await settle();
    for (const answer of answers) answer();
    await settle();
    expect(connection.info.kind).toBe('simulator');
  });

  it('of the credential are seen by refresh', async () => {
    const { ports, connection } = await cloudflare();
    ports.setCredential(undefined);
    await connection.refresh();
    expect(connection.info).toMatchObject({ kind: 'none' });
  });

  it('are not followed after dispose', async () => {
    const { ports, connection } = await cloudflare();
    connection.dispose();
    ports.change({ connection: 'simulator' });
    await settle();
    expect(connection.info.kind).toBe('cloudflare');
  });
});

describe('the simulator', () => {
  it('is started by the first use and not before', async () => {
    const ports = fakePorts();
    const connection = createConnection(ports);
    await connection.refresh();
    expect(ports.simulatorStarts).toBe(0);
    expect(connection.info).toMatchObject({ kind: 'simulator', simulated: true, accountId: 'simulator' });
    expect(await connection.endpoint()).toMatchObject({ accountId: 'simulator', token: 'simulator-token' });
    expect(connection.info.origin).toBe('http://127.0.0.1:4999');
  });

  it('that does not start is a problem with a way out, and the reason is in the log', async () => {
    const ports = fakePorts({ simulator: () => Promise.reject(new Error('no worker file')) });
    const connection = createConnection(ports);
    await connection.warm();
    expect(connection.info).toMatchObject({ kind: 'none', simulated: true });
    expect(connection.info.problem).toContain('did not start');
    expect(ports.logged.join()).toContain('no worker file');
    await expect(connection.endpoint()).rejects.toMatchObject({ code: 'simulator-failed' });
  });
});
