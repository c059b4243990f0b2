import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlannedCommand } from '../../../../src/core/scaffold/plan';
import { commandOffers, openOffer, tellDone } from '../../../../src/vscode/scaffold/offers';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { FakeUri } from './fake-workspace';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showInformationMessage, showWarningMessage } = fakeVscode.window;
const command = (id: PlannedCommand['id'], line: string, folder = ''): PlannedCommand => ({ id, line, folder });
const COMMANDS = [
  command('install', 'npm install'),
  command('dev-offline', 'npm run dev:offline'),
  command('test', 'npm test'),
];
const ROOT = FakeUri.file('/work/shop') as never;

let version: string | undefined;
const next = (root = ROOT, commands = COMMANDS) => ({
  commands,
  root,
  ports: { nodeVersion: () => Promise.resolve(version) },
});
const offers = (root = ROOT, commands = COMMANDS) => commandOffers(next(root, commands));
const VIRTUAL = FakeUri.from({ scheme: 'vscode-vfs', path: '/shop' }) as never;

beforeEach(() => {
  resetPrompts();
  version = 'v24.1.0';
});

describe('commands that are offered', () => {
  it('run when they are chosen, in one terminal in their folder, one after the other', () => {
    const [install, , test] = offers();
    expect(prompts.terminals).toEqual([]);
    install?.run();
    test?.run();
    expect(prompts.terminals).toMatchObject([{ cwd: '/work/shop', lines: ['npm install', 'npm test'] }]);
  });

  it('run in the folder that they are for', () => {
    offers(ROOT, [command('types', 'npx wrangler types', 'apps/api')])[0]?.run();
    expect(prompts.terminals).toMatchObject([{ cwd: '/work/shop/apps/api' }]);
  });

  it('leave a server its terminal, and do not type into one that was closed', () => {
    const [install, start, test] = offers();
    start?.run();
    install?.run();
    expect(prompts.terminals).toMatchObject([{ lines: ['npm run dev:offline'] }, { lines: ['npm install'] }]);
    Object.assign(prompts.terminals[1] ?? {}, { exitStatus: {} });
    test?.run();
    expect(prompts.terminals[2]).toMatchObject({ lines: ['npm test'] });
  });

  it('are not there in a restricted workspace, nor where no shell reaches the files', () => {
    expect(offers(VIRTUAL)).toEqual([]);
    expect(offers(FakeUri.from({ scheme: 'vscode-remote', path: '/shop' }) as never)).toHaveLength(3);
    Object.assign(fakeVscode.workspace, { isTrusted: false });
    expect(offers()).toEqual([]);
  });

  it('come with a word about a Node.js that wrangler refuses, once', async () => {
    version = 'v20.19.0';
    const [install, , test] = offers();
    expect(showWarningMessage).not.toHaveBeenCalled();
    install?.run();
    test?.run();
    await vi.waitFor(() => expect(showWarningMessage).toHaveBeenCalledOnce());
    expect(showWarningMessage.mock.calls[0]?.[0]).toContain('v20.19.0');
    expect(prompts.terminals[0]?.lines).toEqual(['npm install', 'npm test']);
  });
});

describe('the message at the end', () => {
  it('comes again for the steps that are left', async () => {
    const choose = ['Open README', 'Install', 'Run Tests', undefined];
    showInformationMessage.mockImplementation(() => Promise.resolve(choose.shift()));
    tellDone('Done.', [openOffer('Open README', ROOT)], next());
    await vi.waitFor(() => expect(choose).toEqual([]));
    expect(showInformationMessage.mock.calls).toEqual([
      ['Done.', 'Open README', 'Install', 'Start Offline', 'Run Tests'],
      ['Done.', 'Install', 'Start Offline', 'Run Tests'],
      ['Done.', 'Start Offline', 'Run Tests'],
      ['Done.', 'Start Offline'],
    ]);
    expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith('vscode.open', ROOT);
  });

  it('does not come again to open a file only', async () => {
    showInformationMessage.mockImplementation(() => Promise.resolve('Install'));
    tellDone('Done.', [openOffer('Open README', ROOT)], next(ROOT, COMMANDS.slice(0, 1)));
    await vi.waitFor(() => expect(prompts.terminals).toHaveLength(1));
    await Promise.resolve();
    expect(showInformationMessage).toHaveBeenCalledOnce();
  });

  it('says why nothing can be run, and what the next step is', () => {
    tellDone('Done.', [openOffer('Open README', ROOT)], next(VIRTUAL));
    Object.assign(fakeVscode.workspace, { isTrusted: false });
    tellDone('Done.', [], next());
    tellDone('Done.', [], next(ROOT, []));
    expect(showInformationMessage.mock.calls).toEqual([
      ['Done. No terminal reaches these files from here; the next step is: npm install', 'Open README'],
      ['Done. Nothing is run in Restricted Mode; the next step would be: npm install'],
      ['Done.'],
    ]);
  });
});
