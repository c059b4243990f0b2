/**
 * Cog projects in the editor of a real VS Code: problems while one types, quick fixes, completion, hover, the command.
 * Which problems there are is tested elsewhere.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostError } from './bridge';
import { EXTENSION_ID, openWindow, type TestWindow } from './window';

const CONFIG = `build:
  python_version: "3.12"
run: "run.py:Runner"
`;

const RUN = `from cog import BaseRunner, Input


class Runner(BaseRunner):
    def run(self, text: str = Input(description="What to say")) -> str:
        return text
`;

const IGNORE = '.git\n.cog\n.venv\n__pycache__\n.env*\n';

/** A project in a folder of this name, with nothing wrong in it. */
const project = (name: string): Record<string, string> => ({
  [`${name}/cog.yaml`]: CONFIG,
  [`${name}/run.py`]: RUN,
  [`${name}/.dockerignore`]: IGNORE,
});

/** A Python and a Cog that leave a note wherever they are started. */
const shim = mkdtempSync(path.join(tmpdir(), 'unified-inference-python-'));
const note = path.join(shim, 'started');
for (const [name, does] of [
  ['python3', 'PATH="${PATH#*:}" exec python3 "$@"'],
  ['cog', 'echo "cog version 0.22.0 (built today)"'],
] as const) {
  const file = path.join(shim, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${note}'\n${does}\n`);
  chmodSync(file, 0o755);
}
const started = () => (existsSync(note) ? readFileSync(note, 'utf8') : '');
/** Started from a command line, VS Code takes this search path and does not ask a shell for another. */
const env = { PATH: `${shim}:${process.env['PATH'] ?? ''}`, VSCODE_CLI: '1' };
afterAll(() => rmSync(shim, { recursive: true, force: true }));

let window: TestWindow;
const at = (name: string) => path.join(window.workspace, name);

/** Codes and places of what is underlined in a file. */
const underlined = (name: string) =>
  window.host().call((vscode, file) => {
    const found = vscode.languages.getDiagnostics(vscode.Uri.file(file)).filter(({ source }) => source === 'Cog');
    return found.map(({ code, range }) => `${String(code)} ${range.start.line + 1}:${range.start.character + 1}`);
  }, at(name));

/** Shows a file with the cursor at the end of the first line that contains `text`. */
const show = (name: string, text = '') =>
  window.host().call(
    async (vscode, { file, text }) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
      const editor = await vscode.window.showTextDocument(document);
      const all = document.getText();
      const end = all.indexOf('\n', all.indexOf(text));
      const position = document.positionAt(text === '' || end < 0 ? all.length : end);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(editor.selection);
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    },
    { file: at(name), text },
  );

const textOf = () => window.host().call((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
const press = (key: string) => window.page.keyboard.press(key);
const type = (text: string) => window.page.keyboard.type(text);
const suggestions = () => window.page.locator('.suggest-widget.visible .monaco-list-row');

/** Undoes what was typed, and closes all editors. */
const putBack = () =>
  window.host().call(async (vscode) => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

const check = (name: string) =>
  window
    .host()
    .call<string, { problems: Record<string, unknown>[] }>(
      async (vscode, folder) =>
        vscode.commands.executeCommand('unifiedInference.checkCogProject', { folder: vscode.Uri.file(folder) }),
      at(name),
    );

describe('a trusted window', () => {
  beforeAll(async () => {
    window = await openWindow({
      files: {
        ...project('my modèl'),
        ...project('good'),
        ...project('broken'),
        'broken/cog.yaml': CONFIG.replace('"3.12"', '3.10').replace('Runner"', 'Runer"'),
        'empty/cog.yaml': '',
        'nothing/readme.md': '# Nothing\n',
      },
      userSettings: { 'files.autoSave': 'off', 'workbench.editor.enablePreview': false },
      env,
    });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('is active because it holds a project, without anybody asking', async () => {
    const isActive = () =>
      window.host().call((vscode, id) => vscode.extensions.getExtension(id)?.isActive ?? false, EXTENSION_ID);
    await expect.poll(isActive).toBe(true);
  });

  it('underlines a mistake while it is typed, mends it by its quick fix, and nothing else is wrong', async () => {
    const config = 'my modèl/cog.yaml';
    await show(config, 'python_version');
    for (let key = 0; key < '"3.12"'.length; key++) await press('Backspace');
    await type('3.10');
    await press('Escape');
    await expect.poll(() => underlined(config)).toEqual(['python-version-unquoted 2:19']);
    await window.page.locator('.squiggly-error').first().waitFor();

    await window.host().command('editor.action.quickFix');
    await window.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
    await press('Enter');
    await expect.poll(textOf).toBe(CONFIG.replace('3.12', '3.10'));
    await expect.poll(() => underlined(config)).toEqual([]);
    expect(existsSync(at(config))).toBe(true);
    await putBack();
  });

  it('sees in the configuration what is typed into the code, saved or not', async () => {
    await show('good/cog.yaml');
    await show('good/run.py', 'class Runner');
    await press('Backspace');
    for (let key = 0; key < '(BaseRunner)'.length; key++) await press('Backspace');
    await type('s(BaseRunner):');
    await expect.poll(() => underlined('good/cog.yaml')).toEqual([expect.stringMatching(/^\S*class\S* 3:/)]);
    await putBack();
    await expect.poll(() => underlined('good/cog.yaml')).toEqual([]);
  });

  it('sees files that come and go', async () => {
    await show('good/cog.yaml');
    rmSync(at('good/run.py'));
    await expect.poll(() => underlined('good/cog.yaml')).toHaveLength(1);
    writeFileSync(at('good/run.py'), RUN);
    await expect.poll(() => underlined('good/cog.yaml')).toEqual([]);
    writeFileSync(at('good/.dockerignore'), '.git\n');
    writeFileSync(at('good/.env'), 'TOKEN=1\n');
    await expect.poll(() => check('good')).not.toEqual({ problems: [] });
    rmSync(at('good/.env'));
    writeFileSync(at('good/.dockerignore'), IGNORE);
    await expect.poll(() => check('good')).toEqual({ problems: [] });
    await putBack();
  });

  it('answers scripts with the same problems, and asks Python itself', async () => {
    const { problems } = await check('broken');
    expect(problems).toContainEqual({
      file: 'cog.yaml',
      line: 2,
      column: 19,
      severity: 'error',
      message: expect.stringMatching(/\S/),
      code: 'python-version-unquoted',
    });
    expect(problems).toHaveLength(2);
    await expect.poll(() => underlined('broken/cog.yaml')).toHaveLength(2);
    expect(await check('good')).toEqual({ problems: [] });
    expect(started()).toMatch(/^python3 .*read_runner\.py/m);
    expect(started().match(/^cog --version/gm)).toHaveLength(1);
    const failing = check('nothing').then(
      () => 'no error',
      (error: HostError) => error.code,
    );
    expect(await failing).toBe('no-cog-project');
  });

  it('fixes all that leaves no choice at once', async () => {
    await show('broken/cog.yaml');
    await expect.poll(() => underlined('broken/cog.yaml')).toHaveLength(2);
    // VS Code ignores the command until it has set up code actions in a new editor, and tells nobody when it has.
    const fixAll = () => window.host().command('editor.action.fixAll').then(textOf);
    await expect.poll(fixAll).toBe(CONFIG.replace('3.12', '3.10'));
    await expect.poll(() => underlined('broken/cog.yaml')).toEqual([]);
    await putBack();
  });

  it('lets a person choose the project, and shows its problems', async () => {
    await window.runFromPalette('Check Cog Project');
    const row = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'broken' });
    await row.click();
    await window.page.locator('.markers-panel .monaco-list-row', { hasText: 'python-version-unquoted' }).waitFor();
    await window.host().command('workbench.action.closePanel');
  });

  it('suggests the keys that are missing while one types, and the classes of the project', async () => {
    await show('my modèl/cog.yaml', 'python_version');
    await press('Enter');
    await type('gp');
    await suggestions().filter({ hasText: 'gpu' }).first().waitFor();
    await press('Enter');
    await suggestions().filter({ hasText: 'true' }).first().waitFor();
    await type('tr');
    await press('Enter');
    await expect.poll(textOf).toContain('  python_version: "3.12"\n  gpu: true\n');
    await putBack();

    await show('my modèl/cog.yaml');
    const offered = await window.host().call(async (vscode, file) => {
      const uri = vscode.Uri.file(file);
      const run = await vscode.commands.executeCommand<{ items: { label: string }[] }>(
        'vscode.executeCompletionItemProvider',
        uri,
        new vscode.Position(2, 5),
      );
      return run.items.map(({ label }) => label);
    }, at('my modèl/cog.yaml'));
    expect(offered).toContain('run.py:Runner');
    await putBack();
  });

  it('offers whole files where there is nothing yet, which have no problem but what they name', async () => {
    await show('empty/cog.yaml');
    await window.host().command('editor.action.triggerSuggest');
    await suggestions().first().waitFor();
    expect(await suggestions().first().innerText()).toContain('Cog project for the CPU');
    await press('Enter');
    await expect.poll(textOf).toContain('run: "run.py:Runner"');
    await press('Escape');
    await expect.poll(() => underlined('empty/cog.yaml')).toEqual([expect.stringMatching(/ 3:/)]);
    await putBack();
  });

  it('explains a key', async () => {
    await show('good/cog.yaml', 'python_version');
    await press('Home');
    await window.host().command('editor.action.showHover');
    const hover = window.page.locator('.monaco-hover:visible .hover-contents').first();
    await expect.poll(() => hover.innerText()).toMatch(/Python/);
    await putBack();
  });

  it('leaves a project with its configuration', async () => {
    await expect.poll(() => underlined('broken/cog.yaml')).toHaveLength(2);
    rmSync(at('broken/cog.yaml'));
    await expect.poll(() => underlined('broken/cog.yaml')).toEqual([]);
    writeFileSync(at('broken/cog.yaml'), CONFIG);
  });
});

describe('a window that nobody trusts', () => {
  beforeAll(async () => {
    rmSync(note, { force: true });
    const wrong = RUN.replace(' -> str', '');
    window = await openWindow({ restricted: true, files: { ...project('model'), 'model/run.py': wrong }, env });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('finds the same problems, and starts no program', async () => {
    expect(await window.host().call((vscode) => vscode.workspace.isTrusted)).toBe(false);
    const { problems } = await check('model');
    expect(problems).toMatchObject([{ file: 'run.py', line: 5 }]);
    await expect.poll(() => underlined('model/run.py')).toHaveLength(1);
    expect(started()).toBe('');
  });
});
