import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostError } from './bridge';
import { filesWith, logText, storedRuns } from './probe';
import { startApiServer, type ApiServer } from './simulator';
import { root } from './launch';
import { openWindow, type TestWindow } from './window';

// Nothing else on earth contains these.
const TOKEN = 'token-4f1c9e0b7a-typed-by-a-person';
const SCRIPT_TOKEN = 'token-88d2b3c6f0-given-by-a-script';

let api: ApiServer;
let window: TestWindow;
beforeAll(async () => {
  api = await startApiServer(root, 10);
  window = await openWindow({
    machineSettings: { 'unifiedInference.apiBaseUrl': api.baseUrl },
    // Not even a trusted workspace may say where the token goes.
    files: {
      '.vscode/settings.json': JSON.stringify({
        'unifiedInference.connection': 'simulator',
        'unifiedInference.apiBaseUrl': 'https://attacker.invalid/client/v4',
      }),
    },
  });
});
afterAll(async () => {
  await window?.close();
  await api?.stop();
});

const byId = (id: string) => window.playground.getByTestId(id);
const connect = (argument: unknown) => window.host().command('unifiedInference.connect', argument);
const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => 'no error',
    (error: HostError) => ({ code: error.code, message: error.message }),
  );
const setting = (name: string) =>
  window.host().call((vscode, key) => {
    const inspected = vscode.workspace.getConfiguration('unifiedInference').inspect(key);
    return [inspected?.globalValue ?? null, inspected?.workspaceValue ?? null];
  }, name);

describe('connect', () => {
  it('refuses with a code what cannot work, and changes nothing', async () => {
    expect(await codeOf(connect({ method: 'wrangler' }))).toMatchObject({ code: 'method-not-available' });
    expect(await codeOf(connect({ method: 'pigeon' }))).toMatchObject({ code: 'bad-argument' });
    expect(await codeOf(connect({ method: 'environment' }))).toMatchObject({ code: 'no-environment' });
    expect(await codeOf(connect({ method: 'token', token: 'invalid' }))).toMatchObject({ code: 'auth' });
    expect(await codeOf(connect({ method: 'token', token: 'no-workers-ai' }))).toEqual({
      code: 'permission',
      message: expect.stringContaining('Workers AI') as string,
    });
    expect(await setting('connection')).toEqual([null, null]);
    expect(await window.host().command('unifiedInference.connect', { method: 'simulator' })).toEqual({
      accountId: 'simulator',
      method: 'simulator',
    });
  });

  it('connects with a token typed into the palette, and answers come from that server', async () => {
    const { page } = window;
    await window.runFromPalette('Unified Inference: Connect');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'API token' }).click();
    const input = page.locator('.quick-input-widget input[type="password"]');
    await input.fill(TOKEN);
    await input.press('Enter');
    await expect.poll(() => window.statusBarItem.textContent()).toContain('Cloudflare');

    expect(await setting('connection')).toEqual(['cloudflare', null]);
    expect(await setting('accountId')).toEqual(['simulator', null]);
    await window.host().command('unifiedInference.openPlayground', {
      models: ['@cf/zai-org/glm-4.7-flash'],
      prompt: 'Hello over a real connection.',
      run: true,
    });
    await byId('column').and(window.playground.locator('[data-state="done"]')).waitFor();
    expect(await byId('column').getAttribute('data-simulated')).not.toBe('true');
    expect(await byId('connection-badge').getAttribute('data-connection')).toBe('cloudflare');
    expect(storedRuns(window.data).at(-1)?.state.request?.url).toContain(api.baseUrl);
  });

  it('still knows the token after a reload', async () => {
    await window.reload();
    await byId('run-button').waitFor();
    await expect.poll(() => byId('connection-badge').getAttribute('data-connection')).toBe('cloudflare');
    await byId('run-button').click();
    await byId('column').and(window.playground.locator('[data-state="done"]')).waitFor();
  });

  it('connects without any prompt when given everything, and names a permission that only some features want', async () => {
    expect(await connect({ method: 'token', token: SCRIPT_TOKEN, accountId: 'simulator' })).toEqual({
      accountId: 'simulator',
      method: 'token',
    });
    expect(await connect({ method: 'token', token: 'no-ai-gateway' })).toEqual({
      accountId: 'simulator',
      method: 'token',
      missingPermissions: ['Account > AI Gateway > Read'],
    });
    // Test windows show no toasts; the notification centre has them.
    await window.host().command('notifications.showList');
    await window.page.locator('.notification-list-item', { hasText: 'AI Gateway' }).waitFor();
    await window.host().command('notifications.hideList');
    await connect({ method: 'token', token: SCRIPT_TOKEN });
  });

  it('sends the token to no other origin', async () => {
    const other = await startApiServer(root, 10);
    try {
      await window
        .host()
        .call(
          async (vscode, url) => vscode.workspace.getConfiguration('unifiedInference').update('apiBaseUrl', url, true),
          other.baseUrl,
        );
      await expect.poll(() => window.statusBarItem.textContent()).toContain('Not connected');
      const refusal = await codeOf(
        window.host().command('unifiedInference.openPlayground', { prompt: 'x', run: true }),
      );
      expect(refusal).toMatchObject({ code: 'origin-mismatch' });
    } finally {
      await window
        .host()
        .call(
          async (vscode, url) => vscode.workspace.getConfiguration('unifiedInference').update('apiBaseUrl', url, true),
          api.baseUrl,
        );
      await other.stop();
    }
    await expect.poll(() => window.statusBarItem.textContent()).toContain('Cloudflare');
  });

  it('keeps the token in the secret storage and nowhere else', async () => {
    // The search does find what is there. The secret storage itself is encrypted, so it finds nothing there either.
    expect(filesWith(window.data, 'Hello over a real connection.')).not.toEqual([]);
    for (const token of [TOKEN, SCRIPT_TOKEN]) {
      for (const folder of [window.data, window.workspace]) expect(filesWith(folder, token)).toEqual([]);
      expect(await window.page.evaluate(() => JSON.stringify(localStorage))).not.toContain(token);
      expect(await window.playground.locator(':root').evaluate((page) => page.outerHTML)).not.toContain(token);
    }
  });

  it('logs what happened without the token', () => {
    const log = logText(window.data);
    expect(log).toContain('Connected: token, account simulator.');
    expect(log).toContain('unifiedInference.connect failed (auth)');
    for (const token of [TOKEN, SCRIPT_TOKEN]) expect(log).not.toContain(token);
  });

  it('forgets the token and returns to the simulator on disconnect', async () => {
    await window.runFromPalette('Unified Inference: Disconnect');
    await expect.poll(() => window.statusBarItem.textContent()).toContain('Simulator');
    expect(await setting('connection')).toEqual([null, null]);
    await expect.poll(() => byId('connection-badge').getAttribute('data-connection')).toBe('simulator');

    // Back to the account by hand: there is no token for it any more.
    await window
      .host()
      .call(async (vscode) =>
        vscode.workspace.getConfiguration('unifiedInference').update('connection', 'cloudflare', true),
      );
    const refusal = await codeOf(window.host().command('unifiedInference.openPlayground', { prompt: 'x', run: true }));
    expect(refusal).toMatchObject({ code: 'no-token' });
  });
});
