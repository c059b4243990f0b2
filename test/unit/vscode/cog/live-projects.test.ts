import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../../src/core/cog-project/problem';
import { createLiveProjects, type LiveProjects } from '../../../../src/vscode/cog/live-projects';
import { fake, putFile, resetWorkspace } from '../scaffold/fake-workspace';
import { closeDocument, FakeUri, happens, openDocument, resetWindow, underlined, window } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

const uri = (path: string) => FakeUri.file(path) as never;

/** Each project has one problem in its configuration, with the count of checks as its code. */
const looks = new Map<string, number>();
let depends: (path: string) => boolean = () => true;
let files: readonly string[] = ['cog.yaml'];

function problemOf(code: string, file = 'cog.yaml'): Problem {
  const span = { line: 2, column: 3, endLine: 2, endColumn: 5 };
  return { file, ...span, severity: 'warning', message: 'Mend it.', code, fixes: [] };
}

let projects: LiveProjects;

function start(isShown: (problem: Problem) => boolean = () => true): void {
  projects = createLiveProjects({
    async look({ path }) {
      const count = (looks.get(path) ?? 0) + 1;
      looks.set(path, count);
      const problems = files.map((file) => problemOf(`check-${count}`, file));
      return { problems: [...problems, problemOf('hidden')], dependsOn: depends };
    },
    isShown: (problem) => problem.code !== 'hidden' && isShown(problem),
  });
}

const typed = (path: string) => happens.typed.fire({ document: { uri: uri(path) }, contentChanges: [{}] });

beforeEach(() => {
  projects?.dispose();
  resetWorkspace();
  resetWindow();
  looks.clear();
  depends = () => true;
  files = ['cog.yaml'];
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/cog.yaml', 'run: a');
  putFile('/work/run.py', '');
  putFile('/work/inner/cog.yaml', 'run: a');
  putFile('/work/inner/deep/lib.py', '');
  putFile('/elsewhere/cog.yaml', 'run: a');
});

describe('projects', () => {
  it('are checked when a document of theirs is open, now or later, and only then', async () => {
    openDocument('/work/run.py');
    start();
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-1'] });
    openDocument('/work/inner/deep/lib.py');
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-1'], '/work/inner/cog.yaml': ['check-1'] });
    // Places are counted from 0.
    expect([...window.collections][0]?.get('/work/cog.yaml')?.[0]).toMatchObject({
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
      severity: 1,
      source: 'Cog',
    });
  });

  it('are not made of files that have nothing to do with Cog, nor of versions out of Git', async () => {
    start();
    openDocument('/work/notes.md');
    openDocument('/work/cog.yaml', 'git');
    openDocument('/nowhere/run.py');
    openDocument('/elsewhere/cog.yaml');
    await expect.poll(underlined).toEqual({ '/elsewhere/cog.yaml': ['check-1'] });
  });

  it('are checked again when their texts or files change, typed or not', async () => {
    start();
    openDocument('/work/run.py');
    await expect.poll(() => looks.get('/work')).toBe(1);
    typed('/work/run.py');
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-2'] });
    happens.created.fire(uri('/work/.env'));
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-3'] });
    happens.changed.fire(uri('/work/requirements.txt'));
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-4'] });
    happens.trusted.fire();
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-5'] });
    happens.extensions.fire();
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-6'] });
  });

  it('show no problem of before, also not in another file', async () => {
    files = ['cog.yaml', 'run.py'];
    start();
    openDocument('/work/run.py');
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-1'], '/work/run.py': ['check-1'] });
    files = [];
    typed('/work/run.py');
    await expect.poll(underlined).toEqual({});
  });

  it('do not lie above the open folder', async () => {
    fake.folders = [{ uri: FakeUri.file('/work/inner/deep') }];
    start();
    openDocument('/work/inner/deep/lib.py');
    putFile('/work/inner/deep/cog.yaml', 'run: a');
    openDocument('/work/inner/deep/cog.yaml');
    await expect.poll(underlined).toEqual({ '/work/inner/deep/cog.yaml': ['check-1'] });
    expect([...looks.keys()]).toEqual(['/work/inner/deep']);
  });

  it('are left when their last document closes, unless they were asked for', async () => {
    start();
    const [one, other] = [openDocument('/work/run.py'), openDocument('/work/cog.yaml')];
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-1'] });
    closeDocument(one);
    expect(underlined()).not.toEqual({});
    projects.pin(uri('/work/inner'));
    closeDocument(other);
    await expect.poll(underlined).toEqual({ '/work/inner/cog.yaml': ['check-1'] });
    expect(window.collections.size).toBe(1);
  });

  it('forget what was typed and not saved when its document closes', async () => {
    start();
    projects.pin(uri('/work'));
    const document = openDocument('/work/run.py');
    await expect.poll(() => looks.get('/work')).toBe(1);
    closeDocument(document);
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-2'] });
  });

  it('go with their configuration, or with a folder around it; then an outer one has their documents', async () => {
    start();
    openDocument('/work/inner/deep/lib.py');
    projects.pin(uri('/elsewhere'));
    await expect.poll(underlined).toEqual({ '/work/inner/cog.yaml': ['check-1'], '/elsewhere/cog.yaml': ['check-1'] });
    fake.disk.delete('/work/inner/cog.yaml');
    fake.disk.delete('/elsewhere/cog.yaml');
    happens.deleted.fire(uri('/work/inner/cog.yaml'));
    happens.deleted.fire(uri('/elsewhere'));
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-1'] });
    // And are there again with it.
    putFile('/work/inner/cog.yaml', 'run: a');
    happens.created.fire(uri('/work/inner/cog.yaml'));
    await expect.poll(underlined).toEqual({ '/work/inner/cog.yaml': [expect.stringMatching(/^check-/)] });
  });

  it('stay when something else in them is deleted', async () => {
    start();
    openDocument('/work/run.py');
    await expect.poll(() => looks.get('/work')).toBe(1);
    happens.deleted.fire(uri('/work/weights'));
    await expect.poll(underlined).toEqual({ '/work/cog.yaml': ['check-2'] });
    // Git and editors replace a file by deleting it.
    projects.pin(uri('/elsewhere'));
    await expect.poll(() => looks.get('/elsewhere')).toBe(1);
    happens.deleted.fire(uri('/elsewhere/cog.yaml'));
    await expect.poll(() => looks.get('/elsewhere')).toBe(2);
    await expect.poll(() => underlined()['/elsewhere/cog.yaml']).toEqual(['check-2']);
  });

  it('that were asked for go with the open folder they are in', async () => {
    start();
    projects.pin(uri('/work/inner'));
    await expect.poll(underlined).toEqual({ '/work/inner/cog.yaml': ['check-1'] });
    happens.folders.fire({ removed: [{ uri: uri('/other') }] });
    expect(underlined()).not.toEqual({});
    happens.folders.fire({ removed: [{ uri: uri('/work') }] });
    expect(underlined()).toEqual({});
  });

  it('are found by a file, the innermost first', async () => {
    start();
    openDocument('/work/run.py');
    openDocument('/work/inner/cog.yaml');
    await expect.poll(() => looks.size).toBe(2);
    expect(projects.around(uri('/work/inner/deep/lib.py'))?.root.path).toBe('/work/inner');
    expect(projects.around(uri('/work/requirements.txt'))?.root.path).toBe('/work');
    expect(projects.around(uri('/workshop/run.py'))).toBeUndefined();
    // A problem that another shows can be mended all the same.
    expect((await projects.around(uri('/work/run.py'))?.fresh())?.map(({ code }) => code)).toEqual([
      'check-1',
      'hidden',
    ]);
  });

  it('show nothing and listen to nothing once they are given up', async () => {
    start();
    openDocument('/work/run.py');
    await expect.poll(() => looks.get('/work')).toBe(1);
    projects.dispose();
    expect(window.collections.size).toBe(0);
    expect(Object.values(happens).map(({ count }) => count)).toEqual(Object.values(happens).map(() => 0));
  });
});
