import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cogCompletion } from '../../../../src/vscode/cog/completion';
import { cogHover } from '../../../../src/vscode/cog/hover';
import { isShown, REPEATED } from '../../../../src/vscode/cog/schema';
import { putFile, resetWorkspace } from '../scaffold/fake-workspace';
import { FakeUri, resetWindow, window } from './fake-editor';

vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor);

/** A document and the place of the `|` in it. */
function documentOf(marked: string) {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const lines = marked.replace('|', '').split('\n');
  const document = {
    uri: FakeUri.file('/work/cog.yaml'),
    lineCount: lines.length,
    lineAt: (at: number) => ({ text: lines[at] }),
  };
  return [document, { line: before.length - 1, character: before.at(-1)?.length ?? 0 }] as const;
}

const never = { isCancellationRequested: false };

async function offered(marked: string, token = never): Promise<any[] | undefined> {
  return (cogCompletion as any).provideCompletionItems(...documentOf(marked), token);
}
const labels = async (marked: string) => (await offered(marked))?.map(({ label }) => label.label ?? label);
const hover = (marked: string): any => (cogHover as any).provideHover(...documentOf(marked));

beforeEach(() => {
  resetWorkspace();
  resetWindow();
});

describe('completion', () => {
  it('offers the keys that are not there yet, and what to write behind them', async () => {
    const found = await offered('build:\n  gpu: true\n  py|\nrun: a');
    expect(found?.map(({ label }) => label)).toContain('python_version');
    expect(found?.map(({ label }) => label)).not.toContain('gpu');
    const item = found?.find(({ label }) => label === 'python_version');
    expect(item).toMatchObject({
      insertText: { value: 'python_version: $0' },
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 4 } },
      command: { command: 'editor.action.triggerSuggest' },
    });
    expect(item.documentation.value).toMatch(/Python/);
    expect((await offered('bui|\nrun: a'))?.find(({ label }) => label === 'build').insertText.value).toBe(
      'build:\n  $0',
    );
    const list = await offered('build:\n  sys|');
    expect(list?.find(({ label }) => label === 'system_packages').insertText.value).toBe('system_packages:\n  - $0');
  });

  it('replaces only the key where its value stands already', async () => {
    const found = await offered('build:\n  gp|: true');
    expect(found?.find(({ label }) => label === 'gpu').insertText).toBeUndefined();
  });

  it('strikes out what is outdated, at the end of the list', async () => {
    const found = await offered('build:\n  python_version: "3.12"\n|');
    expect(found?.at(-1)).toMatchObject({ tags: [1] });
    expect(found?.find(({ label }) => label === 'predict').tags).toEqual([1]);
    expect(found?.find(({ label }) => label === 'run').tags).toBeUndefined();
  });

  it('offers values, versions in quotes', async () => {
    expect(await labels('build:\n  gpu: |')).toEqual(expect.arrayContaining(['true', 'false']));
    expect(await labels('build:\n  python_version: |')).toContain('"3.12"');
  });

  it('offers the items of a list, with the dash that is not there yet', async () => {
    expect(await labels('build:\n  system_packages:\n    |')).toContain('- ffmpeg');
    expect(await labels('build:\n  system_packages:\n    - |')).toContain('ffmpeg');
  });

  it('offers the classes of the project as what to run', async () => {
    putFile('/work/run.py', 'class Runner:\n    def run(self) -> str:\n        return ""\n');
    putFile('/work/old.py', 'class Predictor:\n    def predict(self) -> str:\n        return ""\n');
    expect(await labels('run: |')).toEqual(['run.py:Runner']);
    expect(await labels('predict: "|"')).toEqual(['old.py:Predictor']);
  });

  it('offers whole files first where there is nothing yet', async () => {
    expect((await labels('# mine\n|'))?.slice(0, 2)).toEqual(['cog', 'cog-gpu']);
    expect(await labels('|\nrun: a')).not.toContain('cog');
  });

  it('offers nothing in comments, for requests that were given up, and where another extension speaks', async () => {
    expect(await offered('# bu|')).toBeUndefined();
    expect(await offered('bu|', { isCancellationRequested: true })).toBeUndefined();
    window.extensions.add('redhat.vscode-yaml');
    expect(await offered('bu|')).toBeUndefined();
  });
});

describe('hover', () => {
  it('explains the key, and nothing else', () => {
    const found = hover('build:\n  pyth|on_version: "3.12"');
    expect(found.contents.value).toMatch(/Python/);
    expect(found.range).toMatchObject({ start: { line: 1, character: 2 }, end: { line: 1, character: 16 } });
    expect(hover('pre|dict: a').contents.value).toMatch(/^[^]*Deprecated\.\*\* \S/);
    expect(hover('build:\n  python_version: "3|.12"')).toBeUndefined();
    expect(hover('unk|nown: 1')).toBeUndefined();
    window.extensions.add('redhat.vscode-yaml');
    expect(hover('bui|ld:')).toBeUndefined();
  });
});

describe('problems that repeat the schema', () => {
  const problem = (code: string) => ({ code }) as never;

  it('are called as the check calls them', () => {
    const folder = path.resolve(import.meta.dirname, '../../../../src/core/cog-project');
    const sources = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    const unknown = [...REPEATED].filter((code) => !sources.some((source) => source.includes(`'${code}'`)));
    expect([REPEATED.size, unknown]).toEqual([9, []]);
  });

  it('are not shown beside those of an extension that reads the schema too', () => {
    expect([isShown(problem('wrong-type')), isShown(problem('secret-in-image'))]).toEqual([true, true]);
    window.extensions.add('redhat.vscode-yaml');
    expect([isShown(problem('wrong-type')), isShown(problem('secret-in-image'))]).toEqual([false, true]);
  });
});
