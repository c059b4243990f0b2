import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLazy } from '../../../../src/app/lazy';
import { RpcError } from '../../../../src/protocol/rpc';
import { COMMANDS, INTERNAL_COMMANDS } from '../../../../src/vscode/ids';
import { registerScaffoldCommands } from '../../../../src/vscode/scaffold/commands';
import type { Scaffold } from '../../../../src/vscode/scaffold/feature';
import { commands, fakeVscode, resetFake } from '../fake-vscode';

vi.mock('vscode', async () => (await import('../fake-vscode')).fakeVscode);

const calls: unknown[] = [];
let loads = 0;
let failure: Error | undefined;

async function answer(...call: unknown[]): Promise<never> {
  calls.push(call);
  if (failure !== undefined) throw failure;
  return call as never;
}

const scaffold: Scaffold = {
  addAiBinding: (args) => answer('add', args),
  newWorkerProject: (args) => answer('new', args),
  useInWorker: (use) => answer('use', use),
  newCogProject: (args) => answer('new cog', args),
  adoptCogProject: (args) => answer('adopt', args),
  packageCogModel: (args) => answer('package', args),
  undo: () => answer('undo'),
  dispose: () => undefined,
};

function register() {
  const lazy = createLazy(() => {
    loads += 1;
    return Promise.resolve(scaffold);
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return registerScaffoldCommands({ scaffold: lazy, log, showLog: () => undefined });
}

const run = async (id: string, ...args: unknown[]) => commands.get(id)?.(...args);

beforeEach(() => {
  resetFake();
  calls.length = 0;
  loads = 0;
  failure = undefined;
});

describe('scaffolding commands', () => {
  it('load what they do with the first call, once, and hand over the argument', async () => {
    register();
    expect(loads).toBe(0);
    expect(await run(COMMANDS.addAiBinding, { apply: false })).toEqual(['add', { apply: false }]);
    await run(COMMANDS.newWorkerProject);
    await run(COMMANDS.undoScaffold);
    await run(COMMANDS.newCogProject, { a: 1 });
    await run(COMMANDS.adoptCogProject, { a: 2 });
    await run(COMMANDS.packageCogModel, { a: 3 });
    await run(INTERNAL_COMMANDS.useInWorker, { task: 'x' });
    expect(calls).toEqual([
      ['add', { apply: false }],
      ['new', undefined],
      ['undo'],
      ['new cog', { a: 1 }],
      ['adopt', { a: 2 }],
      ['package', { a: 3 }],
      ['use', { task: 'x' }],
    ]);
    expect(loads).toBe(1);
  });

  it('called by a script reject with the code', async () => {
    register();
    failure = new RpcError('unknown-environment', 'No.');
    await expect(run(COMMANDS.addAiBinding, {})).rejects.toMatchObject({ code: 'unknown-environment' });
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
  });

  it('called by a person tell what happened, and offer what helps: files need no connection', async () => {
    register();
    failure = new RpcError('read-only', 'No.');
    await run(COMMANDS.undoScaffold);
    expect(fakeVscode.window.showErrorMessage).toHaveBeenLastCalledWith('No.', 'Show Log');
    failure = new RpcError('no-worker', 'None.');
    fakeVscode.window.showErrorMessage.mockResolvedValueOnce('New AI Worker Project');
    await run(COMMANDS.addAiBinding);
    await vi.waitFor(() => expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith(COMMANDS.newWorkerProject));
  });

  it('for the panel reject: it shows what went wrong itself', async () => {
    register();
    failure = new RpcError('no-worker', 'None.');
    await expect(run(INTERNAL_COMMANDS.useInWorker, {})).rejects.toMatchObject({ code: 'no-worker' });
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
  });

  it('go with what registered them', () => {
    register().dispose();
    expect([...commands.keys()]).toEqual([]);
  });
});
