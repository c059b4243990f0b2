/**
 * Approximate token counts by a real tokenizer (gpt-tokenizer, o200k), loaded when the first count is asked for.
 *
 * It runs in a worker thread: loading its tables blocks for more than 100 ms, which would falsify the clocks of the
 * columns still streaming. The worker ends itself when it has been idle for a while.
 */
import { Worker } from 'node:worker_threads';
import type { Disposable, TokenCounter } from '../app/ports';

/** Milliseconds without a count after which the worker goes. */
const IDLE = 30_000;

// Text given to the worker as code, because the tokenizer's file is the only one it needs: no bundle of its own.
// Answers quote special tokens such as `<|endoftext|>`; they are plain text here.
const workerCode = `
const { parentPort, workerData } = require('node:worker_threads');
const { countTokens } = require(workerData);
parentPort.on('message', ({ id, text }) => {
  parentPort.postMessage({ id, tokens: countTokens(text, { disallowedSpecial: new Set() }) });
});
`;

interface Waiting {
  resolve(tokens: number): void;
  reject(error: Error): void;
}

/** A counter and its thread. */
export interface TokenCounting extends Disposable {
  /** Rejects when the tokenizer cannot be loaded, or after `dispose`. */
  readonly count: TokenCounter;
}

/** Makes a counter. `tokenizerFile` is the CommonJS build of `gpt-tokenizer/encoding/o200k_base`. Starts nothing yet. */
export function createTokenCounter(tokenizerFile: string): TokenCounting {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  function stop(error: Error): void {
    clearTimeout(idle);
    void worker?.terminate();
    worker = undefined;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(workerCode, { eval: true, workerData: tokenizerFile });
    // A count nobody waits for any more must not keep the process alive.
    started.unref();
    started.on('message', ({ id, tokens }: { id: number; tokens: number }) => {
      waiting.get(id)?.resolve(tokens);
      waiting.delete(id);
      if (waiting.size === 0) idle = setTimeout(() => stop(new Error('The tokenizer is idle.')), IDLE).unref();
    });
    started.on('error', (error) => {
      if (worker === started) stop(error instanceof Error ? error : new Error(String(error)));
    });
    return started;
  }

  return {
    count(text) {
      if (text === '') return Promise.resolve(0);
      clearTimeout(idle);
      worker ??= start();
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, text });
      return promise;
    },
    dispose: () => stop(new Error('The tokenizer was stopped.')),
  };
}
