import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLazy } from '../../../../src/app/lazy';
import { RpcError } from '../../../../src/protocol/rpc';
import { registerCogEditor } from '../../../../src/vscode/cog/register';
import { COMMANDS } from '../../../../src/vscode/ids';
import { fake, putFile, resetWorkspace } from '../scaffold/fake-workspace';
import { commands, fakeEditor, FakeUri, happens, openDocument, resetWindow } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

let loads = 0;
let failure: Error | undefined;
const errors: string[] = [];
let disposed = 0;

function register() {
  const editor = createLazy(async () => {
    loads += 1;
    return {
      check: async (args: unknown) => {
        if (failure !== undefined) throw failure;
        return { problems: [], args } as never;
      },
      dispose: () => void (disposed += 1),
    };
  });
  const log = { info() {}, warn() {}, error: (message: string) => void errors.push(message) };
  return registerCogEditor({ editor, log, showLog() {} });
}

const run = async (args?: unknown) => commands.get(COMMANDS.checkCogProject)?.(args);

beforeEach(() => {
  resetWorkspace();
  resetWindow();
  loads = 0;
  failure = undefined;
  errors.length = 0;
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/model/cog.yaml', '');
});

describe('Cog projects in the editor', () => {
  it('load nothing for other documents, and load once with the first of a project', async () => {
    const registered = register();
    openDocument('/work/web/index.ts');
    openDocument('/work/tools/build.py');
    await expect.poll(() => happens.opened.count).toBe(1);
    expect(loads).toBe(0);
    openDocument('/work/model/src/run.py');
    await expect.poll(() => loads).toBe(1);
    openDocument('/work/model/cog.yaml');
    await expect.poll(() => happens.opened.count).toBe(0);
    expect(loads).toBe(1);
    registered.dispose();
  });

  it('load with a document that is open already', async () => {
    openDocument('/work/model/cog.yaml');
    const registered = register();
    await expect.poll(() => loads).toBe(1);
    registered.dispose();
  });

  it('load with the command, which gets its argument and answers scripts with codes', async () => {
    const registered = register();
    expect(await run({ folder: 'file:///work/model' })).toEqual({
      problems: [],
      args: { folder: 'file:///work/model' },
    });
    failure = new RpcError('no-cog-project', 'There is none.');
    await expect(run({})).rejects.toMatchObject({ code: 'no-cog-project' });
    expect(await run()).toBeUndefined();
    expect(fakeEditor.window.showErrorMessage).toHaveBeenCalledWith('There is none.', 'New Cog Project');
    registered.dispose();
    expect(commands.has(COMMANDS.checkCogProject)).toBe(false);
    expect(happens.opened.count).toBe(0);
  });
});
