import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../../src/app/base-url';
import { UsageError } from '../../../src/node/args';
import { fixedCredentials, readSettings } from '../../../src/node/settings';

const read = (environment: Record<string, string>) => readSettings(environment, parseBaseUrl);

describe('the environment', () => {
  it('says nothing: the simulator, with the contract’s defaults', () => {
    expect(read({})).toEqual({
      settings: {
        connection: 'simulator',
        apiBaseUrl: 'https://api.cloudflare.com/client/v4',
        accountId: '',
        gatewayId: 'default',
        metadata: {},
        policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 },
        budget: {},
      },
      notes: [],
    });
  });

  it('has token and account: the real API, and the token is bound to its origin', () => {
    const { settings, credential, notes } = read({ CLOUDFLARE_API_TOKEN: ' t0k3n\n', CLOUDFLARE_ACCOUNT_ID: 'acc' });
    expect(settings).toMatchObject({ connection: 'cloudflare', accountId: 'acc' });
    expect(credential).toEqual({ token: 't0k3n', origin: 'https://api.cloudflare.com' });
    expect(notes).toEqual([]);
  });

  it('has another server', () => {
    const { settings, credential } = read({
      CLOUDFLARE_API_TOKEN: 't0k3n',
      CLOUDFLARE_ACCOUNT_ID: 'acc',
      CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:8787/client/v4/',
      CLOUDFLARE_AI_GATEWAY_ID: 'team',
    });
    expect(settings).toMatchObject({ apiBaseUrl: 'http://127.0.0.1:8787/client/v4', gatewayId: 'team' });
    expect(credential?.origin).toBe('http://127.0.0.1:8787');
  });

  it.each([
    [{ CLOUDFLARE_API_TOKEN: 't0k3n' }, 'CLOUDFLARE_ACCOUNT_ID is missing'],
    [{ CLOUDFLARE_API_TOKEN: 't0k3n', CLOUDFLARE_ACCOUNT_ID: ' ' }, 'CLOUDFLARE_ACCOUNT_ID is missing'],
    [{ CLOUDFLARE_ACCOUNT_ID: 'acc' }, 'CLOUDFLARE_API_TOKEN is missing'],
    [{ CLOUDFLARE_API_BASE_URL: 'https://x.example' }, 'are missing'],
  ])('has only a part, %j: the simulator, and a note says what is missing', (environment, words) => {
    const { settings, credential, notes } = read(environment);
    expect(settings.connection).toBe('simulator');
    expect(credential).toBeUndefined();
    expect(notes.join()).toContain(words);
    expect(notes.join()).not.toContain('t0k3n');
  });

  it('sets patience and attempts', () => {
    const { settings, simulatorSpeed } = read({
      UNIFIED_INFERENCE_FIRST_TOKEN_TIMEOUT_SECONDS: '0.5',
      UNIFIED_INFERENCE_IDLE_TIMEOUT_SECONDS: '2',
      UNIFIED_INFERENCE_MAX_ATTEMPTS: '1',
      SIMULATOR_SPEED: '0',
    });
    expect(settings.policy).toEqual({ firstTokenTimeout: 0.5, idleTimeout: 2, maxAttempts: 1 });
    expect(simulatorSpeed).toBe(0);
  });

  it('sets budgets, also to nothing', () => {
    const both = read({
      UNIFIED_INFERENCE_BUDGET_PER_RUN_USD: '0.05',
      UNIFIED_INFERENCE_BUDGET_PER_DAY_USD: '0',
    });
    expect(both.settings.budget).toEqual({ perRunUsd: 0.05, perDayUsd: 0 });
    expect(read({ UNIFIED_INFERENCE_BUDGET_PER_DAY_USD: '2' }).settings.budget).toEqual({ perDayUsd: 2 });
    expect(read({ UNIFIED_INFERENCE_BUDGET_PER_RUN_USD: ' ' }).settings.budget).toEqual({});
  });

  it.each([
    ['UNIFIED_INFERENCE_BUDGET_PER_RUN_USD', '-1'],
    ['UNIFIED_INFERENCE_BUDGET_PER_RUN_USD', '$5'],
    ['UNIFIED_INFERENCE_BUDGET_PER_DAY_USD', 'none'],
    ['UNIFIED_INFERENCE_BUDGET_PER_DAY_USD', 'Infinity'],
    ['CLOUDFLARE_API_BASE_URL', 'http://api.cloudflare.com'],
    ['UNIFIED_INFERENCE_FIRST_TOKEN_TIMEOUT_SECONDS', '0'],
    ['UNIFIED_INFERENCE_IDLE_TIMEOUT_SECONDS', 'soon'],
    ['UNIFIED_INFERENCE_MAX_ATTEMPTS', '1.5'],
    ['UNIFIED_INFERENCE_MAX_ATTEMPTS', '0'],
    ['SIMULATOR_SPEED', '-1'],
    ['SIMULATOR_SPEED', 'NaN'],
  ])('is refused with %s=%s, by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(UsageError);
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('cannot be changed from within', async () => {
    const store = fixedCredentials({ token: 't', origin: 'o' });
    expect(await store.get()).toEqual({ token: 't', origin: 'o' });
    await expect(store.set({ token: 'x', origin: 'y' })).rejects.toThrow('environment');
    await expect(store.clear()).rejects.toThrow('environment');
  });
});
