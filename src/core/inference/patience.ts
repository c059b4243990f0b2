/**
 * How long a task may take before its first output.
 */
import { mediaMadeBy } from '../catalog/task-media';
import type { Task } from '../catalog/model';
import type { CallPolicy } from './request';

/** Seconds that a video or a piece of music may take whatever the settings say: they are made whole before they come. */
const LONG = 600;

/** The policy for a task. */
export function patience(task: Task, policy: CallPolicy): CallPolicy {
  const isLong = mediaMadeBy(task) === 'video' || task === 'music-generation';
  return isLong ? { ...policy, firstTokenTimeout: Math.max(LONG, policy.firstTokenTimeout) } : policy;
}
