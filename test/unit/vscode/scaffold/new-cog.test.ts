import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readPython } from '../../../../src/core/cog-project/read-python';
import { adoptCogProject, newCogProject, type NewCogPorts } from '../../../../src/vscode/scaffold/new-cog';
import { memoryOf } from './fake-playground';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { diskText, fake, FakeUri, putFile, tree } from './fake-workspace';
import { journalAt } from './plans';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showErrorMessage, showInformationMessage, showWarningMessage, showOpenDialog } = fakeVscode.window;
const { executeCommand } = fakeVscode.commands;
const TEMPLATES = path.resolve(import.meta.dirname, '../../../../media/templates/cog');
const uri = (name: string) => FakeUri.file(name);
const texts = () => prompts.seen.map(({ text }) => text);

let ports: NewCogPorts;
let version: string | undefined;
const run = (args?: unknown) => newCogProject(args, ports);
const adopt = (args?: unknown) => adoptCogProject(args, ports);

beforeEach(() => {
  resetPrompts();
  version = undefined;
  ports = {
    journal: journalAt('/storage'),
    nodeVersion: () => Promise.resolve('v24.0.0'),
    readCogTemplate: (file) => readFile(path.join(TEMPLATES, file), 'utf8'),
    readPython,
    cogVersion: () => Promise.resolve(version),
    remembered: memoryOf(),
  };
  fake.folders = [{ uri: uri('/work') }];
  putFile('/work/notes.txt', 'mine');
});

const FULL = { parent: uri('/work'), name: 'echo', template: 'minimal', extras: ['tests'] };

const TEMPLATE = 'What should the model do?';
const NAME = 'Name of the model and of its folder';
const EXTRAS = 'What else goes into it?';
const FOLDER = 'Which folder has the Python code? cog.yaml goes into it.';
const FILE = 'Which file runs the model?';

describe('New Cog Project by an argument object', () => {
  it('asks nothing, writes the project into its folder, and answers with its files', async () => {
    const { created, applied, conflicts } = await run({ ...FULL, apply: true });
    expect([applied, conflicts]).toEqual([true, []]);
    expect(Object.keys(tree('/work/echo'))).toEqual([...created].sort());
    expect(created).toEqual(expect.arrayContaining(['cog.yaml', 'run.py', '.dockerignore', 'README.md']));
    expect([prompts.seen, fake.previewed, showInformationMessage.mock.calls]).toEqual([[], [], []]);
  });

  it.each([
    [undefined, {}, 'run: "run.py:Runner"'],
    ['0.22.0', {}, 'run: "run.py:Runner"'],
    ['0.19.2', {}, 'predict: "predict.py:Predictor"'],
    ['0.22.0', { spelling: 'predictor' }, 'predict: "predict.py:Predictor"'],
    ['0.19.2', { spelling: 'runner' }, 'run: "run.py:Runner"'],
  ])('with cog %s installed and %j says %s', async (installed, args, expected) => {
    version = installed;
    await run({ ...FULL, ...args, apply: true });
    expect(diskText('/work/echo/cog.yaml')).toContain(expected);
  });

  it('only plans with apply: false, and previews without it', async () => {
    expect(await run({ ...FULL, apply: false })).toMatchObject({ applied: false });
    fake.preview = () => undefined;
    expect(await run(FULL)).toMatchObject({ created: [], applied: false });
    expect(fake.previewed).toHaveLength(1);
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
  });

  it.each([
    ['bad-argument', { template: 'nothing' }],
    ['bad-argument', { extras: ['wings'] }],
    ['bad-argument', { spelling: 'old' }],
    ['bad-argument', { parent: 3 }],
    ['bad-argument', { apply: 'yes' }],
    ['bad-name', { name: '../up' }],
    ['needs-gpu', { template: 'text-to-image', extras: ['containers'] }],
    ['no-file', { template: 'adopt', folder: uri('/work'), file: 'gone.py', entry: 'f' }],
  ])('refuses with code %s: %j', async (code, wrong) => {
    await expect(run({ ...FULL, apply: true, ...wrong })).rejects.toMatchObject({ code });
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
    expect(prompts.seen).toEqual([]);
  });

  it('never writes over what is there', async () => {
    putFile('/work/echo/run.py', 'mine');
    const { conflicts, applied } = await run({ ...FULL, apply: true });
    expect([applied, conflicts.map(({ path: name }) => name)]).toEqual([false, ['run.py']]);
    expect(tree('/work/echo')).toEqual({ 'run.py': 'mine' });
  });
});

describe('New Cog Project by a person', () => {
  it('asks for template, name and extras, and offers what comes next', async () => {
    prompts.replies.push({ choose: 'Minimal' }, 'enter', { tick: ['Test'] });
    const choose = ['Check', 'Run Locally', 'Run Tests'];
    showInformationMessage.mockImplementation(() => Promise.resolve(choose.shift()));
    expect(await run()).toMatchObject({ applied: true });
    expect(texts()).toEqual([TEMPLATE, NAME, EXTRAS]);
    expect(prompts.seen[1]?.value).toBe('cog-minimal');
    await vi.waitFor(() => expect(choose).toEqual([]));
    expect(showInformationMessage.mock.calls[0]?.slice(1)).toEqual([
      'Open README',
      'Check',
      'Run Locally',
      'Run Tests',
    ]);
    const root = uri('/work/cog-minimal');
    expect(executeCommand).toHaveBeenCalledWith('unifiedInference.checkCogProject', root);
    expect(executeCommand).toHaveBeenCalledWith('unifiedInference.runCogModel', root);
    expect(prompts.terminals).toMatchObject([
      { cwd: '/work/cog-minimal', lines: ['python3 -m unittest discover tests'] },
    ]);
  });

  it('offers to run nothing in Restricted Mode', async () => {
    Object.assign(fakeVscode.workspace, { isTrusted: false });
    prompts.replies.push('enter', 'enter', 'enter');
    await run();
    expect(showInformationMessage.mock.calls[0]?.slice(1)).toEqual(['Open README', 'Check']);
  });

  it('offers Containers only to models that run on CPUs', async () => {
    prompts.replies.push({ choose: 'Text to image' }, 'enter', 'escape');
    await run().catch(() => undefined);
    prompts.replies.push({ choose: 'Minimal' }, 'enter', 'escape');
    await run().catch(() => undefined);
    const extras = prompts.seen.filter(({ text }) => text === EXTRAS).map(({ items }) => items);
    expect(extras).toEqual([
      ['Test', 'Companion Worker'],
      ['Test', 'Companion Worker', 'Cloudflare Containers'],
    ]);
  });

  it('does not tick the extra of another template that this one cannot have', async () => {
    prompts.replies.push({ choose: 'Minimal' }, 'enter', { tick: ['Cloudflare Containers'] });
    await run();
    prompts.replies.push({ choose: 'Text to image' }, 'enter', 'enter');
    expect(await run()).toMatchObject({ applied: true });
    expect(prompts.seen.at(-1)?.ticked).toEqual([]);
  });

  it('goes on with a folder of Python when that is chosen, with a way back', async () => {
    putFile('/work/model.py', 'def predict(text: str) -> str: ...\n');
    const folder = { choose: fake.folders[0]?.uri.path.slice(1) ?? '' };
    Object.assign(fake.folders[0] ?? {}, { name: 'work' });
    prompts.replies.push({ choose: 'Adopt a Python folder' }, 'back', 'enter', folder, { choose: 'model.py' });
    expect(await run()).toMatchObject({ applied: true, created: expect.arrayContaining(['cog.yaml', 'run.py']) });
    expect(texts()).toEqual([TEMPLATE, FOLDER, TEMPLATE, FOLDER, FILE]);
    expect(showInformationMessage.mock.calls[0]?.slice(1, 3)).toEqual(['Open run.py', 'Check']);
  });

  it('writes nothing when it is given up at any question', async () => {
    for (let answered = 0; answered < 3; answered++) {
      prompts.replies.push(...Array.from({ length: answered }, () => 'enter' as const), 'escape');
      await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    }
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
  });
});

describe('Adopt Folder as Cog Project', () => {
  const MODEL = 'def enhance(image: Path, scale: float = 2) -> Path: ...\ndef predict(text: str) -> str: ...\n';
  beforeEach(() => {
    putFile('/work/app/requirements.txt', '');
    putFile('/work/app/src/model.py', MODEL);
  });

  it('by an argument object writes around the chosen function', async () => {
    const args = { folder: uri('/work/app'), file: 'src/model.py', entry: 'enhance', apply: true };
    const { created } = await adopt(args);
    expect([...created].sort()).toEqual(['.dockerignore', '.gitignore', 'cog.yaml', 'run.py']);
    expect(diskText('/work/app/run.py')).toContain('return Path(enhance(image=image, scale=scale))');
    expect(diskText('/work/app/src/model.py')).toBe(MODEL);
    expect(prompts.seen).toEqual([]);
    // And once more there is nothing left to do.
    expect(await adopt(args)).toMatchObject({ created: [], conflicts: [], applied: false });
  });

  it('takes Windows separators for what they are', async () => {
    const { created } = await adopt({
      folder: uri('/work/app'),
      file: 'src\\model.py',
      entry: 'predict',
      apply: false,
    });
    expect(created).toContain('cog.yaml');
  });

  it('from the menu of a file makes a project of the folder around it, and asks for the function', async () => {
    prompts.replies.push({ choose: 'enhance' });
    const { applied } = await adopt(uri('/work/app/src/model.py'));
    expect(applied).toBe(true);
    expect(texts()).toEqual(['What of src/model.py does one prediction?']);
    expect(prompts.seen[0]).toMatchObject({
      items: ['predict', 'enhance'],
      descriptions: ['(text)', '(image, scale)'],
    });
    expect(diskText('/work/app/cog.yaml')).toContain('run: "run.py:Runner"');
  });

  it('from the menu of a folder asks for the file, the likeliest first, without what is not the model', async () => {
    for (const name of [
      'predict.py',
      'util.py',
      'setup.py',
      'tests/test_a.py',
      '.venv/lib/x.py',
      'node_modules/y.py',
    ]) {
      putFile(`/work/app/${name}`, 'def only(): ...\n');
    }
    putFile('/work/app/other/cog.yaml', '');
    prompts.replies.push('enter');
    await adopt(uri('/work/app'));
    expect(prompts.seen.map(({ text, items }) => ({ text, items }))).toEqual([
      { text: FILE, items: ['predict.py', 'src/model.py', 'util.py'] },
    ]);
    expect(showErrorMessage).not.toHaveBeenCalled();
    // run.py of our own imports the file that has the name of the older spelling.
    expect(diskText('/work/app/run.py')).toContain('from predict import only');
  });

  it('tells before applying what is left to do', async () => {
    putFile('/work/app/src/model.py', 'def predict(frame: np.ndarray) -> str: ...\n');
    await adopt(uri('/work/app/src/model.py'));
    expect(showWarningMessage.mock.calls[0]?.[0]).toContain('To do in run.py: frame is np.ndarray');
  });

  it('tells that the folder is a project already, and what would have been written can be copied', async () => {
    putFile('/work/app/cog.yaml', 'mine: true\n');
    showErrorMessage.mockResolvedValueOnce('Copy What to Paste');
    prompts.replies.push('enter');
    expect(await adopt(uri('/work/app/src/model.py'))).toMatchObject({ applied: false });
    await vi.waitFor(() => expect(prompts.clipboard).toContain('run: "run.py:Runner"'));
    expect(diskText('/work/app/cog.yaml')).toBe('mine: true\n');
  });

  it.each([
    ['no-file', '/work/gone'],
    ['no-file', '/work/empty'],
    ['unknown-entry', '/work/broken.py'],
  ])('refuses with %s: %s', async (code, name) => {
    putFile('/work/empty/readme.md', '');
    putFile('/work/broken.py', 'def f(:\n');
    await expect(adopt(uri(name))).rejects.toMatchObject({ code });
  });

  it('asks for a folder where none is open', async () => {
    fake.folders = [];
    showOpenDialog.mockResolvedValueOnce([uri('/work/app')]);
    prompts.replies.push('enter', 'enter');
    expect(await adopt()).toMatchObject({ applied: true });
    expect(diskText('/work/app/run.py')).toContain('adopted_predict');
  });
});
