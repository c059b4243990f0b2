/**
 * How often a model may be called (cloudflare-api.md 1.7). Cloudflare lists limits by task and not by model, so that the
 * figures are those of its documentation, not of the account.
 */
import type { Model, Task } from './model';

/** Requests that one account may make in a minute, of each model. */
export interface RateLimit {
  readonly requestsPerMinute: number;
  /** What the figure depends on. */
  readonly note?: string;
}

const byTask: Readonly<Partial<Record<Task, number>>> = {
  'text-generation': 300,
  'text-to-image': 720,
  'speech-recognition': 720,
  'image-to-text': 720,
  'image-classification': 3000,
  'object-detection': 3000,
  'text-classification': 2000,
  // Cloudflare lists rerankers as Text Classification.
  reranking: 2000,
  embeddings: 3000,
  summarization: 1500,
  translation: 720,
};

/** Models with a limit of their own, by the last part of the id. */
const byModel: ReadonlyMap<string, number> = new Map([
  ['bge-large-en-v1.5', 1500],
  ['stable-diffusion-v1-5-img2img', 1500],
]);

const PAID_ONLY: RateLimit = { requestsPerMinute: 20, note: '50 a minute with prepaid credits.' };

const UNIFIED_BILLING: RateLimit = {
  requestsPerMinute: 200,
  note: 'For a whole gateway, all models together, when billed through Unified Billing. Provider keys of your own are exempt.',
};

/** The documented limit; undefined where there is none for the task. */
export function rateLimitOf({
  id,
  task,
  hosting,
  requiresPaidPlan,
}: Pick<Model, 'id' | 'task' | 'hosting' | 'requiresPaidPlan'>): RateLimit | undefined {
  if (hosting === 'third-party') return UNIFIED_BILLING;
  if (requiresPaidPlan === true) return PAID_ONLY;
  const requestsPerMinute = byModel.get(id.slice(id.lastIndexOf('/') + 1)) ?? byTask[task];
  return requestsPerMinute === undefined ? undefined : { requestsPerMinute };
}
