/** The playground's server for a benchmark: what `npm start` runs, on a free port with a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../tools/setup.mjs';

/** A running server. */
export interface BenchServer {
  /** Opens the page. */
  readonly url: string;
  /** Of its process. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts it, with `env` on top of the environment of the benchmark. */
export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<BenchServer> {
  const data = mkdtempSync(path.join(tmpdir(), 'unified-inference-bench-'));
  const args = [path.join(root, 'dist/standalone.js'), '--port', '0', '--no-open', '--data', data];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Playground ready: (\S+)$/.exec(line)?.[1];
    if (url === undefined || child.pid === undefined) continue;
    return {
      url,
      pid: child.pid,
      async stop() {
        child.kill('SIGINT');
        await closed;
        rmSync(data, { recursive: true, force: true });
      },
    };
  }
  throw new Error('The server ended before it was ready.');
}
