/**
 * How long a task may take before its first output, and how long it may be silent after it.
 */
import { mediaMadeBy } from '../catalog/task-media';
import type { Model } from '../catalog/model';
import type { CallPolicy } from './request';

/** Seconds that a video or a piece of music may take whatever the settings say: they are made whole before they come. */
const LONG = 600;

/**
 * The policy for a model. On a machine of the user's own there is no telling how long a prediction takes, nor how long
 * it computes between two pieces; to give it up is to cancel it.
 */
export function patience({ task, hosting }: Pick<Model, 'task' | 'hosting'>, policy: CallPolicy): CallPolicy {
  const firstTokenTimeout = Math.max(LONG, policy.firstTokenTimeout);
  if (hosting === 'own') return { ...policy, firstTokenTimeout, idleTimeout: Math.max(LONG, policy.idleTimeout) };
  const isLong = mediaMadeBy(task) === 'video' || task === 'music-generation';
  return isLong ? { ...policy, firstTokenTimeout } : policy;
}
