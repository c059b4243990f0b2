/**
 * A VS Code window with this extension in it, for tests: the page that Playwright drives and the extension host behind it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openBridge, type Host } from './bridge';
import { launchDesktop, launchServer } from './launch';

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
  readonly files?: Record<string, string | Uint8Array>;
  /** Folders of the workspace that are open, by relative path; default: all of it, as one. */
  readonly folders?: readonly string[];
  /** Further switches of Chromium. */
  readonly flags?: readonly string[];
  /** Environment of the extension host. */
  readonly env?: Record<string, string>;
}

/** A window under test. */
export interface TestWindow {
  readonly page: Page;
  /** The extension host of now; another one after `reload`. */
  host(): Host;
  /** Everything that VS Code, the extension and the browser write. */
  readonly data: string;
  /** The folder that is open. */
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
  'files.hotExit': 'off',
};

const launch = process.env['UNIFIED_INFERENCE_VSCODE'] === 'electron' ? launchDesktop : launchServer;

/** Opens a window of a VS Code that nothing was done in before. */
export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const {
    restricted = false,
    userSettings = {},
    machineSettings = {},
    files = {},
    folders,
    flags = [],
    env = {},
  } = options;
  const base = mkdtempSync(path.join(tmpdir(), 'unified-inference-vscode-'));
  const data = path.join(base, 'written');
  const workspace = path.join(base, 'workspace');
  for (const folder of [data, workspace]) mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const several = path.join(base, 'several.code-workspace');
  if (folders) {
    writeFileSync(several, JSON.stringify({ folders: folders.map((name) => ({ path: path.join(workspace, name) })) }));
  }

  const bridge = await openBridge();
  const { page, close } = await launch({
    base: data,
    workspace: folders ? several : workspace,
    flags,
    userSettings: { ...QUIET_SETTINGS, 'security.workspace.trust.enabled': restricted, ...userSettings },
    machineSettings,
    env: {
      CLOUDFLARE_API_TOKEN: undefined,
      CLOUDFLARE_ACCOUNT_ID: undefined,
      ...env,
      UNIFIED_INFERENCE_TEST_BRIDGE: bridge.address,
    },
  });
  page.setDefaultTimeout(30_000);
  let host = await bridge.next();

  return {
    page,
    host: () => host,
    data,
    workspace,
    playground: page.frameLocator('iframe.webview.ready').frameLocator('#active-frame'),
    statusBarItem: page.locator('[id="unified-inference.unified-inference.unifiedInference.status"]'),
    async runFromPalette(label) {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input[type="text"]').fill(`>${label}`);
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
      await close();
      await bridge.close();
      rmSync(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
