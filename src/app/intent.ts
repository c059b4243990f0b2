/**
 * What the user has typed and chosen: kept, checked when read back, and changed by plans and commands.
 */
import type { Model, Task } from '../core/catalog/model';
import { defaultColumns, firstParameters } from '../core/catalog/default-columns';
import type { ColumnIntent, PlaygroundIntent, RunPlan } from '../protocol/api';
import { checkIntent, MAX_COLUMNS } from '../protocol/guards';
import { RpcError, toRpcError } from '../protocol/rpc';
import type { AppPorts } from './ports';

/** The intent of a playground that was never used: three columns chosen, nothing typed. */
export function defaultIntent(
  models: readonly Model[],
  { newId, epoch }: Pick<AppPorts, 'newId' | 'epoch'>,
): PlaygroundIntent {
  const today = new Date(epoch()).toISOString().slice(0, 10);
  const columns = defaultColumns(models, today).map((model) => columnOf(model, newId));
  return { task: 'text-generation', prompt: '', system: '', columns };
}

function columnOf(model: Model, newId: () => string): ColumnIntent {
  return { id: newId(), modelId: model.id, parameters: firstParameters(model) };
}

/** The stored intent, if there is one and it is still of the shape that we accept. */
export function storedIntent({ store, log }: Pick<AppPorts, 'store' | 'log'>): PlaygroundIntent | undefined {
  try {
    const stored = store.loadIntent();
    return stored === undefined ? undefined : checkIntent(stored);
  } catch (error) {
    log.warn(`The stored columns and drafts were not read: ${toRpcError(error).message}`);
    return undefined;
  }
}

/**
 * The intent after a plan was run: what ran is what stands in the columns and in the drafts. Columns that the plan
 * leaves out stay as they are.
 */
export function withPlan(intent: PlaygroundIntent, plan: RunPlan): PlaygroundIntent {
  const planned = new Map(plan.columns.map((column) => [column.id, column]));
  const known = intent.columns.map((column) => planned.get(column.id) ?? column);
  const ids = new Set(known.map((column) => column.id));
  const added = plan.columns.filter((column) => !ids.has(column.id));
  // A plan of other columns altogether comes from a view that shows those: the oldest give way.
  const columns = [...known, ...added];
  const kept = columns.length <= MAX_COLUMNS ? columns : plan.columns;
  const { attachments: _attachments, texts: _texts, ...rest } = intent;
  return {
    ...rest,
    ...(plan.attachments && { attachments: plan.attachments }),
    ...(plan.texts && { texts: plan.texts }),
    prompt: plan.prompt,
    system: plan.system,
    columns: kept,
  };
}

/** What a command asks for; columns already resolved to models. */
export interface IntentChange {
  readonly models?: readonly Model[] | undefined;
  readonly task?: Task | undefined;
  readonly prompt?: string | undefined;
  readonly system?: string | undefined;
}

/**
 * The intent after a command. A column that already shows the model asked for is kept, with its parameters. When the
 * task changes, its own columns come back and those shown so far are parked; a task that has none and is given none
 * starts with those shown.
 */
export function withArguments(intent: PlaygroundIntent, change: IntentChange, newId: () => string): PlaygroundIntent {
  const task = change.task ?? change.models?.[0]?.task ?? intent.task;
  const { [task]: parkedHere, ...others } = intent.parked ?? {};
  const own = task === intent.task ? intent.columns : parkedHere;
  const columns = change.models === undefined ? (own ?? intent.columns) : columnsFor(change.models, own ?? [], newId);
  const leaves = task !== intent.task && columns !== intent.columns;
  return {
    ...intent,
    task,
    prompt: change.prompt ?? intent.prompt,
    system: change.system ?? intent.system,
    columns,
    parked: leaves ? { ...others, [intent.task]: intent.columns } : others,
  };
}

function columnsFor(models: readonly Model[], kept: readonly ColumnIntent[], newId: () => string): ColumnIntent[] {
  const free = [...kept];
  return models.map((model) => {
    const index = free.findIndex((column) => column.modelId === model.id);
    const [found] = index === -1 ? [] : free.splice(index, 1);
    return found ?? columnOf(model, newId);
  });
}

/**
 * The intent with one more column, for this model, under the task of the model; the columns shown so far are parked when
 * that is another one. Throws `RpcError` code `too-many-columns`.
 */
export function withModel(intent: PlaygroundIntent, model: Model, newId: () => string): PlaygroundIntent {
  const own = model.task === intent.task ? intent.columns : (intent.parked?.[model.task] ?? []);
  if (own.length >= MAX_COLUMNS) {
    throw new RpcError('too-many-columns', `There are ${MAX_COLUMNS} columns already. Remove one first.`);
  }
  const { [model.task]: _, ...others } = intent.parked ?? {};
  return {
    ...intent,
    task: model.task,
    columns: [...own, columnOf(model, newId)],
    parked: model.task === intent.task ? others : { ...others, [intent.task]: intent.columns },
  };
}

/** Ids of all columns, the parked ones included. */
export function columnIdsOf({ columns, parked = {} }: PlaygroundIntent): readonly string[] {
  return [columns, ...Object.values(parked)].flatMap((list) => list.map((column) => column.id));
}
