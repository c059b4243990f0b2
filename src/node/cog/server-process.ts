/**
 * A server's process, with all that it starts: gone when it is stopped, and when this process is gone.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** Milliseconds from asking a server to end until it is made to. */
const GRACE = 6_000;
/** Milliseconds more where something is taken away afterwards. */
const CLEANING = 20_000;
/** Milliseconds for the last lines of a server that has ended, if something that it started keeps its output open. */
const LAST_WORDS = 1_000;

/**
 * A shell of POSIX becomes the server. Beside it waits a watcher for the end of its input, which comes when we close it
 * and also when this process dies, whichever way: then the whole group is asked to end, and after two seconds made to.
 */
const guarded = (cleanUp: string): string =>
  'exec 3<&0; { trap "" TERM; cat <&3 >/dev/null; kill -TERM 0; n=0; ' +
  'while kill -0 $$ 2>/dev/null && [ $n -lt 20 ]; do sleep 0.1; n=$((n+1)); done; ' +
  `${cleanUp}; kill -KILL 0; } & exec "$@" 3<&- </dev/null`;

/** A running program. */
export interface ServerProcess {
  /** Resolves with its exit code when it has ended and its lines were read; null: by a signal. */
  readonly ended: Promise<number | null>;
  /** Ends it and what it started. Resolves when all of it is gone. */
  stop(): Promise<void>;
  /** Lets it end without waiting; it also does when this process ends right away. */
  leave(): void;
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  /** For the shell, when the program has ended: takes away what does not belong to its group. */
  readonly cleanUp?: string;
}

/** Starts a program in a process group of its own. */
export function startServer({ command, args, cwd, env, onLine, cleanUp = ':' }: Program): ServerProcess {
  const child = spawn('/bin/sh', ['-c', guarded(cleanUp), 'sh', command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const grace = cleanUp === ':' ? GRACE : GRACE + CLEANING;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => onLine(stripVTControlCharacters(line)));
  }
  // A group that is gone takes no input.
  child.stdin.on('error', () => {});
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nobody of it is left.
    }
  };
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      onLine(error.message);
      resolve(-1);
    });
    child.once('exit', (code) => {
      // Workers are of no use without it; the watcher ends them, and itself.
      child.stdin.end();
      const timers = [setTimeout(() => resolve(code), LAST_WORDS), setTimeout(killGroup, grace)];
      void closed.then(() => {
        timers.forEach((timer) => clearTimeout(timer));
        resolve(code);
      });
    });
  });
  return {
    ended,
    async stop() {
      child.stdin.end();
      const forced = new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          killGroup();
          resolve();
        }, grace);
        void closed.then(() => clearTimeout(timer));
      });
      await Promise.race([closed, forced]);
    },
    leave: () => void child.stdin.end(),
  };
}

/** A port of this machine that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
