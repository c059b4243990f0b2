/**
 * What "Use in Worker" carries from a column into code: plain data, so that it can cross a VS Code command.
 */
import type { Task } from '../core/catalog/model';
import { acceptedMetadata } from '../core/inference/metadata';
import type { GatewayMetadata } from '../core/inference/request';
import type { ChosenModel } from '../core/scaffold/worker/answers';
import { helperModule, type HelperModule } from '../core/scaffold/worker/helper';
import { chosenModel } from '../core/snippets/chosen-model';
import type { RunPlan } from '../protocol/api';
import { usedAttachments } from './input-check';
import { messagesOf, type PlannedColumn } from './plan';
import type { Settings } from './ports';

/** A column as it would go into a Worker. */
export interface WorkerUse {
  readonly task: Task;
  /** The column's model, then the other models shown for its task, each once: a project may fall back on them. */
  readonly models: readonly ChosenModel[];
  /** Of the settings. */
  readonly gatewayId: string;
  /** Of the settings, without entries that the gateway refuses. */
  readonly metadata: GatewayMetadata;
  /** The exact call of the column as a file for a Worker that exists (`planHelper`). */
  readonly helper: HelperModule;
}

/** The first column is the one to use, the others are those beside it. Nothing is read: no bytes go into code. */
export function workerUse(
  plan: RunPlan,
  [used, ...others]: readonly [PlannedColumn, ...PlannedColumn[]],
  { gatewayId, metadata }: Pick<Settings, 'gatewayId' | 'metadata'>,
): WorkerUse {
  const { model, schema, column } = used;
  const attachments = plan.attachments ?? [];
  const media = usedAttachments({ model, schema }, attachments).flatMap((index) => attachments[index] ?? []);
  const shown = [used, ...others.filter((other) => other.model.task === model.task)];
  const models = shown.map((one) => chosenModel(one.model, one.column.parameters, one.schema));
  return {
    task: model.task,
    models: models.filter(({ id }, at) => models.findIndex((one) => one.id === id) === at),
    gatewayId,
    metadata: acceptedMetadata(metadata).kept,
    helper: helperModule({
      model,
      ...(schema && { schema }),
      parameters: column.parameters,
      messages: messagesOf(plan, model),
      media: media.map(({ media: { kind, mediaType }, name, role }) => ({ kind, mediaType, name, role })),
      gatewayId,
      metadata,
    }),
  };
}
