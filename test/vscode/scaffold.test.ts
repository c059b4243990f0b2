/**
 * Scaffolding in real VS Code: its preview, its one edit, its documents. What planners put into files is tested elsewhere.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlanResult } from '../../src/core/scaffold/plan';
import type { HostError } from './bridge';
import { refactorPreview } from './refactor-preview';
import { openWindow, type TestWindow } from './window';

/** Comments, tabs, CRLF, spaces at the end of a line and no line end after the last. */
const WRANGLER = [
  '// Ours, by hand.',
  '{',
  '\t"name": "shop", // the Worker',
  '\t"main": "src/index.ts",  ',
  '\t"compatibility_date": "2026-01-01",',
  '\t"env": { "staging": { "vars": { "A": "1" } } },',
  '}',
].join('\r\n');

const INDEX = `interface Env {
  GREETING: string;
}

export default {
  fetch: (request: Request, env: Env) => new Response(env.GREETING),
};
`;

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow({
    files: { 'wrangler.jsonc': WRANGLER, 'src/index.ts': INDEX },
    userSettings: { 'files.trimTrailingWhitespace': true, 'files.insertFinalNewline': true, 'files.eol': '\n' },
  });
});
afterAll(async () => {
  await window?.close();
});

interface Arguments {
  /** Relative to the workspace; a `Uri` in the command. */
  readonly config?: string;
  readonly parent?: string;
  readonly [name: string]: unknown;
}

/** Runs a command, with URIs made of paths. */
const run = <R = PlanResult>(command: string, args: Arguments = {}): Promise<R> =>
  window.host().call(
    async (vscode, { command, args }) => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const uri = (name: string | undefined) => name !== undefined && folder && vscode.Uri.joinPath(folder, name);
      const { config, parent, ...rest } = args;
      const uris = {
        ...(config !== undefined && { config: uri(config) }),
        ...(parent !== undefined && { parent: uri(parent) }),
      };
      return await vscode.commands.executeCommand<R>(`unifiedInference.${command}`, { ...rest, ...uris });
    },
    { command, args },
  );

const codeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => 'no error',
    (error: HostError) => error.code,
  );

const at = (name: string) => path.join(window.workspace, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');
const binding = { config: 'wrangler.jsonc', binding: 'AI', environments: ['staging'] };
const undo = () => run<{ restored: string[]; kept: string[] }>('undoScaffold');

const { rows, row, button, ticks, quickInput, acceptEveryStep } = refactorPreview(() => window);

/** Names of the documents that are not saved. */
const unsaved = () =>
  window
    .host()
    .call((vscode) => vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.path));

describe('Add AI Binding to Worker', () => {
  beforeEach(() => {
    writeFileSync(at('wrangler.jsonc'), WRANGLER);
    writeFileSync(at('src/index.ts'), INDEX);
  });

  it('plans without writing anything', async () => {
    expect(await run('addAiBinding', { ...binding, apply: false })).toMatchObject({
      created: [],
      edited: ['wrangler.jsonc', 'src/index.ts'],
      conflicts: [],
      applied: false,
    });
    expect([textOf('wrangler.jsonc'), textOf('src/index.ts')]).toEqual([WRANGLER, INDEX]);
  });

  it('writes by an argument object alone, keeps every byte that is not its own, and is undone to the byte', async () => {
    expect(await run('addAiBinding', { ...binding, apply: true })).toMatchObject({
      edited: ['wrangler.jsonc', 'src/index.ts'],
      applied: true,
    });
    const text = textOf('wrangler.jsonc');
    // Only line ends of the file's own kind, and what was there in its order: the settings would trim and add.
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    for (const line of WRANGLER.split('\r\n').slice(0, 4)) expect(text).toContain(`${line}\r\n`);
    expect(text.endsWith('}')).toBe(true);
    expect(text.match(/"ai"/g)).toHaveLength(2);
    expect(textOf('src/index.ts')).toContain('  AI: Ai;\n');
    expect(await unsaved()).toEqual([]);

    expect(await run('addAiBinding', { ...binding, apply: true })).toMatchObject({ edited: [], applied: false });
    expect(textOf('wrangler.jsonc')).toBe(text);

    expect(await undo()).toEqual({ restored: ['wrangler.jsonc', 'src/index.ts'], kept: [] });
    expect([textOf('wrangler.jsonc'), textOf('src/index.ts')]).toEqual([WRANGLER, INDEX]);
    expect(await unsaved()).toEqual([]);
  });

  it('previews with everything ticked, and writes nothing when that is discarded', async () => {
    const result = run('addAiBinding', binding);
    await row('wrangler.jsonc').waitFor();
    expect(new Set(await ticks())).toEqual(new Set(['true']));
    expect(await row('src').count()).toBe(1);
    expect([textOf('wrangler.jsonc'), textOf('src/index.ts')]).toEqual([WRANGLER, INDEX]);
    await button('Discard').click();
    expect(await result).toMatchObject({ created: [], edited: [], applied: false });
    expect([textOf('wrangler.jsonc'), textOf('src/index.ts')]).toEqual([WRANGLER, INDEX]);
    expect(await unsaved()).toEqual([]);
  });

  it('leaves out what is not ticked and says so', async () => {
    const result = run('addAiBinding', binding);
    await row('index.ts').locator('.edit-checkbox').click();
    await button('Apply').click();
    const { edited, skipped, applied } = await result;
    expect({ edited, applied }).toEqual({ edited: ['wrangler.jsonc'], applied: true });
    expect(skipped).toContainEqual({ path: 'src/index.ts', reason: 'It was not ticked in the preview.' });
    expect(textOf('wrangler.jsonc')).toContain('"ai"');
    expect(textOf('src/index.ts')).toBe(INDEX);
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: [] });
    expect(textOf('wrangler.jsonc')).toBe(WRANGLER);
  });

  it('builds on what is typed and not saved', async () => {
    await window.host().call(async (vscode) => {
      const [uri] = await vscode.workspace.findFiles('src/index.ts');
      const document = await vscode.workspace.openTextDocument(uri!);
      await vscode.window.showTextDocument(document);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '// typed\n');
      await vscode.workspace.applyEdit(edit);
    });
    await run('addAiBinding', { ...binding, apply: true });
    expect(textOf('src/index.ts')).toMatch(/^\/\/ typed\ninterface Env \{\n {2}GREETING: string;\n {2}AI: Ai;\n/);
    expect(await undo()).toMatchObject({ kept: [] });
    expect(textOf('src/index.ts')).toBe(`// typed\n${INDEX}`);
    await window.host().command('workbench.action.closeAllEditors');
  });

  it('writes through a link to the configuration, which stays a link', async () => {
    mkdirSync(at('linked'));
    symlinkSync(at('wrangler.jsonc'), at('linked/wrangler.jsonc'));
    const { edited } = await run('addAiBinding', { ...binding, config: 'linked/wrangler.jsonc', apply: true });
    expect(edited).toEqual(['linked/wrangler.jsonc']);
    expect(lstatSync(at('linked/wrangler.jsonc')).isSymbolicLink()).toBe(true);
    expect(textOf('wrangler.jsonc').match(/"ai"/g)).toHaveLength(2);
    expect(await undo()).toEqual({ restored: ['linked/wrangler.jsonc'], kept: [] });
    expect(lstatSync(at('linked/wrangler.jsonc')).isSymbolicLink()).toBe(true);
    expect(textOf('wrangler.jsonc')).toBe(WRANGLER);
    rmSync(at('linked'), { recursive: true });
  });

  it('keeps what was changed since, and compares it with what was written', async () => {
    await run('addAiBinding', { ...binding, apply: true });
    const mine = `${textOf('src/index.ts')}// mine\n`;
    writeFileSync(at('src/index.ts'), mine);
    expect(await undo()).toEqual({ restored: ['wrangler.jsonc'], kept: ['src/index.ts'] });
    expect([textOf('wrangler.jsonc'), textOf('src/index.ts')]).toEqual([WRANGLER, mine]);
    // Test windows show no toasts; the notification centre has them.
    await window.host().command('notifications.showList');
    const notice = window.page.locator('.notification-list-item', { hasText: 'src/index.ts' });
    await notice.getByRole('button', { name: 'Show Changes' }).click();
    await window.page.locator('.multiDiffEntry', { hasText: '// mine' }).first().waitFor();
    await window.host().command('notifications.clearAll');
    await window.host().command('workbench.action.closeAllEditors');
  });

  it('changes nothing in a file that is no JSON, and names the place', async () => {
    writeFileSync(at('wrangler.jsonc'), '{\n  "name": \n');
    const { conflicts, applied } = await run('addAiBinding', { ...binding, apply: true });
    expect(applied).toBe(false);
    expect(conflicts).toEqual([{ path: 'wrangler.jsonc', reason: expect.stringMatching(/\S/) }]);
    expect(textOf('wrangler.jsonc')).toBe('{\n  "name": \n');
    expect(textOf('src/index.ts')).toBe(INDEX);
  });

  it('refuses an environment that is not there, with a code', async () => {
    expect(await codeOf(run('addAiBinding', { ...binding, environments: ['nowhere'], apply: true }))).toBe(
      'unknown-environment',
    );
    expect(textOf('wrangler.jsonc')).toBe(WRANGLER);
  });

  it('asks step by step from the palette, and Escape writes nothing', async () => {
    await window.runFromPalette('Add AI Binding to Worker');
    await expect.poll(() => quickInput().innerText()).toContain('/');
    await window.page.keyboard.press('Escape');
    await expect.poll(() => quickInput().count()).toBe(0);
    expect(await rows().count()).toBe(0);

    await window.runFromPalette('Add AI Binding to Worker');
    await acceptEveryStep();
    await button('Apply').click();
    await expect.poll(() => textOf('src/index.ts')).toContain('AI: Ai;');
    // Saving has trimmed this line at first.
    await expect.poll(() => textOf('wrangler.jsonc')).toContain('"src/index.ts",  \r\n');
    expect(textOf('wrangler.jsonc').match(/"ai"/g)).toHaveLength(2);
    expect(await undo()).toMatchObject({ kept: [] });
    expect(textOf('wrangler.jsonc')).toBe(WRANGLER);
  });
});

describe('New AI Worker Project', () => {
  const project = {
    parent: '',
    name: 'talks',
    template: 'streaming-chat',
    models: ['@cf/zai-org/glm-4.7-flash'],
    gatewayId: 'default',
    binding: 'AI',
    extras: ['tests'],
  };

  it('is planned without writing anything', async () => {
    const { created, applied } = await run('newWorkerProject', { ...project, apply: false });
    expect(created).toEqual(expect.arrayContaining(['wrangler.jsonc', 'package.json', 'src/index.ts', 'README.md']));
    expect(applied).toBe(false);
    expect(existsSync(at('talks'))).toBe(false);
  });

  it('shows its files with what will be in them, writes them, and is undone with its folder', async () => {
    const result = run('newWorkerProject', project);
    // The list draws only what is in sight, and this is near its top.
    await row('package.json').waitFor();
    expect(new Set(await ticks())).toEqual(new Set(['true']));
    await row('package.json').click();
    await window.page.locator('.multiDiffEntry .view-line', { hasText: 'devDependencies' }).first().waitFor();
    expect(existsSync(at('talks'))).toBe(false);
    await button('Apply').click();
    const { created, applied } = await result;
    expect(applied).toBe(true);
    for (const name of created) expect(existsSync(at(`talks/${name}`))).toBe(true);
    expect(textOf('talks/src/models.ts')).toContain('@cf/zai-org/glm-4.7-flash');

    const { restored, kept } = await undo();
    expect([...restored].sort()).toEqual([...created].sort());
    expect(kept).toEqual([]);
    expect(readdirSync(window.workspace)).not.toContain('talks');
  });

  it('asks step by step from the palette, with a way back, and is undone from there', async () => {
    const step = () => quickInput().locator('.quick-input-title').innerText();
    await window.runFromPalette('New AI Worker Project');
    await expect.poll(step).toContain('(1/');
    await window.page.keyboard.press('Enter');
    await expect.poll(step).toContain('(2/');
    await quickInput().getByRole('button', { name: 'Back' }).click();
    await expect.poll(step).toContain('(1/');
    await acceptEveryStep();
    expect(existsSync(at('streaming-chat'))).toBe(false);
    await button('Apply').click();
    const { created } = await run('newWorkerProject', { ...project, apply: false });
    await expect.poll(() => created.filter((name) => !existsSync(at(`streaming-chat/${name}`)))).toEqual([]);

    await window.runFromPalette('Undo Last Scaffold');
    await expect.poll(() => existsSync(at('streaming-chat'))).toBe(false);
  });

  it('is undone from another window as well, but for what was changed', async () => {
    const { created } = await run('newWorkerProject', { ...project, apply: true });
    writeFileSync(at('talks/src/mine.ts'), 'export {};\n');
    writeFileSync(at('talks/README.md'), 'mine\n');
    await window.reload();
    const { restored, kept } = await undo();
    expect(kept).toEqual(['README.md']);
    expect(restored).toHaveLength(created.length - 1);
    expect(readdirSync(at('talks')).sort()).toEqual(['README.md', 'src']);
    expect(readdirSync(at('talks/src'))).toEqual(['mine.ts']);
  });

  it('never writes over what is there', async () => {
    const { conflicts, applied } = await run('newWorkerProject', { ...project, apply: true });
    expect(conflicts.map(({ path: name }) => name)).toEqual(['README.md']);
    expect(applied).toBe(false);
    expect(textOf('talks/README.md')).toBe('mine\n');
    expect(readdirSync(at('talks')).sort()).toEqual(['README.md', 'src']);
  });
});

describe('Undo Last Scaffold', () => {
  it('says with a code that there is nothing left to undo', async () => {
    expect(await codeOf(undo())).toBe('nothing-to-undo');
  });
});
