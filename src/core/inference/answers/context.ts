/**
 * What reading an answer depends on beside the answer.
 */
import type { Task } from '../../catalog/model';

/** Of the request that is answered. */
export interface AskedTask {
  readonly task: Task;
  /** The texts that were embedded. */
  readonly labels: readonly string[];
}
