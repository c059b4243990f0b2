import type { CatalogModel, PriceOrigin } from '../core/catalog/entry';
import { formOf, isClosed } from '../core/catalog/form';
import { checkParameters } from '../core/catalog/form-check';
import { sentParameters } from '../core/catalog/form-sent';
import type { Model, Task } from '../core/catalog/model';
import { taskTitles } from '../core/catalog/tasks';
import type { Endpoint, InferenceRequest, Message } from '../core/inference/request';
import type { ColumnIntent, RunPlan } from '../protocol/api';
import { RpcError } from '../protocol/rpc';
import type { Catalog } from './catalog';
import type { Settings } from './ports';
import type { Schemas } from './schemas';

/** Tasks that the client can run. */
const runnable: ReadonlySet<Task> = new Set<Task>(['text-generation', 'text-to-image']);

/** Seconds that a Run waits for a schema. */
const SCHEMA_WAIT = 2;

/** A column with the catalog entry of this moment. */
export interface PlannedColumn {
  /** With the parameters that are sent (`sentParameters`). */
  readonly column: ColumnIntent;
  readonly model: Model;
  /** Absent: it has no price. */
  readonly priceOrigin?: PriceOrigin;
}

/**
 * Finds each column's model. Refuses the whole plan, before any money is spent, with `RpcError`: `bad-request` (no
 * prompt), `unknown-model`, `task-not-supported`, or `invalid-parameters`. Parameters are checked with the model's own
 * schema if it is known, otherwise with what its task and the catalog tell. Models that do not chat are called in the
 * words of their schema, which may require fields that no one set: it is asked for if need be, with little patience.
 */
export async function planColumns(
  catalog: Pick<Catalog, 'find' | 'priceOrigin'>,
  schemas: Pick<Schemas, 'known' | 'soon'>,
  plan: RunPlan,
): Promise<readonly PlannedColumn[]> {
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
      const schema = model.task === 'text-generation' ? schemas.known(model) : await schemas.soon(model, SCHEMA_WAIT);
      const fields = formOf(model, schema);
      const [problem] = checkParameters(fields, column.parameters, isClosed(model, schema));
      if (problem !== undefined) throw new RpcError('invalid-parameters', `${model.name}: ${problem.message}`);
      const parameters = sentParameters(model, fields, column.parameters);
      const priceOrigin = catalog.priceOrigin(model);
      return { column: { ...column, parameters }, model: plainModel(model), ...(priceOrigin && { priceOrigin }) };
    }),
  );
}

/** What is stored with a run: the model's facts as they are now, without where each came from. */
function plainModel({ origins: _origins, confirmed: _confirmed, ...model }: CatalogModel): Model {
  return model;
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
