import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyPlan } from '../../../../src/vscode/scaffold/apply';
import { plannedResult } from '../../../../src/vscode/scaffold/plan-result';
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
  type Entry,
} from './fake-workspace';
import { journalAt, planOf, targetAt } from './plans';

vi.mock('vscode', async () => (await import('./fake-workspace')).fakeVscode);

const BEFORE = '// mine\n{ "name": "w" }\n';
const AFTER = '// mine\n{ "name": "w", "ai": { "binding": "AI" } }\n';

const plan = planOf({
  creates: [
    { path: 'src/ai.ts', text: 'export const a = 1;  \n' },
    { path: 'test/deep/ai.spec.ts', text: '' },
  ],
  edits: [{ path: 'wrangler.jsonc', before: BEFORE, after: AFTER }],
  skips: [{ path: 'README.md', reason: 'It is there already.' }],
});

const journal = journalAt('/storage/scaffolds');
const apply = (what = plan, confirm = false) => applyPlan(what, targetAt('/work', confirm), { journal });

/** The files of the project, and whether anything is unsaved. */
const state = () => ({ files: tree('/work'), dirty: [...fake.documents.values()].filter(({ isDirty }) => isDirty) });

beforeEach(() => {
  resetWorkspace();
  putFile('/work/wrangler.jsonc', BEFORE);
});

describe('applying a plan', () => {
  it('creates, edits and saves in one edit, without a preview', async () => {
    const edits = vi.spyOn(fakeVscode.workspace, 'applyEdit');
    expect(await apply()).toEqual({
      created: ['src/ai.ts', 'test/deep/ai.spec.ts'],
      edited: ['wrangler.jsonc'],
      skipped: [{ path: 'README.md', reason: 'It is there already.' }],
      conflicts: [],
      applied: true,
    });
    expect(edits).toHaveBeenCalledExactlyOnceWith(expect.anything(), { isRefactoring: true });
    expect(fake.previewed).toEqual([]);
    expect(state()).toEqual({
      files: { 'src/ai.ts': 'export const a = 1;  \n', 'test/deep/ai.spec.ts': '', 'wrangler.jsonc': AFTER },
      dirty: [],
    });
  });

  it('changes nothing in a document but what the plan changes', async () => {
    const edits = vi.spyOn(fakeVscode.workspace, 'applyEdit');
    await apply();
    const [text] = edits.mock.calls[0]?.[0].entries.filter(({ kind }) => kind === 'text') ?? [];
    expect(text).toMatchObject({ range: { start: 21, end: 21 }, text: ', "ai": { "binding": "AI" }' });
  });

  it('writes the bytes of the plan, whatever formatting on save and mixed line ends do', async () => {
    const before = '\uFEFF{\r\n  "name": "w"  \n}';
    const after = '\uFEFF{\r\n  "ai": {},\n  "name": "w"  \n}';
    putFile('/work/wrangler.jsonc', before);
    fake.format = (text) => `${text.replaceAll(/ +$/gm, '')}\n`;
    const result = await apply(planOf({ edits: [{ path: 'wrangler.jsonc', before, after }] }));
    expect(result.edited).toEqual(['wrangler.jsonc']);
    expect(diskText('/work/wrangler.jsonc')).toBe(after);
  });

  it('builds on what is typed and not saved', async () => {
    type('/work/wrangler.jsonc', '{ "name": "new" }');
    const edit = { path: 'wrangler.jsonc', before: '{ "name": "new" }', after: '{ "name": "new", "ai": {} }' };
    await apply(planOf({ edits: [edit] }));
    expect(state()).toEqual({ files: { 'wrangler.jsonc': edit.after }, dirty: [] });
  });

  it('waits for a document that has not followed its file yet', async () => {
    await fakeVscode.workspace.openTextDocument(FakeUri.file('/work/wrangler.jsonc'));
    await fakeVscode.workspace.fs.writeFile(
      FakeUri.file('/work/wrangler.jsonc'),
      new TextEncoder().encode('{ "b": 1 }'),
    );
    await apply(planOf({ edits: [{ path: 'wrangler.jsonc', before: '{ "b": 1 }', after: '{ "b": 1, "ai": {} }' }] }));
    expect(state()).toEqual({ files: { 'wrangler.jsonc': '{ "b": 1, "ai": {} }' }, dirty: [] });
  });

  it('makes a document follow whose file is not watched', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await fakeVscode.workspace.openTextDocument(FakeUri.file('/work/wrangler.jsonc'));
    putFile('/work/wrangler.jsonc', '{ "b": 1 }');
    const edit = { path: 'wrangler.jsonc', before: '{ "b": 1 }', after: '{ "b": 1, "ai": {} }' };
    const applied = apply(planOf({ edits: [edit] }));
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.runAllTimers();
    expect((await applied).edited).toEqual(['wrangler.jsonc']);
    vi.useRealTimers();
    expect(state()).toEqual({ files: { 'wrangler.jsonc': edit.after }, dirty: [] });
  });

  it('writes nothing for conflicts, and nothing when there is nothing to do', async () => {
    const conflict = { path: 'wrangler.jsonc', reason: 'AI is taken.', snippet: '"ai": {}' };
    expect(await apply({ ...plan, conflicts: [conflict] }, true)).toEqual({
      created: [],
      edited: [],
      skipped: plan.skips,
      conflicts: [{ path: 'wrangler.jsonc', reason: 'AI is taken.' }],
      applied: false,
    });
    expect(await apply(planOf({}), true)).toMatchObject({ applied: false });
    expect(fake.previewed).toEqual([]);
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': BEFORE });
    expect(await journal.all()).toEqual([]);
  });

  it('that is only planned says what it would do', () => {
    expect(plannedResult(plan)).toMatchObject({
      created: ['src/ai.ts', 'test/deep/ai.spec.ts'],
      edited: ['wrangler.jsonc'],
      applied: false,
    });
  });
});

describe('the preview', () => {
  const names = (entries: readonly Entry[]) => entries.map(({ uri }) => uri.path);

  it('comes with everything ticked but an entry that does nothing', async () => {
    await apply(plan, true);
    const [entries = []] = fake.previewed;
    const [first, ...rest] = entries;
    expect(first).toMatchObject({ kind: 'delete', metadata: { needsConfirmation: true } });
    expect(fake.disk.has(first?.uri.path ?? '')).toBe(false);
    expect(names(rest)).toEqual(['/work/src/ai.ts', '/work/test/deep/ai.spec.ts', '/work/wrangler.jsonc']);
    expect(rest.every(({ metadata }) => metadata?.needsConfirmation === false)).toBe(true);
    expect(rest.every(({ metadata }) => metadata?.label === 'Add AI binding')).toBe(true);
  });

  it('leaves out what is not ticked', async () => {
    fake.preview = (entries) => entries.filter(({ uri }) => uri.path === '/work/src/ai.ts');
    expect(await apply(plan, true)).toEqual({
      created: ['src/ai.ts'],
      edited: [],
      skipped: [
        ...plan.skips,
        { path: 'test/deep/ai.spec.ts', reason: 'It was not ticked in the preview.' },
        { path: 'wrangler.jsonc', reason: 'It was not ticked in the preview.' },
      ],
      conflicts: [],
      applied: true,
    });
    expect(Object.keys(tree('/work'))).toEqual(['src/ai.ts', 'wrangler.jsonc']);
    expect((await journal.all())[0]?.files.map(({ path }) => path)).toEqual(['src/ai.ts']);
  });

  it('that is discarded writes nothing and leaves nothing to undo', async () => {
    fake.preview = () => undefined;
    expect(await apply(plan, true)).toMatchObject({ created: [], edited: [], applied: false });
    expect(state()).toEqual({ files: { 'wrangler.jsonc': BEFORE }, dirty: [] });
    expect(fake.disk.has('/work/src')).toBe(false);
    expect(await journal.all()).toEqual([]);
  });

  it('comes after what undoing needs was kept', async () => {
    let kept: unknown;
    fake.beforeEdit = () => (kept = Object.values(tree('/storage/scaffolds')).map((text) => JSON.parse(text).files));
    await apply(plan, true);
    expect(kept).toEqual([
      [
        { path: 'src/ai.ts', after: 'export const a = 1;  \n' },
        { path: 'test/deep/ai.spec.ts', after: '' },
        { path: 'wrangler.jsonc', before: BEFORE, after: AFTER },
      ],
    ]);
  });
});

describe('a plan that cannot be applied', () => {
  /** Nothing may be left of it. */
  async function expectRefused(code: string, message: string | RegExp, confirm = false): Promise<void> {
    const before = state();
    const folders = [...fake.disk.keys()].filter((path) => path.startsWith('/work'));
    await expect(apply(plan, confirm)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(state()).toEqual(before);
    expect([...fake.disk.keys()].filter((path) => path.startsWith('/work'))).toEqual(folders);
    expect(await journal.all()).toEqual([]);
  }

  it('is refused where the workspace or a file is read-only', async () => {
    fake.writable = false;
    await expectRefused('read-only', 'This workspace is read-only.');
    fake.writable = true;
    fake.readonlyFiles.add('/work/wrangler.jsonc');
    await expectRefused('read-only', 'wrangler.jsonc is read-only. Make it writable and try again.');
  });

  it('is refused when a file is another by now', async () => {
    putFile('/work/wrangler.jsonc', '{}');
    await expectRefused('changed-meanwhile', 'wrangler.jsonc was changed in the meantime. Run the command again.');
    type('/work/wrangler.jsonc', BEFORE);
    putFile('/work/src/ai.ts', 'theirs');
    await expectRefused('changed-meanwhile', 'src/ai.ts was made in the meantime. Run the command again.');
  });

  it('is refused where a file stands in the way of a folder', async () => {
    putFile('/work/test', 'a file');
    await expectRefused('write-failed', '/work/test is a file, so nothing can be put into it. Choose another name.');
  });

  it.each([false, true])('leaves nothing half-written when the disk is full (preview: %s)', async (confirm) => {
    fake.beforeEdit = () => (fake.space = 5);
    await expectRefused(
      'write-failed',
      /^src\/ai\.ts could not be written\. The disk is full: make room on it\. Nothing was written\.$/,
      confirm,
    );
  });

  it('leaves nothing half-written when a file may not be written', async () => {
    fake.failures.set('/work/test/deep/ai.spec.ts', new FakeFileError('NoPermissions', 'EACCES'));
    await expectRefused('read-only', /^test\/deep\/ai\.spec\.ts could not be written.*not allowed/);
    fake.failures.clear();
    fake.failures.set('/work/wrangler.jsonc', new FakeFileError('NoPermissions', 'EACCES'));
    await expectRefused('read-only', /^wrangler\.jsonc could not be written.*not allowed/);
  });

  it('takes back what was changed in a document with mixed line ends', async () => {
    const [before, after] = ['{\r\n\n}', '{\r\n"ai": {}\n}'];
    putFile('/work/wrangler.jsonc', before);
    fake.failures.set('/work/wrangler.jsonc', new FakeFileError('NoPermissions', 'EACCES'));
    const mixed = planOf({ edits: [{ path: 'wrangler.jsonc', before, after }] });
    await expect(apply(mixed)).rejects.toMatchObject({ code: 'read-only' });
    expect(state()).toEqual({ files: { 'wrangler.jsonc': before }, dirty: [] });
    expect(fake.documents.get('/work/wrangler.jsonc')?.text).not.toContain('ai');
  });

  it('keeps what is typed and not saved when it cannot be saved', async () => {
    type('/work/wrangler.jsonc', '{ "mine": 1 }');
    fake.failures.set('/work/wrangler.jsonc', new FakeFileError('NoPermissions', 'EACCES'));
    const edit = { path: 'wrangler.jsonc', before: '{ "mine": 1 }', after: '{ "mine": 1, "ai": {} }' };
    await expect(apply(planOf({ edits: [edit] }))).rejects.toMatchObject({ code: 'read-only' });
    expect(fake.documents.get('/work/wrangler.jsonc')).toMatchObject({ text: '{ "mine": 1 }', isDirty: true });
    expect(diskText('/work/wrangler.jsonc')).toBe(BEFORE);
  });

  it('does not write over what others wrote before a document was saved', async () => {
    fake.beforeEdit = () => putFile('/work/wrangler.jsonc', 'theirs');
    await expect(apply(planOf({ edits: plan.edits }))).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('These could not be taken back: wrangler.jsonc.'),
    });
    expect(state()).toEqual({ files: { 'wrangler.jsonc': 'theirs' }, dirty: [] });
  });

  it('takes unsaved text back out of the file when a later file cannot be saved', async () => {
    putFile('/work/env.d.ts', 'a');
    type('/work/wrangler.jsonc', '{ "mine": 1 }');
    fake.failures.set('/work/env.d.ts', new FakeFileError('NoPermissions', 'EACCES'));
    const edits = [
      { path: 'wrangler.jsonc', before: '{ "mine": 1 }', after: '{ "mine": 1, "ai": {} }' },
      { path: 'env.d.ts', before: 'a', after: 'b' },
    ];
    await expect(apply(planOf({ edits }))).rejects.toMatchObject({ code: 'read-only' });
    expect(tree('/work')).toEqual({ 'env.d.ts': 'a', 'wrangler.jsonc': BEFORE });
    expect(fake.documents.get('/work/wrangler.jsonc')).toMatchObject({ text: '{ "mine": 1 }', isDirty: true });
  });

  it.each([
    ['cut off', 5, 'The disk is full'],
    ['not writable any more', undefined, 'not allowed'],
  ])('takes back a file that was saved and formatted, then %s', async (_, space, reason) => {
    const before = '\uFEFF{\r\n  "name": "w"  \r\n}';
    const after = '\uFEFF{\r\n  "ai": {},\r\n  "name": "w"  \r\n}';
    putFile('/work/wrangler.jsonc', before);
    fake.format = (text) => text.replaceAll(/ +(?=\r?$)/gm, '');
    const { writeFile } = fakeVscode.workspace.fs;
    let failed = false;
    vi.spyOn(fakeVscode.workspace.fs, 'writeFile').mockImplementation(async (uri, bytes) => {
      if (uri.path === '/work/wrangler.jsonc' && !failed) {
        failed = true;
        if (space === undefined) throw new FakeFileError('NoPermissions', 'EACCES');
        fake.disk.set(uri.path, bytes.subarray(0, space));
        throw new FakeFileError('Unknown', 'ENOSPC');
      }
      return writeFile(uri, bytes);
    });
    const refused = apply(planOf({ edits: [{ path: 'wrangler.jsonc', before, after }] }));
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(reason) });
    vi.restoreAllMocks();
    expect(diskText('/work/wrangler.jsonc')).toBe(before);
    expect(await journal.all()).toEqual([]);
  });

  it('does not say that nothing was written where it cannot know whose change it is', async () => {
    putFile('/work/env.d.ts', 'a');
    fake.failures.set('/work/env.d.ts', new FakeFileError('NoPermissions', 'EACCES'));
    const edits = [{ path: 'env.d.ts', before: 'a', after: 'b' }, ...plan.edits];
    const { save } = await fakeVscode.workspace.openTextDocument(FakeUri.file('/work/env.d.ts'));
    fake.documents.get('/work/env.d.ts')!.save = () => {
      // As another one does at that time, or VS Code by formatting all that it saves of a refactoring.
      putFile('/work/wrangler.jsonc', 'formatted');
      fake.documents.get('/work/wrangler.jsonc')?.reload();
      return save();
    };
    await expect(apply(planOf({ edits }))).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('These could not be taken back: wrangler.jsonc.'),
    });
    expect(await journal.all()).toHaveLength(1);
  });

  it('does not touch what others made while it was previewed', async () => {
    fake.beforeEdit = () => putFile('/work/src/ai.ts', 'theirs');
    await expect(apply(plan, true)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(tree('/work')).toEqual({ 'src/ai.ts': 'theirs', 'wrangler.jsonc': BEFORE });
  });

  it('takes nothing back that others wrote meanwhile', async () => {
    fake.beforeEdit = () => {
      putFile('/work/wrangler.jsonc', 'theirs');
      fake.space = 5;
    };
    await expect(apply(plan, true)).rejects.toMatchObject({ code: 'write-failed' });
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': 'theirs' });
  });

  it('says what it could not take back, and keeps it for undoing', async () => {
    fake.failures.set('/work/test/deep/ai.spec.ts', new Error('odd'));
    vi.spyOn(fakeVscode.workspace.fs, 'delete').mockImplementation(async ({ path }) => {
      if (path === '/work/src/ai.ts') throw new Error('busy');
      fake.disk.delete(path);
    });
    await expect(apply()).rejects.toMatchObject({
      code: 'write-failed',
      message:
        'test/deep/ai.spec.ts could not be written. odd. These could not be taken back: src/ai.ts. Undo Last Scaffold tries it again.',
    });
    vi.restoreAllMocks();
    expect(await journal.all()).toHaveLength(1);
  });

  it('is refused when a document is changed just before it', async () => {
    const open = fakeVscode.workspace.openTextDocument;
    vi.spyOn(fakeVscode.workspace, 'openTextDocument').mockImplementationOnce(async (uri) => {
      putFile('/work/wrangler.jsonc', '{ "theirs": 1 }');
      return open(uri);
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const refused = expect(apply()).rejects.toMatchObject({ code: 'changed-meanwhile' });
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.runAllTimers();
    vi.useRealTimers();
    await refused;
    expect(tree('/work')).toEqual({ 'wrangler.jsonc': '{ "theirs": 1 }' });
  });

  it('is not begun when undoing could not be kept', async () => {
    fake.space = 0;
    await expectRefused('write-failed', 'The disk is full: make room on it.');
  });
});
