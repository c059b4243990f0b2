import type { run } from '../../src/core/inference/client';
import type { InferenceRequest } from '../../src/core/inference/request';
import type { RunEvent } from '../../src/core/run/events';

/** One call that the client was asked to make; the test plays the server. */
export interface FakeCall {
  readonly request: InferenceRequest;
  readonly signal: AbortSignal;
  /** Makes the client yield an event. */
  emit(event: RunEvent): void;
  /** Ends the stream. */
  close(): void;
  /** `started` and `headers`. */
  accept(): void;
  text(text: string): void;
  finish(): void;
}

/** A client whose answers the test writes. */
export interface FakeInfer {
  readonly infer: typeof run;
  readonly calls: FakeCall[];
  /** The newest call to this model. */
  to(modelId: string): FakeCall;
}

/** Makes a client that waits to be told. Like the real one it ends with `failed`, reason `aborted`, when stopped. */
export function fakeInfer(now: () => number): FakeInfer {
  const calls: FakeCall[] = [];
  return {
    calls,
    to(modelId) {
      const call = calls.findLast((one) => one.request.model.id === modelId);
      if (call === undefined) throw new Error(`nobody called ${modelId}`);
      return call;
    },
    infer: (request, { signal }) => {
      const queue: RunEvent[] = [];
      let closed = false;
      let wake = () => {};
      const call: FakeCall = {
        request,
        signal,
        emit(event) {
          queue.push(event);
          wake();
        },
        close() {
          closed = true;
          wake();
        },
        accept() {
          call.emit({
            type: 'started',
            at: now(),
            attempt: 1,
            maxAttempts: 3,
            wire: 'chat-completions',
            request: { method: 'POST', url: 'https://api.example/ai', headers: {}, body: {} },
          });
          call.emit({ type: 'headers', at: now(), status: 200, gateway: {} });
        },
        text: (text) => call.emit({ type: 'text', at: now(), text }),
        finish() {
          call.emit({ type: 'finished', at: now(), finishReason: 'stop' });
          call.close();
        },
      };
      calls.push(call);
      signal.addEventListener('abort', () => {
        if (closed) return;
        const error = { reason: 'aborted', message: 'Stopped.', nextStep: 'Run again.', retryable: true } as const;
        call.emit({ type: 'failed', at: now(), error });
        call.close();
      });
      return (async function* () {
        for (;;) {
          const event = queue.shift();
          if (event !== undefined) yield event;
          else if (closed) return;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      })();
    },
  };
}
