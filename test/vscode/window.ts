/**
 * A VS Code window with this extension in it, for tests: the page that Playwright drives and the extension host behind it.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, ensureChromium } from '../tools/chromium.mjs';
import { installServer, serverNode, startServer, windowUrl } from '../tools/vscode-server.mjs';
import { openBridge, type Host } from './bridge';

/** Folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** `publisher.name` of the manifest. */
export const EXTENSION_ID = 'unified-inference.unified-inference';

/** How a window differs from the usual one. */
export interface WindowOptions {
  /** Workspace trust on: the folder opens in Restricted Mode. */
  readonly restricted?: boolean;
  /** The user's settings, besides the ones that keep VS Code quiet. */
  readonly userSettings?: Record<string, unknown>;
  /** Settings of scope `machine`. */
  readonly machineSettings?: Record<string, unknown>;
  /** Files of the workspace by relative path. */
  readonly files?: Record<string, string>;
  /** Environment of the extension host. */
  readonly env?: Record<string, string>;
}

/** A window under test. */
export interface TestWindow {
  readonly page: Page;
  /** The extension host of now; another one after `reload`. */
  host(): Host;
  /** Everything VS Code's server and the extension write. */
  readonly data: string;
  /** The browser's profile; the secret storage is in its local storage. */
  readonly profile: string;
  /** The workspace that is open. */
  readonly workspace: string;
  /** Content of the playground's webview, two iframes deep. */
  readonly playground: FrameLocator;
  readonly statusBarItem: Locator;
  /** Opens the command palette and runs what has this label. */
  runFromPalette(label: string): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
}

const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
};

/**
 * VS Code in a browser encrypts secrets with a key of which the server holds one half, and keeps them in memory when it
 * cannot have it. That half is served by code-server's own wrapper, which we do not run.
 */
async function serveSecretKey(context: BrowserContext, origin: string): Promise<void> {
  const key = randomBytes(32);
  await context.route(`${origin}/mint-key`, (route) => route.fulfill({ body: key }));
}

/** Opens a window in a fresh server with a fresh profile. */
export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const { restricted = false, userSettings = {}, machineSettings = {}, files = {}, env = {} } = options;
  const base = mkdtempSync(path.join(tmpdir(), 'unified-inference-vscode-'));
  const data = path.join(base, 'data');
  const workspace = path.join(base, 'workspace');
  mkdirSync(workspace, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  const bridge = await openBridge();
  const server = await startServer({
    server: await installServer(path.join(root, '.vscode-test')),
    node: serverNode(root),
    data,
    userSettings: { ...QUIET_SETTINGS, 'security.workspace.trust.enabled': restricted, ...userSettings },
    machineSettings,
    env: {
      CLOUDFLARE_API_TOKEN: undefined,
      CLOUDFLARE_ACCOUNT_ID: undefined,
      ...env,
      UNIFIED_INFERENCE_TEST_BRIDGE: bridge.address,
    },
  });
  const profile = path.join(base, 'browser');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureChromium(),
    args: CHROMIUM_FLAGS,
    viewport: { width: 1400, height: 900 },
    chromiumSandbox: false,
  });
  await serveSecretKey(context, server.origin);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  page.on('dialog', (dialog) => void dialog.accept());
  const url = windowUrl(server, { folder: workspace, extension: root, tests: path.join(root, 'dist/test/vscode/index.js') });
  await page.goto(url);
  let host = await bridge.next();

  return {
    page,
    host: () => host,
    data,
    profile,
    workspace,
    playground: page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'),
    statusBarItem: page.locator('[id="unified-inference.unified-inference.unifiedInference.status"]'),
    async runFromPalette(label) {
      await page.keyboard.press('F1');
      const input = page.locator('.quick-input-widget input[type="text"]');
      await input.fill(`>${label}`);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().waitFor();
      await page.keyboard.press('Enter');
    },
    async reload() {
      const next = bridge.next();
      const { ended } = host;
      // Never answered: its extension host goes.
      host.command('workbench.action.reloadWindow').catch(() => undefined);
      await ended;
      host = await next;
    },
    async close() {
      await context.close();
      await bridge.close();
      await server.stop();
      rmSync(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
