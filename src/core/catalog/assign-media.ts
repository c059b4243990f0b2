/**
 * Which attachment goes where.
 */
import type { AttachmentRole, MediaKind } from '../media/media';
import type { MediaSlot } from './inputs';

/** What of an attachment decides over its place. */
export interface Assignable {
  readonly kind: MediaKind;
  readonly role: AttachmentRole;
}

/** How attachments fill the places of a model. */
export interface Assignment {
  /** Places that got media: indices of attachments, in order. */
  readonly placed: readonly { readonly slot: MediaSlot; readonly indices: readonly number[] }[];
  /** Indices of attachments that the model has no place for. */
  readonly left: readonly number[];
  /** Places that need more than they got. */
  readonly missing: readonly MediaSlot[];
}

/** Fills places in their order, each up to its most, with attachments of its kind and role in the order given. */
export function assignMedia(slots: readonly MediaSlot[], attachments: readonly Assignable[]): Assignment {
  const left = new Set(attachments.keys());
  const placed = slots.map((slot) => {
    const indices = [...left]
      .filter((index) => attachments[index]?.kind === slot.kind && attachments[index].role === slot.role)
      .slice(0, slot.most);
    for (const index of indices) left.delete(index);
    return { slot, indices };
  });
  return {
    placed: placed.filter(({ indices }) => indices.length > 0),
    left: [...left],
    missing: placed.flatMap(({ slot, indices }) => (indices.length < slot.least ? [slot] : [])),
  };
}
