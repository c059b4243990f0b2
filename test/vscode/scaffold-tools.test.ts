/**
 * Around scaffolds in real VS Code: the menus that start them, and the tools that are offered afterwards. Programs that
 * would be run are recorders, first on the PATH.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refactorPreview } from './refactor-preview';
import { openWindow, type TestWindow } from './window';

const WRANGLER = '{\n  "name": "shop",\n  "main": "src/index.ts",\n  "compatibility_date": "2026-01-01"\n}\n';
const FILES = { 'wrangler.jsonc': WRANGLER, 'tsconfig.json': '{}\n', 'src/index.ts': 'export default {};\n' };

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

async function clearNotices(): Promise<void> {
  await window.host().command('notifications.clearAll');
}

/** Adds the binding by the palette, and waits until it is told of. */
async function addBinding() {
  await window.runFromPalette('Add AI Binding to Worker');
  await acceptEveryStep();
  await row('wrangler.jsonc').waitFor();
  await button('Apply').click();
  return notice('The AI binding is there');
}

/** Chooses the binding in a menu: by key, because one that has just opened may take a click for a wish to close it. */
async function chooseAddBinding(openMenu: () => Promise<void>): Promise<void> {
  const item = window.page.locator('.monaco-menu [aria-label="Add AI Binding to Worker…"]');
  const comes = (locator: Locator) =>
    locator
      .waitFor({ timeout: 3000 })
      .then(() => true)
      .catch(() => false);
  const isAsked = async () => {
    await openMenu();
    if (!(await comes(item))) return false;
    await item.hover();
    await window.page.keyboard.press('Enter');
    return comes(quickInput());
  };
  await expect.poll(isAsked, { timeout: 30_000 }).toBe(true);
}

beforeAll(() => {
  recorders = mkdtempSync(path.join(tmpdir(), 'unified-inference-recorders-'));
  for (const name of ['npm', 'npx']) {
    const line = `#!/bin/sh\necho "$PWD: ${name} $*" >> "${path.join(recorders, 'log')}"\n`;
    writeFileSync(path.join(recorders, name), line, { mode: 0o755 });
  }
});
afterAll(() => rmSync(recorders, { recursive: true, force: true }));

describe('a trusted window', () => {
  beforeAll(async () => {
    window = await openWindow({
      files: FILES,
      userSettings: {
        // A shell that reads no start-up file, which might put other folders first.
        'terminal.integrated.profiles.linux': { plain: { path: '/bin/sh' } },
        'terminal.integrated.defaultProfile.linux': 'plain',
        'terminal.integrated.env.linux': { PATH: `${recorders}:${process.env['PATH'] ?? ''}` },
      },
    });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('runs what was planned, in its folder, when its button is chosen and not before', async () => {
    const done = await addBinding();
    expect(recorded()).toEqual([]);
    await done.getByRole('button', { name: 'Generate Types' }).click();
    await expect.poll(recorded).toEqual([`${window.workspace}: npx wrangler types -c wrangler.jsonc`]);
    await clearNotices();
  });

  it('offers the steps of a new project one after the other', async () => {
    await window.runFromPalette('New AI Worker Project');
    await acceptEveryStep();
    await button('Apply').click();
    const done = await notice('streaming-chat is there');
    await done.getByRole('button', { name: 'Install' }).click();
    await expect.poll(() => recorded().at(-1)).toBe(`${at('streaming-chat')}: npm install`);
    // A click closes the message; what is left comes again.
    const again = await notice('streaming-chat is there');
    await expect.poll(() => again.getByRole('button', { name: 'Install' }).count()).toBe(0);
    await again.getByRole('button', { name: 'Run Tests' }).click();
    await expect.poll(() => recorded().at(-1)).toBe(`${at('streaming-chat')}: npm run test`);
    await clearNotices();
  });

  it('has the binding in the menu of a configuration, for that file', async () => {
    mkdirSync(at('apps/api'), { recursive: true });
    writeFileSync(at('apps/api/wrangler.toml'), 'name = "api"\n');
    await window.host().command('workbench.files.action.refreshFilesExplorer');
    await window.host().call(async (vscode) => {
      const [uri] = await vscode.workspace.findFiles('apps/api/wrangler.toml');
      await vscode.commands.executeCommand('revealInExplorer', uri);
    });
    const file = window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'wrangler.toml' });
    await chooseAddBinding(() => file.click({ button: 'right' }));
    await expect.poll(() => quickInput().innerText()).toContain('Name of the binding');
    await acceptEveryStep();
    await row('wrangler.toml').waitFor();
    await button('Apply').click();
    await expect.poll(() => textOf('apps/api/wrangler.toml')).toContain('[ai]\nbinding = "AI"');
    await clearNotices();
  });

  it('has the binding in the title of its editor, for that file', async () => {
    writeFileSync(at('apps/api/wrangler.toml'), 'name = "again"\n');
    await window.host().call(async (vscode) => {
      const [uri] = await vscode.workspace.findFiles('apps/api/wrangler.toml');
      await vscode.window.showTextDocument(uri!);
    });
    const more = window.page.locator('.editor-actions [aria-label^="More Actions"]').last();
    await chooseAddBinding(() => more.click());
    await acceptEveryStep();
    await row('wrangler.toml').waitFor();
    await button('Discard').click();
    expect(textOf('apps/api/wrangler.toml')).toBe('name = "again"\n');
    await window.host().command('workbench.action.closeAllEditors');
  });
});

describe('a folder that nobody trusts', () => {
  beforeAll(async () => {
    window = await openWindow({ files: FILES, restricted: true });
  });
  afterAll(async () => {
    await window?.close();
  });

  it('gets its binding, is told why nothing is run, and has it taken back', async () => {
    const done = await addBinding();
    expect(await done.innerText()).toContain('Restricted Mode');
    expect(await done.innerText()).toContain('npx wrangler types -c wrangler.jsonc');
    expect(await done.getByRole('button', { name: 'Open File' }).count()).toBe(1);
    expect(await done.getByRole('button', { name: 'Generate Types' }).count()).toBe(0);
    expect(textOf('wrangler.jsonc')).toContain('"binding": "AI"');
    await clearNotices();
    await window.runFromPalette('Undo Last Scaffold');
    await expect.poll(() => textOf('wrangler.jsonc')).toBe(WRANGLER);
  });
});
