import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Playground } from '../../../src/app/playground';
import { RpcError } from '../../../src/protocol/rpc';
import { activate } from '../../../src/browser';
import { registerCommands, type CommandPorts } from '../../../src/vscode/commands';
import { COMMANDS } from '../../../src/vscode/ids';
import { commands, fakeVscode, resetFake } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).fakeVscode);

const shown: unknown[] = [];
let opening: () => Promise<void>;
let showLog: () => void;

function register() {
  return registerCommands({
    playground: {
      open: () => opening(),
      connection: { refresh: () => Promise.resolve() },
    } as unknown as Playground,
    panel: { show: (options) => void shown.push(options), dispose: () => undefined },
    credentials: { clear: () => Promise.resolve() },
    connect: {} as CommandPorts['connect'],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    showLog: () => showLog(),
  });
}

const run = async (id: string, ...args: unknown[]) => commands.get(id)?.(...args);

beforeEach(() => {
  resetFake();
  shown.length = 0;
  opening = () => Promise.resolve();
  showLog = () => undefined;
});

describe('commands', () => {
  it('show the panel before they apply arguments, beside the editor when asked', async () => {
    register();
    const before: number[] = [];
    opening = () => Promise.resolve(void before.push(shown.length));
    await run(COMMANDS.openPlayground);
    await run(COMMANDS.openPlayground, { beside: true, prompt: 'x' });
    expect(before).toEqual([1, 2]);
    expect(shown).toEqual([{ beside: false }, { beside: true }]);
  });

  it('called by a script reject with the code, and show nothing', async () => {
    register();
    opening = () => Promise.reject(new RpcError('no-token', 'There is no API token.'));
    await expect(run(COMMANDS.openPlayground, {})).rejects.toMatchObject({ code: 'no-token' });
    await expect(run(COMMANDS.openPlayground, 'text')).rejects.toMatchObject({ code: 'bad-argument' });
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
  });

  it('called by a person show what happened with what to do, and do not reject', async () => {
    register();
    opening = () => Promise.reject(new RpcError('no-token', 'There is no API token.'));
    fakeVscode.window.showErrorMessage.mockResolvedValueOnce('Connect');
    await run(COMMANDS.openPlayground);
    expect(fakeVscode.window.showErrorMessage).toHaveBeenCalledWith('There is no API token.', 'Connect', 'Show Log');
    await vi.waitFor(() => expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith(COMMANDS.connect));
  });

  it('called by a person who then backs out say nothing', async () => {
    register();
    opening = () => Promise.reject(new RpcError('cancelled', 'Cancelled.'));
    await run(COMMANDS.openPlayground);
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
  });

  it('offer the log', async () => {
    register();
    opening = () => Promise.reject(new Error('broken'));
    fakeVscode.window.showErrorMessage.mockResolvedValueOnce('Show Log');
    const opened = new Promise<void>((resolve) => (showLog = resolve));
    await run(COMMANDS.openPlayground);
    await opened;
  });

  it('go with what registered them', () => {
    const registered = register();
    expect([...commands.keys()].sort()).toEqual([COMMANDS.connect, COMMANDS.disconnect, COMMANDS.openPlayground]);
    registered.dispose();
    expect([...commands.keys()]).toEqual([]);
  });
});

describe('a browser-only window', () => {
  it('answers every command with one sentence, and scripts with a code', async () => {
    activate({ subscriptions: [] } as unknown as Parameters<typeof activate>[0]);
    expect([...commands.keys()].sort()).toEqual(Object.values(COMMANDS).sort());
    await run(COMMANDS.openPlayground);
    expect(fakeVscode.window.showErrorMessage).toHaveBeenCalledWith(
      expect.stringMatching(/^Unified Inference needs .*\.$/),
    );
    await expect(run(COMMANDS.connect, {})).rejects.toMatchObject({ code: 'browser-only' });
  });
});
