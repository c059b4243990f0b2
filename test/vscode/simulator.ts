import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A simulator in a process of its own: to the extension it is any server that speaks the REST surface. */
export interface ApiServer {
  /** v4 base. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

/** Starts `dist/simulator.js` on a free port; waits are `speed` times shorter than natural. */
export async function startApiServer(root: string, speed: number): Promise<ApiServer> {
  const child = spawn(process.execPath, [path.join(root, 'dist/simulator.js'), '--port', '0'], {
    env: { ...process.env, SIMULATOR_SPEED: String(speed) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    const [, baseUrl] = /^Simulator ready: (\S+)$/.exec(line) ?? [];
    if (baseUrl === undefined) continue;
    return {
      baseUrl,
      async stop() {
        child.kill();
        await closed;
      },
    };
  }
  throw new Error('The simulator ended before it was ready.');
}
