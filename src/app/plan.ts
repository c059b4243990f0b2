import type { CatalogModel, PriceOrigin } from '../core/catalog/entry';
import { formOf, isClosed } from '../core/catalog/form';
import { checkParameters } from '../core/catalog/form-check';
import { sentParameters } from '../core/catalog/form-sent';
import type { Model } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import { runnableTasks, taskInputs } from '../core/catalog/task-inputs';
import { taskTitles } from '../core/catalog/tasks';
import { tooLarge } from '../core/media/inspect';
import type { Attachment } from '../core/media/media';
import type { Endpoint, InferenceRequest, Message, OwnEndpoint, RequestMedia } from '../core/inference/request';
import type { ColumnIntent, RunPlan } from '../protocol/api';
import { RpcError } from '../protocol/rpc';
import type { Catalog } from './catalog';
import { checkInputs, usedAttachments } from './input-check';
import type { MediaStore, Settings } from './ports';
import type { Schemas } from './schemas';

/** Seconds that a Run waits for a schema. */
const SCHEMA_WAIT = 2;

/** A column with the catalog entry of this moment. */
export interface PlannedColumn {
  /** With the parameters that are sent (`sentParameters`). */
  readonly column: ColumnIntent;
  readonly model: Model;
  /** Absent: there is none, or it was not known in time. */
  readonly schema?: ModelSchema;
  /** Absent: it has no price. */
  readonly priceOrigin?: PriceOrigin;
}

/**
 * Finds each column's model. Refuses the whole plan, before any money is spent, with the `RpcError`s of `planColumn` or
 * what `checkInputs` finds.
 */
export async function planColumns(
  catalog: Pick<Catalog, 'find' | 'priceOrigin'>,
  schemas: Pick<Schemas, 'known' | 'soon'>,
  plan: RunPlan,
): Promise<readonly PlannedColumn[]> {
  const planned = await Promise.all(plan.columns.map((column) => planColumn(catalog, schemas, column)));
  checkInputs(
    planned.map(({ model, schema }) => ({ model, schema })),
    plan,
  );
  return planned;
}

/**
 * Finds a column's model, whatever it will be given. Rejects with `RpcError`: `unknown-model`, `task-not-supported`,
 * `invalid-parameters`. Parameters are checked with the model's own schema if it is known, otherwise with what its task
 * and the catalog tell. Models that do not chat are called in the words of their schema, which may require fields that no
 * one set: it is asked for if need be, with little patience.
 */
export async function planColumn(
  catalog: Pick<Catalog, 'find' | 'priceOrigin'>,
  schemas: Pick<Schemas, 'known' | 'soon'>,
  column: ColumnIntent,
): Promise<PlannedColumn> {
  const model = await catalog.find(column.modelId);
  if (model === undefined) {
    throw new RpcError(
      'unknown-model',
      `The model ${column.modelId} is not in the catalog of this connection. Choose another for its column.`,
    );
  }
  if (model.hosting !== 'own' && !runnableTasks.includes(model.task)) {
    throw new RpcError(
      'task-not-supported',
      `The playground does not run ${model.name} yet: its task is "${taskTitles[model.task]}", which needs a ` +
        'connection that stays open (WebSocket). Choose a model of another task.',
    );
  }
  const schema = model.task === 'text-generation' ? schemas.known(model) : await schemas.soon(model, SCHEMA_WAIT);
  const fields = formOf(model, schema);
  const [problem] = checkParameters(fields, column.parameters, isClosed(model, schema));
  if (problem !== undefined) throw new RpcError('invalid-parameters', `${model.name}: ${problem.message}`);
  const parameters = sentParameters(model, fields, column.parameters, schema);
  const priceOrigin = catalog.priceOrigin(model);
  return {
    column: { ...column, parameters },
    model: plainModel(model),
    ...(schema && { schema }),
    ...(priceOrigin && { priceOrigin }),
  };
}

/** What is stored with a run: the model's facts as they are now, without where each came from. */
function plainModel({ origins: _origins, confirmed: _confirmed, ...model }: CatalogModel): Model {
  return model;
}

/** What a column sends. Only models that chat have a place for a system prompt. */
export function messagesOf(plan: RunPlan, model: Model): readonly Message[] {
  const user: Message = { role: 'user', content: plan.prompt };
  if (plan.system.trim() === '' || !taskInputs(model.task).system) return [user];
  return [{ role: 'system', content: plan.system }, user];
}

/** Bytes of all files of a Run together, at most: each column writes them into a body of its own. */
const MAX_TOTAL = 256 * 1024 * 1024;

/**
 * The bytes of what a plan attaches, each file read once; those that no column uses are left out. Rejects with
 * `RpcError`: `missing-input` when a file is gone, `too-much-input` when one is larger than what can be attached, as an
 * answer may be, or all are too large together.
 */
export async function loadMedia(
  store: Pick<MediaStore, 'read'>,
  plan: RunPlan,
  planned: readonly PlannedColumn[],
): Promise<ReadonlyMap<number, RequestMedia>> {
  const attachments = plan.attachments ?? [];
  const used = new Set(planned.flatMap(({ model, schema }) => usedAttachments({ model, schema }, attachments)));
  checkSizes([...used].flatMap((index) => attachments[index] ?? []));
  const loaded = [...used].map(async (index): Promise<[number, RequestMedia] | undefined> => {
    const attachment = attachments[index];
    if (attachment === undefined) return undefined;
    const { media, name, role } = attachment;
    const { kind, mediaType, width, height, seconds } = media;
    const bytes = await store.read(media.file).catch(() => {
      throw new RpcError('missing-input', `${name} is not among the stored files any more. Attach it again.`);
    });
    const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
    return [index, { kind, mediaType, bytes, name, role, ...size, ...(seconds !== undefined && { seconds }) }];
  });
  return new Map((await Promise.all(loaded)).filter((entry) => entry !== undefined));
}

function checkSizes(attachments: readonly Attachment[]): void {
  for (const { media, name } of attachments) {
    const problem = tooLarge(media.byteLength, media.kind, name);
    if (problem !== undefined) throw new RpcError('too-much-input', problem);
  }
  if (attachments.reduce((sum, { media }) => sum + media.byteLength, 0) > MAX_TOTAL) {
    const most = `${MAX_TOTAL / 1024 / 1024} MiB`;
    throw new RpcError('too-much-input', `The files have more than ${most} together. Attach fewer, or smaller ones.`);
  }
}

/** The texts beside the prompt that are sent: blank ones are places to type in. */
export function givenTexts({ texts = [] }: Pick<RunPlan, 'texts'>): readonly string[] {
  return texts.filter((text) => text.trim() !== '');
}

/** The call of one column. `media`: what the plan attaches, by its place there (`loadMedia`). */
export function requestOf(
  runId: string,
  plan: RunPlan,
  { column, model, schema }: PlannedColumn,
  endpoint: Endpoint | OwnEndpoint,
  settings: Settings,
  media: ReadonlyMap<number, RequestMedia> = new Map(),
): InferenceRequest {
  const used = usedAttachments({ model, schema }, plan.attachments ?? []).flatMap((index) => media.get(index) ?? []);
  const texts = taskInputs(model.task).texts ? givenTexts(plan) : [];
  return {
    runId,
    model,
    messages: messagesOf(plan, model),
    parameters: column.parameters,
    endpoint,
    policy: settings.policy,
    ...(texts.length > 0 && { texts }),
    ...(used.length > 0 && { media: used }),
    ...(schema && { schema }),
  };
}
