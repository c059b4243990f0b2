import type { Model, Task } from '../core/catalog/model';
import { taskTitles } from '../core/catalog/tasks';
import type { Endpoint, InferenceRequest, Message } from '../core/inference/request';
import type { ColumnIntent, RunPlan } from '../protocol/api';
import { RpcError } from '../protocol/rpc';
import type { Catalog } from './catalog';
import type { Settings } from './ports';

/** Tasks that the client can run. */
const runnable: ReadonlySet<Task> = new Set<Task>(['text-generation', 'text-to-image']);

/** A column with the catalog entry of this moment. */
export interface PlannedColumn {
  readonly column: ColumnIntent;
  readonly model: Model;
}

/**
 * Finds each column's model. Refuses the whole plan, before any money is spent, with `RpcError`: `bad-request` (no
 * prompt), `unknown-model`, or `task-not-supported`.
 */
export async function planColumns(catalog: Catalog, plan: RunPlan): Promise<readonly PlannedColumn[]> {
  if (plan.prompt.trim() === '') throw new RpcError('bad-request', 'There is no prompt. Type one first.');
  return Promise.all(
    plan.columns.map(async (column) => {
      const model = await catalog.find(column.modelId);
      if (model === undefined) {
        throw new RpcError(
          'unknown-model',
          `The model ${column.modelId} is not in the catalog of this connection. Choose another for its column.`,
        );
      }
      if (!runnable.has(model.task)) {
        throw new RpcError(
          'task-not-supported',
          `The playground cannot run ${model.name} yet: its task is "${taskTitles[model.task]}". ` +
            'Choose a model for text generation or text-to-image.',
        );
      }
      return { column, model };
    }),
  );
}

/** What a column sends. An image model gets the prompt alone: it has no place for a system prompt. */
export function messagesOf(plan: RunPlan, model: Model): readonly Message[] {
  const user: Message = { role: 'user', content: plan.prompt };
  if (plan.system.trim() === '' || model.task !== 'text-generation') return [user];
  return [{ role: 'system', content: plan.system }, user];
}

/** The call of one column. */
export function requestOf(
  runId: string,
  plan: RunPlan,
  { column, model }: PlannedColumn,
  endpoint: Endpoint,
  settings: Settings,
): InferenceRequest {
  const messages = messagesOf(plan, model);
  return { runId, model, messages, parameters: column.parameters, endpoint, policy: settings.policy };
}
