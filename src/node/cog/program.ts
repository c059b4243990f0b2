/**
 * Running a program to its end.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** How a program ended. */
export interface Ended {
  /** Null: it was killed, or ran too long. -1: it is not there, or cannot be started. */
  readonly code: number | null;
  /** All that it wrote, at most 1 MiB of its end. */
  readonly output: string;
  /** What it wrote on standard output alone, at most 16 MiB of its end. */
  readonly stdout: string;
}

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** What it reads; nothing unless told. */
  readonly input?: string;
  /** Each line as it is written. */
  readonly onLine?: (line: string) => void;
}

const KEPT = 1024 * 1024;
const KEPT_STDOUT = 16 * KEPT;

/** Runs without a shell. Never rejects. */
export function runProgram(command: string, args: readonly string[], options: Options = {}): Promise<Ended> {
  const { onLine, input, signal, ...rest } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...rest,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // With what it starts (compilers, of pip) it is stopped as a group, which Windows does not have.
      detached: signal !== undefined && process.platform !== 'win32',
    });
    const stop = (): void => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // Nobody of it is left.
      }
    };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    // Who does not read to the end has its reasons.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    let output = '';
    let stdout = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (written) => {
        const line = stripVTControlCharacters(written);
        output = `${output}${line}\n`.slice(-KEPT);
        if (stream === child.stdout) stdout = `${stdout}${line}\n`.slice(-KEPT_STDOUT);
        onLine?.(line);
      });
    }
    child.once('error', (error) => resolve({ code: -1, output: error.message, stdout }));
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, output, stdout });
    });
  });
}

/**
 * The environment of programs that run a user's code: without the credentials of Cloudflare, which no model needs. What
 * VS Code sets for its own Node.js would change how others start.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:CLOUDFLARE_|CF_|UNIFIED_INFERENCE_|SIMULATOR_|ELECTRON_|VSCODE_|NODE_OPTIONS$|PYTHONHOME$)/i.test(name),
  );
  return Object.fromEntries(entries);
}
