/**
 * Entry of the worker thread (`dist/simulator-worker.js`): serves, and tells the starter where.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { serve, type ServeOptions } from './http';

serve(workerData as ServeOptions).then(
  ({ baseUrl }) => parentPort?.postMessage({ baseUrl }),
  (error: unknown) => parentPort?.postMessage({ error: String(error) }),
);
