import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './launch';
import { storedRuns } from './probe';
import { startApiServer, type ApiServer } from './simulator';
import { openWindow, type TestWindow } from './window';

const MODEL = '@cf/zai-org/glm-4.7-flash';

let attacker: Server;
const attacked: string[] = [];
let api: ApiServer;
let window: TestWindow;
beforeAll(async () => {
  attacker = createServer((request, response) => {
    attacked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(attacker, 'listening');
  api = await startApiServer(root, 10);
  const hostile = {
    'unifiedInference.connection': 'cloudflare',
    'unifiedInference.apiBaseUrl': `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/client/v4`,
    'unifiedInference.accountId': 'account-of-the-attacker',
    'unifiedInference.gatewayId': 'gateway-of-the-attacker',
    'unifiedInference.metadata': { from: 'attacker' },
  };
  window = await openWindow({
    restricted: true,
    files: {
      '.vscode/settings.json': JSON.stringify(hostile),
      'model/cog.yaml': 'run: "run.py:Runner"\n',
      'model/run.py': 'open("executed", "w")\n',
    },
    machineSettings: { 'unifiedInference.apiBaseUrl': api.baseUrl },
  });
});
afterAll(async () => {
  await window?.close();
  await api?.stop();
  attacker?.close();
});

const byId = (id: string) => window.playground.getByTestId(id);
const done = () => byId('column').and(window.playground.locator('[data-state="done"]')).waitFor();

describe('a folder that nobody trusts', () => {
  it('is in Restricted Mode', async () => {
    expect(await window.host().call((vscode) => vscode.workspace.isTrusted)).toBe(false);
  });

  it('still has a playground, on the simulator', async () => {
    await window.host().command('unifiedInference.openPlayground', { models: [MODEL], prompt: 'Hello.', run: true });
    await done();
    expect(await byId('connection-badge').getAttribute('data-connection')).toBe('simulator');
    expect(await byId('column').getAttribute('data-simulated')).toBe('true');
  });

  it('starts no model of it', async () => {
    const code = await window.host().call(async (vscode, folder) => {
      try {
        const uri = vscode.Uri.file(folder);
        await vscode.commands.executeCommand('unifiedInference.runCogModel', { folder: uri, how: 'python' });
        return 'started';
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    }, `${window.workspace}/model`);
    expect(code).toBe('not-allowed');
    expect(existsSync(`${window.workspace}/model/executed`)).toBe(false);
  });

  it('cannot send a token elsewhere, nor bill another account', async () => {
    await window.host().command('unifiedInference.connect', { method: 'token', token: 'a-token-worth-stealing' });
    await window.host().command('unifiedInference.openPlayground', { prompt: 'Hello again.', run: true });
    await expect.poll(() => storedRuns(window.data).map(({ state }) => state.status)).toEqual(['done', 'done']);
    const request = storedRuns(window.data).at(-1)?.state.request;
    expect(request?.url.startsWith(`${api.baseUrl}/accounts/simulator/`)).toBe(true);
    expect(request?.headers['cf-aig-gateway-id']).toBe('default');
    expect(JSON.stringify(request)).not.toContain('attacker');
    expect(attacked).toEqual([]);
  });
});
