/**
 * What is missing or too much in the columns, as the host would refuse it at Run.
 */
import { assignMedia } from '../../src/core/catalog/assign-media';
import { inputsOf } from '../../src/core/catalog/inputs';
import { strings } from '../strings';
import type { Session } from './session.svelte';

/** How the attachments fit the columns. */
export interface Fit {
  /** One for each lack or surplus. */
  readonly sentences: readonly string[];
  /** Places of attachments that no column takes. */
  readonly unused: ReadonlySet<number>;
}

/** Looks how the attachments fit. */
export type FitOf = (session: Session) => Fit;

/** Looks at every column. A model whose catalog entry does not say that it takes a file is named, and may be run. */
export const fitOf: FitOf = (session) => {
  const attached = session.attachments.list;
  const kinds = attached.map(({ media: { kind }, role }) => ({ kind, role }));
  const columns = session.columns.map((column) => {
    const model = session.modelOf(column.modelId);
    const schema = session.catalog.schemaOf(column.modelId);
    const known = schema?.kind === 'loaded' ? (schema.schema ?? undefined) : undefined;
    const name = column.hidden ? strings.blindModel : model.name;
    return { label: session.labelOf(column), name, ...assignMedia(inputsOf(model, known).media, kinds) };
  });
  const taken = new Set(columns.flatMap(({ placed }) => placed.flatMap(({ indices }) => indices)));
  const sentences = columns.flatMap(({ label, name, placed, left, missing }) => {
    const doubtful = placed.find(({ slot }) => !slot.confirmed);
    const extra = left.find((index) => taken.has(index));
    return [
      ...missing.map(({ kind, role }) => strings.needs.missing(label, name, role === 'input' ? kind : role)),
      ...(extra === undefined ? [] : [strings.needs.surplus(label, name, attached[extra]?.name ?? '')]),
      ...(doubtful ? [strings.needs.doubtful(label, name, doubtful.slot.kind)] : []),
    ];
  });
  return { sentences, unused: new Set([...attached.keys()].filter((index) => !taken.has(index))) };
};
