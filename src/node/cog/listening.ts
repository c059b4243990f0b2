/**
 * Waits until a Cog server listens, and takes another port when somebody else was quicker.
 */
import type { ServerProcess } from './server-process';

/** A server's process, and where it listens. */
export interface Started {
  readonly port: number;
  readonly server: ServerProcess;
}

/** Written once the port is its own (coglet 0.22). */
const LISTENS = 'Starting coglet server on';
const TAKEN = /address already in use/i;
const ATTEMPTS = 3;
/** Milliseconds; a server that was told to log less says nothing when it listens. */
const PATIENCE = 20_000;

/**
 * Starts by `start`, whose server writes to the function that it is given. Resolves when the server listens, has ended,
 * was silent for long, or is not wanted any more. Rejects when `start` does.
 */
export async function startListening(
  { onLine, signal }: { readonly onLine: (line: string) => void; readonly signal: AbortSignal },
  start: (heard: (line: string) => void) => Promise<Started>,
): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    let isTaken = false;
    const listens = Promise.withResolvers<void>();
    const started = await start((line) => {
      onLine(line);
      isTaken ||= TAKEN.test(line);
      if (line.includes(LISTENS)) listens.resolve();
    });
    const stopped = () => listens.resolve();
    signal.addEventListener('abort', stopped);
    const timer = setTimeout(stopped, PATIENCE);
    if (!signal.aborted) await Promise.race([listens.promise, started.server.ended]);
    clearTimeout(timer);
    signal.removeEventListener('abort', stopped);
    if (!isTaken || attempt === ATTEMPTS) return started;
    await started.server.stop();
    onLine(`Port ${started.port} was taken in the meantime; another is tried.`);
  }
}
