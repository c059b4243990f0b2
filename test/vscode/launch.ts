/**
 * The two ways to a window: VS Code's server from npm with its interface in Chromium, and a desktop build.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/chromium.mjs';
import { installServer, serverNode, startServer, windowUrl } from '../tools/vscode-server.mjs';

/** Folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The module that runs in the extension host. */
const agent = path.join(root, 'dist/test/vscode/index.js');

/** What a window is started with. */
export interface LaunchOptions {
  /** Fresh folder for everything that VS Code and the browser write. */
  readonly base: string;
  /** The folder to open, or a `.code-workspace` file. */
  readonly workspace: string;
  /** Further switches of Chromium. */
  readonly flags: readonly string[];
  readonly userSettings: Record<string, unknown>;
  /** Settings of scope `machine`. */
  readonly machineSettings: Record<string, unknown>;
  /** Environment of the extension host; `undefined` takes a variable away. */
  readonly env: Record<string, string | undefined>;
}

/** A window that has been started; its extension host may not be there yet. */
export interface Launched {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * VS Code in a browser encrypts secrets with a key of which the server holds one half, and keeps them in memory when it
 * cannot have it. That half is served by code-server's own wrapper, which we do not run.
 */
async function serveSecretKey(context: BrowserContext, origin: string): Promise<void> {
  const key = randomBytes(32);
  await context.route(`${origin}/mint-key`, (route) => route.fulfill({ body: key }));
}

/** A fresh server and a fresh browser. */
export async function launchServer(options: LaunchOptions): Promise<Launched> {
  const { base, workspace, flags, userSettings, machineSettings, env } = options;
  const server = await startServer({
    server: await installServer(path.join(root, '.vscode-test'), (line) => console.error(line)),
    node: serverNode(root),
    data: path.join(base, 'data'),
    userSettings,
    machineSettings,
    env,
  });
  const context = await chromium.launchPersistentContext(path.join(base, 'browser'), {
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_FLAGS, ...flags],
    viewport: { width: 1400, height: 900 },
  });
  await serveSecretKey(context, server.origin);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(windowUrl(server, { folder: workspace, extension: root, tests: agent }));
  return {
    page,
    async close() {
      await context.close();
      await server.stop();
    },
  };
}

/** Settles when a file has content. */
async function contentOf(folder: string, name: string): Promise<string> {
  const read = () => {
    try {
      return readFileSync(path.join(folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  const watcher = watch(folder);
  try {
    while (read() === '') await once(watcher, 'change');
    return read();
  } finally {
    watcher.close();
  }
}

/** A desktop build, downloaded once, driven over Chromium's debugging port. */
export async function launchDesktop(options: LaunchOptions): Promise<Launched> {
  const { base, workspace, flags, userSettings, machineSettings, env } = options;
  const program = await downloadAndUnzipVSCode({ cachePath: path.join(root, '.vscode-test') });
  const data = path.join(base, 'data');
  mkdirSync(path.join(data, 'User'), { recursive: true });
  writeFileSync(path.join(data, 'User', 'settings.json'), JSON.stringify({ ...userSettings, ...machineSettings }));
  const child = spawn(
    program,
    [
      workspace,
      `--extensionDevelopmentPath=${root}`,
      `--extensionTestsPath=${agent}`,
      `--user-data-dir=${data}`,
      `--extensions-dir=${path.join(base, 'extensions')}`,
      '--remote-debugging-port=0',
      ...['--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes', '--password-store=basic'],
      ...flags,
    ],
    { env: { ...process.env, ...env }, stdio: 'ignore' },
  );
  const closed = once(child, 'close');
  const [port] = (await contentOf(data, 'DevToolsActivePort')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('VS Code has no window.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    page,
    async close() {
      await browser.close();
      child.kill();
      await closed;
    },
  };
}
