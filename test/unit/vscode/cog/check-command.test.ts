import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../../src/core/cog-project/problem';
import { checkCogProject } from '../../../../src/vscode/cog/check-command';
import { fake, putFile, resetWorkspace } from '../scaffold/fake-workspace';
import { fakeEditor, FakeUri, resetWindow, window } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

const problem: Problem = {
  ...{ file: 'cog.yaml', line: 2, column: 19, endLine: 2, endColumn: 23 },
  ...{ severity: 'error', message: 'Quote it.', code: 'unquoted', fixes: [{ title: 'Quote it', edits: [] }] },
};

const pinned: string[] = [];
let problems: readonly Problem[] = [];
const projects = {
  pin: ({ path }: { path: string }) => void pinned.push(path) as never,
  around: () => undefined,
  dispose() {},
};
const checked: string[] = [];
const check = (args?: unknown) =>
  checkCogProject(args, projects, async ({ path }) => {
    checked.push(path);
    return problems;
  });

beforeEach(() => {
  resetWorkspace();
  resetWindow();
  pinned.length = 0;
  checked.length = 0;
  problems = [problem];
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/my model/cog.yaml', 'run: a');
  putFile('/work/Bücher/cog.yaml', 'run: a');
  putFile('/work/docs/readme.md', '');
});

const opensProblems = () =>
  fakeEditor.commands.executeCommand.mock.calls.filter(([id]) => id === 'workbench.actions.view.problems').length;

describe('Check Cog Project', () => {
  it('answers a script with the problems, shows them from then on, and asks nothing', async () => {
    expect(await check({ folder: FakeUri.file('/work/my model') })).toEqual({
      problems: [{ file: 'cog.yaml', line: 2, column: 19, severity: 'error', message: 'Quote it.', code: 'unquoted' }],
    });
    expect(pinned).toEqual(['/work/my model']);
    expect(opensProblems()).toBe(0);
    expect(fakeEditor.window.showQuickPick).not.toHaveBeenCalled();
  });

  it('takes the folder as text or as JSON, and a configuration for its folder', async () => {
    await check({ folder: 'file:///work/Bücher' });
    await check({ folder: { scheme: 'file', path: '/work/Bücher' } });
    await check(FakeUri.file('/work/Bücher/cog.yaml'));
    expect(checked).toEqual(['/work/Bücher', '/work/Bücher', '/work/Bücher']);
  });

  it('takes the only project, and lets a person choose among several', async () => {
    window.found = [FakeUri.file('/work/Bücher/cog.yaml')];
    await check();
    expect(checked).toEqual(['/work/Bücher']);
    window.found = [FakeUri.file('/work/my model/cog.yaml'), FakeUri.file('/work/Bücher/cog.yaml')];
    fakeEditor.window.showQuickPick.mockImplementationOnce(async (items) => items[1]);
    await check();
    expect(fakeEditor.window.showQuickPick.mock.calls[0]?.[0].map((item: any) => item.label)).toEqual([
      'work/Bücher',
      'work/my model',
    ]);
    expect(checked.at(-1)).toBe('/work/my model');
    await expect(check()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('opens the Problems view for a person, or says that there are none', async () => {
    await check(FakeUri.file('/work/my model'));
    expect(opensProblems()).toBe(1);
    problems = [];
    await check(FakeUri.file('/work/my model'));
    expect(opensProblems()).toBe(1);
    expect(fakeEditor.window.showInformationMessage).toHaveBeenCalledWith('No problems in the Cog project my model.');
  });

  it('says with a code where there is no project, and checks nothing', async () => {
    await expect(check()).rejects.toMatchObject({ code: 'no-cog-project' });
    for (const folder of ['/work/docs', '/work/docs/readme.md', '/nowhere']) {
      await expect(check({ folder: FakeUri.file(folder) })).rejects.toMatchObject({ code: 'no-cog-project' });
    }
    await expect(check({ folder: 3 })).rejects.toMatchObject({ code: 'bad-argument' });
    expect([checked, pinned]).toEqual([[], []]);
  });
});
