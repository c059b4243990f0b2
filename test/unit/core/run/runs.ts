/** Short words for runs in tests. Times are seconds. */
import type { InferenceError } from '../../../../src/core/inference/error';
import type { Model } from '../../../../src/core/catalog/model';
import type { MediaPlaceholder } from '../../../../src/core/inference/placeholder';
import type { MediaKind, MediaRef } from '../../../../src/core/media/media';
import type { GatewayInfo, RunEvent, Usage } from '../../../../src/core/run/events';
import type { RunResult } from '../../../../src/core/run/result';
import { initialRun, reduceAll } from '../../../../src/core/run/reducer';
import type { RunState } from '../../../../src/core/run/state';

export type Event = RunEvent<MediaRef>;

export const started = (at: number, attempt = 1, body: Record<string, unknown> = {}): Event => ({
  type: 'started',
  at,
  attempt,
  maxAttempts: 3,
  wire: 'chat-completions',
  request: { method: 'POST', url: 'https://api.example/ai', headers: {}, body },
});
export const headers = (at: number, gateway: GatewayInfo = {}): Event => ({
  type: 'headers',
  at,
  status: 200,
  gateway,
});
export const text = (at: number, value = 'word'): Event => ({ type: 'text', at, text: value });
export const reasoning = (at: number, value = 'hmm'): Event => ({ type: 'reasoning', at, text: value });
export const usage = (at: number, value: Usage): Event => ({ type: 'usage', at, usage: value });
export const approximate = (at: number, value: Usage): Event => ({ type: 'approximateUsage', at, usage: value });
export const finished = (at: number): Event => ({ type: 'finished', at, finishReason: 'stop' });
export const failure = (reason: InferenceError['reason']): InferenceError => ({
  reason,
  message: 'It failed.',
  nextStep: 'Try again.',
  retryable: false,
});
export const failed = (at: number, reason: InferenceError['reason'] = 'server'): Event => ({
  type: 'failed',
  at,
  error: failure(reason),
});
export const retrying = (at: number, attempt: number, wait: number): Event => ({
  type: 'retrying',
  at,
  attempt,
  wait,
  error: failure('rate-limit'),
});
export const picture = (at: number, width?: number, height?: number): Event => ({
  type: 'media',
  at,
  media: {
    kind: 'image',
    mediaType: 'image/png',
    file: 'a.png',
    byteLength: 10,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  },
});

/** A file of an answer, whole at `at`. */
export const madeFile = (at: number, media: Partial<MediaRef>, firstAt?: number): Event => ({
  type: 'media',
  at,
  ...(firstAt !== undefined && { firstAt }),
  media: { kind: 'video', mediaType: 'video/mp4', file: 'a.mp4', byteLength: 10, ...media },
});
export const progress = (at: number, received: number, total?: number): Event => ({
  type: 'progress',
  at,
  received,
  ...(total !== undefined && { total }),
});
export const resulted = (at: number, result: RunResult): Event => ({ type: 'result', at, result });

/** What stands in a body for a file that is sent. */
export const sentFile = (kind: MediaKind, more: Partial<MediaPlaceholder['$media']> = {}): MediaPlaceholder => ({
  $media: { index: 0, encoding: 'data-uri', kind, mediaType: `${kind}/x`, byteLength: 10, name: 'file', ...more },
});

/** Deltas of equal length at equal distances. */
export const words = (from: number, step: number, count: number, make = text): Event[] =>
  Array.from({ length: count }, (_, index) => make(from + index * step, 'word'));

export const runOf = (...events: (Event | Event[])[]): RunState => reduceAll(initialRun('run'), events.flat());

export const model = (prices: Record<string, number>, rest: Partial<Model> = {}): Model => ({
  id: 'acme/model',
  provider: 'acme',
  name: 'Model',
  task: 'text-generation',
  hosting: 'third-party',
  capabilities: [],
  requestFormats: [],
  pricing: Object.entries(prices).map(([label, usd]) => ({ label, usd })),
  ...rest,
});
