/**
 * Whether the columns of a plan can be given what the user gives them. What cannot work is refused before money is spent.
 */
import { assignMedia } from '../core/catalog/assign-media';
import { inputsOf, type MediaSlot, type ModelInputs } from '../core/catalog/inputs';
import type { Model } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import { taskInputs } from '../core/catalog/task-inputs';
import { MAX_ATTACHMENTS, MAX_TEXTS } from '../core/media/limits';
import type { Attachment, MediaKind } from '../core/media/media';
import type { RunPlan } from '../protocol/api';
import { RpcError } from '../protocol/rpc';

/** A model of a plan and what it takes. */
export interface Fed {
  readonly model: Model;
  readonly schema: ModelSchema | undefined;
}

const kindNames: Readonly<Record<MediaKind, readonly [one: string, many: string]>> = {
  image: ['a picture', 'pictures'],
  audio: ['a recording', 'recordings'],
  video: ['a video', 'videos'],
  file: ['a document', 'documents'],
};

/**
 * Throws `RpcError` when a column lacks something (`missing-input`; `bad-request` for the prompt), is given what it has
 * no place for while another column takes it (`unsupported-input`), or gets too much (`too-much-input`). An attachment
 * that no column has a place for belongs to another task and is left out of all.
 */
export function checkInputs(columns: readonly Fed[], plan: RunPlan): void {
  const attachments = plan.attachments ?? [];
  const texts = plan.texts ?? [];
  if (attachments.length > MAX_ATTACHMENTS) {
    throw new RpcError(
      'too-much-input',
      `At most ${MAX_ATTACHMENTS} files can be attached; there are ${attachments.length}.`,
    );
  }
  if (texts.length >= MAX_TEXTS) {
    throw new RpcError(
      'too-much-input',
      `At most ${MAX_TEXTS} texts can be sent at once; there are ${texts.length + 1}.`,
    );
  }
  const fed = columns.map(({ model, schema }) => {
    const inputs = inputsOf(model, schema);
    return { model, inputs, assignment: assignMedia(inputs.media, attachments.map(assignable)) };
  });
  const taken = new Set(fed.flatMap(({ assignment }) => assignment.placed.flatMap(({ indices }) => indices)));
  for (const { model, inputs, assignment } of fed) {
    checkText(model, inputs, plan);
    const [missing] = assignment.missing;
    if (missing !== undefined) throw new RpcError('missing-input', lacking(model, missing));
    const index = assignment.left.find((left) => taken.has(left));
    const extra = index === undefined ? undefined : attachments[index];
    if (extra !== undefined) throw surplus(model, inputs.media, extra);
  }
}

/** Places of the attachments that this model is given, in the user's order. */
export function usedAttachments({ model, schema }: Fed, attachments: readonly Attachment[]): readonly number[] {
  const { placed } = assignMedia(inputsOf(model, schema).media, attachments.map(assignable));
  return placed.flatMap(({ indices }) => indices).sort((a, b) => a - b);
}

const assignable = ({ media: { kind }, role }: Attachment) => ({ kind, role });

function checkText(model: Model, { prompt, texts }: ModelInputs, plan: RunPlan): void {
  const isBlank = plan.prompt.trim() === '';
  const others = (plan.texts ?? []).filter((text) => text.trim() !== '');
  if (model.task === 'reranking' && others.length === 0) {
    throw new RpcError('missing-input', `${model.name} ranks documents by a query. Add at least one document.`);
  }
  const isGiven = !isBlank || (model.task === 'embeddings' && others.length > 0);
  const isNeeded =
    (prompt?.required ?? false) ||
    (texts?.required ?? false) ||
    // The task of a model of one's own is a guess; what it takes is not.
    (model.hosting !== 'own' && taskInputs(model.task).prompt === 'required');
  if (!isGiven && isNeeded) throw new RpcError('bad-request', 'There is no prompt. Type one first.');
  const longest = Math.max(0, ...others.map(({ length }) => length));
  if (texts?.maxLength !== undefined && longest > texts.maxLength) {
    throw new RpcError(
      'too-much-input',
      `${model.name} takes texts of at most ${texts.maxLength} characters; one has ${longest}.`,
    );
  }
  const most = prompt?.maxLength;
  if (most !== undefined && plan.prompt.length > most) {
    throw new RpcError(
      'too-much-input',
      `${model.name} takes a prompt of at most ${most} characters; this one has ${plan.prompt.length}.`,
    );
  }
}

function lacking({ name }: Model, { kind, role, least }: MediaSlot): string {
  if (role === 'mask') return `${name} needs a mask. Attach a picture and paint one on it.`;
  const [one, many] = kindNames[kind];
  const what = least > 1 ? `${least} ${many}` : one;
  return `${name} needs ${what}. Attach ${least > 1 ? 'them' : 'it'} first.`;
}

function surplus(
  { name }: Model,
  slots: readonly MediaSlot[],
  { media: { kind }, role, name: file }: Attachment,
): RpcError {
  const [one, many] = kindNames[kind];
  const most = slots
    .filter((slot) => slot.kind === kind && slot.role === role)
    .reduce((sum, slot) => sum + slot.most, 0);
  if (most > 0) {
    const words = most === 1 ? one : `${most} ${many}`;
    return new RpcError('unsupported-input', `${name} takes at most ${words}. Remove the others, or its column.`);
  }
  const what = role === 'mask' ? 'mask' : role === 'end-frame' ? 'end frame' : undefined;
  return new RpcError(
    'unsupported-input',
    `${name} has no place for ${what === undefined ? many : `a ${what}`}: remove ${file} or the column.`,
  );
}
