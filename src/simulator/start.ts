/**
 * Starts the simulator in a worker thread, so that its work never delays the host's clock.
 */
import { Worker } from 'node:worker_threads';

/** How to start. */
export interface StartOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** What natural waiting is divided by; default 1, 0 means no waiting. */
  readonly speed?: number;
  /** Path of the bundle of `worker.ts`. */
  readonly workerFile: string;
}

/** A running simulator; structurally the one that `src/app` asks for. */
export interface SimulatorHandle {
  /** v4 base on loopback, for example `http://127.0.0.1:41234/client/v4`. */
  readonly baseUrl: string;
  /** The token it accepts. */
  readonly token: string;
  readonly accountId: string;
  /** Ends the thread with its port and connections. */
  dispose(): void;
}

/** Any token is accepted; this one occurs in no text, so that a client which redacts its token alters nothing else. */
const token = 'offline-access-token';

/** Starts a simulator. Rejects when the port is taken or the worker cannot start. */
export async function startSimulator({ port = 0, speed = 1, workerFile }: StartOptions): Promise<SimulatorHandle> {
  const worker = new Worker(workerFile, { workerData: { port, speed } });
  const baseUrl = await new Promise<string>((resolve, reject) => {
    worker.once('message', (message: { baseUrl?: string; error?: string }) => {
      if (message.baseUrl === undefined) reject(new Error(`The simulator could not start: ${message.error}`));
      else resolve(message.baseUrl);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The simulator ended at start (exit code ${code}).`)));
  }).catch((error: unknown) => {
    void worker.terminate();
    throw error;
  });
  // The thread must not keep a process alive that has nothing else to do.
  worker.unref();
  return { baseUrl, token, accountId: 'simulator', dispose: () => void worker.terminate() };
}
