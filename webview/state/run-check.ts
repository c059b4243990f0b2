/**
 * What must be put right in the parameters before a Run.
 */
import type { CatalogView } from './catalog.svelte';
import type { Column } from './column.svelte';

/** A value that stands in a field and must not be sent. */
export interface Misplaced {
  readonly column: Column;
  /** Name of the field. */
  readonly field: string;
  /** A sentence that begins with the field's name. */
  readonly message: string;
}

/** The first value that was typed and not taken. */
export function typedProblem(columns: readonly Column[]): Misplaced | undefined {
  for (const column of columns) {
    for (const [field, { message }] of column.drafts) return { column, field, message };
  }
  return undefined;
}

/** The first value that its model does not take. Where nothing is set and no schema is known, nothing can be wrong. */
export async function parameterProblem(
  columns: readonly Column[],
  catalog: CatalogView,
): Promise<Misplaced | undefined> {
  const doubtful = columns.filter(
    ({ parameters, modelId }) => Object.keys(parameters).length > 0 || catalog.schemaOf(modelId) !== undefined,
  );
  if (doubtful.length === 0) return undefined;
  const { firstProblem } = await import('./parameter-problems');
  for (const column of doubtful) {
    const { modelId, parameters } = column;
    const problem = firstProblem(catalog.modelOf(modelId), catalog.schemaOf(modelId), parameters);
    if (problem) return { column, ...problem };
  }
  return undefined;
}
