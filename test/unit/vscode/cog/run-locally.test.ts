import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../../src/protocol/rpc';
import { registerRunLocally, type RunLocallyPorts } from '../../../../src/vscode/cog/run-locally';
import { COMMANDS } from '../../../../src/vscode/ids';
import { fake, putFile, resetWorkspace } from '../scaffold/fake-workspace';
import { commands, fakeEditor, FakeUri, resetWindow, window } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

const done: string[] = [];
let hasDocker = false;

/** Files as VS Code has them: with a path of the system. */
const fileUri = (path: string) => Object.assign(FakeUri.file(path), { fsPath: path });

beforeEach(() => {
  resetWorkspace();
  resetWindow();
  done.length = 0;
  hasDocker = false;
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/model/cog.yaml', '');
  putFile('/work/other/cog.yaml', '');
  putFile('/work/web/index.ts', '');
  // As the real one: URIs that are made of others have the path of the system too.
  Object.defineProperty(FakeUri.prototype, 'fsPath', {
    configurable: true,
    get(this: FakeUri) {
      return this.path;
    },
    set() {},
  });
  const server = (modelId: string) => ({ modelId, name: 'model', state: 'starting' }) as never;
  const unusable = { usable: false, why: 'None.' } as const;
  const ports: RunLocallyPorts = {
    playground: {
      startCog: async (how, folder) => {
        done.push(`start ${how} ${folder}`);
        return server('cog/model');
      },
      showAddCog: (folder) => void done.push(`dialog ${folder ?? '-'}`),
      addColumn: async (id) => void done.push(`column ${id}`) as never,
      cog: {
        all: [],
        onDidChange: () => ({ dispose() {} }),
        tools: async () => ({ docker: hasDocker ? { usable: true, version: '0.22.0' } : unusable, python: unusable }),
        add: async (url, confirmed) => {
          done.push(`add ${url} ${confirmed}`);
          if (!url.includes('127.0.0.1') && !confirmed) throw new RpcError('needs-confirmation', 'Not this machine.');
          return server('cog/there');
        },
      },
    },
    panel: { show: () => void done.push('show') },
    log: { info() {}, warn() {}, error() {} },
    showLog() {},
  };
  registerRunLocally(ports);
});

const run = async (args?: unknown) => commands.get(COMMANDS.runCogModel)?.(args);
const add = async (args?: unknown) => commands.get(COMMANDS.addCogModel)?.(args);

describe('Run Cog Model Locally', () => {
  it('starts the folder of a script, with Docker where that is there', async () => {
    const folder = fileUri('/work/model');
    expect(await run({ folder })).toEqual({ model: 'cog/model', name: 'model', state: 'starting' });
    hasDocker = true;
    await run({ folder });
    await run({ folder, how: 'python' });
    expect(done.filter((one) => one !== 'show')).toEqual([
      'start python /work/model',
      'start docker /work/model',
      'start python /work/model',
    ]);
  });

  it('shows the dialog for who clicked a configuration or a folder', async () => {
    await run(fileUri('/work/model/cog.yaml'));
    await run(fileUri('/work/other'));
    expect(done).toEqual(['show', 'dialog /work/model', 'show', 'dialog /work/other']);
  });

  it('takes the only project, and lets a person choose among several', async () => {
    window.found = [fileUri('/work/model/cog.yaml')];
    await run();
    window.found = [fileUri('/work/other/cog.yaml'), fileUri('/work/model/cog.yaml')];
    fakeEditor.window.showQuickPick.mockImplementationOnce(async (items: any[]) => items[1]);
    await run();
    expect(done).toEqual(['show', 'dialog /work/model', 'show', 'dialog /work/other']);
    // Nobody chose.
    await run();
    expect(done).toHaveLength(4);
  });

  it('tells scripts by a code what cannot be started, and starts nothing', async () => {
    await expect(run({ folder: fileUri('/work/web') })).rejects.toMatchObject({ code: 'no-cog-project' });
    await expect(run({ folder: new FakeUri('vscode-vfs', '/work/model') })).rejects.toMatchObject({
      code: 'no-cog-project',
    });
    await expect(run({ folder: fileUri('/work/model'), how: 'magic' })).rejects.toMatchObject({ code: 'bad-argument' });
    await expect(run({})).rejects.toMatchObject({ code: 'no-cog-project' });
    expect(done).toEqual([]);
  });
});

describe('Add Cog Model', () => {
  it('shows the dialog without an address', async () => {
    await add();
    expect(done).toEqual(['show', 'dialog -']);
  });

  it('adds an address of this machine, with a column', async () => {
    expect(await add({ url: 'http://127.0.0.1:5000' })).toMatchObject({ model: 'cog/there' });
    expect(done.slice(1)).toEqual(['add http://127.0.0.1:5000 false', 'column cog/there']);
  });

  it('wants a confirmation for another machine', async () => {
    const url = 'https://models.example.com';
    await expect(add({ url })).rejects.toMatchObject({ code: 'needs-confirmation' });
    await expect(add({ url, confirmed: 'yes' })).rejects.toMatchObject({ code: 'bad-argument' });
    expect(done).not.toContain('column cog/there');
    await add({ url, confirmed: true });
    expect(done).toContain('column cog/there');
  });
});
