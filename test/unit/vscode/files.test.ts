import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_INPUT } from '../../../src/core/media/limits';
import { createFiles } from '../../../src/vscode/files';
import { disk, fakeVscode, resetFake } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).fakeVscode);

const uri = (path: string): any => fakeVscode.Uri.file(path);
const files = () => createFiles(uri('/storage/media'), uri('/home/me'));
const { window, workspace, commands } = fakeVscode;

beforeEach(() => {
  resetFake();
  disk.files.set('/work/a/cat.png', Uint8Array.of(1));
  disk.files.set('/work/b/Meow.WAV', Uint8Array.of(2, 2));
});

describe('files from the disk', () => {
  it('are asked for by kind and come with name and bytes', async () => {
    disk.folders.push({ uri: uri('/work') });
    window.showOpenDialog.mockResolvedValueOnce([uri('/work/a/cat.png'), uri('/work/b/Meow.WAV')]);
    expect(await files().pickFiles('disk', ['image', 'audio'])).toEqual([
      { name: 'cat.png', bytes: Uint8Array.of(1) },
      { name: 'Meow.WAV', bytes: Uint8Array.of(2, 2) },
    ]);
    const [options] = window.showOpenDialog.mock.calls[0] ?? [];
    expect(options).toMatchObject({ canSelectMany: true, defaultUri: uri('/work') });
    expect(Object.keys(options.filters)).toEqual(['All that can be attached', 'Pictures', 'Recordings']);
    expect(options.filters['All that can be attached']).toEqual(expect.arrayContaining(['png', 'PNG', 'heic', 'mp3']));
    expect(options.filters['All that can be attached']).not.toContain('pdf');
  });

  it('of one kind have one filter', async () => {
    await files().pickFiles('disk', ['file']);
    expect(window.showOpenDialog.mock.calls[0]?.[0]).toMatchObject({ filters: { Documents: ['pdf', 'PDF'] } });
  });

  it('are none when the dialog is cancelled', async () => {
    expect(await files().pickFiles('disk', ['image'])).toEqual([]);
  });

  it('that are too large are refused before they are read', async () => {
    const large = new Uint8Array(MAX_INPUT.image + 1);
    disk.files.set('/work/large.png', large);
    disk.files.set('/work/large.mp4', large);
    window.showOpenDialog.mockResolvedValue([uri('/work/a/cat.png'), uri('/work/large.png')]);
    expect(await files().pickFiles('disk', ['image'])).toEqual([
      { name: 'cat.png', bytes: Uint8Array.of(1) },
      {
        name: 'large.png',
        problem: 'large.png has 20.1 MiB; pictures can have at most 20 MiB. Make it smaller first.',
      },
    ]);
    expect(disk.reads).toEqual(['/work/a/cat.png']);
    window.showOpenDialog.mockResolvedValue([uri('/work/large.mp4')]);
    expect(await files().pickFiles('disk', ['video'])).toHaveLength(1);
  });

  it('are not read when they are too many or too much together', async () => {
    window.showOpenDialog.mockResolvedValue(Array.from({ length: 21 }, () => uri('/work/a/cat.png')));
    await expect(files().pickFiles('disk', ['image'])).rejects.toMatchObject({
      code: 'bad-media',
      message: 'At most 20 files can be attached; 21 were chosen.',
    });
    disk.files.set('/work/large.mp4', new Uint8Array(MAX_INPUT.video));
    window.showOpenDialog.mockResolvedValue(Array.from({ length: 3 }, () => uri('/work/large.mp4')));
    await expect(files().pickFiles('disk', ['video'])).rejects.toMatchObject({ code: 'bad-media' });
    expect(disk.reads).toEqual([]);
  });

  it('that are gone are named', async () => {
    window.showOpenDialog.mockResolvedValue([uri('/work/gone.png'), uri('/work/a/cat.png')]);
    expect(await files().pickFiles('disk', ['image'])).toEqual([
      { name: 'gone.png', problem: 'gone.png cannot be read: cannot find /work/gone.png' },
      { name: 'cat.png', bytes: Uint8Array.of(1) },
    ]);
  });
});

describe('files from the workspace', () => {
  beforeEach(() => void disk.folders.push({ uri: uri('/work') }));

  it('are offered by path, with icons, and several can be taken', async () => {
    workspace.findFiles.mockResolvedValueOnce([uri('/work/b/Meow.WAV'), uri('/work/a/cat.png')]);
    window.showQuickPick.mockImplementationOnce((items) => Promise.resolve(items));
    const picked = await files().pickFiles('workspace', ['image', 'audio']);
    expect(picked.map(({ name }) => name)).toEqual(['cat.png', 'Meow.WAV']);
    const [pattern, exclude] = workspace.findFiles.mock.calls[0] ?? [];
    expect(pattern).toMatch(/^\*\*\/\*\.\{png,PNG,.*wav,WAV.*\}$/);
    expect(pattern).not.toContain('pdf');
    expect(exclude).toBe('**/{node_modules,.git}/**');
    const [items, options] = window.showQuickPick.mock.calls[0] ?? [];
    expect(items).toMatchObject([
      { label: 'cat.png', description: 'a/cat.png', iconPath: { id: 'file-media' } },
      { label: 'Meow.WAV', description: 'b/Meow.WAV', iconPath: { id: 'unmute' } },
    ]);
    expect(options).toMatchObject({ canPickMany: true, matchOnDescription: true });
  });

  it('are none when the question is cancelled', async () => {
    workspace.findFiles.mockResolvedValueOnce([uri('/work/a/cat.png')]);
    expect(await files().pickFiles('workspace', ['image'])).toEqual([]);
  });

  it('of which there are none lead to the disk', async () => {
    await expect(files().pickFiles('workspace', ['video'])).rejects.toMatchObject({
      code: 'no-files',
      message: expect.stringContaining('Choose one from the disk instead.'),
    });
    expect(window.showQuickPick).not.toHaveBeenCalled();
  });
});

describe('saving', () => {
  it('suggests name and open folder, and writes a stored file', async () => {
    disk.folders.push({ uri: uri('/work') });
    disk.files.set('/storage/media/abc.png', Uint8Array.of(7));
    window.showSaveDialog.mockResolvedValueOnce(uri('/work/out/cat.png'));
    expect(await files().saveFile({ file: 'abc.png' }, 'cat.png')).toBe(true);
    expect(window.showSaveDialog.mock.calls[0]?.[0]).toEqual({
      defaultUri: uri('/work/cat.png'),
      filters: { PNG: ['png'] },
    });
    expect(disk.files.get('/work/out/cat.png')).toEqual(Uint8Array.of(7));
  });

  it('writes text, and goes on where the last file went', async () => {
    const host = files();
    window.showSaveDialog.mockResolvedValueOnce(uri('/other/a.srt'));
    expect(await host.saveFile({ text: 'Zoë' }, 'a.srt')).toBe(true);
    expect(new TextDecoder().decode(disk.files.get('/other/a.srt'))).toBe('Zoë');
    await host.saveFile({ text: '' }, 'b');
    expect(window.showSaveDialog.mock.calls.map(([options]) => options)).toMatchObject([
      { defaultUri: uri('/home/me/a.srt') },
      { defaultUri: uri('/other/b') },
    ]);
  });

  it('writes nothing when it is cancelled', async () => {
    const before = disk.files.size;
    expect(await files().saveFile({ file: 'abc.png' }, 'cat.png')).toBe(false);
    expect(disk.files.size).toBe(before);
  });

  it('that fails says why', async () => {
    window.showSaveDialog.mockResolvedValue(uri('/locked/a.txt'));
    await expect(files().saveFile({ text: 'x' }, 'a.txt')).rejects.toMatchObject({
      code: 'not-saved',
      message: 'a.txt could not be saved: no permission',
    });
    await expect(files().saveFile({ file: 'gone.png' }, 'a.png')).rejects.toMatchObject({ code: 'bad-media' });
  });
});

it('a stored file opens in the editor', async () => {
  await files().openMedia('abc.png');
  expect(commands.executeCommand).toHaveBeenCalledWith('vscode.open', uri('/storage/media/abc.png'));
});
