/**
 * Starts what `npm start` starts, and opens it in a real Chromium. A page that logs an error, throws, breaks its content
 * security policy or asks for something that is not there fails its test.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../tools/chromium.mjs';

/** Folder of the project. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Milliseconds from a program's start to its ready line. */
const START_LIMIT = 20_000;

const ownNode = path.join(root, 'node_modules/.bin/node');

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'unified-inference-webview-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A program of ours that prints one line when it is ready. */
export interface Program {
  /** What stands behind the colon of the ready line. */
  readonly url: string;
  /** Everything it printed. */
  readonly log: readonly string[];
  /** Ends it as Ctrl-C would and waits; answers with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

interface ProgramOptions {
  readonly file: string;
  readonly ready: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function startProgram({ file, ready, args = [], env = {} }: ProgramOptions): Promise<Program> {
  const bundle = path.join(root, 'dist', file);
  if (!existsSync(bundle))
    throw new Error(`${bundle} is missing: run "npm run build" first, or "npm test", which does.`);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(CLOUDFLARE|UNIFIED_INFERENCE|SIMULATOR)_/.test(name),
  );
  const child: ChildProcess = spawn(ownNode, [bundle, ...args], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const log: string[] = [];
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return (await closed)[0];
  };
  onTestFinished(async () => {
    await end('SIGKILL');
  });
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${file} is not ready:\n${log.join('\n')}`)), START_LIMIT);
    void closed.then(() => reject(new Error(`${file} ended before it was ready:\n${log.join('\n')}`)));
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input: input as NodeJS.ReadableStream }).on('line', (line) => {
        log.push(line);
        if (!line.startsWith(`${ready}: `)) return;
        clearTimeout(timer);
        resolve(line.slice(ready.length + 2));
      });
    }
  });
  return {
    url,
    log,
    stop: () => end('SIGINT'),
    async kill() {
      await end('SIGKILL');
    },
  };
}

/** How a playground differs from one started afresh on the simulator at ten times its natural speed. */
export interface PlaygroundOptions {
  readonly data?: string;
  /** `SIMULATOR_SPEED`: divides the simulator's waiting; 0 for none. */
  readonly speed?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the playground's server; it ends with the test. */
export function startPlayground({ data, speed = 10, env = {} }: PlaygroundOptions = {}): Promise<Program> {
  return startProgram({
    file: 'standalone.js',
    ready: 'Playground ready',
    args: ['--port', '0', '--no-open', '--data', data ?? temporaryFolder()],
    env: { SIMULATOR_SPEED: String(speed), ...env },
  });
}

/** Starts the offline API alone: any server that speaks the REST surface. Its url is a base for `CLOUDFLARE_API_BASE_URL`. */
export function startApi({ speed = 10 }: { readonly speed?: number } = {}): Promise<Program> {
  return startProgram({
    file: 'simulator.js',
    ready: 'Simulator ready',
    args: ['--port', '0'],
    env: { SIMULATOR_SPEED: String(speed) },
  });
}

let launched: Promise<Browser> | undefined;
afterAll(async () => {
  await (await launched)?.close();
});

/** The browser of this test file. */
export async function browser(): Promise<Browser> {
  launched ??= findChromium().then((executablePath) => {
    if (executablePath === undefined)
      throw new Error('No Chromium: run "npm test", which installs one, or set CHROMIUM_PATH.');
    return chromium.launch({
      executablePath,
      // A microphone that beeps once a second; whether a page may use it is still asked for.
      args: [...CHROMIUM_FLAGS, '--js-flags=--expose-gc', '--use-fake-device-for-media-stream'],
      chromiumSandbox: false,
    });
  });
  return launched;
}

/** A page and what it said. */
export interface View {
  readonly page: Page;
  /** Everything that went over its WebSockets, either way. */
  readonly frames: readonly string[];
  /** Everything it logged. */
  readonly console: readonly string[];
}

/** How a view differs from the usual one. */
export interface ViewOptions extends BrowserContextOptions {
  /** Problems that belong to the test, for example a connection that it cut. */
  readonly expected?: RegExp;
  /** Runs in the page before anything else. */
  readonly before?: () => void;
}

/** Opens the playground; the page closes with the test, which fails if the page had a problem. */
export async function openView(url: string, { expected, before, ...options }: ViewOptions = {}): Promise<View> {
  const context = await (await browser()).newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  const frames: string[] = [];
  const lines: string[] = [];
  page.on('console', (message) => {
    const { url: file, lineNumber } = message.location();
    lines.push(message.text());
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${file}:${lineNumber})`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(String(payload)));
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  // Chromium reports violations of the policy as console errors, those inside of workers and images included.
  if (before !== undefined) await page.addInitScript(before);
  onTestFinished(async () => {
    await context.close();
    expect(problems.filter((problem) => !expected?.test(problem))).toEqual([]);
  });
  await page.goto(url);
  await page.getByTestId('run-button').waitFor();
  return { page, frames, console: lines };
}

/** Starts a playground and opens it. */
export async function openPlayground(
  options: PlaygroundOptions & { readonly view?: ViewOptions } = {},
): Promise<View & { readonly playground: Program }> {
  const playground = await startPlayground(options);
  return { ...(await openView(playground.url, options.view)), playground };
}
