/**
 * `/ai/run`, the envelope in which third-party models that do not chat are called (cloudflare-api.md 1.5, 4.4 B).
 */
import type { BodyInput, WireFormat } from './format';
import { taskInput } from './task-input';

export const run: WireFormat = {
  path: () => 'ai/run',

  body(input: BodyInput) {
    return { model: input.request.model.id, input: taskInput(input) };
  },

  // What comes is the task's answer, in no format of the wire's own (`answers/task-answer.ts`).
  decoder: () => ({ event: () => false, whole: () => false }),
};
