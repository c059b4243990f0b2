import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewHost } from '../../../src/app/view-session';
import { type Channel, RpcError } from '../../../src/protocol/rpc';
import { COMMANDS, INTERNAL_COMMANDS, PANEL_TYPE } from '../../../src/vscode/ids';
import { createPanel, type PanelPorts } from '../../../src/vscode/panel';
import { fakePanel, panels } from './fake-panels';
import { disk, fakeVscode, resetFake, trust } from './fake-vscode';

vi.mock('vscode', async () => {
  const [{ fakeVscode }, { fakePanels }] = await Promise.all([import('./fake-vscode'), import('./fake-panels')]);
  return { ...fakeVscode, ViewColumn: { Active: -1, Beside: -2 }, window: { ...fakeVscode.window, ...fakePanels } };
});

const uri = (path: string): any => fakeVscode.Uri.file(path);
const { commands, env } = fakeVscode;

interface Attached {
  readonly channel: Channel;
  readonly host: ViewHost;
  disposed: boolean;
}

let attached: Attached[];
let nonces: number;

function open() {
  const ports: PanelPorts = {
    extensionUri: uri('/extension'),
    mediaUri: uri('/storage/media'),
    homeUri: uri('/home/me'),
    playground: {
      attach(channel, host) {
        const view: Attached = { channel, host, disposed: false };
        attached.push(view);
        return { dispose: () => void (view.disposed = true) };
      },
    },
    cogLogs: { show: () => undefined, dispose: () => undefined },
    nonce: () => `nonce${++nonces}`,
  };
  return createPanel(ports);
}

const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('There is none.');
  return item;
};

beforeEach(() => {
  resetFake();
  panels.made.length = 0;
  panels.serializers.clear();
  attached = [];
  nonces = 0;
});

describe('the panel', () => {
  it('is made when it is first shown, once, and then brought to the front', () => {
    const panel = open();
    expect(panels.made).toEqual([]);
    panel.show();
    panel.show();
    panel.show({ beside: true });
    expect(panels.made).toHaveLength(1);
    expect(last(panels.made)).toMatchObject({ type: PANEL_TYPE, column: -1, revealed: [undefined, -2] });
    expect(attached).toHaveLength(1);
  });

  it('offers to start Cog models where the window is trusted, and loads anew when it becomes so', () => {
    trust.isGiven = false;
    const panel = open();
    panel.show();
    const { webview } = last(panels.made);
    const { host } = last(attached);
    expect(host.surroundings?.startCog).toBeUndefined();
    const before = webview.html;
    trust.isGiven = true;
    trust.granted.fire();
    expect(host.surroundings?.startCog).toBe('dialog');
    expect(webview.html).not.toBe(before);
    expect(attached).toHaveLength(1);
    panel.dispose();
    expect(trust.granted.listeners).toBe(0);
  });

  it('asks for the folder of a Cog project, and takes no for an answer', async () => {
    open().show();
    const { host } = last(attached);
    fakeVscode.window.showOpenDialog.mockResolvedValueOnce([{ ...uri('/work/my model'), fsPath: '/work/my model' }]);
    expect(await host.pickCogFolder?.()).toBe('/work/my model');
    expect(fakeVscode.window.showOpenDialog).toHaveBeenCalledWith(
      expect.objectContaining({ canSelectFiles: false, canSelectFolders: true }),
    );
    fakeVscode.window.showOpenDialog.mockResolvedValueOnce(undefined);
    expect(await host.pickCogFolder?.()).toBeUndefined();
  });

  it('is made beside the editor when asked', () => {
    open().show({ beside: true });
    expect(last(panels.made).column).toBe(-2);
  });

  it('may load its own bundle and stored media, and nothing else', () => {
    open().show();
    const { webview } = last(panels.made);
    expect(webview.options).toEqual({
      enableScripts: true,
      localResourceRoots: [uri('/extension/dist/webview'), uri('/storage/media')],
    });
    expect(webview.pages).toHaveLength(1);
    expect(webview.html).toContain('src="https://resource.test/extension/dist/webview/main.js"');
    expect(webview.html).toContain("media-src 'self' https://*.vscode-cdn.net blob:");
    expect(webview.html).toContain('nonce-nonce1');
    expect(webview.html).toContain('data-host="vscode"');
    expect(last(attached).host.mediaBase).toBe('https://resource.test/storage/media/');
  });

  it('carries messages both ways, bytes as they are', () => {
    open().show();
    const { webview } = last(panels.made);
    const { channel } = last(attached);
    const heard: unknown[] = [];
    const listening = channel.onMessage((message) => void heard.push(message));
    const bytes = Uint8Array.of(1, 2);
    webview.receive({ bytes });
    channel.post({ done: true });
    expect((heard[0] as { bytes: unknown }).bytes).toBe(bytes);
    expect(webview.posted).toEqual([{ done: true }]);
    listening.dispose();
    webview.receive('later');
    expect(heard).toHaveLength(1);
  });

  it('that was closed lets its view go, and is made anew when it is shown', () => {
    const panel = open();
    panel.show();
    last(panels.made).dispose();
    expect(last(attached).disposed).toBe(true);
    panel.show();
    expect(panels.made).toHaveLength(2);
    expect(last(panels.made).webview.html).toContain('nonce-nonce2');
    expect(attached.map(({ disposed }) => disposed)).toEqual([true, false]);
  });

  it('comes back after a reload with its rights set again, and one shown until then gives way', async () => {
    const panel = open();
    panel.show();
    const [first] = panels.made;
    const restored = fakePanel(PANEL_TYPE);
    await panels.serializers.get(PANEL_TYPE)?.deserializeWebviewPanel(restored, undefined);
    expect(first?.disposed).toBe(true);
    expect(restored.webview.options.localResourceRoots).toHaveLength(2);
    expect(attached.map(({ disposed }) => disposed)).toEqual([true, false]);
    panel.show();
    expect(restored.revealed).toEqual([undefined]);
    expect(panels.made).toHaveLength(1);
  });

  it('stays open when the extension goes, so that the window finds it again; its view goes', () => {
    const panel = open();
    panel.show();
    panel.dispose();
    expect(last(panels.made).disposed).toBe(false);
    expect(last(attached).disposed).toBe(true);
    expect(panels.serializers.size).toBe(0);
  });
});

describe('what its view may ask of VS Code', () => {
  const host = (): ViewHost => {
    open().show();
    return last(attached).host;
  };

  it('is to open https links, and no others', async () => {
    const { openLink } = host();
    await openLink('https://example.com/');
    await openLink('command:workbench.action.quit');
    await openLink('file:///etc/passwd');
    expect(env.openExternal.mock.calls.map(([target]) => String(target))).toEqual(['https://example.com/']);
  });

  it('is to connect, and to show where budgets are set', async () => {
    const view = host();
    await view.connect();
    await view.changeBudget();
    expect(commands.executeCommand.mock.calls).toEqual([
      [COMMANDS.connect],
      ['workbench.action.openSettings', 'unifiedInference.budget'],
    ]);
    expect(view.canConnect).toBe(true);
  });

  it('are dialogs always, and the workspace while a folder is open', () => {
    const view = host();
    expect(view.surroundings).toEqual({ dialogs: true, workspace: false, workers: true, startCog: 'dialog' });
    disk.folders.push({ uri: uri('/work') });
    expect(view.surroundings).toEqual({ dialogs: true, workspace: true, workers: true, startCog: 'dialog' });
  });

  it('is to bring a column into a Worker, by the command that asks where, and to hear why not', async () => {
    const view = host();
    const use: any = { task: 'text-generation' };
    await view.useInWorker(use);
    expect(commands.executeCommand.mock.calls).toEqual([[INTERNAL_COMMANDS.useInWorker, use]]);
    const refused = Object.assign(new Error('No folder is open.'), { code: 'no-folder' });
    commands.executeCommand.mockRejectedValueOnce(refused);
    // As an `RpcError` it reaches the view with its words.
    await expect(view.useInWorker(use)).rejects.toBeInstanceOf(RpcError);
    commands.executeCommand.mockRejectedValueOnce(refused);
    await expect(view.useInWorker(use)).rejects.toMatchObject({ code: 'no-folder', message: 'No folder is open.' });
  });

  it('are files of the media folder', async () => {
    disk.files.set('/storage/media/abc.png', Uint8Array.of(7));
    const view = host();
    await view.openMedia('abc.png');
    expect(commands.executeCommand).toHaveBeenCalledWith('vscode.open', uri('/storage/media/abc.png'));
    fakeVscode.window.showSaveDialog.mockResolvedValueOnce(uri('/home/me/a.png'));
    expect(await view.saveFile({ file: 'abc.png' }, 'a.png')).toBe(true);
    expect(disk.files.get('/home/me/a.png')).toEqual(Uint8Array.of(7));
    await expect(view.pickFiles('workspace', ['image'])).rejects.toBeInstanceOf(RpcError);
  });
});
