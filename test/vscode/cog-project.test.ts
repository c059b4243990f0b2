/**
 * Cog projects in real VS Code: made anew, of a folder of Python, and handed over. What planners put into files is tested
 * elsewhere. `cog` and `docker` are recorders, first on the PATH.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanResult } from '../../src/core/scaffold/plan';
import type { PackageResult } from '../../src/vscode/scaffold/package-cog';
import type { HostError } from './bridge';
import { refactorPreview } from './refactor-preview';
import { openWindow, type TestWindow } from './window';

const MODEL = 'def enhance(image_path: str, scale: float = 2.0) -> str:\n    return image_path * int(scale)\n';
const FILES = { 'mein Code/model.py': MODEL, 'mein Code/requirements.txt': 'pillow==12.0.0\n', 'notes.txt': 'mine\n' };

let window: TestWindow;
let recorders: string;
const { row, button, quickInput, acceptEveryStep } = refactorPreview(() => window);
const at = (name: string) => path.join(window.workspace, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');

/** What was run so far: the folder and the line of each. */
const recorded = () => {
  const log = path.join(recorders, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
};

/** Runs a command, with URIs made of paths relative to the workspace. */
const run = <R = PlanResult>(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<R> =>
  window.host().call(
    async (vscode, { command, args }) => {
      const root = vscode.workspace.workspaceFolders?.[0]?.uri;
      const uris = Object.fromEntries(
        ['parent', 'folder'].flatMap((name) => {
          const value = args[name];
          return typeof value === 'string' && root ? [[name, vscode.Uri.joinPath(root, value)]] : [];
        }),
      );
      return await vscode.commands.executeCommand<R>(`unifiedInference.${command}`, { ...args, ...uris });
    },
    { command, args },
  );

const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => 'no error',
    (error: HostError) => error.code,
  );

const undo = () => run<{ restored: string[]; kept: string[] }>('undoScaffold');

/** Test windows show no toasts; the notification centre has them. */
async function notice(text: string) {
  const found = window.page.locator('.notification-list-item', { hasText: text });
  const isShown = async () => {
    // An empty centre does not open.
    await window.host().command('notifications.showList');
    return found.isVisible();
  };
  await expect.poll(isShown, { interval: 300 }).toBe(true);
  return found;
}

/** An entry of the list that is open. */
const entry = (text: string) => quickInput().locator('.monaco-list-row', { hasText: text }).first();

/** Takes the name that is offered for the image. */
async function nameImage(): Promise<void> {
  await expect.poll(() => quickInput().innerText()).toContain('Name and tag of the image');
  await window.page.keyboard.press('Enter');
}

const clipboard = () => window.host().call(async (vscode) => await vscode.env.clipboard.readText());

beforeAll(() => {
  recorders = mkdtempSync(path.join(tmpdir(), 'unified-inference-recorders-'));
  for (const name of ['cog', 'docker']) {
    const script = `#!/bin/sh
if [ "$1" = --version ]; then echo "cog version 0.19.3"; exit; fi
echo "$PWD: ${name} $*" >> "${path.join(recorders, 'log')}"
`;
    writeFileSync(path.join(recorders, name), script, { mode: 0o755 });
  }
});
afterAll(() => rmSync(recorders, { recursive: true, force: true }));

/** In the extension host, which has the PATH of a login shell. */
const putRecordersFirst = () =>
  window.host().call((_, folder) => void (process.env['PATH'] = `${folder}:${process.env['PATH'] ?? ''}`), recorders);

const settings = () => ({
  // A shell that reads no start-up file, which might put other folders first.
  'terminal.integrated.profiles.linux': { plain: { path: '/bin/sh' } },
  'terminal.integrated.defaultProfile.linux': 'plain',
  'terminal.integrated.env.linux': { PATH: `${recorders}:${process.env['PATH'] ?? ''}` },
});

describe('a trusted window', () => {
  beforeAll(async () => {
    window = await openWindow({ files: FILES, userSettings: settings() });
    await putRecordersFirst();
  });
  afterAll(async () => {
    await window?.close();
  });

  it('makes a project by an argument object, in the spelling of the installed Cog, and takes it back', async () => {
    const args = { parent: '', name: 'echo', template: 'minimal', extras: ['tests'] };
    expect(await run('newCogProject', { ...args, apply: false })).toMatchObject({ applied: false });
    expect(existsSync(at('echo'))).toBe(false);
    const { created, applied } = await run('newCogProject', { ...args, apply: true });
    expect(applied).toBe(true);
    for (const name of created) expect(existsSync(at(`echo/${name}`))).toBe(true);
    expect(textOf('echo/cog.yaml')).toContain('predict: "predict.py:Predictor"');
    expect((await undo()).kept).toEqual([]);
    expect(existsSync(at('echo'))).toBe(false);
    expect((await run('newCogProject', { ...args, spelling: 'runner', apply: false })).created).toContain('run.py');
  });

  it('asks step by step from the palette, previews, and offers to check', async () => {
    await window.runFromPalette('New Cog Project');
    await expect.poll(() => quickInput().innerText()).toContain('New Cog Project (1/');
    await acceptEveryStep();
    await row('cog.yaml').waitFor();
    expect(existsSync(at('cog-minimal'))).toBe(false);
    await button('Apply').click();
    const done = await notice('cog-minimal is a Cog project');
    await done.getByRole('button', { name: 'Check' }).waitFor();
    expect(existsSync(at('cog-minimal/requirements.txt'))).toBe(true);
    await window.host().command('notifications.clearAll');
    await undo();
  });

  it('adopts a folder around the function of a file, and never its files', async () => {
    const args = { folder: 'mein Code', file: 'model.py', spelling: 'runner' };
    const { created, conflicts } = await run('adoptCogProject', { ...args, apply: true });
    expect([[...created].sort(), conflicts]).toEqual([['.dockerignore', '.gitignore', 'cog.yaml', 'run.py'], []]);
    expect(textOf('mein Code/run.py')).toContain('image_path=str(image_path)');
    expect(textOf('mein Code/cog.yaml')).toContain('python_requirements: requirements.txt');
    expect(textOf('mein Code/model.py')).toBe(MODEL);
    expect(await run('adoptCogProject', { ...args, apply: true })).toMatchObject({ created: [], applied: false });
    expect(await codeOf(run('adoptCogProject', { ...args, file: 'gone.py', apply: true }))).toBe('no-file');
    // It is Python itself that reads, where there is one.
    writeFileSync(at('mein Code/typing.py'), 'def f(:\n');
    expect(await codeOf(run('adoptCogProject', { ...args, file: 'typing.py', apply: true }))).toBe('syntax-error');
    rmSync(at('mein Code/typing.py'));
  });

  it('answers a script with the commands of each place, and runs none', async () => {
    const { commands, request } = await run<PackageResult>('packageCogModel', {
      folder: 'mein Code',
      target: 'workers-ai',
      image: 'mein-code:v1',
    });
    expect(commands[0]).toEqual({ line: 'cog build -t mein-code:v1', folder: '' });
    expect(request).toContain('Model: mein Code');
    const refused = (args: object) => codeOf(run('packageCogModel', { target: 'build', image: 'a', ...args }));
    expect(await refused({ folder: '' })).toBe('no-cog-project');
    expect(await refused({ folder: 'mein Code', image: 'a; id' })).toBe('bad-image');
    expect(recorded()).toEqual([]);
  });

  it('shows people the exact commands, runs the chosen one in the folder, and offers the next', async () => {
    await window.runFromPalette('Package and Hand Over Cog Model');
    await entry('not public: request access').waitFor();
    await entry('Nowhere yet').click();
    await nameImage();
    await entry('cog build -t mein-code:v1').waitFor();
    await entry('docker image inspect --format "{{.Size}}" mein-code:v1').waitFor();
    expect(recorded()).toEqual([]);
    await entry('cog build -t mein-code:v1').click();
    await expect.poll(recorded).toEqual([`${at('mein Code')}: cog build -t mein-code:v1`]);
    const next = await notice('cog build -t mein-code:v1');
    await next.getByRole('button', { name: 'Check Size' }).click();
    await expect
      .poll(() => recorded().at(-1))
      .toBe(`${at('mein Code')}: docker image inspect --format {{.Size}} mein-code:v1`);
    await window.host().command('notifications.clearAll');
  });

  it('copies the request for Workers AI, and says that there is no other way', async () => {
    await window.runFromPalette('Package and Hand Over Cog Model');
    await entry('not public: request access').click();
    await nameImage();
    await notice('Bringing your own model to Workers AI is not public');
    await quickInput().getByText('Copy the request', { exact: true }).click();
    await expect.poll(clipboard).toContain('Request: custom model on Workers AI');
    expect(await clipboard()).toContain('Model: mein Code');
    await window.host().command('notifications.clearAll');
  });

  it('has adopting in the menu of a Python file', async () => {
    rmSync(at('mein Code/cog.yaml'));
    rmSync(at('mein Code/run.py'));
    await window.host().command('workbench.files.action.refreshFilesExplorer');
    await window.host().call(async (vscode) => {
      const [uri] = await vscode.workspace.findFiles('**/model.py');
      await vscode.commands.executeCommand('revealInExplorer', uri);
    });
    const file = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'model.py' });
    const item = window.page.locator('.monaco-menu [aria-label="Adopt Folder as Cog Project…"]');
    const opens = async () => {
      await file.click({ button: 'right' });
      return item
        .waitFor({ timeout: 3000 })
        .then(() => true)
        .catch(() => false);
    };
    await expect.poll(opens, { timeout: 30_000 }).toBe(true);
    await item.hover();
    await window.page.keyboard.press('Enter');
    // The only function of the file needs no question.
    await row('cog.yaml').waitFor();
    await button('Discard').click();
    expect(existsSync(at('mein Code/cog.yaml'))).toBe(false);
  });
});

describe('a folder that nobody trusts', () => {
  beforeAll(async () => {
    window = await openWindow({ files: FILES, restricted: true, userSettings: settings() });
    await putRecordersFirst();
  });
  afterAll(async () => {
    await window?.close();
  });

  it('is adopted all the same, by reading alone, and nothing of it is run', async () => {
    const { created } = await run('adoptCogProject', { folder: 'mein Code', file: 'model.py', apply: true });
    // Which Cog is installed was not asked either.
    expect(created).toContain('run.py');
    await window.runFromPalette('Package and Hand Over Cog Model');
    await entry('Nowhere yet').click();
    await nameImage();
    await entry('cog build -t mein-code:v1').waitFor();
    expect(await quickInput().innerText()).toContain('copies it: nothing is run here');
    await entry('cog build -t mein-code:v1').click();
    await expect.poll(clipboard).toBe('cog build -t mein-code:v1');
    expect(recorded().filter((line) => line.startsWith(window.workspace))).toEqual([]);
  });
});
