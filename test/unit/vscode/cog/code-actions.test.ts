import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fix, Problem, Span } from '../../../../src/core/cog-project/problem';
import { createCodeActions, FIX_ALL } from '../../../../src/vscode/cog/code-actions';
import { fakeEditor, FakeUri, resetWindow } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

const ROOT = FakeUri.file('/work/model');
const span = (line: number, column: number, end: number): Span => ({ line, column, endLine: line, endColumn: end });
const replace = (title: string, at: Span, text: string, file = 'cog.yaml'): Fix => ({
  title,
  edits: [{ kind: 'replace', file, span: at, text }],
});

const problem = (code: string, at: Span, fixes: readonly Fix[], file = 'cog.yaml'): Problem => {
  return { file, ...at, severity: 'error', message: 'Mend it.', code, fixes };
};

let problems: readonly Problem[] = [];
const actions = createCodeActions({
  around: () => ({ root: ROOT as never, fresh: () => Promise.resolve(problems) }),
  pin: () => expect.unreachable(),
  dispose() {},
});

async function offered(
  line: number,
  { path = '/work/model/cog.yaml', only, diagnostics = [], isCancellationRequested = false }: any = {},
): Promise<any[] | undefined> {
  const range = new fakeEditor.Range(line - 1, 0, line - 1, 100);
  const context = { only, diagnostics };
  return actions.provideCodeActions(
    { uri: FakeUri.file(path) } as never,
    range as never,
    context as never,
    { isCancellationRequested } as never,
  ) as Promise<any[] | undefined>;
}

beforeEach(() => {
  resetWindow();
  problems = [];
});

describe('quick fixes', () => {
  it('are those of the problems at the place, in this file', async () => {
    problems = [
      problem('unquoted', span(2, 20, 24), [replace('Quote it', span(2, 20, 24), '"3.10"')]),
      problem('elsewhere', span(3, 1, 5), [replace('No', span(3, 1, 5), '')]),
      problem('python', span(2, 1, 5), [replace('No', span(2, 1, 5), '')], 'run.py'),
    ];
    const ours = { source: 'Cog', code: 'unquoted' };
    const found = await offered(2, { diagnostics: [ours, { source: 'YAML', code: 'unquoted' }] });
    expect(found).toMatchObject([{ title: 'Quote it', isPreferred: true, diagnostics: [ours] }]);
    expect(found?.[0].edit.changes).toEqual([['/work/model/cog.yaml', 1, 19, 1, 23, '"3.10"']]);
  });

  it('change other files and make new ones, as one edit', async () => {
    const edits: Fix['edits'] = [
      { kind: 'create', file: '.dockerignore', text: '.env\n' },
      { kind: 'replace', file: 'src/run.py', span: span(1, 1, 1), text: 'import cog\n' },
    ];
    problems = [problem('env', span(1, 1, 2), [{ title: 'Leave it out', edits }])];
    const found = await offered(1);
    expect(found?.[0].edit.changes).toEqual([
      ['/work/model/.dockerignore', '.env\n'],
      ['/work/model/src/run.py', 0, 0, 0, 0, 'import cog\n'],
    ]);
  });

  it('prefer none of several', async () => {
    const at = span(1, 1, 2);
    problems = [problem('both', at, [replace('Remove run', at, ''), replace('Remove predict', at, '')])];
    expect((await offered(1))?.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Remove run', false],
      ['Remove predict', false],
    ]);
  });

  it('are not made for a request that was given up, nor outside of the project', async () => {
    problems = [problem('a', span(1, 1, 2), [replace('A', span(1, 1, 2), '')])];
    expect(await offered(1, { isCancellationRequested: true })).toBeUndefined();
    expect(await offered(1, { path: '/work/other/cog.yaml' })).toBeUndefined();
  });
});

describe('fixing all', () => {
  it('takes what leaves no choice, stays in the file and touches nothing else', async () => {
    problems = [
      problem('one', span(1, 1, 5), [replace('A', span(1, 1, 5), 'one')]),
      problem('overlaps', span(1, 4, 8), [replace('B', span(1, 4, 8), 'two')]),
      problem('choice', span(2, 1, 5), [replace('C', span(2, 1, 5), ''), replace('D', span(2, 1, 5), '')]),
      problem('other file', span(3, 1, 5), [replace('E', span(3, 1, 5), '', 'run.py')]),
      problem('none', span(4, 1, 5), []),
      problem('last', span(5, 1, 5), [replace('F', span(5, 1, 5), 'six')]),
    ];
    for (const only of [FIX_ALL, fakeEditor.CodeActionKind.SourceFixAll]) {
      const found = await offered(9, { only });
      expect(found?.map(({ kind }) => kind)).toEqual([FIX_ALL]);
      expect(found?.[0].edit.changes).toEqual([
        ['/work/model/cog.yaml', 0, 0, 0, 4, 'one'],
        ['/work/model/cog.yaml', 4, 0, 4, 4, 'six'],
      ]);
    }
  });

  it('is not offered where there is nothing to fix', async () => {
    problems = [problem('none', span(1, 1, 5), [])];
    expect(await offered(1, { only: FIX_ALL })).toEqual([]);
  });
});
