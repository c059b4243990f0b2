/**
 * `wrangler dev` on the offline configuration of a generated project, as somebody without an account runs it.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Worker that runs. */
export interface OfflineDev {
  readonly url: string;
  /** What wrangler printed until now. */
  output(): string;
  stop(): Promise<void>;
}

/** Until wrangler listens, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Starts it. `wrangler` is the path of wrangler's program, `line` the arguments after it. Throws with wrangler's output
 * when it ends or does not listen. The home folder is empty, so that no login is found.
 */
export async function startOfflineDev(folder: string, wrangler: string, line: readonly string[]): Promise<OfflineDev> {
  const home = await mkdtemp(path.join(tmpdir(), 'unified-inference-home-'));
  const child = spawn(process.execPath, [wrangler, ...line, '--port', '0', '--inspector-port', '0'], {
    cwd: folder,
    // A group of its own: workerd and esbuild end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      CI: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`wrangler dev does not listen:\n${output}`)), PATIENCE);
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const ready = /Ready on (http:\/\/\S+)/.exec(output)?.[1];
        if (ready !== undefined) {
          clearTimeout(timer);
          resolve(ready);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      void ended.then(() => {
        clearTimeout(timer);
        reject(new Error(`wrangler dev ended:\n${output}`));
      });
    });
    return { url, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
