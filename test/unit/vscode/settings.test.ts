import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettings, saveConnection } from '../../../src/vscode/settings';
import { fakeVscode, resetFake, setSetting, settingWrites } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).fakeVscode);

beforeEach(resetFake);

const set = (values: Record<string, unknown>) => {
  for (const [name, value] of Object.entries(values)) setSetting(`unifiedInference.${name}`, value);
};

describe('settings', () => {
  it('come in our own units', () => {
    set({
      connection: 'cloudflare',
      apiBaseUrl: ' https://api.example/v4 ',
      accountId: 'abc',
      gatewayId: 'team',
      metadata: { team: 'web', beta: true, size: 3 },
      firstTokenTimeoutSeconds: 10,
      idleTimeoutSeconds: 2.5,
      maxAttempts: 4,
      'budget.perRunUsd': 0.5,
      'budget.perDayUsd': 0,
    });
    expect(createSettings().get()).toEqual({
      connection: 'cloudflare',
      apiBaseUrl: 'https://api.example/v4',
      accountId: 'abc',
      gatewayId: 'team',
      metadata: { team: 'web', beta: true, size: 3 },
      policy: { firstTokenTimeout: 10, idleTimeout: 2.5, maxAttempts: 4 },
      budget: { perRunUsd: 0.5, perDayUsd: 0 },
    });
  });

  it('that make no sense fall back to what is safe', () => {
    set({
      connection: 'carrier pigeon',
      gatewayId: '  ',
      metadata: { nested: { a: 1 }, list: [1], kept: 'yes', nothing: null },
      firstTokenTimeoutSeconds: -1,
      idleTimeoutSeconds: 'soon',
      maxAttempts: 0,
    });
    expect(createSettings().get()).toMatchObject({
      connection: 'simulator',
      gatewayId: 'default',
      metadata: { kept: 'yes' },
      policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 },
    });
    set({ metadata: ['a'], maxAttempts: 2.9 });
    expect(createSettings().get()).toMatchObject({ metadata: {}, policy: { maxAttempts: 2 } });
  });

  it('limit nothing when no budget is set', () => {
    set({ 'budget.perRunUsd': null });
    expect(createSettings().get().budget).toEqual({});
  });

  it.each([['5'], [-1], [Number.NaN], [true], [{}]])(
    'of a budget that cannot be read, %j, are no limit of none',
    (junk) => {
      set({ 'budget.perRunUsd': 1, 'budget.perDayUsd': junk });
      expect(createSettings().get().budget).toEqual({
        perRunUsd: 1,
        problem: expect.stringContaining('budget.perDayUsd is not a number') as string,
      });
    },
  );

  it('tell of their own changes, and of no others', () => {
    let changes = 0;
    const settings = createSettings();
    settings.onDidChange(() => changes++);
    setSetting('editor.fontSize', 12);
    expect(changes).toBe(0);
    set({ gatewayId: 'x' });
    expect(changes).toBe(1);
    settings.dispose();
    set({ gatewayId: 'y' });
    expect(changes).toBe(1);
  });

  it('of a new connection are written for the user, the account before the switch', async () => {
    await saveConnection('cloudflare', 'abc');
    const { Global } = fakeVscode.ConfigurationTarget;
    expect(settingWrites).toEqual([
      ['unifiedInference.accountId', 'abc', Global],
      ['unifiedInference.connection', 'cloudflare', Global],
    ]);
  });
});
