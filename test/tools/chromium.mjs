/**
 * Finds a Chromium for the suites, or installs one. A suite that needs it fails without it; it is never skipped.
 * Plain Node 20; Playwright's own download is the only step that uses a package.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { root, run, SetupError } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * What is switched off in Chromium. The last such switch counts, so what Playwright 1.x switches off stands here too; of
 * our own are pages that nobody sees and that cost about as much as ours: those of the address bar, and a spare one.
 */
const FEATURES_OFF = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'AimEnabled'],
  ...['HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding', 'PreconnectToSearch'],
  ...['ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'TcpPortRandomizationWin'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'SpareRendererForSitePerProcess'],
];

/** What the suites start Chromium with; as root it runs only without its sandbox. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF.join(',')}`,
];

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/**
 * Path of a Chromium on this machine: `CHROMIUM_PATH`, the search path, usual places, Playwright's download.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (!isExecutable(chosen)) throw new SetupError(`CHROMIUM_PATH is ${chosen}, which is no program that can be run.`);
    return chosen;
  }
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...PLACES];
  return candidates.find(isExecutable) ?? [await playwrightChromium()].find(isExecutable);
}

/**
 * A Chromium, installed if there is none: as root the Debian package, elsewhere Playwright's download.
 * Throws a {@link SetupError} that says what was tried.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const present = await findChromium();
  if (present !== undefined) return present;

  /** @type {string[]} */
  const tried = [];
  const attempt = async (/** @type {string} */ command, /** @type {string[]} */ args, env = {}) => {
    const line = [command, ...args].join(' ');
    console.error(`No Chromium found. Running: ${line}`);
    const code = await run(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } }).catch(
      () => 127,
    );
    tried.push(`"${line}" ended with ${code}`);
    return code === 0;
  };

  const debian = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (debian && (await attempt('apt-get', ['update']))) {
    await attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      DEBIAN_FRONTEND: 'noninteractive',
    });
  }
  if ((await findChromium()) === undefined) {
    await attempt(process.execPath, [
      path.join(root, 'node_modules', 'playwright-core', 'cli.js'),
      'install',
      'chromium',
    ]);
  }
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  throw new SetupError(`No Chromium: ${tried.join('; ')}. Install Chromium or Chrome, or set CHROMIUM_PATH to one.`);
}
