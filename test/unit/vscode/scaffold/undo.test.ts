import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyPlan } from '../../../../src/vscode/scaffold/apply';
import { registerWrittenFiles } from '../../../../src/vscode/scaffold/kept-files';
import { undoLastScaffold } from '../../../../src/vscode/scaffold/undo';
import {
  diskText,
  fake,
  FakeFileError,
  FakeUri,
  fakeVscode,
  putFile,
  resetWorkspace,
  tree,
  type,
} from './fake-workspace';
import { journalAt, planOf, targetAt } from './plans';

vi.mock('vscode', async () => (await import('./fake-workspace')).fakeVscode);

const BEFORE = '\uFEFF{\r\n\t"name": "w",\n}';
const AFTER = '\uFEFF{\r\n\t"name": "w",\n\t"ai": {},\n}';

const journal = journalAt('/storage/scaffolds');
const { window, workspace, commands } = fakeVscode;

const plan = planOf({
  creates: [{ path: 'src/lib/ai.ts', text: 'export {};\n' }],
  edits: [{ path: 'wrangler.jsonc', before: BEFORE, after: AFTER }],
});
const apply = (what = plan, root = '/work') => applyPlan(what, targetAt(root), { journal });
const undo = () => undoLastScaffold({ journal });

beforeEach(() => {
  resetWorkspace();
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/wrangler.jsonc', BEFORE);
});

describe('undoing the last scaffold', () => {
  it('removes what was made, with its folders, and gives edited files their bytes back', async () => {
    await apply();
    expect(await undo()).toEqual({ restored: ['src/lib/ai.ts', 'wrangler.jsonc'], kept: [] });
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
    expect(fake.documents.get('/work/wrangler.jsonc')?.text).not.toContain('"ai"');
    expect(fake.disk.has('/work/src')).toBe(false);
    expect(fake.trashed).toEqual(['/work/src/lib/ai.ts']);
    expect(window.showInformationMessage).toHaveBeenCalledWith('Undone: Add AI binding. Files put back or removed: 2.');
    expect(window.showWarningMessage).not.toHaveBeenCalled();
  });

  it('waits for a scaffold that is still being written, also when that fails', async () => {
    await apply(planOf({ creates: [{ path: 'src/ai.ts', text: 'export {};\n' }] }));
    const order: string[] = [];
    const writing = journal.inTurn(async () => {
      // More turns of the event loop than undoing takes here.
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      order.push('written');
      throw new Error('full');
    });
    await Promise.allSettled([writing, undo().then(() => order.push('undone'))]);
    expect(order).toEqual(['written', 'undone']);
  });

  it('restores the exact bytes of any text, whatever VS Code makes of it when saving', async () => {
    const text = fc.array(fc.constantFrom('{', '"ü"', ' ', '\t', '\n', '\r\n', '👍', '// c'), { maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(text, text, fc.boolean(), fc.boolean(), async (first, second, bom, formats) => {
        resetWorkspace();
        if (formats) fake.format = (saved) => `${saved.trim()}\n`;
        const [before, after] = [first, second].map((parts) => (bom ? '\uFEFF' : '') + parts.join('')) as [
          string,
          string,
        ];
        fc.pre(before.replaceAll('\r\n', '\n') !== after.replaceAll('\r\n', '\n'));
        putFile('/work/a.jsonc', before);
        await apply(planOf({ edits: [{ path: 'a.jsonc', before, after }] }));
        expect(diskText('/work/a.jsonc')).toBe(after);
        expect(await undo()).toEqual({ restored: ['a.jsonc'], kept: [] });
        expect(diskText('/work/a.jsonc')).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves folders that hold something else, and those that are open', async () => {
    fake.folders = [{ uri: FakeUri.file('/new/project') }];
    const project = planOf({ creates: [{ path: 'src/index.ts', text: 'a' }] });
    await apply(project, '/new/project');
    await undo();
    expect([...fake.disk.keys()].filter((path) => path.startsWith('/new'))).toEqual(['/new', '/new/project']);
    await apply(project, '/new/project');
    putFile('/new/project/src/mine.ts', 'mine');
    await undo();
    expect(tree('/new')).toEqual({ 'project/src/mine.ts': 'mine' });
  });

  it('leaves the way clear for the next scaffold, however often', async () => {
    for (let count = 0; count < 3; count += 1) {
      await apply();
      expect(await undo()).toMatchObject({ kept: [] });
      expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
    }
  });

  it('removes the folder of a new project with everything above it that it made', async () => {
    await apply(planOf({ creates: [{ path: 'src/index.ts', text: 'a' }] }), '/home/made/project');
    await undo();
    expect([...fake.disk.keys()].filter((path) => path.startsWith('/home'))).toEqual([]);
  });

  it('keeps what was changed since, on the disk or in an editor, and offers to compare it', async () => {
    await apply();
    putFile('/work/src/lib/ai.ts', 'export const mine = 1;\n');
    type('/work/wrangler.jsonc', '{ "mine": 1 }');
    window.showWarningMessage.mockResolvedValueOnce('Show Changes');
    expect(await undo()).toEqual({ restored: [], kept: ['src/lib/ai.ts', 'wrangler.jsonc'] });
    expect(tree('/work')).toEqual({ 'src/lib/ai.ts': 'export const mine = 1;\n', 'wrangler.jsonc': AFTER });
    expect(window.showWarningMessage.mock.calls).toEqual([
      ['Changed since they were written, and kept as they are: src/lib/ai.ts, wrangler.jsonc', 'Show Changes'],
    ]);
    await vi.waitFor(() =>
      expect(commands.executeCommand).toHaveBeenCalledWith('vscode.changes', expect.anything(), expect.anything()),
    );
    const [, , files] = commands.executeCommand.mock.calls.find(([id]) => id === 'vscode.changes') ?? [];
    const [first, second] = files as FakeUri[][];
    const [label, written, now] = first ?? [];
    expect([label?.path, now?.path]).toEqual(['/work/src/lib/ai.ts', '/work/src/lib/ai.ts']);

    registerWrittenFiles(journal);
    const [scheme, provider] = workspace.registerTextDocumentContentProvider.mock.calls[0] as [string, any];
    expect(written?.scheme).toBe(scheme);
    expect(await provider.provideTextDocumentContent(written)).toBe('export {};\n');
    expect(await provider.provideTextDocumentContent(second?.[1])).toBe(AFTER);
  });

  it('restores the rest when one file was changed', async () => {
    await apply();
    putFile('/work/src/lib/ai.ts', 'export const mine = 1;\n');
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: ['src/lib/ai.ts'] });
    expect(tree('/work')).toEqual({ 'src/lib/ai.ts': 'export const mine = 1;\n', 'wrangler.jsonc': BEFORE });
  });

  it('keeps a file that is no text any more', async () => {
    await apply();
    putFile('/work/src/lib/ai.ts', Uint8Array.of(0xff));
    expect((await undo()).kept).toEqual(['src/lib/ai.ts']);
  });

  it('keeps a document that would be saved over it', async () => {
    putFile('/work/a.jsonc', '{}');
    await apply(planOf({ edits: [{ path: 'a.jsonc', before: '{}', after: '{ "ai": {} }' }] }));
    type('/work/a.jsonc', '{ "ai": {} }');
    expect(await undo()).toEqual({ restored: [], kept: ['a.jsonc'] });
    expect(diskText('/work/a.jsonc')).toBe('{ "ai": {} }');
  });

  it('goes on to the one before when it has kept everything', async () => {
    await apply(planOf({ creates: [{ path: 'one.ts', text: '1' }] }));
    await apply(planOf({ creates: [{ path: 'two.ts', text: '2' }] }));
    putFile('/work/two.ts', 'mine');
    expect(await undo()).toEqual({ restored: [], kept: ['two.ts'] });
    expect(await undo()).toEqual({ restored: ['one.ts'], kept: [] });
  });

  it('takes one scaffold after the other, the newest first', async () => {
    await apply(planOf({ creates: [{ path: 'one.ts', text: '1' }] }));
    await apply(planOf({ creates: [{ path: 'two.ts', text: '2' }] }));
    expect(await undo()).toMatchObject({ restored: ['two.ts'] });
    expect(await undo()).toMatchObject({ restored: ['one.ts'] });
    await expect(undo()).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });

  it('takes the newest of the open workspace, and others only then', async () => {
    await apply(planOf({ creates: [{ path: 'here.ts', text: '1' }] }), '/work/worker');
    fake.folders = [{ uri: FakeUri.file('/worker') }];
    await apply(planOf({ creates: [{ path: 'there.ts', text: '2' }] }), '/worker');
    fake.folders = [{ uri: FakeUri.file('/work') }];
    expect(await undo()).toMatchObject({ restored: ['here.ts'] });
    expect(await undo()).toMatchObject({ restored: ['there.ts'] });
  });

  it('passes over scaffolds that somebody undid already', async () => {
    await apply(planOf({ creates: [{ path: 'one.ts', text: '1' }] }));
    await apply();
    fake.disk.delete('/work/src/lib/ai.ts');
    putFile('/work/wrangler.jsonc', BEFORE);
    fake.documents.clear();
    expect(await undo()).toEqual({ restored: ['one.ts'], kept: [] });
  });

  it('undoes what a crash in the middle left', async () => {
    await journal.begin({
      label: 'Add AI binding',
      root: FakeUri.file('/work').toString(),
      files: [
        { path: 'src/ai.ts', after: 'whole' },
        { path: 'src/never.ts', after: 'never written' },
        { path: 'wrangler.jsonc', before: BEFORE, after: AFTER },
      ],
      folders: [FakeUri.file('/work/src').toString()],
    });
    putFile('/work/src/ai.ts', 'whole');
    expect(await undo()).toEqual({ restored: ['src/ai.ts'], kept: [] });
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
  });

  it('can be run again when a file could not be written', async () => {
    await apply();
    fake.failures.set('/work/wrangler.jsonc', new Error('ENOSPC'));
    await expect(undo()).rejects.toMatchObject({
      code: 'write-failed',
      message:
        'Not everything could be undone. The disk is full: make room on it. Once that is solved, run Undo Last Scaffold again.',
    });
    fake.failures.clear();
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: [] });
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
  });

  it('can be run again when the disk was full in the middle of a file', async () => {
    await apply();
    const { writeFile } = workspace.fs;
    vi.spyOn(workspace.fs, 'writeFile').mockImplementation(async (uri, bytes) => {
      if (uri.path === '/work/wrangler.jsonc') fake.space = 5;
      return writeFile(uri, bytes);
    });
    await expect(undo()).rejects.toMatchObject({ code: 'write-failed' });
    vi.restoreAllMocks();
    fake.space = Number.POSITIVE_INFINITY;
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: [] });
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
  });

  it('touches no edited file when it cannot keep what it is about to do', async () => {
    await apply();
    fake.space = 5;
    await expect(undo()).rejects.toMatchObject({ code: 'write-failed' });
    expect(diskText('/work/wrangler.jsonc')).toBe(AFTER);
    fake.space = Number.POSITIVE_INFINITY;
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: [] });
  });

  it('leaves alone what stands where a folder of it stood', async () => {
    await apply(
      planOf({
        creates: [
          { path: 'lib/a.ts', text: 'a' },
          { path: 'b.ts', text: 'b' },
        ],
      }),
    );
    fake.disk.delete('/work/lib/a.ts');
    putFile('/work/lib', 'mine');
    expect(await undo()).toEqual({ restored: ['b.ts'], kept: [] });
    expect(tree('/work')).toEqual({ lib: 'mine', 'wrangler.jsonc': BEFORE });
  });

  it('restores a file whose editor has the text of before already, but not saved', async () => {
    await apply(planOf({ creates: [{ path: 'older.ts', text: 'x' }] }));
    await apply(planOf({ edits: plan.edits }));
    type('/work/wrangler.jsonc', BEFORE);
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: [] });
    expect(tree('/work')).toEqual({ 'older.ts': 'x', 'wrangler.jsonc': BEFORE });
    expect(fake.documents.get('/work/wrangler.jsonc')?.isDirty).toBe(false);
  });

  it('says why when the files cannot be read now, and can be run again', async () => {
    await apply();
    vi.spyOn(workspace.fs, 'readFile').mockImplementation(async ({ path }) => {
      if (path.startsWith('/work')) throw new FakeFileError('Unavailable', 'the share is away');
      return fake.disk.get(path)!;
    });
    await expect(undo()).rejects.toMatchObject({
      code: 'unreadable',
      message:
        'What Add AI binding wrote cannot be read. the share is away. Once that is solved, run Undo Last Scaffold again.',
    });
    vi.restoreAllMocks();
    expect(await undo()).toMatchObject({ restored: ['src/lib/ai.ts', 'wrangler.jsonc'] });
  });

  it('passes over a scaffold of another window whose files cannot be read here', async () => {
    await apply(planOf({ creates: [{ path: 'one.ts', text: '1' }] }), '/one');
    fake.folders = [{ uri: FakeUri.file('/away') }];
    await apply(planOf({ creates: [{ path: 'two.ts', text: '2' }] }), '/away');
    fake.folders = [];
    const { stat } = workspace.fs;
    vi.spyOn(workspace.fs, 'stat').mockImplementation(async (uri) => {
      if (uri.path.startsWith('/away')) throw new FakeFileError('Unavailable', 'ENOPRO');
      return stat(uri);
    });
    expect(await undo()).toMatchObject({ restored: ['one.ts'] });
    vi.restoreAllMocks();
    expect(await undo()).toMatchObject({ restored: ['two.ts'] });
  });

  it('takes what this window made elsewhere before what it made earlier', async () => {
    await apply();
    await apply(planOf({ creates: [{ path: 'index.ts', text: 'x' }] }), '/elsewhere/project');
    expect(await undo()).toMatchObject({ restored: ['index.ts'] });
    expect(await undo()).toMatchObject({ restored: ['src/lib/ai.ts', 'wrangler.jsonc'] });
  });

  it('is done even if that cannot be kept', async () => {
    await apply(planOf({ creates: [{ path: 'one.ts', text: '1' }] }));
    vi.spyOn(workspace.fs, 'writeFile').mockRejectedValue(new FakeFileError('Unknown', 'ENOSPC'));
    expect(await undo()).toEqual({ restored: ['one.ts'], kept: [] });
    vi.restoreAllMocks();
  });

  it('rejects with a code when the journal itself cannot be read', async () => {
    vi.spyOn(workspace.fs, 'readDirectory').mockRejectedValue(new FakeFileError('NoPermissions', 'EACCES'));
    await expect(undo()).rejects.toMatchObject({ name: 'ScaffoldError', code: 'unreadable' });
    vi.restoreAllMocks();
  });
});

describe('the journal', () => {
  it('keeps the newest ten', async () => {
    for (let count = 0; count < 12; count += 1) {
      await apply(planOf({ creates: [{ path: `${count}.ts`, text: 'x' }] }));
    }
    const paths = (await journal.all()).map(({ files }) => files[0]?.path);
    expect(paths).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((count) => `${count}.ts`));
  });

  it('survives files that are cut off, and two windows in the same millisecond', async () => {
    const still = await import('../../../../src/vscode/scaffold/journal');
    const [one, two] = [0, 1].map(() => still.createJournal(FakeUri.file('/storage/still') as never, () => 5));
    const draft = { label: 'x', root: 'file:///work', files: [], folders: [] };
    await one?.begin(draft);
    await two?.begin({ ...draft, label: 'y' });
    putFile('/storage/still/000000000000007.json', '{"id":"7","la');
    putFile('/storage/still/000000000000008.json', '{"id":"8"}');
    putFile('/storage/still/notes.txt', 'mine');
    expect((await one?.all())?.map(({ label }) => label)).toEqual(['y', 'x']);
  });

  it('keeps a scaffold as it was when the disk is full', async () => {
    const scaffold = await journal.begin({ label: 'x', root: 'file:///work', files: [], folders: [] });
    fake.space = 10;
    await expect(journal.save({ ...scaffold, undone: true })).rejects.toThrow();
    expect(await journal.all()).toEqual([scaffold]);
  });

  it('keeps those of two windows that write at once', async () => {
    const { createJournal } = await import('../../../../src/vscode/scaffold/journal');
    const [one, two] = [0, 1].map(() => createJournal(FakeUri.file('/storage/once') as never, () => 5));
    const draft = { label: 'x', root: 'file:///work', files: [], folders: [] };
    await Promise.all([one?.begin(draft), two?.begin({ ...draft, label: 'y' })]);
    expect((await one?.all())?.map(({ label }) => label).sort()).toEqual(['x', 'y']);
  });

  it('reads what an older version kept, and leaves out what leads nowhere', async () => {
    const older = { id: '000000000000009', label: 'old', root: 'file:///work', files: [], folders: [], undone: false };
    const put = (id: string, value: unknown) => putFile(`/storage/scaffolds/${id}.json`, JSON.stringify(value));
    put('000000000000009', older);
    put('000000000000010', { ...older, id: '000000000000010', root: 'no uri' });
    put('000000000000011', { ...older, id: '000000000000011', folders: [''] });
    put('000000000000012', { ...older, id: '../../work/wrangler' });
    put('000000000000013', { ...older, id: '000000000000013', files: [{ path: '../other/a.ts', after: 'x' }] });
    expect(await journal.all()).toEqual([older]);
    await expect(undo()).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });

  it('keeps what it has when it cannot be written again', async () => {
    const [first] = [await journal.begin({ label: 'x', root: 'file:///work', files: [], folders: [] })];
    fake.space = 5;
    await expect(journal.save({ ...first, undone: true })).rejects.toMatchObject({ code: 'Unknown' });
    expect(await journal.all()).toEqual([first]);
    expect(Object.keys(tree('/storage/scaffolds'))).toEqual([`${first.id}.json`]);
  });

  it('has the newest first, also when the clock was set back', async () => {
    const { createJournal } = await import('../../../../src/vscode/scaffold/journal');
    let now = 1000;
    const clock = createJournal(FakeUri.file('/storage/clock') as never, () => now);
    const draft = { label: 'first', root: 'file:///work', files: [], folders: [] };
    for (let count = 0; count < 10; count += 1) await clock.begin(draft);
    now = 5;
    await clock.begin({ ...draft, label: 'last' });
    expect((await clock.all()).map(({ label }) => label)[0]).toBe('last');
  });

  it('can be saved twice at once', async () => {
    const scaffold = await journal.begin({ label: 'x', root: 'file:///work', files: [], folders: [] });
    await Promise.all([journal.save({ ...scaffold, unfinished: false }), journal.save({ ...scaffold, undone: true })]);
    expect(Object.keys(tree('/storage/scaffolds'))).toEqual([`${scaffold.id}.json`]);
    expect(await journal.all()).toHaveLength(1);
  });

  it('is empty before the first scaffold', async () => {
    expect(await journal.all()).toEqual([]);
    await expect(undo()).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });
});
