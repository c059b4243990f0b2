import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCredentials, type VscodeCredentials } from '../../../src/vscode/credentials';

/** SecretStorage in memory, with its change event. */
function fakeSecrets() {
  const values = new Map<string, string>();
  const listeners: ((event: vscode.SecretStorageChangeEvent) => void)[] = [];
  const changed = (key: string) => {
    for (const listener of [...listeners]) listener({ key });
    return Promise.resolve();
  };
  const secrets: vscode.SecretStorage = {
    get: (key) => Promise.resolve(values.get(key)),
    store: (key, value) => (values.set(key, value), changed(key)),
    delete: (key) => (values.delete(key), changed(key)),
    onDidChange(listener) {
      listeners.push(listener);
      return { dispose: () => void listeners.splice(listeners.indexOf(listener), 1) };
    },
  };
  return { secrets, values, listeners };
}

let fake: ReturnType<typeof fakeSecrets>;
let environment: string | undefined;
let credentials: VscodeCredentials;
beforeEach(() => {
  fake = fakeSecrets();
  environment = undefined;
  credentials = createCredentials(fake.secrets, () => environment);
});

describe('credentials', () => {
  it('keep a token with the origin it was given for', async () => {
    expect(await credentials.get()).toBeUndefined();
    await credentials.set({ token: 'abc', origin: 'https://api.example' });
    expect(await credentials.get()).toEqual({ token: 'abc', origin: 'https://api.example' });
    await credentials.clear();
    expect(await credentials.get()).toBeUndefined();
    expect(fake.values.size).toBe(0);
  });

  it('of the environment are read anew each time and never stored', async () => {
    environment = 'from-the-environment';
    await credentials.useEnvironment('https://api.example');
    expect(await credentials.get()).toEqual({ token: 'from-the-environment', origin: 'https://api.example' });
    expect([...fake.values.values()].join()).not.toContain('from-the-environment');
    environment = undefined;
    expect(await credentials.get()).toBeUndefined();
  });

  it('do not follow the environment when a token was given', async () => {
    environment = 'from-the-environment';
    await credentials.set({ token: 'abc', origin: 'https://api.example' });
    expect((await credentials.get())?.token).toBe('abc');
  });

  it('that are damaged count as none', async () => {
    for (const text of [
      '',
      'abc',
      'null',
      '{"source":"token","token":"abc"}',
      '{"source":"token","origin":"https://a"}',
    ]) {
      await credentials.set({ token: 'abc', origin: 'https://api.example' });
      const [key] = fake.values.keys();
      fake.values.set(key ?? '', text);
      expect(await credentials.get()).toBeUndefined();
    }
  });

  it('tell of changes in any window until they are disposed', async () => {
    let changes = 0;
    credentials.onDidChange(() => changes++);
    await credentials.set({ token: 'abc', origin: 'https://api.example' });
    await fake.secrets.store('of somebody else', 'x');
    expect(changes).toBe(1);
    credentials.dispose();
    expect(fake.listeners).toEqual([]);
  });
});
