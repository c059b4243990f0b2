import { beforeEach, describe, expect, it, vi } from 'vitest';
import { projectFiles } from '../../../../src/vscode/scaffold/project-files';
import { fake, FakeFileError, FakeUri, fakeVscode, putFile, resetWorkspace, type } from './fake-workspace';

vi.mock('vscode', async () => (await import('./fake-workspace')).fakeVscode);

const files = () => projectFiles(FakeUri.file('/work') as never);

beforeEach(() => {
  resetWorkspace();
  putFile('/work/wrangler.jsonc', '\uFEFF{\r\n\t"name": "ü"\r\n}');
  putFile('/work/src/index.ts', 'export {};\n');
});

describe('the files of a project', () => {
  it('are read with every byte of them', async () => {
    expect(await files().read('wrangler.jsonc')).toBe('\uFEFF{\r\n\t"name": "ü"\r\n}');
    expect(await files().read('src/index.ts')).toBe('export {};\n');
  });

  it('are as they stand in the editor when that is not saved yet', async () => {
    type('/work/src/index.ts', 'export default {};\n');
    expect(await files().read('src/index.ts')).toBe('export default {};\n');
    type('/work/wrangler.jsonc', '{}');
    expect(await files().read('wrangler.jsonc')).toBe('\uFEFF{}');
  });

  it('are as they stand on the disk when the editor has only seen them', async () => {
    await fakeVscode.workspace.openTextDocument(FakeUri.file('/work/src/index.ts'));
    putFile('/work/src/index.ts', 'mixed\r\nends\n');
    expect(await files().read('src/index.ts')).toBe('mixed\r\nends\n');
  });

  it('are undefined where there are none, below a file too', async () => {
    expect(await files().read('wrangler.toml')).toBeUndefined();
    vi.spyOn(fakeVscode.workspace.fs, 'stat').mockRejectedValueOnce(new FakeFileError('FileNotADirectory'));
    expect(await files().read('src/index.ts/deeper')).toBeUndefined();
  });

  it('are refused where they are no text, with the path and what to do', async () => {
    putFile('/work/latin.toml', Uint8Array.of(0x6e, 0xe4));
    await expect(files().read('latin.toml')).rejects.toMatchObject({
      code: 'unreadable',
      message: 'latin.toml is not UTF-8. Save it with that encoding first.',
    });
    await expect(files().read('src')).rejects.toMatchObject({
      code: 'unreadable',
      message: 'src is a folder. Rename it, or choose a file.',
    });
    putFile('/work/large.json', new Uint8Array(4 * 1024 * 1024 + 1));
    await expect(files().read('large.json')).rejects.toMatchObject({ code: 'unreadable' });
    vi.spyOn(fakeVscode.workspace.fs, 'readFile').mockRejectedValueOnce(new Error('broken disk'));
    await expect(files().read('wrangler.jsonc')).rejects.toMatchObject({
      code: 'unreadable',
      message: 'wrangler.jsonc cannot be read. broken disk.',
    });
  });

  it('may not be allowed to be read', async () => {
    vi.spyOn(fakeVscode.workspace.fs, 'readFile').mockRejectedValueOnce(new FakeFileError('NoPermissions', 'EACCES'));
    await expect(files().read('wrangler.jsonc')).rejects.toMatchObject({
      message: 'wrangler.jsonc cannot be read. Access is not allowed: change the permissions.',
    });
  });

  it('are listed by name, folders with a slash', async () => {
    expect(await files().list('')).toEqual(['src/', 'wrangler.jsonc']);
    expect(await files().list('src')).toEqual(['index.ts']);
    expect(await files().list('nowhere')).toEqual([]);
    vi.spyOn(fakeVscode.workspace.fs, 'readDirectory').mockResolvedValueOnce([['linked', 64 | 2]]);
    expect(await files().list('')).toEqual(['linked/']);
    fake.disk.clear();
    expect(await files().list('')).toEqual([]);
  });
});
