import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/catalog/model';
import { rateLimitOf } from '../../../../src/core/catalog/rate-limits';

const hosted = (id: string, task: Task) => ({ id, task, hosting: 'hosted' as const });

describe('rateLimitOf', () => {
  it.each<[Task, number | undefined]>([
    ['speech-recognition', 720],
    ['image-classification', 3000],
    ['image-to-text', 720],
    ['object-detection', 3000],
    ['summarization', 1500],
    ['text-classification', 2000],
    ['embeddings', 3000],
    ['text-generation', 300],
    ['text-to-image', 720],
    ['translation', 720],
    ['text-to-speech', undefined],
    ['other', undefined],
  ])('%s: %s a minute', (task, limit) => {
    expect(rateLimitOf(hosted('@cf/a/b', task))?.requestsPerMinute).toBe(limit);
  });

  it('knows models with a limit of their own', () => {
    expect(rateLimitOf(hosted('@cf/baai/bge-large-en-v1.5', 'embeddings'))).toEqual({ requestsPerMinute: 1500 });
    expect(rateLimitOf(hosted('@cf/runwayml/stable-diffusion-v1-5-img2img', 'text-to-image'))?.requestsPerMinute).toBe(
      1500,
    );
  });

  it('is lower for models of the paid plan, and higher there with credits', () => {
    const limit = rateLimitOf({ ...hosted('@cf/zai-org/glm-5.3', 'text-generation'), requiresPaidPlan: true });
    expect(limit?.requestsPerMinute).toBe(20);
    expect(limit?.note).toContain('50');
  });

  it('is the gateway’s for third-party models, whatever the task', () => {
    const limit = rateLimitOf({ id: 'openai/gpt-5.4', task: 'text-generation', hosting: 'third-party' });
    expect(limit?.requestsPerMinute).toBe(200);
    expect(limit?.note).toMatch(/gateway.*Unified Billing/);
  });
});
